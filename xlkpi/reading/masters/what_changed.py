"""Read again what a master lists as changed."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.ooxml.model import RawWorkbook
from xlkpi.reading.masters.data import sheets_called
from xlkpi.reading.masters.tables import TableRow, table_rows

WHAT_CHANGED = "What changed"
CHANGE = ("what", "provider_id", "provider", "indicator", "file", "before", "now")
"""The columns of the sheet, in their order."""


@dataclass(frozen=True)
class MasterChange:
    """One thing that differs from the master before; what it is not about is empty."""

    what: str
    provider_id: str
    provider: str
    indicator: str
    file: str
    before: str
    now: str


def read_changes(book: RawWorkbook) -> tuple[MasterChange, ...]:
    """Read the changes that an open master lists; none where it has no such sheet."""
    sheets = sheets_called(book, WHAT_CHANGED)
    return tuple(_change(row) for sheet in sheets for row in table_rows(sheet, CHANGE) or () if row.text("what"))


def _change(row: TableRow) -> MasterChange:
    return MasterChange(**{name: row.text(name) for name in CHANGE})
