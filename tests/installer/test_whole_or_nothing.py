"""Installing for real on made-up machines: all of it or none of it, wherever something goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.house.project_files import ROOT
from xlkpi.installer import journal, transaction
from xlkpi.installer.install_plan import plan_install
from xlkpi.installer.record import read_record, sha256
from xlkpi.installer.uninstall_plan import plan_uninstall


def ours(world):
    """Every folder and file, apart from LibreOffice's profile: of that, only which extensions it knows.

    The profile, and the folders that lead to it, appear when LibreOffice is first told something: they are its own.
    """
    profile = world.profile
    leads_there = {str(path.relative_to(world.root)) for path in profile.parents if world.root in path.parents}
    own = str(profile.relative_to(world.root))
    found = {
        path: data
        for path, data in world.snapshot().items()
        if path not in leads_there and path != own and not path.startswith(f"{own}/")
    }
    known = profile / "uno_packages" / "known.json"
    return found, known.read_text() if known.exists() else None


def count(plan):
    return sum(len(step.actions) for step in plan.steps)


# --- the straight way ------------------------------------------------------------------------------------------------


def test_install_puts_what_the_record_says_and_uninstall_takes_all_of_it(world):
    before = ours(world)
    assert world.run("install") == 0
    record = read_record(world.site().places.record)
    assert record.python == world.site().places.program("python")
    assert record.python.is_file()
    assert {path: sha256(path) for path, _ in record.files} == dict(record.files)
    assert (record.log, record.extension) == (world.site().places.log, "org.xlkpi.calc")
    assert world.site().registered == "0.2.0"
    record.log.write_text("something went wrong", encoding="utf-8")
    assert world.run("uninstall") == 0
    assert ours(world) == before


def test_what_macros_read_is_in_the_record_in_their_words(make_world):
    world = make_world("linux")
    moved = world.root / "moved" / "record.json"
    world.environ = {"XLKPI_RECORD": str(moved)}
    world.run("install")
    told = json.loads(moved.read_text(encoding="utf-8"))
    assert list(told) == ["python", "version", "xlkpi", "log", "installed"]
    assert told["version"] == world.site().version
    assert world.run("uninstall") == 0
    assert not moved.parent.exists()


def test_a_second_install_changes_nothing(world, capsys):
    world.run("install")
    before = world.snapshot()
    assert world.run("install") == 0
    assert world.snapshot() == before
    assert "Nothing to do: " in capsys.readouterr().err


def test_an_upgrade_takes_the_place_of_what_was_there(world):
    world.run("install")
    world.change_project("0.3.0")
    assert world.run("install") == 0
    assert world.site().places.extension.read_text() == "xlkpi.hosts.libreoffice.build_oxt 0.3.0"
    assert world.site().registered == "0.3.0"
    if world.system != "linux":
        assert world.site().places.addin.read_text() == "xlkpi.hosts.excel.build_xlam 0.3.0"
    assert not world.site().places.unfinished.exists()
    assert {state for _, state in world.site().states} == {"as put"}


def test_a_changed_file_stays_when_all_else_goes(make_world, capsys):
    world = make_world("windows")
    world.run("install")
    world.site().places.conf.write_text("mine", encoding="utf-8")
    assert world.run("uninstall") == 0
    assert world.site().places.conf.read_text(encoding="utf-8") == "mine"
    assert not world.site().places.data.exists()
    assert "was changed since it was put there, so it is left" in capsys.readouterr().err


def test_a_changed_file_is_kept_when_it_is_replaced(make_world):
    world = make_world("windows")
    world.run("install")
    conf, kept = world.site().places.conf, world.site().places.kept / "xlkpi.conf"
    conf.write_text("mine", encoding="utf-8")
    assert world.run("install") == 0
    assert kept.read_text(encoding="utf-8") == "mine"
    assert "INTERPRETER_WIN" in conf.read_text(encoding="utf-8")
    assert world.run("uninstall") == 0
    assert kept.is_file()


# --- where something goes wrong --------------------------------------------------------------------------------------

PROGRAMS = [
    "venv",
    "pip",
    "xlkpi",
    "xlkpi.hosts.excel.build_xlam",
    "xlkpi.hosts.libreoffice.build_oxt",
    "unopkg add",
    "does not work on this computer",
]


@pytest.mark.parametrize("fault", PROGRAMS)
@pytest.mark.parametrize("upgrade", [False, True], ids=["first", "upgrade"])
def test_a_program_that_fails_leaves_everything_as_it_was(make_world, fault, upgrade, capfd):
    world = make_world("windows")
    if upgrade:
        world.run("install")
        world.change_project("0.3.0")
    before = ours(world)
    world.fault = fault
    assert world.run("install") == 1
    assert ours(world) == before
    assert "Everything is as it was before." in capfd.readouterr().err
    world.fault = ""
    assert world.run("install") == 0


class Fault:
    """Stands before the doing of an action: the n-th one fails, before or after it is done."""

    def __init__(self, number, problem, *, after):
        self.number, self.problem, self.after, self.real = number, problem, after, transaction.perform

    def __call__(self, action, log):
        self.number -= 1
        if self.number == 0 and not self.after:
            raise self.problem
        self.real(action, log)
        if self.number == 0:
            raise self.problem


def fail_everywhere(make_world, monkeypatch, system, command, prepare, problem, *, after):
    """Carry a command out once for each of its actions, failing there; each time the old state must be back."""
    probe = make_world(system, "probe")
    prepare(probe)
    plan = plan_uninstall(probe.site()) if command == "uninstall" else plan_install(probe.site())
    assert count(plan) > 3
    world = make_world(system)
    prepare(world)
    before = ours(world)
    for number in range(1, count(plan) + 1):
        with monkeypatch.context() as patch:
            patch.setattr(transaction, "perform", Fault(number, problem, after=after))
            if isinstance(problem, KeyboardInterrupt):
                with pytest.raises(KeyboardInterrupt):
                    world.run(command)
            else:
                assert world.run(command) == 1
        assert ours(world) == before, f"{command}, action {number}"
        world.site()
    return world


def nothing_before(_world):
    pass


def an_older_version(world):
    world.run("install")
    world.change_project("0.3.0")


def the_same_version(world):
    world.run("install")


SITUATIONS = {
    "first": ("install", nothing_before),
    "upgrade": ("install", an_older_version),
    "uninstall": ("uninstall", the_same_version),
}


@pytest.mark.parametrize(
    ("system", "situation"),
    [*(("windows", each) for each in SITUATIONS), ("darwin", "upgrade"), ("linux", "first")],
)
def test_a_fault_after_any_action_leaves_everything_as_it_was(make_world, monkeypatch, situation, system):
    command, prepare = SITUATIONS[situation]
    problem = OSError(28, "No space left on device")
    tried = fail_everywhere(make_world, monkeypatch, system, command, prepare, problem, after=True)
    assert tried.run(command) == 0


def test_a_fault_before_any_action_leaves_everything_as_it_was(make_world, monkeypatch):
    command, prepare = SITUATIONS["upgrade"]
    fail_everywhere(make_world, monkeypatch, "linux", command, prepare, PermissionError(13, "Denied"), after=False)


def test_an_interruption_at_any_action_is_put_back_too(make_world, monkeypatch):
    command, prepare = SITUATIONS["upgrade"]
    fail_everywhere(make_world, monkeypatch, "darwin", command, prepare, KeyboardInterrupt(), after=True)


KILLED = """
import os, sys
from pathlib import Path
from tests.installer.made_up_machine import World
from xlkpi.installer import transaction
class Dies:
    left, real = int(sys.argv[3]), transaction.perform
    def __call__(self, action, log):
        type(self).left -= 1
        type(self).real(action, log)
        if type(self).left == 0:
            os._exit(9)
