"""How often Python searches for cycles of objects that nothing else refers to."""

from __future__ import annotations

import gc

THRESHOLD = 100_000
"""Objects made between two searches."""


def search_seldom() -> None:
    """Search seldom in this process: rows, entries and our own code have no cycles, and searching takes a tenth."""
    gc.set_threshold(THRESHOLD)
