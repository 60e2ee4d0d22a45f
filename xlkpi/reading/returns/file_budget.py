"""The last line against a file that takes too long: reading it ends after some seconds of processor time.

The limits of the reader keep every file well below that (`xlkpi/ooxml/limits.py`). This is for what they overlook. It
counts the time of the processor, not the clock's, so that a busy machine raises no false alarm; and it is more than
twice the two seconds that a file may take, because a slow machine needs longer for the same work.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

CPU_SECONDS = 5.0
"""After so much processor time the reading of a file ends, with a finding on the file."""
WATCH_SECONDS = 0.5
"""How often a worker's own watch looks; it ends the worker where a single call into C never comes back."""

_TIMER = hasattr(signal, "setitimer")
"""Neither Windows nor the Python inside a browser has one."""


class OverBudget(Exception):
    """Reading a file took more processor time than it may."""


_began: list[float] = []
"""When the file that this process reads was begun, in its own processor time; empty between files."""


@contextmanager
def within_budget() -> Iterator[None]:
    """Raise OverBudget in what is done here once it has taken too long.

    Only a process's main thread can be interrupted, and only where there is a timer; elsewhere the reader's limits and
    a worker's watch are what bounds it. A timer that is running already, of a profiler or of this, is left alone.
    """
    main = threading.current_thread() is threading.main_thread()
    if not (_TIMER and main) or signal.getitimer(signal.ITIMER_PROF)[0] > 0:
        yield
        return
    before = signal.signal(signal.SIGPROF, _interrupt)
    try:
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before or signal.SIG_DFL)


@contextmanager
def watched() -> Iterator[None]:
    """Count what is done here as the reading of one file, which a worker's watch may end with the worker."""
    _began.append(time.process_time())
    try:
        yield
    finally:
        _began.clear()


def start_watch() -> None:
    """Start the watch of a worker: it ends the worker once a file has taken twice its budget."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    while True:
        time.sleep(WATCH_SECONDS)
        for began in _began[:1]:
            if time.process_time() - began > 2 * CPU_SECONDS:
                os._exit(1)


def _interrupt(_signal: int, _frame: object) -> None:
    raise OverBudget
