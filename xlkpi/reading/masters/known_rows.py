"""Rows of a master that are known already: one whose cells are as they would be written is not rated again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from operator import attrgetter
from typing import TYPE_CHECKING

from xlkpi.core.cell_count import as_number

if TYPE_CHECKING:
    from xlkpi.core.cell_count import Figure
    from xlkpi.core.records import DataRow
    from xlkpi.ooxml.model import CellValue
    from xlkpi.reading.masters.tables import TableRow

TEXTS = ("provider_id", "provider", "section", "comment", "file", "sha256", "sheet", "x_cell", "y_cell",
         "template")  # fmt: skip
"""The columns that are read as they are."""
_READ = ("period", "indicator", "x", "y", "state", "reading", *TEXTS,
         "agreed_x", "agreed_y", "agreed_by", "agreed_on", "agreed_why")  # fmt: skip
"""Every column that an entry is read from; all else in its row is recalculated."""

_texts_of = attrgetter(*TEXTS)

RowCells = tuple["CellValue", ...]


class KnownRows:
    """Entries by the cells that they are read from, such as those of the master about to be made.

    Most rows of the master before are the same. To rate thousands of them again costs more than to read their cells.
    """

    def __init__(self, rows: Iterable[DataRow] = ()) -> None:
        """Know these entries."""
        self._by_cells: Mapping[RowCells, DataRow] = {_cells_of(row): row for row in rows}

    def find(self, row: TableRow) -> DataRow | None:
        """Find the entry of a row; None where no entry is written in exactly these cells."""
        cells = tuple(map(row.cells.get, _READ))
        entry = self._by_cells.get(cells)
        return None if entry and bool in map(type, cells) else entry  # to Python TRUE is 1; as a figure it is not


def _cells_of(row: DataRow) -> RowCells:
    """Give what the cells contain that an entry is read from; None for an empty one, whole days with their midnight."""
    agreed = row.agreed
    return (
        str(row.period),
        row.indicator,
        _number(row.x),
        _number(row.y),
        row.state.value,
        row.reading.value,
        *(text or None for text in _texts_of(row)),
        *((_number(agreed.x), _number(agreed.y)) if agreed else (None, None)),
        *((agreed.by or None, datetime.combine(agreed.on, time()), agreed.why or None) if agreed else (None,) * 3),
    )


def _number(figure: Figure | None) -> float | None:
    return None if figure is None else float(as_number(figure))
