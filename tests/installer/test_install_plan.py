"""What `install` and `uninstall` would do: word by word on each system, and in every odd state, with nothing run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from xlkpi.installer import hosts, preconditions
from xlkpi.installer.actions import Delete, MakeFolder, MoveAside, Put, Run, Write, WriteRecord
from xlkpi.installer.dev_plan import NO_VENV
from xlkpi.installer.install_plan import conf_text, plan_install
from xlkpi.installer.record import read_record
from xlkpi.installer.system import RunningPython
from xlkpi.installer.uninstall_plan import plan_uninstall

PLANS = Path(__file__).parent / "plans"


def told(world, text):
    """The text without what differs from one machine to another."""
    folders = {world.home: "HOME", world.root: "ROOT", world.project: "PROJECT", world.folder: "MACHINE"}
    for folder, name in folders.items():
        text = text.replace(str(folder), name)
    return text.replace(world.site().version, "VERSION")


def titles(plan):
    return [step.title for step in plan.steps]


def actions(plan, kind):
    return [action for step in plan.steps for action in step.actions if isinstance(action, kind)]


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
    shown = told(world, capsys.readouterr().out)
    name = f"{command}-{world.system}.txt"
    if os.environ.get("XLKPI_WRITE_PLANS"):  # scripts/regenerate.py names a folder
        (Path(os.environ["XLKPI_WRITE_PLANS"]) / name).write_text(shown, encoding="utf-8")
    else:
        wanted = (PLANS / name).read_text(encoding="utf-8")
        assert shown == wanted, "run: python scripts/regenerate.py --only plans"
    assert world.snapshot() == before


def test_nothing_is_run_with_more_rights_and_no_security_setting_is_named(world):
    words = " ".join(str(action) for step in plan_install(world.site()).steps for action in step.actions).lower()
    assert not [word for word in ("sudo", "runas", "trust center", "reg add", "vbawarnings") if word in words]


# --- again, and after changes ----------------------------------------------------------------------------------------


def test_the_second_time_there_is_nothing_to_do(installed):
    plan = plan_install(installed.site())
    assert (plan.steps, plan.stop) == ((), "")
    assert plan.notes == (f"Nothing to do: xlkpi {installed.site().version} is installed and as it was put.",)


def test_another_version_takes_the_place_of_the_first(installed):
    installed.change_project("0.3.0")
    site = installed.site()
    plan = plan_install(site)
    assert len(plan.steps) == 10
    assert "Make the folders that are missing" not in titles(plan)
    assert actions(plan, MoveAside) == [MoveAside(site.places.venv)]
    (record,) = actions(plan, WriteRecord)
    assert record.record.folders == read_record(site.places.record).folders


@pytest.mark.parametrize(
    ("harm", "redone"),
    [
        ("addin", ["Build the Excel add-in", "Put it where Excel opens it by itself", "Tell it which Python to use"]),
        ("conf", ["Build the Excel add-in", "Put it where Excel opens it by itself", "Tell it which Python to use"]),
        ("extension", ["Build the LibreOffice extension", "Register it with LibreOffice"]),
    ],
)
def test_what_is_gone_is_put_again_and_the_rest_left_alone(installed, harm, redone):
    getattr(installed.site().places, harm).unlink()
    assert titles(plan_install(installed.site())) == [*redone, "Write down what was installed"]


def test_an_extension_that_somebody_took_out_is_registered_again(installed):
    (installed.profile / "uno_packages" / "known.json").unlink()
    assert "Register it with LibreOffice" in titles(plan_install(installed.site()))


def test_a_broken_environment_is_made_again_with_all_that_rests_on_it(installed):
    installed.site().places.program("python").unlink()
    assert installed.site().venv_state == "stale"
    assert len(plan_install(installed.site()).steps) == 10


def test_a_file_that_somebody_changed_is_kept_beside(installed):
    conf = installed.site().places.conf
    conf.write_text("mine", encoding="utf-8")
    plan = plan_install(installed.site())
    kept = installed.site().places.kept
    assert Put(conf, kept / "xlkpi.conf") in actions(plan, Put)
    assert plan.notes == (f"{conf} was changed since it was put there; a copy goes to {kept}.",)


def test_one_of_the_two_can_be_asked_for_and_the_other_added_later(make_world):
    world = make_world("windows")
    first = plan_install(world.site(), "libreoffice")
    assert not [action for action in actions(first, Put) if action.target.suffix == ".xlam"]
    assert [run.command[-1] for run in actions(first, Run) if "pip" in run.command] == [str(world.project)]
    assert world.run("install", only="libreoffice") == 0
    assert plan_install(world.site(), "libreoffice").steps == ()
    later = plan_install(world.site())
    assert [run.command[-1] for run in actions(later, Run) if "pip" in run.command] == [f"{world.project}[excel]"]
    assert world.run("install") == 0
    assert read_record(world.site().places.record).hosts == ("libreoffice", "excel")


def test_who_was_served_once_is_served_again_whatever_is_asked_for(installed):
    installed.change_project("0.3.0")
    assert "Build the Excel add-in" in titles(plan_install(installed.site(), "libreoffice"))


def test_what_was_put_for_a_program_that_is_gone_stays_in_the_record(installed):
    before = read_record(installed.site().places.record)
    (installed.programs[0] / "Microsoft Office" / "root" / "Office16" / "EXCEL.EXE").unlink()
    installed.change_project("0.3.0")
    assert installed.run("install") == 0
    after = read_record(installed.site().places.record)
    assert dict(before.files).keys() == dict(after.files).keys()
    assert dict(after.files)[installed.site().places.addin] == dict(before.files)[installed.site().places.addin]
    assert installed.run("uninstall") == 0
    assert not installed.site().places.addin.exists()


# --- what the add-in reads -------------------------------------------------------------------------------------------


def test_a_path_with_other_letters_is_written_so_that_excel_can_read_it(make_world):
    site = make_world("windows").site()
    odd = replace(site.places, data=Path("D:/people/Łucja/Local/xlkpi"))
    first = conf_text(replace(site, places=odd)).splitlines()[0]
    assert first.isascii()
    assert first.startswith('"INTERPRETER_WIN","%LOCALAPPDATA%')
    assert first.replace("\\", "/").endswith('/xlkpi/venv/Scripts/pythonw.exe"')


def test_the_lines_end_as_the_system_ends_them(make_world):
    assert conf_text(make_world("windows").site()).count("\r\n") == 3
    assert "\r" not in conf_text(make_world("darwin", "mac").site())


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
        ({"venv_state": "not ours"}, "holds other files. Move them away"),
        ({"open_now": ("Excel",)}, "Excel is open. Close it and run the same command again."),
        ({"open_now": ("LibreOffice",)}, "LibreOffice is open. Close it"),
        ({"foreign": (Path("XLSTART/xlkpi.xlam"),)}, "xlkpi.xlam is there already, and this installer did not put it"),
        ({"unwritable": (Path("XLSTART"),)}, "You may not write to XLSTART. Ask IT for access"),
        ({"excel": None, "office": None}, preconditions.NEITHER),
    ],
)
def test_what_cannot_work_is_refused_with_the_reason(make_world, changes, says):
    plan = plan_install(replace(make_world("windows").site(), **changes))
    assert plan.steps == ()
    assert says in plan.stop


def test_every_reason_is_said_at_once(make_world):
    site = replace(make_world("windows").site(), open_now=("Excel", "LibreOffice"), venv_state="not ours")
    assert len(plan_install(site).stop.splitlines()) == 3


def test_the_kinds_of_python_matter_on_windows_alone(make_world):
    arm = RunningPython("/usr/bin/python3", "/usr", (3, 12), "macosx-11.0-arm64")
    assert plan_install(replace(make_world("darwin").site(), python=arm)).stop == ""


def test_the_python_of_the_installation_itself_is_refused(installed):
    python = str(installed.site().places.program("python"))
    site = replace(installed.site(), python=RunningPython(python, "base", (3, 12), "win-amd64"))
    assert "Run the command with the Python beneath it, base." in plan_install(site).stop
    assert "Run the command with the Python beneath it, base." in plan_uninstall(site).stop


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"python": 1, "installed": {"format": 2}}', "\0"])
def test_a_record_that_cannot_be_used_stops_everything(installed, text):
    installed.site().places.record.write_text(text, encoding="utf-8")
    for plan in (plan_install(installed.site()), plan_uninstall(installed.site())):
        assert plan.steps == ()
        assert "record.json cannot be used: " in plan.stop


def test_a_program_that_cannot_be_served_is_a_note_while_the_other_can(make_world):
    site = make_world("windows").site()
    plan = plan_install(replace(site, excel=replace(site.excel, hindrance=hosts.NO_VBA)))
    assert plan.notes == (hosts.NO_VBA,)
    assert "Register it with LibreOffice" in titles(plan)
    both = replace(site, excel=replace(site.excel, hindrance=hosts.NO_VBA), office=None)
    assert plan_install(both).stop == hosts.NO_VBA


def test_who_asks_for_one_that_is_not_here_is_told_of_that_one(make_world):
    site = make_world("windows").site()
    assert plan_install(replace(site, excel=None), "excel").stop == preconditions.ABSENT["excel"]
    assert plan_install(replace(site, office=None), "libreoffice").stop == preconditions.ABSENT["libreoffice"]
    assert plan_install(replace(site, excel=None, office=None), "excel").stop == preconditions.NEITHER
    forbidden = replace(site.office, hindrance=hosts.ROOT)
    assert plan_install(replace(site, excel=None, office=forbidden), "excel").stop == preconditions.ABSENT["excel"]
    assert plan_install(replace(site, office=forbidden), "libreoffice").stop == hosts.ROOT


# --- uninstall -------------------------------------------------------------------------------------------------------


def test_without_an_installation_there_is_nothing_to_remove(make_world):
    world = make_world("windows")
    addin = world.site().places.addin
    addin.parent.mkdir(parents=True)
    addin.write_text("somebody's")
    plan = plan_uninstall(world.site())
    assert plan.steps == ()
    assert [note.partition(" is ")[0] for note in plan.notes] == ["xlkpi", str(addin)]


def test_a_changed_file_is_left_and_named(installed):
    addin = installed.site().places.addin
    addin.write_text("changed")
    plan = plan_uninstall(installed.site())
    assert Delete(addin) not in actions(plan, Delete)
    (note,) = plan.notes
    assert note.startswith(f"{addin} was changed since it was put there, so it is left.")


def test_an_extension_is_left_where_libreoffice_is_gone_and_root_is_refused(installed):
    gone = plan_uninstall(replace(installed.site(), office=None, registered=""))
    assert gone.notes[0].startswith("LibreOffice was not found, so its extension cannot be taken out.")
    assert gone.stop == ""
    office = replace(installed.site().office, hindrance=hosts.ROOT)
    assert plan_uninstall(replace(installed.site(), office=office)).stop == hosts.ROOT


def test_a_folder_of_that_name_that_is_no_environment_is_not_removed(installed):
    plan = plan_uninstall(replace(installed.site(), venv_state="not ours"))
    assert actions(plan, MoveAside) == []


def test_folders_and_texts_are_made_only_where_they_belong(make_world):
    world = make_world("linux")
    plan = plan_install(world.site())
    assert actions(plan, Write) == []
    assert [folder.path for folder in actions(plan, MakeFolder)] == [
        world.home / ".local",
        world.home / ".local" / "share",
        world.home / ".local" / "share" / "xlkpi",
    ]
