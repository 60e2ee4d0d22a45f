"""Finding Excel and LibreOffice on made-up machines, and what stands against adding to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xlkpi.hosts.excel import find_excel, office_policies
from xlkpi.hosts.excel.find_excel import processor_of
from xlkpi.hosts.libreoffice import find_libreoffice
from xlkpi.hosts.registry import HOSTS
from xlkpi.installer.install_state import open_hosts
from xlkpi.installer.paths import install_paths
from xlkpi.installer.system import is_remote

POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0"


def excel_of(world, **changes):
    machine = replace(world.machine, **changes)
    return find_excel.find_excel(machine, install_paths(machine.system, machine.home, machine.environ))


def office_of(world, **changes):
    world.state()  # tells the programs what to say
    machine = replace(world.machine, **changes)
    return find_libreoffice.find_libreoffice(machine, install_paths(machine.system, machine.home, machine.environ))


# --- Excel -----------------------------------------------------------------------------------------------------------


def test_excel_on_windows_is_found_in_its_usual_place_with_version_and_kind(make_world):
    world = make_world("windows")
    world.registry[find_excel.OFFICE_KEY + r"\ClickToRun\Configuration", "VersionToReport"] = "16.0.17928.20114"
    program = excel_of(world)
    assert program.path == world.programs[0] / "Microsoft Office" / "root" / "Office16" / "EXCEL.EXE"
    assert (program.version, program.processor, program.hindrance, program.notes) == (
        "16.0.17928.20114",
        "64-bit",
        "",
        (),
    )


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", ""),
        (r"HKLM\SOFTWARE\Microsoft\Office\16.0\Excel\InstallRoot", "Path"),
    ],
)
def test_excel_is_found_where_the_registry_says(make_world, key, name):
    world = make_world("windows", excel=False)
    assert excel_of(world) is None
    elsewhere = world.root / "Office" / "EXCEL.EXE"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"MZ")
    world.registry[key, name] = str(elsewhere if not name else elsewhere.parent)
    assert excel_of(world).path == elsewhere


@pytest.mark.parametrize(("code", "expected_text"), [(0x8664, "64-bit"), (0x14C, "32-bit"), (0xAA64, "ARM"), (1, "")])
def test_the_kind_of_a_program_is_read_from_its_own_header(tmp_path, code, expected_text):
    program = tmp_path / "EXCEL.EXE"
    start, header = b"MZ" + bytes(58) + (200).to_bytes(4, "little"), b"PE\0\0" + code.to_bytes(2, "little")
    program.write_bytes(start + bytes(136) + header)
    assert processor_of(program) == expected_text


@pytest.mark.parametrize("data", [b"", b"MZ", b"PK\x03\x04" * 40, b"MZ" + bytes(58) + b"\xff" * 4])
def test_a_program_with_another_header_has_no_kind(tmp_path, data):
    (tmp_path / "x.exe").write_bytes(data)
    assert processor_of(tmp_path / "x.exe") == ""
    assert processor_of(tmp_path / "absent.exe") == ""


def test_a_startup_folder_on_another_computer_is_a_hindrance(make_world):
    world = make_world("windows")
    program = excel_of(world, environ={**world.environ, "APPDATA": r"\\server\profiles\ann"})
    assert program.hindrance.startswith(r"Excel's startup folder \\server\profiles\ann")
    assert is_remote(install_paths("windows", world.home, {"APPDATA": "//server/profiles/ann"}).startup)
    assert not is_remote(world.home)


def test_what_an_organisation_forbids_is_said(make_world):
    world = make_world("windows")
    world.registry[POLICY + r"\Excel\Security\Trusted Locations", "AllLocationsDisabled"] = "1"
    assert (excel_of(world).hindrance, excel_of(world).notes) == ("", (office_policies.LOCATIONS_OFF,))
    world.registry[POLICY + r"\Common", "vbaoff"] = "1"
    assert excel_of(world).hindrance == find_excel.NO_VBA


def test_excel_on_a_mac_has_a_version_and_must_have_been_started(make_world):
    world = make_world("darwin")
    app = world.programs[0] / "Microsoft Excel.app"
    (app / "Contents" / "Info.plist").write_bytes(
        b'<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleShortVersionString</key>'
        b"<string>16.89.1</string></dict></plist>"
    )
    assert (excel_of(world).path, excel_of(world).version, excel_of(world).hindrance) == (app, "16.89.1", "")
    (world.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data").rmdir()
    assert excel_of(world).hindrance == find_excel.NEVER_STARTED
    (app / "Contents" / "Info.plist").write_bytes(b"not a list")
    assert excel_of(world).version == ""


def test_linux_has_no_excel(make_world):
    assert excel_of(make_world("linux")) is None


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def test_libreoffice_is_found_on_each_system(world):
    program = office_of(world)
    assert (program.path, program.version, program.hindrance) == (world.soffice, "25.2.3.2", "")
    assert program.registrar.parent == world.soffice.parent
    assert program.registrar.suffix == (".com" if world.system == "windows" else "")


def test_libreoffice_is_found_where_registry_path_or_variable_say(make_world):
    world = make_world("windows")
    aside = world.root / "else" / "program"
    aside.parent.mkdir()
    world.soffice.parent.rename(aside)
    assert office_of(world) is None
    world.registry[r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath", ""] = str(aside)
    assert office_of(world).path == aside / "soffice.com"
    world.registry.clear()
    named = {**world.environ, "SOFFICE": str(aside / "soffice.exe")}
    assert office_of(world, environ=named).path == aside / "soffice.com"
    assert office_of(world, which=lambda _: str(aside / "soffice.com")).path == aside / "soffice.com"


@pytest.mark.parametrize(
    ("version", "old"), [("7.4.7.2", True), ("24.8.4.2", True), ("25.2", False), ("26.8.0.1", False)]
)
def test_an_old_libreoffice_is_refused(make_world, version, old):
    program = office_of(make_world("linux", office=version))
    assert program.hindrance.startswith(f"LibreOffice {version} at ") is old


def test_the_one_that_can_be_served_is_taken_before_a_newer_one_that_cannot(make_world):
    world = make_world("linux")
    snap = world.program(world.root / "snap" / "bin" / "libreoffice")
    world.programs = (*world.programs, snap.parent)
    assert office_of(world).path == world.soffice
    world.soffice.unlink()
    assert office_of(world).hindrance.startswith(f"LibreOffice at {snap} is a snap")


def test_what_libreoffice_lacks_is_said(make_world):
    world = make_world("linux")
    world.user = "0"
    assert office_of(world).hindrance == find_libreoffice.ROOT
    world.user = "1000"
    world.soffice.with_name("unopkg").unlink()
    assert office_of(world).hindrance == find_libreoffice.NO_UNOPKG.format(world.soffice)


def test_a_program_of_that_name_that_is_something_else_is_passed_over(make_world):
    world = make_world("linux")
    world.soffice.write_text("#!/bin/sh\necho Apache OpenOffice 4.1\n", encoding="utf-8")
    assert office_of(world) is None


# --- open now --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "asked"),
    [
        ("windows", [("tasklist", "/FI", "IMAGENAME eq EXCEL.EXE", "/NH", "/FO", "CSV"),
                     ("tasklist", "/FI", "IMAGENAME eq soffice.bin", "/NH", "/FO", "CSV")]),
        ("darwin", [("pgrep", "-U", "501", "-x", "Microsoft Excel"), ("pgrep", "-U", "501", "-x", "soffice")]),
        ("linux", [("pgrep", "-U", "501", "-x", "soffice.bin")]),
    ],
)  # fmt: skip
def test_only_the_persons_own_programs_count_as_open(make_world, system, asked):
    commands = []
    machine = replace(make_world(system).machine, user="501", output_of=commands.append)
    assert open_hosts(machine, HOSTS) == ()
    assert commands == asked


def test_what_is_open_is_named(make_world):
    listed = '"EXCEL.EXE","4711","Console","1","150,000 K"'
    machine = make_world("windows").machine
    open_program = replace(
        machine, output_of=lambda command: listed if "EXCEL" in command[2] else "INFO: No tasks are running"
    )
    assert open_hosts(open_program, HOSTS) == ("Excel",)
    assert open_hosts(replace(machine, system="darwin", user="501", output_of=lambda _: "4711"), HOSTS) == (
        "Excel",
        "LibreOffice",
    )
