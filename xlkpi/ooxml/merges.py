"""Which merged range a cell is in."""

from __future__ import annotations

from functools import lru_cache

from xlkpi.ooxml.addresses import column_number


def merged_range(merges: tuple[str, ...], ref: str) -> str:
    """Find the merged range that contains the cell; empty text where there is none."""
    if not merges:
        return ""
    row, col = _place(ref)
    for merge in merges:
        first, _, last = merge.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        if top <= row <= bottom and left <= col <= right:
            return merge
    return ""


@lru_cache(maxsize=4096)
def _place(ref: str) -> tuple[int, int]:
    letters = ref.rstrip("0123456789")
    return int(ref[len(letters) :] or 0), column_number(letters)
