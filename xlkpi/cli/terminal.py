"""Exit statuses, messages for a person on stderr, and the progress bar."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlkpi.council.lists.faults import Fault  # pydantic, which not every command needs
    from xlkpi.writing.own_outputs import KeptFile

DONE, FIX, USAGE, UNREADABLE, UNWRITTEN, CRASHED, STOPPED = 0, 1, 2, 3, 4, 70, 130
SECONDS_BEFORE_BAR = 1.0

Progress = Callable[[int, int], None]


def say(message: str) -> None:
    """Print a line for a person on stderr, so that stdout contains results only."""
    print(message, file=sys.stderr)


def say_note(note: str) -> None:
    """Print a line for a person on stderr where there is something to say."""
    if note:
        say(note)


def say_stage(stage: str) -> None:
    """Tell whoever watches a terminal what begins now."""
    if sys.stderr.isatty():
        say(f"{stage} …")


def say_faults(faults: Iterable[Fault]) -> bool:
    """Print the faults of the Council's lists; return whether one of them must be fixed."""
    must_fix = False
    for fault in faults:
        say(f"{fault.severity.value}: {fault.full_message}")
        must_fix |= fault.severity.value == "must fix"
    return must_fix


def say_kept(kept: Iterable[KeptFile]) -> None:
    """Name each file that was left as it is, and what was written next to it."""
    for file in kept:
        say(f"{file.kept.name} was not written by xlkpi, or has changed since: it was kept.")
        say(f"The new file is {file.written.name}. To replace such files, use --overwrite.")


def say_without_key() -> None:
    """Say that seals were not checked, where this PC has no key to check them with."""
    from xlkpi.reading.returns.seal_key import has_key, seals_are_off

    if not (seals_are_off() or has_key()):
        say("This PC has no key of the Council, so seals were not checked. What to do: xlkpi key")


def say_new_key(*, had_key: bool) -> None:
    """Say that a command made the key of this PC; ``had_key`` is whether there was one before."""
    from xlkpi.reading.returns.seal_key import has_key

    if has_key() and not had_key:
        say("This PC now has a key of the Council, which seals the workbooks. What it is for: xlkpi key")


@contextmanager
def progress_bar(task: str) -> Iterator[Progress]:
    """Give a function to call with (done, of); a bar appears on a terminal once the work has taken a second."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    bar = _Bar(task)
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    """rich's bar, loaded only if the work turns out to be slow."""

    def __init__(self, task: str) -> None:
        self._task = task
        self._began = time.monotonic()
        self._close: Callable[[], None] = lambda: None
        self._update: Progress | None = None

    def show(self, done: int, of: int) -> None:
        """Show how much of the work is done."""
        if self._update is None and time.monotonic() - self._began > SECONDS_BEFORE_BAR:
            self._open(of)
        if self._update:
            self._update(done, of)
        if done == of:
            self.close()  # it draws on a thread of its own, and a process with threads cannot be copied (second_core)

    def close(self) -> None:
        """Remove the bar; what is read next gets another."""
        self._close()
        self._update, self._close = None, lambda: None

    def _open(self, of: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(self._task), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(file=getattr(sys.stderr, "stream", sys.stderr)), transient=True)
        task = bar.add_task(self._task, total=of)
        bar.start()
        self._close = bar.stop
        self._update = lambda done, total: bar.update(task, completed=done, total=total)
