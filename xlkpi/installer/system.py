"""The world as the installer asks it: environment, registry, programs, this Python. Asking changes nothing.

Tests make one by hand: a Windows with its registry, its programs and its folders, on any machine.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

DRIVE_REMOTE = 4  # as GetDriveTypeW answers
Registry = Callable[[str, str], str]
Says = Callable[[tuple[str, ...]], "str | None"]


@dataclass(frozen=True)
class RunningPython:
    """The Python that runs the installer, and becomes the base of the private environment."""

    path: str
    base: str  # the folder it is installed in, also where it runs inside a virtual environment
    version: tuple[int, int]
    platform: str  # as sysconfig has it: "win-amd64", "win32", "win-arm64", "macosx-11.0-arm64"


@dataclass(frozen=True)
class Outside:
    """What can be asked.

    `says` runs a program and gives what it printed, None where it failed or is missing; `registry` gives a value of
    a Windows registry key as text, "" where there is none.
    """

    system: str
    home: Path
    environ: Mapping[str, str]
    python: RunningPython
    says: Says
    registry: Registry = lambda _key, _name: ""
    which: Callable[[str], str | None] = shutil.which
    programs: tuple[Path, ...] = ()  # the folders programs are installed in
    user: str = ""  # the number of the person on Linux and macOS; "0" is root


def this_machine() -> Outside:
    """The machine this runs on."""
    system = {"win32": "windows", "darwin": "darwin"}.get(sys.platform, "linux")
    return Outside(
        system=system,
        home=Path.home(),
        environ=os.environ,
        python=this_python(),
        says=says,
        registry=read_registry,
        programs=program_roots(system, Path.home(), os.environ),
        user=str(getattr(os, "geteuid", lambda: "")()),
    )


def this_python() -> RunningPython:
    """The facts of the Python that runs this."""
    return RunningPython(sys.executable, sys.base_prefix, sys.version_info[:2], sysconfig.get_platform())


def program_roots(system: str, home: Path, environ: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders programs are installed in."""
    if system == "windows":
        names = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
        return tuple(dict.fromkeys(Path(environ[name]) for name in names if environ.get(name)))
    if system == "darwin":
        return (Path("/Applications"), home / "Applications")
    return (Path("/usr/lib"), Path("/opt"), Path("/snap/bin"))


def says(command: tuple[str, ...]) -> str | None:
    """What a program prints; None when it cannot be run, fails, or takes more than a minute.

    Asked for its version only, it gets a home to throw away: LibreOffice would make folders in the person's own.
    """
    with tempfile.TemporaryDirectory(prefix="xlkpi-", ignore_cleanup_errors=True) as away:
        homes = {"HOME": away, "XDG_CONFIG_HOME": away, "XDG_CACHE_HOME": away}
        environment = {**os.environ, **(homes if command[-1] == "--version" else {})}
        try:
            done = subprocess.run(
                command, capture_output=True, encoding="utf-8", errors="replace", timeout=60, check=False,
                env=environment,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return None
    return done.stdout.strip() if done.returncode == 0 else None


def read_registry(key: str, name: str) -> str:
    """A registry value as text; a key begins with HKLM or HKCU, and the name "" is the key's own value."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - Windows only

        hive_name, _, path = key.partition("\\")
        hive = {"HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCU": winreg.HKEY_CURRENT_USER}[hive_name]
        for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            with contextlib.suppress(OSError), winreg.OpenKey(hive, path, 0, winreg.KEY_READ | view) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
    return ""


def is_remote(path: Path) -> bool:
    """True for a folder on another computer: a network path, or a drive letter that stands for one."""
    if sys.platform == "win32" and path.drive:
        import ctypes  # noqa: PLC0415 - Windows only

        if ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == DRIVE_REMOTE:
            return True
    return str(path).startswith(("\\\\", "//"))
