"""Runs that are killed, at any change of a file: the next run undoes them, or finds that all was done."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.house.project_files import ROOT
from tests.installer.situations import SITUATIONS, do_programs_at_once, only_files, ours
from xlkpi.installer import change, record
from xlkpi.installer.change import ChangeInProgress, undo_interrupted
from xlkpi.installer.record import Change
from xlkpi.installer.run_command import plan_for


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
