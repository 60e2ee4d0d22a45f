"""Find LibreOffice on this machine, and what prevents adding to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.installer.spreadsheet_host import UNKNOWN, FoundProgram

if TYPE_CHECKING:
    from xlkpi.installer.paths import InstallPaths
    from xlkpi.installer.system import OperatingSystem

EXTENSION = "org.xlkpi.calc"
OLDEST = (25, 2)

TOO_OLD = (
    "LibreOffice {0} at {1} is too old: it writes wrong names for our functions when it saves an .xlsx. "
    "Install 25.2 or later from libreoffice.org."
)
SANDBOXED = (
    "LibreOffice at {0} is a {1}: it cannot reach the programs of this system. Install LibreOffice from your "
    "distribution or from libreoffice.org."
)
NO_UNOPKG = "LibreOffice at {0} lacks its program unopkg. Repair or reinstall LibreOffice."
ROOT = (
    "LibreOffice registers no extensions for root. Run the same command as the person who uses LibreOffice, "
    "without sudo."
)


def find_libreoffice(machine: OperatingSystem, _paths: InstallPaths) -> FoundProgram | None:
    """Find the newest LibreOffice that we can add to, else the newest; None where there is none."""
    programs = [program for path in _paths_to_try(machine) if (program := _program(machine, path))]
    return max(programs, key=lambda program: (not program.hindrance, _number(program.version)), default=None)


def _paths_to_try(machine: OperatingSystem) -> list[Path]:
    """Programs to try: named by SOFFICE, on the path, named by the registry, in the usual paths."""
    named = [machine.environ.get("SOFFICE"), machine.which("soffice"), machine.which("libreoffice")]
    paths = [Path(name) for name in named if name]
    if machine.system == "windows":
        registered = machine.registry(r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath", "")
        folders = [Path(registered)] if registered else []
        folders += [root / "LibreOffice" / "program" for root in machine.programs]
        paths = [path.with_name("soffice.com") if path.suffix != ".com" else path for path in paths]
        paths += [folder / "soffice.com" for folder in folders]
    elif machine.system == "darwin":
        paths += [root / "LibreOffice.app" / "Contents" / "MacOS" / "soffice" for root in machine.programs]
    else:
        patterns = ("libreoffice/program/soffice", "libreoffice*/program/soffice", "libreoffice")
        paths += [path for root in machine.programs for mask in patterns for path in sorted(root.glob(mask))]
    real = (path.resolve() if "snap" not in path.parts else path for path in paths if path.is_file())
    return list(dict.fromkeys(real))


def _program(machine: OperatingSystem, path: Path) -> FoundProgram | None:
    printed = re.search(r"LibreOffice(?:Dev)? (\d[\d.]*)", machine.output_of((str(path), "--version")) or "")
    if not printed:
        return None
    version = printed.group(1)
    unopkg = path.with_name("unopkg.com" if machine.system == "windows" else "unopkg")
    return FoundProgram(path, version, hindrance=_hindrance(machine, path, unopkg, version), registrar=unopkg)


def _hindrance(machine: OperatingSystem, path: Path, unopkg: Path, version: str) -> str:
    if "snap" in path.parts or "flatpak" in path.parts:
        return SANDBOXED.format(path, "snap" if "snap" in path.parts else "flatpak")
    if _number(version)[:2] < OLDEST:
        return TOO_OLD.format(version, path)
    if not unopkg.is_file():
        return NO_UNOPKG.format(path)
    return ROOT if machine.user == "0" and machine.system == "linux" else ""


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part)


def registered_version(machine: OperatingSystem, paths: InstallPaths, program: FoundProgram) -> str:
    """Ask LibreOffice which version of our extension it knows; "" for none, UNKNOWN where it does not answer.

    It is asked only where the person has extensions, as unopkg makes a profile where there is none.
    """
    if program.hindrance or not (paths.profile / "uno_packages").is_dir():
        return ""
    listed = machine.output_of((str(program.registrar), "list"))
    if listed is None:
        return UNKNOWN
    entry = re.search(rf"^Identifier: *{re.escape(EXTENSION)}\s+Version: *(\S+)", listed, re.MULTILINE)
    return entry.group(1) if entry else ""
