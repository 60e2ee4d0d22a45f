"""Where things go: each system's own folders, and the variables that move them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlkpi.installer.paths import install_paths

HOME = Path("/people/ann")
LIBRARY = HOME / "Library"
OFFICE = "Group Containers/UBF8T346G9.Office"
EXPECTED = {
    "windows": {
        "record": HOME / "AppData/Local/xlkpi/record.json",
        "log": HOME / "AppData/Local/xlkpi/xlkpi.log",
        "addin": HOME / "AppData/Roaming/Microsoft/Excel/XLSTART/xlkpi.xlam",
        "conf": HOME / ".xlkpi/xlkpi.conf",
        "extension": HOME / "AppData/Local/xlkpi/xlkpi.oxt",
        "profile": HOME / "AppData/Roaming/LibreOffice/4/user",
        "cache": HOME / "AppData/Local/xlkpi/Cache",
        "scripts": None,
    },
    "darwin": {
        "record": LIBRARY / "Application Support/xlkpi/record.json",
        "log": LIBRARY / "Application Support/xlkpi/xlkpi.log",
        "addin": LIBRARY / f"{OFFICE}/User Content.localized/Startup.localized/Excel/xlkpi.xlam",
        "conf": LIBRARY / "Containers/com.microsoft.Excel/Data/xlkpi.conf",
        "extension": LIBRARY / "Application Support/xlkpi/xlkpi.oxt",
        "profile": LIBRARY / "Application Support/LibreOffice/4/user",
        "cache": LIBRARY / "Caches/xlkpi",
        "scripts": LIBRARY / "Application Scripts/com.microsoft.Excel",
    },
    "linux": {
        "record": HOME / ".local/share/xlkpi/record.json",
        "log": HOME / ".local/share/xlkpi/xlkpi.log",
        "extension": HOME / ".local/share/xlkpi/xlkpi.oxt",
        "profile": HOME / ".config/libreoffice/4/user",
        "cache": HOME / ".cache/xlkpi",
        "scripts": None,
    },
}


@pytest.mark.parametrize("system", list(EXPECTED))
def test_everything_lies_in_the_persons_own_folders(system):
    install_folders = install_paths(system, HOME, {})
    assert {name: getattr(install_folders, name) for name in EXPECTED[system]} == EXPECTED[system]


@pytest.mark.parametrize("system", list(EXPECTED))
def test_the_record_can_be_moved_and_nothing_else_moves_with_it(system):
    usual, moved = (
        install_paths(system, HOME, {"XLKPI_RECORD": ""}),
        install_paths(system, HOME, {"XLKPI_RECORD": "/else/r.json"}),
    )
    assert usual.record == EXPECTED[system]["record"]
    assert moved.record == Path("/else/r.json")
    assert (moved.data, moved.log) == (usual.data, usual.log)


def test_the_variables_of_a_system_are_followed():
    windows = install_paths("windows", HOME, {"LOCALAPPDATA": "/local", "APPDATA": "/roaming"})
    assert windows.record == Path("/local/xlkpi/record.json")
    assert windows.addin == Path("/roaming/Microsoft/Excel/XLSTART/xlkpi.xlam")
    assert windows.cache == Path("/local/xlkpi/Cache")
    assert install_paths("windows", HOME, {"XLKPI_CACHE": "/c"}).cache == Path("/c")
    linux = install_paths("linux", HOME, {"XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/config"})
    assert linux.data == Path("/data/xlkpi")
    assert linux.profile == Path("/config/libreoffice/4/user")


def test_programs_of_an_environment():
    folder = Path("env-1-1")
    assert install_paths("windows", HOME, {}).program(folder, "pythonw").parts == ("env-1-1", "Scripts", "pythonw.exe")
    assert install_paths("darwin", HOME, {}).program(folder, "python").parts == ("env-1-1", "bin", "python")


def test_a_new_environment_gets_a_name_that_no_earlier_one_has(tmp_path):
    paths = install_paths("linux", HOME, {"XDG_DATA_HOME": str(tmp_path)})
    assert paths.new_environment("0.2.0") == tmp_path / "xlkpi" / "env-0.2.0-1"
    for name in ("env-0.2.0-1", "env-0.1.9-7", "env-odd", "notes-9"):
        (paths.data / name).mkdir(parents=True)
    assert paths.new_environment("0.2.0") == tmp_path / "xlkpi" / "env-0.2.0-8"