transaction.perform = Dies()
World.again(Path(sys.argv[1]), "windows", sys.argv[2]).run(sys.argv[4])
"""


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("action", [2, 14])
def test_a_killed_run_is_put_back_by_the_next_one(make_world, situation, action, capsys):
    command, prepare = SITUATIONS[situation]
    world = make_world("windows")
    prepare(world)
    before = ours(world)
    number = min(action, 4) if command == "uninstall" else action
    words = [sys.executable, "-c", KILLED, str(world.folder), world.version, str(number), command]
    assert subprocess.run(words, cwd=ROOT, check=False, capture_output=True).returncode == 9
    assert world.site().unfinished
    assert world.run("status") == 0
    assert "An earlier run was cut off" in capsys.readouterr().out
    assert world.run("install", dry_run=True) == 0
    assert world.site().unfinished
    assert journal.recover(world.site().places.unfinished) == []
    assert ours(world) == before
    assert world.run(command) == 0


def test_a_run_killed_while_it_tidied_up_is_done(make_world):
    world = make_world("windows")
    world.run("install")
    before = ours(world)
    left = world.site().places.unfinished
    left.mkdir()
    (left / journal.DONE).write_text('{"undo": "remove", "path": "x", "aside": ""}', encoding="utf-8")
    (left / "aside-1").mkdir()
    assert world.run("install") == 0
    assert ours(world) == before


def test_two_at_once_are_kept_apart(make_world, capsys):
    world = make_world("windows")
    at_work = journal.Journal(world.site().places.unfinished)
    at_work.begin()
    before = world.snapshot()
    assert world.run("install") == 1
    assert world.snapshot() == before
    assert capsys.readouterr().err.endswith("Another install or uninstall is at work. Wait until it is done.\n")
    assert at_work.roll_back() == []
    assert world.run("install") == 0


# --- the way back itself ---------------------------------------------------------------------------------------------


def test_what_cannot_be_put_back_is_named_and_tried_again_next_time(make_world, monkeypatch, capsys):
    world = make_world("windows")
    an_older_version(world)
    before = ours(world)
    real = journal.put_whole
    addin = world.site().places.addin

    def refuse(data, target):
        if target == addin:
            raise PermissionError(13, "Permission denied")
        real(data, target)

    world.fault = "unopkg add"
    with monkeypatch.context() as patch:
        patch.setattr(journal, "put_whole", refuse)
        assert world.run("install") == 1
    told = capsys.readouterr().err
    assert f"{addin} could not be put back: Permission denied. What was there is " in told
    assert "Everything is as it was before." not in told
    assert world.site().unfinished
    world.fault = ""
    assert journal.recover(world.site().places.unfinished) == []
    assert ours(world) == before


def test_a_journal_that_was_cut_off_in_a_line_is_read_up_to_there(tmp_path):
    log = journal.Journal(tmp_path / "unfinished")
    log.begin()
    (tmp_path / "made").mkdir()
    log.note("remove", tmp_path / "made")
    with (log.folder / journal.ENTRIES).open("a") as file:
        file.write('{"undo": "remove", "pa')
    assert log.roll_back() == []
    assert list(tmp_path.iterdir()) == []


def test_a_write_protected_tree_is_removed(tmp_path):
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "file").write_text("x")
    (folder / "file").chmod(0o400)
    journal.remove_tree(folder)
    journal.remove_tree(folder)
    assert not folder.exists()


def test_a_file_is_there_whole_or_as_it_was(tmp_path):
    target = tmp_path / "file"
    journal.put_whole(b"old", target)
    target_is_a_folder = tmp_path / "folder"
    target_is_a_folder.mkdir()
    with pytest.raises(IsADirectoryError):
        journal.put_whole(b"new", target_is_a_folder)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
