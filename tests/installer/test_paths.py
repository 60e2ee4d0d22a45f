"""Where things go: each system's own folders, and the variables that move them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlkpi.installer.paths import places

HOME = Path("/people/ann")
LIBRARY = HOME / "Library"
OFFICE = "Group Containers/UBF8T346G9.Office"
EXPECTED = {
    "windows": {
        "record": HOME / "AppData/Local/xlkpi/record.json",
        "venv": HOME / "AppData/Local/xlkpi/venv",
        "log": HOME / "AppData/Local/xlkpi/xlkpi.log",
        "addin": HOME / "AppData/Roaming/Microsoft/Excel/XLSTART/xlkpi.xlam",
        "conf": HOME / ".xlkpi/xlkpi.conf",
        "extension": HOME / "AppData/Local/xlkpi/xlkpi.oxt",
        "profile": HOME / "AppData/Roaming/LibreOffice/4/user",
        "scripts": None,
    },
    "darwin": {
        "record": LIBRARY / "Application Support/xlkpi/record.json",
        "venv": LIBRARY / "Application Support/xlkpi/venv",
        "log": LIBRARY / "Application Support/xlkpi/xlkpi.log",
        "addin": LIBRARY / f"{OFFICE}/User Content.localized/Startup.localized/Excel/xlkpi.xlam",
        "conf": LIBRARY / "Containers/com.microsoft.Excel/Data/xlkpi.conf",
        "extension": LIBRARY / "Application Support/xlkpi/xlkpi.oxt",
        "profile": LIBRARY / "Application Support/LibreOffice/4/user",
        "scripts": LIBRARY / "Application Scripts/com.microsoft.Excel",
    },
    "linux": {
        "record": HOME / ".local/share/xlkpi/record.json",
        "venv": HOME / ".local/share/xlkpi/venv",
        "log": HOME / ".local/share/xlkpi/xlkpi.log",
        "extension": HOME / ".local/share/xlkpi/xlkpi.oxt",
        "profile": HOME / ".config/libreoffice/4/user",
        "scripts": None,
    },
}


@pytest.mark.parametrize("system", list(EXPECTED))
def test_everything_lies_in_the_persons_own_folders(system):
    found = places(system, HOME, {})
    assert {name: getattr(found, name) for name in EXPECTED[system]} == EXPECTED[system]


@pytest.mark.parametrize("system", list(EXPECTED))
def test_the_record_can_be_moved_and_nothing_else_moves_with_it(system):
    usual, moved = places(system, HOME, {"XLKPI_RECORD": ""}), places(system, HOME, {"XLKPI_RECORD": "/else/r.json"})
    assert usual.record == EXPECTED[system]["record"]
    assert moved.record == Path("/else/r.json")
    assert (moved.venv, moved.log) == (usual.venv, usual.log)


def test_the_variables_of_a_system_are_followed():
    windows = places("windows", HOME, {"LOCALAPPDATA": "/local", "APPDATA": "/roaming"})
    assert windows.record == Path("/local/xlkpi/record.json")
    assert windows.addin == Path("/roaming/Microsoft/Excel/XLSTART/xlkpi.xlam")
    linux = places("linux", HOME, {"XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/config"})
    assert linux.venv == Path("/data/xlkpi/venv")
    assert linux.profile == Path("/config/libreoffice/4/user")


def test_programs_of_the_environment():
    assert places("windows", HOME, {}).program("pythonw").parts[-3:] == ("venv", "Scripts", "pythonw.exe")
    assert places("darwin", HOME, {}).program("python").parts[-3:] == ("venv", "bin", "python")
