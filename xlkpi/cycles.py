"""How often Python searches for cycles of objects that nothing else refers to."""

from __future__ import annotations

import atexit
import gc

SELDOM, HARDLY_EVER = 100_000, 1_000_000
"""Objects made between two searches: in any process, and in one that writes a large workbook and then ends."""


def search_seldom(objects: int = SELDOM) -> None:
    """Search seldom in this process: rows, entries and code are in no cycles; searching takes a tenth of the time."""
    gc.set_threshold(objects)


def search_only_what_follows() -> None:
    """Leave out of every search what there is by now: a worker has it from the process that started it, for good.

    A search writes to all that it looks at, so that a forked worker would first copy its parent's whole memory.
    """
    gc.freeze()


def end_without_a_search() -> None:
    """Leave out the search that Python makes when this process ends: the system takes all memory back anyway.

    After a large workbook it took a quarter of a second.
    """
    atexit.unregister(gc.freeze)  # once, however often a command is run in one process
    atexit.register(gc.freeze)
