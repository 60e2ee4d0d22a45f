"""Data: one row per entry, in the columns that other systems rely on."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from operator import attrgetter
from typing import cast

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.cell_count import Figure
from xlkpi.core.indicator import Indicator
from xlkpi.core.outturn_units import has_whole_percents
from xlkpi.core.records import DataRow
from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.sheets.outturn_values import figure_value, outturn_value
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
    Column("agreed_x", 10, "whole"),
    Column("agreed_y", 10, "whole"),
    Column("agreed_by", 18, "line"),
    Column("agreed_on", 12, "day"),
    Column("agreed_why", 34, "text"),
    Column("rag_in_force", 12, "word"),
    Column("stretch", 10, "line"),
)
PRINTED = 15
"""Columns that are printed: up to the comment. Those that lead back to the file are for the screen."""

_RETURNED = attrgetter(*(column.header for column in DATA_COLUMNS[:21]))
_AGREED = attrgetter("x", "y", "by", "on", "why")
_HEADERS = [column.header for column in DATA_COLUMNS]
_WORDS = [_HEADERS.index(header) for header in ("state", "rag", "rag_as_written", "reading", "rag_in_force")]
_OUTTURN = _HEADERS.index("outturn")
_FIGURES = [_HEADERS.index(header) for header in ("x", "gap", "agreed_x")]
_RAG_IN_DATA = f"{quoted_sheet(DATA)}!I"
NOT_AGREED = (None, None, None, None, None)


def plan_data(result: Consolidation, catalogue: Catalogue) -> Sheet:
    """Plan one row per entry, in the columns that other systems rely on (interfaces, Master workbook sheets)."""
    rows = [_cells(row, catalogue.indicators[row.indicator]) for row in result.rows]
    table = Table("KPI_Data", DATA_COLUMNS, rows, empty="No entries.", empty_at=PRINTED - 1, fitted=False)
    return Sheet(DATA, (table,), freeze=(1, 3), paper=replace(REPEAT_HEADER, columns=PRINTED))


def _cells(row: DataRow, indicator: Indicator) -> tuple[Value, ...]:
    """Give a row's values as its cells have them: words for enums, the period as text, units where they are needed."""
    definition = indicator.read(row.reading)
    values = list(data_values(row))
    values[0] = str(row.period)
    for place in _WORDS:
        word = values[place]
        values[place] = word.value if isinstance(word, Enum) else None
    if not has_whole_percents(definition):  # figures that are not percentages, or not whole numbers
        values[_OUTTURN] = outturn_value(definition, row.outturn)
        for place in _FIGURES:
            values[place] = figure_value(definition, cast("Figure | None", values[place]))
    return cast("tuple[Value, ...]", tuple(values))


def data_values(row: DataRow) -> tuple[object, ...]:
    """Give a row's values in the columns of Data: what was returned, then what officers agreed and what is in force."""
    agreed = _AGREED(row.agreed) if row.agreed else NOT_AGREED
    return (*_RETURNED(row), *agreed, row.rag_in_force, row.stretch)


def link_to_data_row(row: int) -> str:
    """Write the address of the row with this index (from 0) as a link contains it: at its RAG."""
    return f"{_RAG_IN_DATA}{row + 2}"
