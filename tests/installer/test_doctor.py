"""`doctor` and `status`: what is there, what is wrong, and what to do about each."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.house.project_files import ROOT
from xlkpi.hosts.excel import check_excel, find_excel
from xlkpi.hosts.libreoffice.install_libreoffice import IF_USED
from xlkpi.hosts.registry import HOSTS
from xlkpi.installer.doctor import AGAIN, INSTALL, doctor
from xlkpi.installer.inspect_python import inspect_python
from xlkpi.installer.system import this_machine


@pytest.fixture
def installed(make_world):
    """A Windows on which everything is installed."""
    world = make_world("windows")
    assert world.run("install") == 0
    return world


def examined(world, **changes):
    world.state()
    machine = replace(world.machine, **changes)
    return doctor(world.project, HOSTS, machine=machine)


def check(world, part, **changes):
    (line,) = (line for line in examined(world, **changes).checks if line.part == part)
    return line


def test_a_sound_installation_has_nothing_to_mend(world, capsys):
    world.run("install")
    capsys.readouterr()
    assert world.run("doctor") == 0
    out = capsys.readouterr().out
    assert out.endswith("No problems found.\n")
    assert "->" not in out
    served = "LibreOffice" if world.system == "linux" else "Excel and LibreOffice"
    assert f"Installed    xlkpi 0.2.0 for {served}; record {world.state().paths.record}\n" in out
    assert "Extension    0.2.0, registered for you\n" in out


def test_without_an_installation_the_installers_doctor_says_so_and_the_commands_looks_at_its_own_python(make_world):
    world = make_world("windows")
    answer = check(world, "Installed")
    assert (answer.remedy, answer.must) == (INSTALL, True)
    world.program(world.folder / "tools" / "what").write_text("0.2.0")
    (world.folder / "what").write_text("0.2.0")
    report = doctor(world.project, HOSTS, python=world.python, machine=world.machine)
    assert report.healthy
    parts = {each.part for each in report.checks}
    assert {"Installed", "xlkpi", "Python", "System", "pandas", "Excel", "LibreOffice"} <= parts


def harm_addin(state):
    state.paths.addin.unlink()


def harm_conf(state):
    state.paths.conf.write_text('"INTERPRETER_WIN","C:\\\\Python\\\\pythonw.exe"\r\n', encoding="utf-8")


def harm_dll(state):
    (state.installed.environment / "xlwings64-0.37.8.dll").unlink()


def harm_package(state):
    (state.installed.environment / "without").write_text("pandas")


def harm_environment(state):
    state.installed.python.unlink()


def harm_extension(state):
    (state.paths.profile / "uno_packages" / "known.json").unlink()


def harm_registered(state):
    (state.paths.profile / "uno_packages" / "known.json").write_text("xlkpi.hosts.libreoffice.build_oxt 0.1.0")


def harm_record(state):
    state.paths.record.write_text("{")


@pytest.mark.parametrize(
    ("harm", "part", "says", "remedy"),
    [
        (harm_addin, "Add-in", "xlkpi.xlam, missing", AGAIN),
        (harm_addin, "Files", "no longer there: ", AGAIN),
        (harm_conf, "Settings", "xlkpi.conf", check_excel.OTHER_PYTHON),
        (harm_dll, "DLL 64-bit", "xlwings64-0.37.8.dll is not there", check_excel.VIRUS),
        (harm_package, "pandas", "missing", AGAIN),
        (harm_environment, "Python", "does not start", AGAIN),
        (harm_extension, "Extension", "LibreOffice does not know it", AGAIN),
        (harm_registered, "Extension", "0.1.0, but xlkpi is 0.2.0", "Remove xlkpi under Tools, Extensions."),
        (harm_record, "Installed", "not known", "record.json cannot be used: it cannot be read (JSONDecodeError)."),
    ],
)
def test_each_harm_is_found_and_its_remedy_said(installed, harm, part, says, remedy, capsys):
    harm(installed.state())
    findings = check(installed, part)
    assert says in findings.status
    assert remedy in findings.remedy
    assert findings.must
    assert installed.run("doctor") == 1
    assert capsys.readouterr().out.endswith("Problems found: see the lines with ->.\n")
    if harm is not harm_record:
        installed.run("install")
        assert installed.run("doctor") == 0


def test_more_lines_in_the_settings_are_somebodys_business(installed):
    conf = installed.state().paths.conf
    conf.write_text(conf.read_text(encoding="utf-8") + '"SHOW CONSOLE","True"\n', encoding="utf-8")
    assert check(installed, "Settings").remedy == ""
    conf.unlink()
    assert "is not there" in check(installed, "Settings").status


def test_an_add_in_that_names_another_library_is_found(installed):
    installed.named = "0.36.0"
    findings = check(installed, "Link")
    assert findings.status == "xlwings 0.37.8, but the add-in names 0.36.0"
    assert findings.must


def test_excel_that_is_gone_or_forbidden_is_said(installed):
    key = r"HKCU\Software\Policies\Microsoft\Office\16.0\Common"
    forbids = {(key, "vbaoff"): "1"}
    assert check(installed, "Excel", registry=lambda *asked: forbids.get(asked, "")).remedy == find_excel.NO_VBA
    (installed.programs[0] / "Microsoft Office" / "root" / "Office16" / "EXCEL.EXE").unlink()
    assert check(installed, "Excel").remedy == check_excel.GONE


def test_excel_that_came_later_is_an_offer_not_a_fault(make_world):
    world = make_world("windows")
    world.run("install", only="libreoffice")
    findings = check(world, "Add-in")
    assert (findings.remedy, findings.must) == (check_excel.ADD_NOW, False)


def test_libreoffice_that_is_missing_or_does_not_answer(make_world):
    world = make_world("linux", office="")
    assert check(world, "LibreOffice").remedy == IF_USED
    assert not check(world, "LibreOffice").must
    other = make_world("linux", "other")
    other.run("install")
    other.fault = "unopkg list"
    assert "delete the file .lock in " in check(other, "Extension").remedy


def test_unopkg_is_not_asked_while_libreoffice_is_open_as_it_waits_for_it(make_world):
    world = make_world("linux")
    world.run("install")
    world.open_now = ("LibreOffice",)
    asked = len([line for line in world.logged() if line.startswith("unopkg")])
    answer = check(world, "Extension")
    assert (answer.status, answer.must) == ("not asked, because LibreOffice is open", False)
    assert len([line for line in world.logged() if line.startswith("unopkg")]) == asked
    assert world.run("install") == world.run("uninstall") == 1


def test_the_last_lines_of_the_log_are_shown(installed):
    log = installed.state().paths.log
    assert check(installed, "Error log").status == f"{log}, empty"
    log.write_text("".join(f"line {number}\n" for number in range(9)), encoding="utf-8")
    printed = check(installed, "Error log").status
    assert str(log) in printed
    assert [line.strip() for line in printed.splitlines()[1:]] == [f"| line {number}" for number in range(4, 9)]


def test_onedrive_folders_are_named_once(installed):
    folder = "D:/ann/OneDrive - Council"
    environ = {**installed.environ, "OneDrive": folder, "OneDriveCommercial": folder}
    findings = check(installed, "OneDrive", environ=environ)
    assert findings.status.startswith(folder)
    assert not findings.must


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda addin: addin, "unchanged      {0}"),
        (lambda addin: addin.write_text("x"), "changed        {0}"),
        (lambda addin: addin.unlink(), "missing        {0}"),
    ],
)
def test_status_says_of_every_file_how_it_is(installed, harm, says, capsys):
    harm(installed.state().paths.addin)
    capsys.readouterr()
    assert installed.run("status") == 0
    assert f"  {says.format(installed.state().paths.addin)}\n" in capsys.readouterr().out


def test_status_says_what_differs_here_and_what_is_not_installed(make_world, capsys):
    world = make_world("linux")
    assert world.run("status") == 0
    assert capsys.readouterr().out.startswith("xlkpi is not installed for you: ")
    world.run("install")
    world.change_project("0.3.0")
    capsys.readouterr()
    assert world.run("status") == 0
    printed = capsys.readouterr().out
    assert printed.startswith(
        "xlkpi 0.2.0 (this folder contains a different state, 0.3.0: install replaces the installed one)\n"
    )
    assert "registered     extension org.xlkpi.calc in LibreOffice" in printed


def test_a_python_says_itself_what_the_project_needs_of_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [re.match(r"[A-Za-z0-9_.-]+", text).group().lower() for text in project["dependencies"]]
    inside = inspect_python(this_machine(), Path(sys.executable))
    assert sorted(inside.needs) == sorted(needed)
    assert all(inside.packages[name] for name in needed)
    assert inside.is_complete("")
    assert not inside.is_complete("0.0.1")
    assert inspect_python(this_machine(), Path("no-such-python")) is None
