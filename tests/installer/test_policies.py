"""What an organisation's policies and a user's name mean for Excel: said by the doctor, and before installing."""

from __future__ import annotations

import pytest

from tests.house.project_files import ROOT
from xlkpi.hosts.excel import office_policies
from xlkpi.hosts.excel.code_page import CODE_PAGES, letters_outside
from xlkpi.hosts.excel.office_policies import CHILD_PROCESSES, RULES, WIN32_CALLS
from xlkpi.hosts.registry import HOSTS
from xlkpi.installer.doctor import doctor

GROUP = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR"
MANAGED = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
LOCAL = r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR"
LOCATIONS = r"HKCU\Software\Policies\Microsoft\Office\16.0\Common\Security\Trusted Locations"


@pytest.fixture
def windows(make_world):
    return make_world("windows")


def lines_of(world, part):
    world.state()
    report = doctor(world.project, HOSTS, python=world.python, machine=world.machine)
    return [line for line in report.checks if line.part == part]


def modes_of(world):
    """The end of each line about a rule, and whether it must be fixed."""
    lines = lines_of(world, "Defender")
    return [(line.status.partition(": ")[2], line.must) for line in lines]


def test_each_rule_is_named_as_microsoft_names_it(windows):
    assert [line.status for line in lines_of(windows, "Defender")] == [f"{title}: not set" for title in RULES.values()]
    assert (CHILD_PROCESSES, WIN32_CALLS) == (
        "d4f940ab-401b-4efc-aadc-ad5f3c50688a",
        "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b",
    )


@pytest.mark.parametrize(
    ("values", "first", "second"),
    [
        ({(rf"{GROUP}\Rules", CHILD_PROCESSES): "1"}, ("blocks", True), ("not set", False)),
        ({(rf"{GROUP}\Rules", WIN32_CALLS): "1"}, ("not set", False), ("blocks", True)),
        ({(rf"{LOCAL}\Rules", WIN32_CALLS): "6"}, ("not set", False), ("warns", False)),
        (
            {(MANAGED, "ASRRules"): f"{CHILD_PROCESSES.upper()}=1|{WIN32_CALLS}=2"},
            ("blocks", True),
            ("only records", False),
        ),
        ({(MANAGED, "ASRRules"): f" {WIN32_CALLS}=0 "}, ("not set", False), ("off", False)),
        (
            {(rf"{GROUP}\Rules", CHILD_PROCESSES): "2", (rf"{LOCAL}\Rules", CHILD_PROCESSES): "1"},
            ("only records", False),
            ("not set", False),
        ),
        ({(rf"{GROUP}\Rules", CHILD_PROCESSES): "9"}, ("9", False), ("not set", False)),
    ],
)
def test_the_rules_are_read_wherever_they_are_set(windows, values, first, second):
    windows.registry.update(values)
    assert modes_of(windows) == [first, second]


def test_a_rule_that_blocks_says_what_stops_and_what_to_do(windows, capsys):
    windows.registry[rf"{GROUP}\Rules", CHILD_PROCESSES] = "1"
    line = lines_of(windows, "Defender")[0]
    assert line.remedy == office_policies.STOPPED
    windows.run("install")
    assert office_policies.STOPPED in capsys.readouterr().err
    assert windows.run("doctor") == 1
    windows.registry[rf"{GROUP}\Rules", CHILD_PROCESSES] = "6"
    assert lines_of(windows, "Defender")[0].remedy == office_policies.WARNED
    assert windows.run("doctor") == 0


@pytest.mark.parametrize(
    "excluded",
    [
        lambda paths: {(rf"{GROUP}\ASROnlyExclusions", str(paths.addin)): "0"},
        lambda paths: {(rf"{LOCAL}\ASROnlyExclusions", f"{paths.data}\\"): "0"},
        lambda paths: {(MANAGED, "ASROnlyExclusions"): rf"C:\Else|{str(paths.data).upper()}"},
    ],
)
def test_files_that_are_excluded_from_a_rule_are_not_stopped(windows, excluded):
    windows.registry[rf"{GROUP}\Rules", WIN32_CALLS] = "1"
    assert modes_of(windows)[1] == ("blocks", True)
    windows.registry.update(excluded(windows.state().paths))
    assert modes_of(windows)[1] == ("blocks, but our files are excluded from it", False)


def test_where_only_the_organisations_locations_count_the_folder_to_add_is_named(windows):
    (line,) = lines_of(windows, "Trusted")
    assert (line.status, line.remedy) == (f"{windows.state().paths.startup}, as every startup folder of Excel", "")
    windows.registry[LOCATIONS, "Allow User Locations"] = "0"
    (line,) = lines_of(windows, "Trusted")
    assert str(windows.state().paths.startup) in line.remedy
    assert not line.must


@pytest.mark.parametrize(
    ("text", "code_page", "letters"),
    [
        (r"D:\People\Łukasz", "1252", "Ł"),
        (r"D:\People\Łukasz Żak Ł", "1252", "ŁŻ"),
        (r"D:\People\Łukasz", "1250", ""),
        (r"D:\People\Łukasz", "65001", ""),
        (r"D:\People\Łukasz", "", ""),
        (r"D:\People\Łukasz", "no such", ""),
        (r"D:\People\Zoë", "1252", ""),
        (r"D:\People\Анна", "1251", ""),
        (r"D:\People\Анна", "1252", "Ана"),
        (r"D:\People\李", "936", ""),
    ],
)
def test_letters_are_looked_for_in_the_code_page_of_the_system(text, code_page, letters):
    assert letters_outside(text, code_page) == letters


def at_home_of(world, name):
    """The world of a user with another name."""
    home = world.root / name
    (home / "Local").mkdir(parents=True)
    (home / "Roaming").mkdir()
    world.home = home
    world.environ = {**world.environ, "LOCALAPPDATA": str(home / "Local"), "APPDATA": str(home / "Roaming")}
    world.registry[CODE_PAGES, "ACP"] = "1252"
    return world


def test_a_user_whose_name_visual_basic_cannot_read_is_refused_beforehand_for_excel_alone(windows, capsys):
    world = at_home_of(windows, "Łukasz")
    before = world.snapshot()
    assert world.run("install", only="excel") == 1
    refused = capsys.readouterr().err
    assert "lacks the letters Ł" in refused
    assert "Use LibreOffice, where any name works" in refused
    assert world.snapshot() == before
    assert world.run("install") == 0
    assert "lacks the letters Ł" in capsys.readouterr().err
    assert not world.state().paths.addin.exists()
    assert world.state().serves("libreoffice")


def test_the_doctor_gives_the_reason_for_such_a_name(windows):
    (line,) = lines_of(at_home_of(windows, "Łukasz"), "Excel")
    assert line.must
    assert "code page 1252" in line.remedy


def test_names_that_the_code_page_has_are_served(windows):
    world = at_home_of(windows, "Zoë")
    assert world.run("install") == 0
    assert world.state().paths.addin.is_file()


def test_a_folder_of_settings_elsewhere_is_looked_at_too(windows):
    world = at_home_of(windows, "Zoë")
    world.home = world.root / "Łukasz"
    (line,) = lines_of(world, "Excel")
    assert "lacks the letters Ł" in line.remedy


def test_the_page_for_the_it_department_has_each_rule_with_its_number():
    page = (ROOT / "docs" / "it-department.md").read_text(encoding="utf-8")
    for number, title in RULES.items():
        assert title in page
        assert number in page
