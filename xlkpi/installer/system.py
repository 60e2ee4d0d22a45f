"""Access to the operating system, injectable for tests: environment, registry, programs, this Python.

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
from typing import IO

DRIVE_REMOTE = 4  # as GetDriveTypeW answers

# A Python with these would look for modules, or put packages, outside the private environment.
MISLEADING = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__")

Registry = Callable[[str, str], str]
OutputOf = Callable[[tuple[str, ...]], "str | None"]


@dataclass(frozen=True)
class RunningPython:
    """The Python that runs the installer, and becomes the base of the private environment."""

    path: str
    base: str  # the folder it is installed in, also where it runs inside a virtual environment
    version: tuple[int, int]
    platform: str  # as sysconfig has it: "win-amd64", "win32", "win-arm64", "macosx-11.0-arm64"


@dataclass(frozen=True)
class OperatingSystem:
    """What the installer can ask of a system.

    `output_of` runs a program and gives what it printed, None where it failed or is missing; `registry` gives a value
    of a Windows registry key as text, "" where there is none.
    """

    system: str
    home: Path
    environ: Mapping[str, str]
    python: RunningPython
    output_of: OutputOf
    registry: Registry = lambda _key, _name: ""
    which: Callable[[str], str | None] = shutil.which
    programs: tuple[Path, ...] = ()  # the folders programs are installed in
    user: str = ""  # the number of the person on Linux and macOS; "0" is root


def this_machine() -> OperatingSystem:
    """Give access to the machine this runs on."""
    system = {"win32": "windows", "darwin": "darwin"}.get(sys.platform, "linux")
    return OperatingSystem(
        system=system,
        home=Path.home(),
        environ=os.environ,
        python=this_python(),
        output_of=output_of,
        registry=read_registry,
        programs=program_roots(system, Path.home(), os.environ),
        user=str(getattr(os, "geteuid", lambda: "")()),
    )


def this_python() -> RunningPython:
    """Describe the Python that runs this."""
    return RunningPython(sys.executable, sys.base_prefix, sys.version_info[:2], sysconfig.get_platform())


def program_roots(system: str, home: Path, environ: Mapping[str, str]) -> tuple[Path, ...]:
    """List the folders that programs are installed in."""
    if system == "windows":
        names = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
        return tuple(dict.fromkeys(Path(environ[name]) for name in names if environ.get(name)))
    if system == "darwin":
        return (Path("/Applications"), home / "Applications")
    return (Path("/usr/lib"), Path("/opt"), Path("/snap/bin"))


def output_of(command: tuple[str, ...]) -> str | None:
    """Give what a program prints; None when it cannot be run, fails, or takes more than a minute.

    Asked only for its version, it gets a temporary home: LibreOffice would make folders in the person's own.
    """
    with tempfile.TemporaryDirectory(prefix="xlkpi-", ignore_cleanup_errors=True) as throwaway:
        homes = {"HOME": throwaway, "XDG_CONFIG_HOME": throwaway, "XDG_CACHE_HOME": throwaway}
        environment = {**os.environ, **(homes if command[-1] == "--version" else {})}
        try:
            finished = subprocess.run(
                command, capture_output=True, encoding="utf-8", errors="replace", timeout=60, check=False,
                env=environment,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return None
    return finished.stdout.strip() if finished.returncode == 0 else None


def run_program(command: tuple[str, ...], *, quiet: bool = False) -> int:
    """Run a program; its exit status, 1 where it cannot be run, 128 + the signal's number where it was killed."""
    environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    try:
        status = subprocess.run(command, check=False, env=environment, capture_output=quiet).returncode
    except OSError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 128 - status if status < 0 else status


def take_lock(path: Path) -> IO[bytes] | None:
    """Lock a file; None where another process has it.

    Closing the file that is returned unlocks it. So does the system when the process ends, however it ends.
    """
    file = path.open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def read_registry(key: str, name: str) -> str:
    """Read a registry value as text; a key begins with HKLM or HKCU, and the name "" is the key's own value."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - Windows only

        hive_name, _, path = key.partition("\\")
        hive = {"HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCU": winreg.HKEY_CURRENT_USER}[hive_name]
        for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            with contextlib.suppress(OSError), winreg.OpenKey(hive, path, 0, winreg.KEY_READ | view) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
    return ""


def is_remote(path: Path) -> bool:
    """Say whether a folder is on another computer: a network path, or a drive letter for one."""
    if sys.platform == "win32" and path.drive:
        import ctypes  # noqa: PLC0415 - Windows only

        if ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == DRIVE_REMOTE:
            return True
    return str(path).startswith(("\\\\", "//"))
