"""Find out what a developer's machine has: every fact that the plan needs. Changes nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from xlkpi.installer.inspect_python import can_make_environment, environment_state, printed_by
from xlkpi.installer.locks import lock_contents

OLDEST = (3, 11)
SYSTEM_PYTHON = "/usr/bin/python3"
BRIDGE = Path("/usr/lib/python3/dist-packages/uno.py")
OFFICE_PATHS = {
    "darwin": "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "windows": r"C:\Program Files\LibreOffice\program\soffice.com",
}


@dataclass(frozen=True)
class Machine:
    """What a developer's machine has. Paths are absolute; "" means that something is missing."""

    system: str  # "linux", "darwin", "windows"
    root: Path
    venv: Path
    builder: str  # the Python that makes the virtual environment
    can_make_venv: bool
    venv_state: str  # "absent", "ready", "stale" (another Python's, or broken), "not ours"
    stamps: tuple[str, ...]
    project_hash: str
    soffice: str
    pdftoppm: str
    bridge: str  # LibreOffice's for Python: "fits", "absent", "other Python"
    become: tuple[str, ...] | None  # what goes before an administrator's command; None without permission
    apt: bool
    backports: str  # a line for apt's sources; "" where none is needed or known
    backports_suite: str

    def program(self, name: str) -> str:
        """Give the full path of a program inside the virtual environment."""
        if self.system == "windows":
            return str(self.venv / "Scripts" / f"{name}.exe")
        return str(self.venv / "bin" / name)

    @property
    def can_apt(self) -> bool:
        """Say whether packages can be installed without a password."""
        return self.apt and self.become is not None


def look(root: Path) -> Machine:
    """Collect every fact that the plan needs."""
    system = {"win32": "windows", "darwin": "darwin"}.get(sys.platform, "linux")
    venv = Path(os.environ.get("XLKPI_VENV") or root / ".venv").absolute()
    apt = bool(shutil.which("apt-get"))
    become = _become() if apt else None
    builder, version = _builder(system, may_install=become is not None)
    line, suite = _backports(_release())
    facts = (root / "pyproject.toml").read_bytes() + lock_contents(root) + f"{root} {version}".encode()
    return Machine(
        system=system,
        root=root,
        venv=venv,
        builder=builder,
        can_make_venv=can_make_environment(builder),
        venv_state=environment_state(venv, system, version),
        stamps=tuple(file.read_text(encoding="utf-8") for file in sorted(venv.glob(".xlkpi-stamp-*"))),
        project_hash=hashlib.sha256(facts).hexdigest(),
        soffice=_soffice(system),
        pdftoppm=shutil.which("pdftoppm") or "",
        bridge=_bridge(builder),
        become=become,
        apt=apt,
        backports=line,
        backports_suite=suite,
    )


def _builder(system: str, *, may_install: bool) -> tuple[str, str]:
    """Choose this Python, or on Linux the system's if new enough: LibreOffice's bridge works only with that one."""
    own_version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    code = "import sys, venv; print(*sys.version_info[:2], sep='.')"
    usable = "" if may_install else "import ensurepip; "
    system_version = printed_by(SYSTEM_PYTHON, usable + code) if system == "linux" else ""
    if system_version and system_version != own_version and tuple(map(int, system_version.split("."))) >= OLDEST:
        return SYSTEM_PYTHON, system_version
    return sys.executable, own_version


def _bridge(builder: str) -> str:
    code = f"import sys; sys.path.append({str(BRIDGE.parent)!r}); import uno; print(1)"
    return "absent" if not BRIDGE.is_file() else "fits" if printed_by(builder, code) else "other Python"


def _soffice(system: str) -> str:
    usual = OFFICE_PATHS.get(system, "")
    named = os.environ.get("SOFFICE") or shutil.which("soffice")
    return named or (usual if usual and Path(usual).is_file() else "")


def _become() -> tuple[str, ...] | None:
    """Give () for root, a sudo that asks for no password, or None."""
    if getattr(os, "geteuid", lambda: 1)() == 0:
        return ()
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return (sudo, "-n")
    return None


def _release(file: Path = Path("/etc/os-release")) -> str:
    """Read the release as "debian bookworm"; "" where the system does not name it."""
    if not file.is_file():
        return ""
    pairs = (line.partition("=") for line in file.read_text(encoding="utf-8").splitlines())
    facts = {key: value.strip('"') for key, _, value in pairs}
    return f"{facts.get('ID', '')} {facts.get('VERSION_CODENAME', '')}"


def _backports(release: str, folder: Path = Path("/etc/apt")) -> tuple[str, str]:
    """Give the line to add to apt's sources ("" when present, or no mirror is known), and the suite's name."""
    if release != "debian bookworm":
        return "", ""
    suite, mirror = "bookworm-backports", ""
    for words in _apt_sources(folder):
        if suite in words:
            return "", suite
        if "bookworm" in words and not mirror:
            mirror = next((word for word in words if ":/" in word), "")
    return (f"deb {mirror} {suite} main", suite) if mirror else ("", "")


def _apt_sources(folder: Path) -> list[list[str]]:
    """List the words of each apt source: a line of a .list file, a paragraph of a .sources file."""
    sources: list[list[str]] = []
    for file in [folder / "sources.list", *sorted(folder.glob("sources.list.d/*"))]:
        if file.is_file() and file.suffix in {".list", ".sources"}:
            text = file.read_text(encoding="utf-8")
            lines = [line for line in text.splitlines() if not line.startswith("#")]
            parts = "\n".join(lines).split("\n\n") if file.suffix == ".sources" else lines
            sources += [part.split() for part in parts]
    return sources
