"""Data: one row per entry, in the columns that other systems rely on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import Enum
from operator import attrgetter

from xlkpi.consolidation.result import Consolidation
from xlkpi.core.records import DataRow
from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

DATA = "Data"

DATA_COLUMNS = (
    Column("period", 11, "line"),
    Column("provider_id", 11, "code"),
    Column("provider", 28, "line"),
    Column("section", 17, "line"),
    Column("indicator", 10, "code"),
    Column("x", 8, "whole"),
    Column("y", 8, "whole"),
    Column("outturn", 10, "share"),
    Column("state", 12, "word"),
    Column("rag", 9, "word"),
    Column("rag_as_written", 15, "word"),
    Column("reading", 10, "line"),
    Column("target", 10, "line"),
    Column("gap", 7, "gap"),
    Column("comment", 40, "text"),
    Column("file", 36, "line"),
    Column("sha256", 14, "quiet"),
    Column("sheet", 20, "line"),
    Column("x_cell", 8, "centre"),
    Column("y_cell", 8, "centre"),
    Column("template", 14, "line"),
)
PRINTED = 15
"""Columns that are printed: up to the comment. Those that lead back to the file are for the screen."""

STRETCH = Column("stretch", 9, "line")
"""A better outturn to aim for: the last column, after those of officers' decisions."""

AGREED_COLUMNS = (
    Column("agreed_x", 10, "whole"),
    Column("agreed_y", 10, "whole"),
    Column("agreed_by", 18, "line"),
    Column("agreed_on", 12, "day"),
    Column("agreed_why", 34, "text"),
)
"""Figures that officers agreed; these columns follow the others only in a master with such a decision."""


def list_data_columns(result: Consolidation) -> tuple[Column, ...]:
    """List the columns that other systems rely on, and those of officers' decisions where there are any."""
    return (*DATA_COLUMNS, *(AGREED_COLUMNS if result.agreed else ()), STRETCH)


def agreed_values(result: Consolidation) -> Callable[[DataRow], tuple[int | str | date | None, ...]]:
    """Return a function that gives a row's values in the columns of decisions; none where the master has none."""
    by_entry = {(figures.provider_id, figures.indicator): figures for figures in result.agreed}

    def values(row: DataRow) -> tuple[int | str | date | None, ...]:
        agreed = by_entry.get((row.provider_id, row.indicator))
        if agreed is None:
            return (None,) * len(AGREED_COLUMNS)
        return (agreed.x, agreed.y, agreed.who, agreed.on, agreed.why)

    return values if by_entry else lambda _row: ()


def plan_data(result: Consolidation) -> Sheet:
    """Plan one row per entry, in the columns that other systems rely on (interfaces, Master workbook sheets)."""
    agreed = agreed_values(result)
    rows = [(*_data_values(row), *agreed(row), row.stretch) for row in result.rows]
    table = Table("KPI_Data", list_data_columns(result), rows, empty="No entries.", empty_at=PRINTED - 1, fitted=False)
    return Sheet(DATA, (table,), freeze=(1, 3), paper=replace(REPEAT_HEADER, columns=PRINTED))


_CELLS = attrgetter(*(column.header for column in DATA_COLUMNS))
_AS_TEXT = tuple(
    place
    for place, column in enumerate(DATA_COLUMNS)
    if column.header in ("period", "state", "rag", "rag_as_written", "reading")
)


def _data_values(row: DataRow) -> tuple[Value, ...]:
    """The row's cells: the words of its enums, the period as text, everything else unchanged."""
    cells = list(_CELLS(row))
    for place in _AS_TEXT:
        cell = cells[place]
        cells[place] = str(cell.value) if isinstance(cell, Enum) else cell if cell is None else str(cell)
    return tuple(cells)


def link_to_data_row(row: int) -> str:
    """Write the address of the row with this index (from 0) as a link contains it: at its RAG."""
    return f"{quoted_sheet(DATA)}!I{row + 2}"
