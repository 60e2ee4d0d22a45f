"""Installing for real on made-up machines: all of it or none of it, wherever something goes wrong."""

from __future__ import annotations

import contextlib
import json

import pytest

from tests.installer.situations import SITUATIONS, an_older_version, commit_of, do_programs_at_once, ours
from xlkpi.installer import change
from xlkpi.installer.actions import delete_file, write_file
from xlkpi.installer.change import ChangeInProgress, undo_interrupted
from xlkpi.installer.record import Change, RecordFile, put_whole, read_record, sha256
from xlkpi.installer.run_command import plan_for

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
    installed.log.with_name("xlkpi.log.1").write_text("and earlier", encoding="utf-8")
    world.state().paths.outputs.write_text("0" * 64, encoding="utf-8")
    cache = world.state().paths.cache
    cache.mkdir(parents=True)
    for name in ("returns.sqlite3", "cache.key"):
        (cache / name).write_bytes(b"what providers wrote")
    assert world.run("uninstall") == 0
    assert not cache.exists()
    with contextlib.suppress(OSError):
        cache.parent.rmdir()  # the system's own, where this test made it
    assert ours(world) == before


def test_the_councils_key_stays_and_uninstall_says_where(world, capsys):
    assert world.run("install") == 0
    key = world.state().paths.key
    key.write_text("00" * 32, encoding="utf-8")
    assert world.run("uninstall") == 0
    assert [path.name for path in key.parent.iterdir()] == ["council.key"]
    assert f"{key} is the Council's key: it stays, because returns that are still out" in capsys.readouterr().err


def test_what_macros_read_is_in_the_record_in_their_words(make_world):
    world = make_world("linux")
    moved = world.root / "moved" / "record.json"
    world.environ = {"XLKPI_RECORD": str(moved)}
    world.run("install")
    document = json.loads(moved.read_text(encoding="utf-8"))
    assert list(document) == ["python", "version", "xlkpi", "log", "installed"]
    assert document["version"] == world.state().version
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
    conf, kept_folder = world.state().paths.conf, world.state().paths.kept / "xlkpi.conf"
    conf.write_text("mine", encoding="utf-8")
    assert world.run("install") == 0
    assert kept_folder.read_text(encoding="utf-8") == "mine"
    assert "INTERPRETER_WIN" in conf.read_text(encoding="utf-8")
    assert world.run("uninstall") == 0
    assert kept_folder.is_file()


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
    state, before = world.state(), ours(world)
    commit, last = commit_of(world, command)
    plan = plan_for(command, state)
    assert commit > 3
    for number in range(1, last + 1):
        done = number > commit - after
        with monkeypatch.context() as patch:
            do_programs_at_once(patch)
            patch.setattr(change, "perform", Fault(number, problem, after=after))
            if isinstance(problem, KeyboardInterrupt):
                with pytest.raises(KeyboardInterrupt):
                    change.carry_out(plan, state.paths)
            else:
                assert change.carry_out(plan, state.paths) == (0 if done else 1)
        if done:
            assert not state.paths.unfinished.exists()
            assert ours(world) != before
            break
        assert ours(world) == before, f"{command}, action {number}"
    return world


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
