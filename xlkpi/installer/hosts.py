"""Which spreadsheet programs are here, and what keeps us from adding to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.installer.system import is_remote

if TYPE_CHECKING:
    from xlkpi.installer.paths import Places
    from xlkpi.installer.system import Outside

OLDEST_OFFICE = (25, 2)
MACHINES = {0x8664: "64-bit", 0x14C: "32-bit", 0xAA64: "ARM"}
OFFICE_KEY = r"HKLM\SOFTWARE\Microsoft\Office"
POLICIES = r"HKCU\Software\Policies\Microsoft\Office\16.0"

REDIRECTED = (
    "Excel's startup folder {0} is on another computer, where Excel does not trust add-ins. Ask IT for a profile "
    "whose AppData is on this PC."
)
NO_VBA = "Your organisation has switched Visual Basic off in Office, and the add-in needs it. Ask IT to allow it."
NEVER_STARTED = "You never started Excel, so it has no folders yet. Start it, close it, and run the command again."
UNTRUSTED = (
    "Your organisation has switched off Excel's trusted locations: Excel may ask before it opens the add-in, or "
    "not open it. The installer changes no security setting."
)
OLD_OFFICE = (
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


@dataclass(frozen=True)
class Excel:
    """Excel for Windows or Mac. `hindrance` says why nothing can be added to it, "" where nothing does."""

    path: Path
    version: str  # "" where it is not known
    machine: str  # "64-bit", "32-bit", "ARM"; "" where it is not known
    hindrance: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Office:
    """LibreOffice. `hindrance` as for Excel."""

    path: Path  # soffice
    unopkg: Path
    version: str
    hindrance: str = ""


def find_excel(outside: Outside, places: Places) -> Excel | None:
    """The Excel of this machine; None on Linux and where there is none."""
    if outside.system == "windows":
        return _windows_excel(outside, places)
    if outside.system == "darwin":
        apps = [root / "Microsoft Excel.app" for root in outside.programs]
        app = next((path for path in apps if path.exists()), None)
        started = places.conf.parent.is_dir()
        return Excel(app, _mac_version(app), "", "" if started else NEVER_STARTED) if app else None
    return None


def _windows_excel(outside: Outside, places: Places) -> Excel | None:
    path = next((path for path in _excel_paths(outside) if path.is_file()), None)
    if path is None:
        return None
    version = outside.registry(OFFICE_KEY + r"\ClickToRun\Configuration", "VersionToReport") or "16.0"
    remote = is_remote(places.startup) or is_remote(places.startup.resolve())
    hindrance = REDIRECTED.format(places.startup) if remote else ""
    if outside.registry(POLICIES + r"\Common", "vbaoff") == "1":
        hindrance = NO_VBA
    locations = r"\Excel\Security\Trusted Locations"
    off = outside.registry(POLICIES + locations, "AllLocationsDisabled") == "1"
    return Excel(path, version, machine_of(path), hindrance, (UNTRUSTED,) if off else ())


def _excel_paths(outside: Outside) -> list[Path]:
    """Where the registry says Excel is, then where it usually is."""
    told = outside.registry(r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", "")
    folder = outside.registry(OFFICE_KEY + r"\16.0\Excel\InstallRoot", "Path")
    usual = [root / "Microsoft Office" / part for root in outside.programs for part in ("root/Office16", "Office16")]
    named = [Path(told.strip('"'))] if told else []
    return [*named, *(parent / "EXCEL.EXE" for parent in ([Path(folder)] if folder else []) + usual)]


def machine_of(program: Path) -> str:
    """For which kind of processor a Windows program is made, from its own header; "" where that cannot be read."""
    try:
        with program.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return ""
    header = int.from_bytes(start[60:64], "little")
    if start[:2] != b"MZ" or start[header : header + 4] != b"PE\0\0":
        return ""
    return MACHINES.get(int.from_bytes(start[header + 4 : header + 6], "little"), "")


def _mac_version(app: Path) -> str:
    import plistlib  # noqa: PLC0415 - for the Mac alone

    try:
        facts = plistlib.loads((app / "Contents" / "Info.plist").read_bytes())
    except (OSError, plistlib.InvalidFileException, ValueError):
        return ""
    return str(facts.get("CFBundleShortVersionString", ""))


def find_office(outside: Outside) -> Office | None:
    """The newest LibreOffice of this machine that we can add to, else the newest; None where there is none."""
    found = [office for path in _office_paths(outside) if (office := _office(outside, path))]
    return max(found, key=lambda office: (not office.hindrance, _number(office.version)), default=None)


def _office_paths(outside: Outside) -> list[Path]:
    """Programs to try: named by SOFFICE, on the path, told by the registry, in the usual places."""
    named = [outside.environ.get("SOFFICE"), outside.which("soffice"), outside.which("libreoffice")]
    paths = [Path(name) for name in named if name]
    if outside.system == "windows":
        told = outside.registry(r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath", "")
        folders = [Path(told)] if told else []
        folders += [root / "LibreOffice" / "program" for root in outside.programs]
        paths = [path.with_name("soffice.com") if path.suffix != ".com" else path for path in paths]
        paths += [folder / "soffice.com" for folder in folders]
    elif outside.system == "darwin":
        paths += [root / "LibreOffice.app" / "Contents" / "MacOS" / "soffice" for root in outside.programs]
    else:
        patterns = ("libreoffice/program/soffice", "libreoffice*/program/soffice", "libreoffice")
        paths += [path for root in outside.programs for mask in patterns for path in sorted(root.glob(mask))]
    real = (path.resolve() if "snap" not in path.parts else path for path in paths if path.is_file())
    return list(dict.fromkeys(real))


def _office(outside: Outside, path: Path) -> Office | None:
    told = re.search(r"LibreOffice(?:Dev)? (\d[\d.]*)", outside.says((str(path), "--version")) or "")
    if not told:
        return None
    version = told.group(1)
    unopkg = path.with_name("unopkg.com" if outside.system == "windows" else "unopkg")
    return Office(path, unopkg, version, _office_hindrance(outside, path, unopkg, version))


def _office_hindrance(outside: Outside, path: Path, unopkg: Path, version: str) -> str:
    if "snap" in path.parts or "flatpak" in path.parts:
        return SANDBOXED.format(path, "snap" if "snap" in path.parts else "flatpak")
    if _number(version)[:2] < OLDEST_OFFICE:
        return OLD_OFFICE.format(version, path)
    if not unopkg.is_file():
        return NO_UNOPKG.format(path)
    return ROOT if outside.user == "0" and outside.system == "linux" else ""


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part)


def running(outside: Outside) -> tuple[str, ...]:
    """Which of the two this person has open: "Excel", "LibreOffice"."""
    if outside.system == "windows":
        list_of = {"Excel": "EXCEL.EXE", "LibreOffice": "soffice.bin"}
        told = {
            name: outside.says(("tasklist", "/FI", f"IMAGENAME eq {image}", "/NH", "/FO", "CSV")) or ""
            for name, image in list_of.items()
        }
        return tuple(name for name, image in list_of.items() if image.lower() in told[name].lower())
    if outside.system == "darwin":
        programs = {"Excel": "Microsoft Excel", "LibreOffice": "soffice"}
    else:
        programs = {"LibreOffice": "soffice.bin"}
    return tuple(name for name, image in programs.items() if outside.says(("pgrep", "-U", outside.user, "-x", image)))
