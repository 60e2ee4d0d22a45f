"""Installing for real on made-up machines: all of it or none of it, wherever something goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.project_files import ROOT
from xlkpi.installer import actions, change, record
from xlkpi.installer.actions import delete_file, write_file
from xlkpi.installer.change import ChangeInProgress, undo_interrupted
from xlkpi.installer.record import Change, RecordFile, put_whole, read_record, sha256
from xlkpi.installer.run_command import plan_for


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


def commit_of(world, command):
    """The number of the action that writes the record, which ends the change, and of the last one."""
    texts = [str(action) for step in plan_for(command, world.state()).steps for action in step.actions]
    path = world.state().paths.record
    return next(n for n, text in enumerate(texts, 1) if text in (f"write {path}", f"delete {path}")), len(texts)


# --- the straight way ------------------------------------------------------------------------------------------------


def test_install_puts_what_the_record_says_and_uninstall_takes_all_of_it(world):
    before = ours(world)
    assert world.run("install") == 0
    installed = world.state().installed
    assert installed.python.is_file()
    assert {path: sha256(path) for path, _ in installed.files} == dict(installed.files)
    assert (installed.log, installed.extension) == (world.state().paths.log, "org.xlkpi.calc")
    assert world.state().registered == {"libreoffice": "0.2.0"}
    installed.log.write_text("something went wrong", encoding="utf-8")
    assert world.run("uninstall") == 0
    assert ours(world) == before


def test_what_macros_read_is_in_the_record_in_their_words(make_world):
    world = make_world("linux")
    moved = world.root / "moved" / "record.json"
    world.environ = {"XLKPI_RECORD": str(moved)}
    world.run("install")
    told = json.loads(moved.read_text(encoding="utf-8"))
    assert list(told) == ["python", "version", "xlkpi", "log", "installed"]
    assert told["version"] == world.state().version
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
    assert world.state().paths.extension.read_text() == "xlkpi.hosts.libreoffice.build_oxt 0.3.0"
    assert world.state().registered == {"libreoffice": "0.3.0"}
    if world.system != "linux":
        assert world.state().paths.addin.read_text() == "xlkpi.hosts.excel.build_xlam 0.3.0"
    assert not world.state().leftovers
    assert [path.name for path in world.state().paths.data.glob("env-*")] == ["env-0.3.0-2"]
    assert {state for _, state in world.state().states} == {"unchanged"}


def test_a_changed_file_stays_when_all_else_goes(make_world, capsys):
    world = make_world("windows")
    world.run("install")
    world.state().paths.conf.write_text("mine", encoding="utf-8")
    assert world.run("uninstall") == 0
    assert world.state().paths.conf.read_text(encoding="utf-8") == "mine"
    assert not world.state().paths.data.exists()
    assert "was changed after it was installed, so it is not removed" in capsys.readouterr().err


def test_a_changed_file_is_kept_when_it_is_replaced(make_world):
    world = make_world("windows")
    world.run("install")
    conf, kept = world.state().paths.conf, world.state().paths.kept / "xlkpi.conf"
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
    """Replaces the doing of an action: the n-th one fails, before or after it is done."""

    def __init__(self, number, problem, *, after):
        self.number, self.problem, self.after, self.real = number, problem, after, change.perform

    def __call__(self, action, work):
        self.number -= 1
        if self.number == 0 and not self.after:
            raise self.problem
        self.real(action, work)
        if self.number == 0:
            raise self.problem


def fail_everywhere(make_world, monkeypatch, system, command, prepare, problem, *, after):
    """Carry a command out once for each of its actions, failing there; each time the old state must be back.

    A fault after the record has been written comes too late for that: everything is done.
    """
    world = make_world(system)
    prepare(world)
    before = ours(world)
    commit, last = commit_of(world, command)
    assert commit > 3
    for number in range(1, last + 1):
        done = number > commit - after
        with monkeypatch.context() as patch:
            patch.setattr(change, "perform", Fault(number, problem, after=after))
            if isinstance(problem, KeyboardInterrupt):
                with pytest.raises(KeyboardInterrupt):
                    world.run(command)
            else:
                assert world.run(command) == (0 if done else 1)
        if done:
            assert not world.state().leftovers
            break
        assert ours(world) == before, f"{command}, action {number}"
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
    world = fail_everywhere(make_world, monkeypatch, system, command, prepare, problem, after=True)
    assert world.run(command) == 0


def test_a_fault_before_any_action_leaves_everything_as_it_was(make_world, monkeypatch):
    command, prepare = SITUATIONS["upgrade"]
    fail_everywhere(make_world, monkeypatch, "linux", command, prepare, PermissionError(13, "Denied"), after=False)


def test_an_interruption_at_any_action_is_undone_too(make_world, monkeypatch):
    command, prepare = SITUATIONS["upgrade"]
    fail_everywhere(make_world, monkeypatch, "darwin", command, prepare, KeyboardInterrupt(), after=True)


# --- where the run is killed -----------------------------------------------------------------------------------------


class Killed(BaseException):
    """Ends a run at once, as a power cut does: nothing is undone."""


def killed(carry_out, monkeypatch, number, *, whole):
    """Carry out until the n-th change of a file (`whole`: it is done, or not); False where there are fewer.

    Every change counts, also those that name the change in the record, and those that tidy up.
    """
    left = [number]

    def counting(real):
        def change_file(*arguments, **options):
            left[0] -= 1
            if left[0] > 0 or (left[0] == 0 and whole):
                real(*arguments, **options)
            if left[0] <= 0:  # a handler that still tries something does not get far either
                raise Killed

        return change_file

    owners = {"put_whole": (change, record), "remove_tree": (change,), "fsync": (record.os,)}
    owners |= dict.fromkeys(("unlink", "rename", "mkdir", "rmdir"), (change.Path,))
    with monkeypatch.context() as patch:
        for name, places in owners.items():
            for owner in places:
                patch.setattr(owner, name, counting(getattr(owner, name)))
        try:
            carry_out()
        except Killed:
            return True
    return False


def only_files(snapshot):
    """Without empty folders: a kill between making a folder and naming it in the record leaves it behind."""
    found, known = snapshot
    return {path: data for path, data in found.items() if data is not None}, known


def do_programs_at_once(monkeypatch):
    """Let this process do what the programs of a plan do: a kill at each change of a file takes many runs."""

    def run_program(command, *, quiet=False):
        known = Path(json.loads(os.environ["XLKPI_WORLD"])["profile"], "uno_packages", "known.json")
        if command[1:3] == ("-m", "venv"):
            (Path(command[3]) / "bin").mkdir(parents=True)
            for name in ("pyvenv.cfg", "bin/python"):
                (Path(command[3]) / name).write_text("made up")
        elif command[-2].startswith("xlkpi.hosts."):
            Path(command[-1]).write_text(f"{command[-2]} made at once")
        elif command[1] == "add":
            subprocess.run(["mkdir", "-p", known.parent], check=True)  # not counted as a change of ours
            shutil.copy(command[-1], known)
        elif command[1] == "remove":
            subprocess.run(["rm", "-f", known], check=True)
        return 0

    monkeypatch.setattr(actions, "run_program", run_program)
    monkeypatch.setattr(change, "run_program", run_program)
    answer = "Identifier: org.xlkpi.calc Version: {} "
    monkeypatch.setattr(actions, "output_of", lambda _: answer.format("0.2.0") + answer.format("0.3.0"))


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_run_killed_at_any_change_of_a_file_is_undone_or_done_by_the_next_one(make_world, monkeypatch, situation):
    command, prepare = SITUATIONS[situation]
    world = make_world("linux")
    prepare(world)
    state, before, start = world.state(), only_files(ours(world)), world.folder / "start"
    plan = plan_for(command, state)
    shutil.copytree(world.root, start)
    do_programs_at_once(monkeypatch)
    assert change.carry_out(plan, state.paths) == 0
    after = only_files(ours(world))
    outcomes, left_to_do = [], True
    while left_to_do:
        shutil.rmtree(world.root)
        shutil.copytree(start, world.root)
        number = len(outcomes) + 1
        left_to_do = killed(lambda: change.carry_out(plan, state.paths), monkeypatch, number, whole=bool(number % 3))
        assert undo_interrupted(state.paths) == []
        outcomes.append(only_files(ours(world)))
        assert outcomes[-1] in (before, after), number
    assert outcomes[0] == before
    assert outcomes[-1] == after
    assert outcomes.index(after) > 8


KILLED = """
import os, sys
from pathlib import Path
from tests.installer.made_up_machine import World
from xlkpi.installer import change
class Dies:
    left, real = int(sys.argv[3]), change.perform
    def __call__(self, action, work):
        type(self).left -= 1
        type(self).real(action, work)
        if type(self).left == 0:
            os._exit(9)
