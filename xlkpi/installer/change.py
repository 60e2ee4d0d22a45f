"""Carry out a plan, whole or not at all, even where the run is killed half-way.

Nothing that works is touched until its replacement is complete. A new Python environment is built beside the old one,
and the record names the change before it begins: the new environment, the files and the folders. Each file is then
exchanged at once (`put_whole`), with copies of its old and its new content in the folder `unfinished`. The record of
the new installation is written last; from then on the old environment is only something to remove.

So undoing needs no history. A file that has the content we wrote gets its old content back, any other file is left
alone, and doing this twice does no harm (docs/adr/0014-installing-beside.md).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from xlkpi.installer.actions import StepFailed
from xlkpi.installer.record import Change, InstallRecord, RecordFile, part_of, put_whole, read_record
from xlkpi.installer.system import run_program, take_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from xlkpi.installer.actions import Action, InstallPlan
    from xlkpi.installer.paths import InstallPaths

BUSY = "Another install or uninstall is running. Wait until it has finished."
UNCHANGED = "Everything is as it was before."
TRY_AGAIN = "Run the same command again to retry."
LATER = "{0} The next install or uninstall tries again."


class ChangeInProgress:
    """The one change at work on this machine: its lock, its copies of files, and its way back."""

    def __init__(self, paths: InstallPaths, change: Change, installed: InstallRecord | None) -> None:
        self.paths = paths
        self.change = change
        self.installed = installed
        self._named = False  # in the record
        self._lock: IO[bytes] | None = None

    def lock(self) -> bool:
        """Keep other runs away; False where one is at work."""
        self.paths.unfinished.mkdir(parents=True, exist_ok=True)
        self._lock = take_lock(self.paths.unfinished / "lock")
        return self._lock is not None

    def begin(self) -> None:
        """Name the change in the record before anything is changed."""
        self.paths.record.parent.mkdir(parents=True, exist_ok=True)
        RecordFile(self.installed, self.change).write(self.paths.record)
        self._named = True

    def exchange(self, path: Path, data: bytes | None) -> None:
        """Give a file new content, or delete it (None), with copies for the way back."""
        before, after = self._copies(path)
        if path.exists():
            put_whole(path.read_bytes(), before)
        if data is None:
            path.unlink(missing_ok=True)
        else:
            put_whole(data, after)  # after `before`: only now can the content of the file be taken for ours
            put_whole(data, path)

    def is_complete(self) -> bool:
        """Say whether the record that ends this change has been written."""
        return self._named and not self._is_named()

    def _is_named(self) -> bool:
        recorded = read_record(self.paths.record)
        return isinstance(recorded, RecordFile) and recorded.change == self.change != Change()

    def close(self) -> list[str]:
        """Undo the change, unless the record has been replaced since; then tidy up. Return the problems."""
        problems = self._restore() if self._is_named() else []
        recorded = read_record(self.paths.record)
        if not problems and isinstance(recorded, RecordFile):
            try:
                self._tidy(recorded.change or Change(), recorded.installed)
            except OSError as problem:
                problems = [f"{problem.filename} could not be removed: {problem.strerror or problem}."]
        self._unlock()
        return problems

    def _restore(self) -> list[str]:
        """Put back each file that has the content we gave it, the last first; then run the noted programs."""
        problems, exchanged = [], False
        for path in reversed(self.change.files):
            before, after = self._copies(path)
            try:
                part_of(path).unlink(missing_ok=True)  # Excel would open it
                if not (before.is_file() or after.is_file()) or _content(path) != _content(after):
                    continue  # not exchanged yet, or changed by somebody since
                exchanged = True
                if before.is_file():
                    put_whole(before.read_bytes(), path)
                else:
                    path.unlink(missing_ok=True)
            except OSError as problem:
                copy = f" Its old content is in {before}." if before.is_file() else ""
                problems.append(f"{path} could not be restored: {problem.strerror or problem}.{copy}")
        for command in self.change.commands if exchanged else ():
            run_program(command, quiet=True)
        return problems

    def _tidy(self, change: Change, installed: InstallRecord | None) -> None:
        """Remove environments and copies, then the change from the record, then empty folders."""
        for environment in (change.environment, *orphans(self.paths, installed)):
            if environment and environment.exists():  # moved first: half of one must not look like a whole one
                environment.rename(Path(tempfile.mkdtemp(dir=self.paths.unfinished), "environment"))
        self._unlock()  # Windows removes no open file
        remove_tree(self.paths.unfinished)
        part_of(self.paths.record).unlink(missing_ok=True)
        remove_empty(change.folders)
        if change != Change():
            RecordFile(installed).write(self.paths.record)
        remove_empty(change.folders if installed else (self.paths.data, *change.folders))

    def _unlock(self) -> None:
        if self._lock:
            self._lock.close()

    def _copies(self, path: Path) -> tuple[Path, Path]:
        number = self.change.files.index(path)
        return self.paths.unfinished / f"before-{number}", self.paths.unfinished / f"after-{number}"


def carry_out(plan: InstallPlan, paths: InstallPaths) -> int:
    """Do every step; 0 when all is done, 1 when one failed and everything is as it was before.

    An interruption is undone too, and passed on to the caller.
    """
    _tell(*plan.notes, plan.stop)
    if plan.stop or not plan.steps:
        return 1 if plan.stop else 0
    work = ChangeInProgress(paths, plan.change, plan.installed)
    try:
        if not work.lock():
            return _tell(BUSY)
        work.begin()
        _do_steps(plan, work)
    except (StepFailed, OSError) as problem:
        _tell(str(problem))
        return _end(work)
    except BaseException:
        _end(work)
        raise
    return _end(work)


def _do_steps(plan: InstallPlan, work: ChangeInProgress) -> None:
    for number, step in enumerate(plan.steps, 1):
        _tell(f"{number}/{len(plan.steps)} {step.title}: {step.why}")
        for action in step.actions:
            try:
                perform(action, work)
            except StepFailed as problem:
                raise StepFailed(f"{problem}\n{step.remedy}".rstrip()) from problem
            except (OSError, UnicodeError) as problem:
                reason = getattr(problem, "strerror", None) or str(problem)
                raise StepFailed(f"Could not {action}: {reason}\n{step.remedy}".rstrip()) from problem


def perform(action: Action, work: ChangeInProgress) -> None:
    """Do one action. Raises StepFailed or OSError."""
    action.do(work.exchange)


def _end(work: ChangeInProgress) -> int:
    """Close the change; 0 where the record of the new state has been written, whatever was left to tidy up."""
    complete = work.is_complete()
    problems = work.close()
    if not complete:
        return _tell(*problems, TRY_AGAIN if problems else UNCHANGED)
    _tell(*(LATER.format(problem) for problem in problems))
    return 0


def undo_interrupted(paths: InstallPaths) -> list[str]:
    """Undo or complete what a killed run left behind; return the problems."""
    recorded = read_record(paths.record)
    if not isinstance(recorded, RecordFile):
        return []  # preconditions.py refuses it
    work = ChangeInProgress(paths, recorded.change or Change(), recorded.installed)
    return work.close() if work.lock() else [BUSY]


def orphans(paths: InstallPaths, installed: InstallRecord | None) -> list[Path]:
    """List the environments in our folder that are not in force: replaced ones, where a run was killed at its end."""
    in_force = installed.environment if installed else None
    return [file.parent for file in sorted(paths.data.glob("*/pyvenv.cfg")) if file.parent != in_force]


def remove_tree(path: Path) -> None:
    """Remove a folder with all that is in it, or a file; nothing where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, onerror=_allow_writing)
    else:
        path.unlink(missing_ok=True)


def _allow_writing(retry: Callable[[str], object], path: str, _problem: object) -> None:
    os.chmod(path, stat.S_IWRITE | stat.S_IREAD)  # noqa: PTH101 - as rmtree hands it over
    retry(path)


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove folders as far as they are empty, the innermost first."""
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _tell(*texts: str) -> int:
    for text in filter(None, texts):
        print(text, file=sys.stderr, flush=True)
    return 1
