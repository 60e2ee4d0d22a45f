"""What `install` and `uninstall` would do: word by word on each system, and in every odd state, with nothing run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from xlkpi.hosts.excel.find_excel import NO_VBA
from xlkpi.hosts.excel.install_excel import conf_text
from xlkpi.hosts.libreoffice.find_libreoffice import ROOT
from xlkpi.hosts.registry import EXCEL, LIBREOFFICE
from xlkpi.installer import preconditions
from xlkpi.installer.install_plan import plan_install
from xlkpi.installer.preconditions import ABSENT, NO_VENV
from xlkpi.installer.record import read_record
from xlkpi.installer.system import RunningPython
from xlkpi.installer.uninstall_plan import plan_uninstall

NO_EXCEL = ABSENT.format("Excel", EXCEL.if_absent)
NO_LIBREOFFICE = ABSENT.format("LibreOffice", LIBREOFFICE.if_absent)
NEITHER = "There is no Excel and no LibreOffice here. Install LibreOffice 25.2 or later from libreoffice.org."

PLANS = Path(__file__).parent / "plans"


def without_places(world, text):
    """The text without what differs from one machine to another."""
    folders = {world.home: "HOME", world.root: "ROOT", world.project: "PROJECT", world.folder: "MACHINE"}
    for folder, name in folders.items():
        text = text.replace(str(folder), name)
    return text.replace(world.state().version, "VERSION")


def titles(plan):
    return [step.title for step in plan.steps]


def actions(plan, kind):
    """The actions of a plan whose text begins so, in words."""
    return [str(action) for step in plan.steps for action in step.actions if str(action).startswith(f"{kind} ")]


def installed_from(plan):
    """What pip is given to install: a lock, then the project."""
    return [text.split()[-1] for text in actions(plan, "run") if " pip " in text]


def without(state, *names):
    """The same machine without these hosts."""
    return replace(
        state, programs={name: program_state for name, program_state in state.programs.items() if name not in names}
    )


def hindered(state, name, hindrance):
    """The same machine, on which a host cannot be served."""
    return replace(state, programs={**state.programs, name: replace(state.programs[name], hindrance=hindrance)})


@pytest.fixture
def installed(make_world):
    """A Windows on which everything is installed."""
    world = make_world("windows")
    assert world.run("install") == 0
    return world


# --- word by word ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_the_plan_of_each_system_word_by_word(world, command, capsys):
    if command == "uninstall":
        assert world.run("install") == 0
        capsys.readouterr()
    before = world.snapshot()
    assert world.run(command, dry_run=True) == 0
    shown = without_places(world, capsys.readouterr().out)
    name = f"{command}-{world.system}.txt"
    if os.environ.get("XLKPI_WRITE_PLANS"):  # scripts/regenerate.py names a folder
        (Path(os.environ["XLKPI_WRITE_PLANS"]) / name).write_text(shown, encoding="utf-8")
    else:
        wanted = (PLANS / name).read_text(encoding="utf-8")
        assert shown == wanted, "run: python scripts/regenerate.py --only plans"
    assert world.snapshot() == before


def test_nothing_is_run_with_more_rights_and_no_security_setting_is_named(world):
    words = " ".join(str(action) for step in plan_install(world.state()).steps for action in step.actions).lower()
    assert not [word for word in ("sudo", "runas", "trust center", "reg add", "vbawarnings") if word in words]


# --- again, and after changes ----------------------------------------------------------------------------------------


def test_the_second_time_there_is_nothing_to_do(installed):
    plan = plan_install(installed.state())
    assert (plan.steps, plan.stop) == ((), "")
    assert plan.notes == (f"Nothing to do: xlkpi {installed.state().version} is already installed and up to date.",)


def test_another_version_takes_the_place_of_the_first(installed):
    installed.change_project("0.3.0")
    state = installed.state()
    plan = plan_install(state)
    assert len(plan.steps) == 11
    assert "Make the folders that are missing" not in titles(plan)
    assert plan.environment == state.paths.data / "env-0.3.0-2"
    assert actions(plan, "remove") == [f"remove {state.installed.environment}"]
    assert plan.change.folders == ()
    folders = state.installed.folders
    assert installed.run("install") == 0
    assert read_record(state.paths.record).installed.folders == folders


@pytest.mark.parametrize(
    ("harm", "redone"),
    [
        ("addin", ["Build the Excel add-in", "Put it where Excel opens it by itself", "Tell it which Python to use"]),
        ("conf", ["Build the Excel add-in", "Put it where Excel opens it by itself", "Tell it which Python to use"]),
        ("extension", ["Build the LibreOffice extension", "Register it with LibreOffice"]),
    ],
)
def test_what_is_gone_is_put_again_and_the_rest_left_alone(installed, harm, redone):
    getattr(installed.state().paths, harm).unlink()
    assert titles(plan_install(installed.state())) == [*redone, "Write down what was installed"]


def test_an_extension_that_somebody_took_out_is_registered_again(installed):
    (installed.profile / "uno_packages" / "known.json").unlink()
    assert "Register it with LibreOffice" in titles(plan_install(installed.state()))


def test_a_broken_environment_is_made_again_with_all_that_rests_on_it(installed):
    installed.state().installed.python.unlink()
    assert installed.state().environment_state == "stale"
    assert len(plan_install(installed.state()).steps) == 11


def test_a_file_that_somebody_changed_is_kept_beside(installed):
    conf = installed.state().paths.conf
    conf.write_text("mine", encoding="utf-8")
    plan = plan_install(installed.state())
    kept_folder = installed.state().paths.kept
    assert f"copy {conf} to {kept_folder / 'xlkpi.conf'}" in actions(plan, "copy")
    assert plan.notes == (f"{conf} was changed after it was installed; a copy goes to {kept_folder}.",)


def test_one_of_the_two_can_be_asked_for_and_the_other_added_later(make_world):
    world = make_world("windows")
    first = plan_install(world.state(), "libreoffice")
    assert not [text for text in actions(first, "copy") if text.endswith(".xlam")]
    assert installed_from(first) == [f"{world.project}/xlkpi/installer/locks/run.txt", str(world.project)]
    assert world.run("install", only="libreoffice") == 0
    assert plan_install(world.state(), "libreoffice").steps == ()
    later = plan_install(world.state())
    assert installed_from(later) == [f"{world.project}/xlkpi/installer/locks/excel.txt", str(world.project)]
    assert world.run("install") == 0
    assert world.state().installed.hosts == ("libreoffice", "excel")


def test_who_was_served_once_is_served_again_whatever_is_asked_for(installed):
    installed.change_project("0.3.0")
    assert "Build the Excel add-in" in titles(plan_install(installed.state(), "libreoffice"))


def test_what_was_put_for_a_program_that_is_gone_stays_in_the_record(installed):
    before = installed.state().installed
    (installed.programs[0] / "Microsoft Office" / "root" / "Office16" / "EXCEL.EXE").unlink()
    installed.change_project("0.3.0")
    assert installed.run("install") == 0
    after = installed.state().installed
    assert dict(before.files).keys() == dict(after.files).keys()
    assert dict(after.files)[installed.state().paths.addin] == dict(before.files)[installed.state().paths.addin]
    assert installed.run("uninstall") == 0
    assert not installed.state().paths.addin.exists()


# --- what the add-in reads -------------------------------------------------------------------------------------------


def test_a_path_with_other_letters_is_written_so_that_excel_can_read_it(make_world):
    state = make_world("windows").state()
    odd = replace(state.paths, data=Path("D:/people/Łucja/Local/xlkpi"))
    first = conf_text(replace(state, paths=odd), odd.new_environment("1.0")).splitlines()[0]
    assert first.isascii()
    assert first.startswith('"INTERPRETER_WIN","%LOCALAPPDATA%')
    assert first.replace("\\", "/").endswith('/xlkpi/env-1.0-1/Scripts/pythonw.exe"')


def test_the_lines_end_as_the_system_ends_them(make_world):
    windows, mac = make_world("windows").state(), make_world("darwin", "mac").state()
    assert conf_text(windows, Path("env")).count("\r\n") == 3
    assert "\r" not in conf_text(mac, Path("env"))


# --- refusals --------------------------------------------------------------------------------------------------------

STORE = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_3.12.1_x64__qbz5n2kfra8p0"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"python": RunningPython("python.exe", STORE, (3, 12), "win-amd64")}, preconditions.STORE),
        ({"python": RunningPython("python.exe", r"C:\Python", (3, 12), "win32")}, preconditions.BITS_32),
        ({"python": RunningPython("python.exe", r"C:\Python", (3, 12), "win-arm64")}, preconditions.ARM),
        ({"python": RunningPython("python.exe", r"C:\Python", (3, 10), "win-amd64")}, "This is Python 3.10. Run"),
        ({"can_make_venv": False}, NO_VENV),
        ({"open_now": ("Excel",)}, "Excel is open. Close it and run the same command again."),
        ({"open_now": ("LibreOffice",)}, "LibreOffice is open. Close it"),
        ({"foreign": (Path("XLSTART/xlkpi.xlam"),)}, "xlkpi.xlam exists already, and not from this installer"),
        ({"unwritable": (Path("XLSTART"),)}, "You may not write to XLSTART. Ask IT for access"),
        ({"programs": {}}, NEITHER),
    ],
)
def test_what_cannot_work_is_refused_with_the_reason(make_world, changes, says):
    plan = plan_install(replace(make_world("windows").state(), **changes))
    assert plan.steps == ()
    assert says in plan.stop


def test_every_reason_is_said_at_once(make_world):
    state = replace(make_world("windows").state(), open_now=("Excel", "LibreOffice"), can_make_venv=False)
    assert len(plan_install(state).stop.splitlines()) == 3


def test_the_kinds_of_python_matter_on_windows_alone(make_world):
    arm = RunningPython("/usr/bin/python3", "/usr", (3, 12), "macosx-11.0-arm64")
    assert plan_install(replace(make_world("darwin").state(), python=arm)).stop == ""


def test_the_python_of_the_installation_itself_is_refused(installed):
    python = str(installed.state().installed.python)
    state = replace(installed.state(), python=RunningPython(python, "base", (3, 12), "win-amd64"))
    assert "Run the command with the Python in base." in plan_install(state).stop
    assert "Run the command with the Python in base." in plan_uninstall(state).stop


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"python": 1, "installed": {"format": 2}}', "\0"])
def test_a_record_that_cannot_be_used_stops_everything(installed, text):
    installed.state().paths.record.write_text(text, encoding="utf-8")
    for plan in (plan_install(installed.state()), plan_uninstall(installed.state())):
        assert plan.steps == ()
        assert "record.json cannot be used: " in plan.stop


def test_a_program_that_cannot_be_served_is_a_note_while_the_other_can(make_world):
    state = make_world("windows").state()
    plan = plan_install(hindered(state, "excel", NO_VBA))
    assert plan.notes == (NO_VBA,)
    assert "Register it with LibreOffice" in titles(plan)
    assert plan_install(without(hindered(state, "excel", NO_VBA), "libreoffice")).stop == NO_VBA


def test_who_asks_for_one_that_is_not_here_is_told_of_that_one(make_world):
    state = make_world("windows").state()
    assert plan_install(without(state, "excel"), "excel").stop == NO_EXCEL
    assert plan_install(without(state, "libreoffice"), "libreoffice").stop == NO_LIBREOFFICE
    assert plan_install(without(state, "excel", "libreoffice"), "excel").stop == NEITHER
    forbidden = hindered(state, "libreoffice", ROOT)
    assert plan_install(without(forbidden, "excel"), "excel").stop == NO_EXCEL
    assert plan_install(forbidden, "libreoffice").stop == ROOT


# --- uninstall -------------------------------------------------------------------------------------------------------


def test_without_an_installation_there_is_nothing_to_remove(make_world):
    world = make_world("windows")
    addin = world.state().paths.addin
    addin.parent.mkdir(parents=True)
    addin.write_text("somebody's")
    plan = plan_uninstall(world.state())
    assert plan.steps == ()
    assert [note.split(" is ")[0].split(" exists")[0] for note in plan.notes] == ["xlkpi", str(addin)]


def test_a_changed_file_is_left_and_named(installed):
    addin = installed.state().paths.addin
    addin.write_text("changed")
    plan = plan_uninstall(installed.state())
    assert actions(plan, "delete")
    assert f"delete {addin}" not in actions(plan, "delete")
    (note,) = plan.notes
    assert note.startswith(f"{addin} was changed after it was installed, so it is not removed.")


def test_an_extension_is_left_where_libreoffice_is_gone_and_root_is_refused(installed):
    gone = plan_uninstall(replace(without(installed.state(), "libreoffice"), registered={"libreoffice": ""}))
    assert gone.notes[0].startswith("LibreOffice was not found, so its extension cannot be removed.")
    assert gone.stop == ""
    assert plan_uninstall(hindered(installed.state(), "libreoffice", ROOT)).stop == ROOT


def test_a_folder_of_that_name_that_is_no_environment_is_not_removed(installed):
    assert actions(plan_uninstall(installed.state()), "remove")
    environment = installed.state().installed.environment
    (environment / "pyvenv.cfg").unlink()
    assert installed.state().environment_state == "not ours"
    assert actions(plan_uninstall(installed.state()), "remove") == []
    assert installed.run("uninstall") == 0
    assert environment.is_dir()


def test_folders_and_texts_are_made_only_where_they_belong(make_world):
    world = make_world("linux")
    plan = plan_install(world.state())
    assert [text for text in actions(plan, "write") if ".json" not in text] == []
    assert list(plan.change.folders) == [
        world.home / ".local",
        world.home / ".local" / "share",
        world.home / ".local" / "share" / "xlkpi",
    ]
