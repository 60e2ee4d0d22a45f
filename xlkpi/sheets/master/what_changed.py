"""What changed: this master against the one of the same period that was made before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from xlkpi.reading.masters.what_changed import CHANGE, WHAT_CHANGED, MasterChange
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table

_WIDTHS = {"what": (14, "word"), "provider_id": (11, "code"), "provider": (24, "text"), "indicator": (10, "code"),
           "file": (32, "text"), "before": (40, "text"), "now": (40, "text")}  # fmt: skip
COLUMNS = tuple(Column(name, *_WIDTHS[name]) for name in CHANGE)


def plan_what_changed(changes: Sequence[MasterChange]) -> tuple[Sheet, ...]:
    """Plan one row per change; no sheet where nothing is known to have changed."""
    if not changes:
        return ()
    table = Table("KPI_Changes", COLUMNS, [astuple(change) for change in changes])
    return (Sheet(WHAT_CHANGED, (table,), freeze=(1, 1), paper=REPEAT_HEADER),)
