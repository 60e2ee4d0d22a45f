"""Exit statuses, and the progress bar on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DONE, FIX, USAGE, UNREADABLE, UNWRITTEN, STOPPED = 0, 1, 2, 3, 4, 130
PATIENCE = 1.0

Progress = Callable[[int, int], None]


def say(message: str) -> None:
    """A line for a person, on stderr, so that stdout holds results only."""
    print(message, file=sys.stderr)


def stage(what: str) -> None:
    """What begins now, for whoever watches a terminal."""
    if sys.stderr.isatty():
        say(f"{what} …")


@contextmanager
def progress_bar(task: str) -> Iterator[Progress]:
    """Something to call with (done, of); a bar appears on a terminal once the work has taken a second."""
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
        """Tell how far the work is."""
        if self._update is None and time.monotonic() - self._began > PATIENCE:
            self._open(of)
        if self._update:
            self._update(done, of)

    def close(self) -> None:
        """Take the bar away."""
        self._close()

    def _open(self, of: int) -> None:
        from rich.console import Console  # noqa: PLC0415 - 54 ms that quick work should not pay
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above

        columns = (TextColumn(self._task), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        task = bar.add_task(self._task, total=of)
        bar.start()
        self._close = bar.stop
        self._update = lambda done, total: bar.update(task, completed=done, total=total)
