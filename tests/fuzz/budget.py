"""What one input may take: 2 s of a usual machine's processor, and 100 MB more than the process had before."""

from __future__ import annotations

import signal
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.processor_time import slowness

SECONDS, LONGEST = 2.0, 20
"""The budget, and after how many seconds of work in Python an input is given up."""
MEGABYTES, SUSPICIOUS = 100, 40
"""The budget, and by how much the process must have grown for the memory of an input to be measured."""


class Failure(AssertionError):
    """An input did something other than giving findings, or took more than it may."""


def within_budget(read: Callable[[], None]) -> None:
    """Read an input. Raises Failure where that takes more time or memory than it may.

    Measuring memory makes everything slower, so it is only done where the process has grown.
    """
    before, began = _largest(), time.process_time()
    with _given_up():
        read()
    took = time.process_time() - began
    if took > SECONDS * slowness():
        raise Failure(f"it took {took:.1f} s")
    if _largest() - before > SUSPICIOUS << 10:
        _measure_memory(read)


def _measure_memory(read: Callable[[], None]) -> None:
    tracemalloc.start()
    try:
        read()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", "ascii")  # Linux: what it had at most is what it has now
    if most > MEGABYTES << 20:
        raise Failure(f"it took {most >> 20} MB")


@contextmanager
def _given_up() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST * slowness())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _give_up(_signal: int, _frame: object) -> None:
    raise Failure(f"it took over {LONGEST} s")


def _largest() -> int:
    """Kilobytes that this process had in memory at most."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
