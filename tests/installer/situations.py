"""What the tests of failing and killed runs share: the situations they start from, and how to compare states."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path

from xlkpi.installer import actions, change
from xlkpi.installer.run_command import plan_for


def ours(world):
    """Every folder and file, apart from LibreOffice's profile: of that, only which extensions it knows.

    The profile, and the folders that lead to it, appear when LibreOffice is first told something: they are its own.
    """
    profile = world.profile
    leads_there = {str(path.relative_to(world.root)) for path in profile.parents if world.root in path.parents}
    own = str(profile.relative_to(world.root))
    results = {
        path: data
        for path, data in world.snapshot().items()
        if path not in leads_there and path != own and not path.startswith(f"{own}/")
    }
    known = profile / "uno_packages" / "known.json"
    return results, known.read_text() if known.exists() else None


def only_files(snapshot):
    """Without empty folders: a kill between making a folder and naming it in the record leaves it behind."""
    files_now, known = snapshot
    return {path: data for path, data in files_now.items() if data is not None}, known


def commit_of(world, command):
    """The number of the action that writes the record, which ends the change, and of the last one."""
    texts = [str(action) for step in plan_for(command, world.state()).steps for action in step.actions]
    path = world.state().paths.record
    return next(n for n, text in enumerate(texts, 1) if text in (f"write {path}", f"delete {path}")), len(texts)


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


def do_programs_at_once(monkeypatch):
    """Let this process do what the programs of a plan do: a kill at each change of a file takes many runs."""

    def run_program(command, *, quiet=False):
        known = Path(json.loads(os.environ["XLKPI_WORLD"])["profile"], "uno_packages", "known.json")
        if command[1:3] == ("-m", "venv"):
            os.makedirs(command[3], exist_ok=True)  # noqa: PTH103 - not counted as a change of ours
            Path(command[3], "pyvenv.cfg").write_text("made up")
        elif command[-1].endswith("excel.txt"):
            environment = Path(command[0]).parent.parent
            scripts = environment / "lib/python3.12/site-packages/xlwings"
            os.makedirs(scripts, exist_ok=True)  # noqa: PTH103
            for file in ("xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll", scripts / "xlwings-0.37.8.applescript"):
                (environment / file).write_text("made up")
        elif command[-2].startswith("xlkpi.hosts."):
            Path(command[-1]).write_text(f"{command[-2]} made at once")
        elif command[1] == "add":
            os.makedirs(known.parent, exist_ok=True)  # noqa: PTH103
            shutil.copy(command[-1], known)
        elif command[1] == "remove":
            with contextlib.suppress(FileNotFoundError):
                os.remove(known)  # noqa: PTH107
        return 0

    monkeypatch.setattr(actions, "run_program", run_program)
    monkeypatch.setattr(change, "run_program", run_program)
    answer = "Identifier: org.xlkpi.calc Version: {} "
    monkeypatch.setattr(actions, "output_of", lambda _: answer.format("0.2.0") + answer.format("0.3.0"))