change.perform = Dies()
World.again(Path(sys.argv[1]), "windows", sys.argv[2]).run(sys.argv[4])
"""


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("action", [2, 14])
def test_a_killed_process_is_undone_by_the_next_one(make_world, situation, action, capsys):
    command, prepare = SITUATIONS[situation]
    world = make_world("windows")
    prepare(world)
    before = ours(world)
    number = min(action, 4) if command == "uninstall" else action
    words = [sys.executable, "-c", KILLED, str(world.folder), world.version, str(number), command]
    assert subprocess.run(words, cwd=ROOT, check=False, capture_output=True).returncode == 9
    assert world.state().interrupted
    assert world.run("status") == 0
    assert "A previous run was interrupted" in capsys.readouterr().out
    assert world.run("install", dry_run=True) == 0
    assert world.state().interrupted
    assert undo_interrupted(world.state().paths) == []
    assert ours(world) == before
    assert world.run(command) == 0


def test_a_run_killed_while_it_tidied_up_is_done(make_world):
    world = make_world("windows")
    world.run("install")
    before = ours(world)
    paths = world.state().paths
    replaced = paths.data / "env-0.1.0-1"
    for folder in (paths.unfinished, replaced):
        folder.mkdir(exist_ok=True)
    (replaced / "pyvenv.cfg").write_text("home = there")
    (paths.unfinished / "before-0").write_text("old")
    assert world.run("install") == 0
    assert ours(world) == before


def test_two_at_once_are_kept_apart(make_world, capsys):
    world = make_world("windows")
    at_work = ChangeInProgress(world.state().paths, Change(folders=(world.state().paths.data,)), None)
    assert at_work.lock()
    at_work.begin()
    before = world.snapshot()
    assert world.run("install") == 1
    assert world.snapshot() == before
    assert capsys.readouterr().err.endswith("Another install or uninstall is running. Wait until it has finished.\n")
    assert at_work.close() == []
    assert world.run("install") == 0


# --- the way back itself ---------------------------------------------------------------------------------------------


@pytest.fixture
def work(make_world):
    """A change of three files, one of which is not there before, named in the record."""
    paths = make_world("linux").state().paths
    paths.data.mkdir(parents=True)
    files = tuple(paths.data / name for name in ("written", "deleted", "new"))
    for file in files[:2]:
        file.write_text("old")
    work = ChangeInProgress(paths, Change(files=files), None)
    assert work.lock()
    work.begin()
    return work


def test_a_file_that_somebody_changed_after_a_kill_is_theirs(work):
    written, deleted, new = work.change.files
    for action in (write_file(written, "ours"), delete_file(deleted), write_file(new, "ours")):
        change.perform(action, work)
    written.write_text("theirs")
    assert work.close() == []
    assert (written.read_text(), deleted.read_text(), new.exists()) == ("theirs", "old", False)
    assert read_record(work.paths.record) == RecordFile()


def test_only_what_was_exchanged_is_put_back(work):
    written, deleted, new = work.change.files
    put_whole(b"old", work.paths.unfinished / "before-0")  # killed after the copy, before the exchange
    new.write_text("somebody's")
    assert work.close() == []
    assert (written.read_text(), deleted.read_text(), new.read_text()) == ("old", "old", "somebody's")


def test_what_cannot_be_restored_is_named_and_tried_again_next_time(make_world, monkeypatch, capsys):
    world = make_world("windows")
    an_older_version(world)
    before = ours(world)
    addin, exchanged = world.state().paths.addin, []

    def refuse(data, target):
        if target == addin and exchanged:
            raise PermissionError(13, "Permission denied")
        exchanged.extend([target] if target == addin else [])
        put_whole(data, target)

    world.fault = "unopkg add"
    with monkeypatch.context() as patch:
        patch.setattr(change, "put_whole", refuse)
        assert world.run("install") == 1
    message = capsys.readouterr().err
    assert f"{addin} could not be restored: Permission denied. Its old content is in " in message
    assert "Everything is as it was before." not in message
    assert world.state().interrupted
    world.fault = ""
    assert undo_interrupted(world.state().paths) == []
    assert ours(world) == before


def test_an_environment_that_cannot_be_removed_is_removed_next_time(make_world, monkeypatch, capsys):
    world = make_world("windows")
    an_older_version(world)

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(change, "remove_tree", refuse)
        assert world.run("install") == 0
    assert (
        "could not be removed: Permission denied. The next install or uninstall tries again." in capsys.readouterr().err
    )
    assert world.state().installed.version == "0.3.0"
    assert world.run("install") == 0
    assert not world.state().leftovers


def test_a_write_protected_tree_is_removed(tmp_path):
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "file").write_text("x")
    (folder / "file").chmod(0o400)
    change.remove_tree(folder)
    change.remove_tree(folder)
    assert not folder.exists()


def test_a_file_is_there_whole_or_as_it_was(tmp_path):
    target = tmp_path / "file"
    put_whole(b"old", target)
    target_is_a_folder = tmp_path / "folder"
    target_is_a_folder.mkdir()
    with pytest.raises(IsADirectoryError):
        put_whole(b"new", target_is_a_folder)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
