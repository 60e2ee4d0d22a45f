"""Find Excel on this machine, and what prevents adding to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.hosts.excel.code_page import unreadable_folder
from xlkpi.hosts.excel.office_policies import OFFICE_POLICIES, policies_for_excel
from xlkpi.installer.spreadsheet_host import FoundProgram
from xlkpi.installer.system import is_remote

if TYPE_CHECKING:
    from xlkpi.installer.paths import InstallPaths
    from xlkpi.installer.system import OperatingSystem

PROCESSORS = {0x8664: "64-bit", 0x14C: "32-bit", 0xAA64: "ARM"}
OFFICE_KEY = r"HKLM\SOFTWARE\Microsoft\Office"

REDIRECTED = (
    "Excel's startup folder {0} is on another computer, where Excel does not trust add-ins. Ask IT for a profile "
    "whose AppData is on this PC."
)
NO_VBA = "Your organisation has switched Visual Basic off in Office, and the add-in needs it. Ask IT to allow it."
NEVER_STARTED = "You have never started Excel, so it has no folders yet. Start it, close it, and run the command again."


def find_excel(machine: OperatingSystem, paths: InstallPaths) -> FoundProgram | None:
    """Find the Excel of this machine; None on Linux and where there is none."""
    if machine.system == "windows":
        return _windows_excel(machine, paths)
    if machine.system == "darwin":
        apps = [root / "Microsoft Excel.app" for root in machine.programs]
        app = next((path for path in apps if path.exists()), None)
        started = paths.conf.parent.is_dir()
        return FoundProgram(app, _mac_version(app), "", "" if started else NEVER_STARTED) if app else None
    return None


def _windows_excel(machine: OperatingSystem, paths: InstallPaths) -> FoundProgram | None:
    path = next((path for path in _excel_paths(machine) if path.is_file()), None)
    if path is None:
        return None
    version = machine.registry(OFFICE_KEY + r"\ClickToRun\Configuration", "VersionToReport") or "16.0"
    remote = is_remote(paths.startup) or is_remote(paths.startup.resolve())
    hindrance = REDIRECTED.format(paths.startup) if remote else ""
    if machine.registry(OFFICE_POLICIES + r"\Common", "vbaoff") == "1":
        hindrance = NO_VBA
    hindrance = hindrance or unreadable_folder(machine, paths)
    return FoundProgram(path, version, processor_of(path), hindrance, policies_for_excel(machine, paths))


def _excel_paths(machine: OperatingSystem) -> list[Path]:
    """List where the registry says Excel is, then where it usually is."""
    named = machine.registry(r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", "")
    folder = machine.registry(OFFICE_KEY + r"\16.0\Excel\InstallRoot", "Path")
    usual = [root / "Microsoft Office" / part for root in machine.programs for part in ("root/Office16", "Office16")]
    first = [Path(named.strip('"'))] if named else []
    return [*first, *(parent / "EXCEL.EXE" for parent in ([Path(folder)] if folder else []) + usual)]


def processor_of(program: Path) -> str:
    """Read from a Windows program's header which processor it is made for; "" where that cannot be read."""
    try:
        with program.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return ""
    header = int.from_bytes(start[60:64], "little")
    if start[:2] != b"MZ" or start[header : header + 4] != b"PE\0\0":
        return ""
    return PROCESSORS.get(int.from_bytes(start[header + 4 : header + 6], "little"), "")


def _mac_version(app: Path) -> str:
    import plistlib  # noqa: PLC0415 - for the Mac alone

    try:
        facts = plistlib.loads((app / "Contents" / "Info.plist").read_bytes())
    except (OSError, plistlib.InvalidFileException, ValueError):
        return ""
    return str(facts.get("CFBundleShortVersionString", ""))
