"""How often Python searches for cycles of objects that nothing else refers to."""

from __future__ import annotations

import gc

SELDOM, HARDLY_EVER = 100_000, 1_000_000
"""Objects made between two searches: in any process, and in one that writes a single workbook, which has cycles."""


def search_seldom(objects: int = SELDOM) -> None:
    """Search seldom in this process: rows, entries and our own code have no cycles, and searching takes a tenth."""
    gc.set_threshold(objects)
