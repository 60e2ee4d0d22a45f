"""A plan carried out whole or not at all."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.installer.actions import (
    Action,
    Confirm,
    Delete,
    IfUndone,
    MakeFolder,
    MoveAside,
    Put,
    Require,
    Run,
    Write,
    WriteRecord,
)
from xlkpi.installer.journal import Journal, put_whole
from xlkpi.installer.programs import run_program
from xlkpi.installer.system import says

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlkpi.installer.dev_plan import Plan, Step


class StepFailed(Exception):
    """An action did not work; the text says what was found."""


def carry_out_whole(plan: Plan, folder: Path) -> int:
    """Do every step; 0 when all is done, 1 when one failed and everything was put back as it was.

    An interruption is put back too, and goes on to the caller.
    """
    journal = Journal(folder)
    try:
        journal.begin()
    except OSError as problem:
        return _tell(f"{folder} could not be made: {problem.strerror or problem}. Nothing was changed.")
    try:
        for number, step in enumerate(plan.steps, 1):
            _tell(f"{number}/{len(plan.steps)} {step.title}: {step.why}")
            _do(step, journal)
        journal.commit()
    except (StepFailed, OSError) as problem:
        _tell(str(problem))
        return _back(journal)
    except BaseException:
        _back(journal)
        raise
    try:
        journal.tidy()
    except OSError as problem:
        _tell(f"{folder} could not be tidied up ({problem.strerror or problem}); the next run will.")
    remove_empty(plan.empty_after)
    return 0


def _do(step: Step, journal: Journal) -> None:
    for action in step.actions:
        try:
            perform(action, journal)
        except StepFailed as problem:
            raise StepFailed(f"{problem}\n{step.remedy}".rstrip()) from problem
        except (OSError, UnicodeError) as problem:
            told = getattr(problem, "strerror", None) or str(problem)
            raise StepFailed(f"Could not {action}: {told}\n{step.remedy}".rstrip()) from problem


def perform(action: Action, journal: Journal) -> None:
    """Write down the way back, then do it. Raises StepFailed or OSError."""
    match action:
        case Put() | Write() | WriteRecord():
            data = _data(action)
            _set_aside(action.target, journal)
            put_whole(data, action.target)
        case Delete(path):
            _set_aside(path, journal)
            path.unlink(missing_ok=True)
        case MakeFolder(path):
            journal.note("folder", path)
            path.mkdir(exist_ok=True)
        case MoveAside(path):
            _move_aside(path, journal)
        case IfUndone(command):
            journal.note("run", Path(command[0]), command=command)
        case Run():
            _run(action, journal)
        case Confirm() | Require():
            _look(action)


def _data(action: Put | Write | WriteRecord) -> bytes:
    match action:
        case Put(source):
            return source.read_bytes()
        case Write(_, text, encoding):
            return text.encode(encoding)
        case WriteRecord(_, record, fresh):
            return record.hashed(fresh).as_json().encode()


def _look(action: Confirm | Require) -> None:
    match action:
        case Require(path):
            if not path.is_file():
                raise StepFailed(f"{path} is not there.")
        case Confirm(command, text):
            if text not in " ".join((says(command) or "").split()):
                raise StepFailed(f"{Path(command[0]).name} does not say “{text}”.")


def _run(action: Run, journal: Journal) -> None:
    if action.makes:
        journal.note("remove", action.makes)
    status = run_program(action.command)
    if status:
        raise StepFailed(f"{Path(action.command[0]).name} ended with status {status}.")


def _set_aside(target: Path, journal: Journal) -> None:
    """Keep a copy of a file as it is, or remember that there was none."""
    if not target.exists():
        journal.note("remove", target)
        return
    aside = journal.place()
    put_whole(target.read_bytes(), aside)
    journal.note("put back", target, aside)


def _move_aside(path: Path, journal: Journal) -> None:
    if not path.exists():
        return
    aside = journal.place()
    journal.note("move back", path, aside)
    path.rename(aside)


def _back(journal: Journal) -> int:
    problems = journal.roll_back()
    for problem in problems:
        _tell(problem)
    return _tell("Run the same command again to try once more." if problems else "Everything is as it was before.")


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove folders, in this order, as far as they are empty."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _tell(text: str) -> int:
    print(text, file=sys.stderr, flush=True)
    return 1
