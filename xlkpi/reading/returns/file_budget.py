"""The last line against a file that takes too long: reading it ends after some seconds of processor time.

The limits of the reader keep every file well below that (`xlkpi/ooxml/limits.py`). This is for what they overlook. It
counts the time of the processor, not the clock's, so that a busy machine raises no false alarm; and it is more than
twice the two seconds that a file may take, because a slow machine needs longer for the same work.
"""

from __future__ import annotations

import gc
import mmap
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CPU_SECONDS = 5.0
"""After so much processor time the reading of a file ends, with a finding on the file."""
MEMORY_BYTES, GROWN_BYTES = 100 << 20, 20 << 20
"""What reading a file may take over what its worker has when it begins; and by how much a worker may grow until it
looks for what can be cleared away."""
WATCH_SECONDS = 0.5
"""How often a worker's own watch looks; it ends the worker where a single call into C never comes back."""

_TIMER = hasattr(signal, "setitimer")
"""Neither Windows nor the Python inside a browser has one."""


class OverBudget(Exception):
    """Reading a file took more processor time than it may."""


_worker_has: list[int] = []
"""In a worker, the memory it had when it last cleared away; empty elsewhere."""
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
    """Count what is done here as the reading of one file, which a worker's watch may end with the worker.

    In a worker it may take so much more memory than there is at its beginning; beyond that it raises MemoryError.
    """
    if _worker_has:
        _bound_memory()
    _began.append(time.process_time())
    try:
        yield
    finally:
        _began.clear()


def start_watch() -> None:
    """Start the watch of a worker: it ends the worker once a file has taken twice its budget."""
    threading.Thread(target=_watch, daemon=True).start()
    _worker_has[:] = [0]


def _bound_memory() -> None:
    """Bound the memory of a worker for the file that is begun, once what the files before have left is cleared away.

    Parsers and what they call refer to each other, so that a large file stays in memory until somebody looks for such
    cycles. Only Linux counts what a process has written to; elsewhere the reader's limits are all there is.
    """
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - Windows has none

        with suppress(OSError, ValueError, IndexError):
            if _data_bytes() > _worker_has[0] + GROWN_BYTES:
                gc.collect()
                _worker_has[0] = _data_bytes()
            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            resource.setrlimit(resource.RLIMIT_DATA, (_data_bytes() + MEMORY_BYTES, hard))


def _data_bytes() -> int:
    """Bytes of data and stack that this process has written to, or may write to."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[5]) * mmap.PAGESIZE


def _watch() -> None:
    while True:
        time.sleep(WATCH_SECONDS)
        for began in _began[:1]:
            if time.process_time() - began > 2 * CPU_SECONDS:
                os._exit(1)


def _interrupt(_signal: int, _frame: object) -> None:
    raise OverBudget
