"""Read what an organisation's policies mean for the add-in: Defender's rules for Office, and trusted locations.

Only registry values that any user may read. A rule of Defender may be set by group policy, by device management or on
the computer itself; the first place that names it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.installer.spreadsheet_host import ProgramPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlkpi.installer.paths import InstallPaths
    from xlkpi.installer.system import OperatingSystem

OFFICE_POLICIES = r"HKCU\Software\Policies\Microsoft\Office\16.0"
EXCEL_LOCATIONS = r"\Excel\Security\Trusted Locations"
OFFICE_LOCATIONS = r"\Common\Security\Trusted Locations"

DEFENDER = r"Windows Defender\Windows Defender Exploit Guard\ASR"
BY_GROUP_POLICY = rf"HKLM\SOFTWARE\Policies\Microsoft\{DEFENDER}"
BY_DEVICE_MANAGEMENT = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
ON_THIS_COMPUTER = rf"HKLM\SOFTWARE\Microsoft\{DEFENDER}"
EXCLUSIONS = "ASROnlyExclusions"

CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
WIN32_CALLS = "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"
RULES = {
    CHILD_PROCESSES: "Block all Office applications from creating child processes",
    WIN32_CALLS: "Block Win32 API calls from Office macros",
}
"""The two rules that stop the add-in, by the number and the name that Microsoft gives them (docs/it-department.md)."""

MODES = {"0": "off", "1": "blocks", "2": "only records", "5": "not set", "6": "warns", "": "not set"}
BLOCKS, WARNS = "1", "6"
STOPPED = (
    "This rule stops the functions and the menu in Excel. Show IT the page docs/it-department.md, or use LibreOffice, "
    "which the rule does not concern."
)
WARNED = "Windows may ask before Excel starts Python. Allow it, or show IT the page docs/it-department.md."
LOCATIONS_OFF = (
    "Your organisation has switched off Excel's trusted locations: Excel may ask before it opens the add-in, or "
    "not open it. The installer changes no security setting."
)
ONLY_THEIRS = (
    "Only locations that your organisation names are trusted: Excel may not open the add-in from its startup folder. "
    "Ask IT to add {0}."
)


def policies_for_excel(machine: OperatingSystem, paths: InstallPaths) -> tuple[ProgramPolicy, ...]:
    """List what policies mean for the add-in on this Windows, each with what to do about it."""
    return (_trusted(machine, paths.startup), *_defender(machine, paths))


def _trusted(machine: OperatingSystem, startup: Path) -> ProgramPolicy:
    if machine.registry(OFFICE_POLICIES + EXCEL_LOCATIONS, "AllLocationsDisabled") == "1":
        return ProgramPolicy("Trusted", "no location is trusted", LOCATIONS_OFF)
    if machine.registry(OFFICE_POLICIES + OFFICE_LOCATIONS, "Allow User Locations") == "0":
        return ProgramPolicy("Trusted", "only locations of your organisation", ONLY_THEIRS.format(startup))
    return ProgramPolicy("Trusted", f"{startup}, as every startup folder of Excel")


def _defender(machine: OperatingSystem, paths: InstallPaths) -> Iterator[ProgramPolicy]:
    excluded = any(_is_excluded(machine, path) for path in (paths.addin, paths.data))
    for rule, title in RULES.items():
        mode = _mode(machine, rule)
        status = f"{title}: {MODES.get(mode, mode)}"
        if excluded and mode in (BLOCKS, WARNS):
            yield ProgramPolicy("Defender", f"{status}, but our files are excluded from it")
        elif mode == BLOCKS:
            yield ProgramPolicy("Defender", status, STOPPED, must=True)
        else:
            yield ProgramPolicy("Defender", status, WARNED if mode == WARNS else "")


def _mode(machine: OperatingSystem, rule: str) -> str:
    """Give the mode of a rule, "" where no place names it."""
    listed = machine.registry(BY_DEVICE_MANAGEMENT, "ASRRules").lower()  # "number=mode|number=mode"
    pairs = [pair.strip().partition("=") for pair in listed.split("|")]
    places = (
        machine.registry(rf"{BY_GROUP_POLICY}\Rules", rule),
        next((mode for number, _, mode in pairs if number == rule), ""),
        machine.registry(rf"{ON_THIS_COMPUTER}\Rules", rule),
    )
    return next((mode.strip() for mode in places if mode.strip()), "")


def _is_excluded(machine: OperatingSystem, path: Path) -> bool:
    """Say whether a path is among the exclusions; each is the name of a value, as somebody typed it."""
    keys = (rf"{BY_GROUP_POLICY}\{EXCLUSIONS}", rf"{ON_THIS_COMPUTER}\{EXCLUSIONS}")
    listed = machine.registry(BY_DEVICE_MANAGEMENT, EXCLUSIONS).lower().split("|")
    spellings = (str(path), f"{path}\\")
    by_value = any(machine.registry(key, spelling) for key in keys for spelling in spellings)
    return by_value or any(spelling.lower() in listed for spelling in spellings)
