"""Trends: every figure of every period found in one table."""

from __future__ import annotations

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet
from xlkpi.performance.trends import TrendRow, list_trend_rows
from xlkpi.sheets.outturn_values import change_value, figure_value, outturn_value
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

TRENDS = "Trends"
NO_HISTORY = (
    "No earlier period was found. For trends, run consolidate again with --previous and the folder of their returns."
)
COLUMNS = (
    Column("period", 12, "line"),
    Column("provider_id", 12, "code"),
    Column("provider", 34, "line"),
    Column("indicator", 11, "code"),
    Column("x", 9, "whole"),
    Column("y", 9, "whole"),
    Column("outturn", 10, "share"),
    Column("rag", 9, "word"),
    Column("reading", 27, "line"),
    Column("returns", 9, "whole"),
    Column("compared with", 14, "line"),
    Column("change, points", 13, "points"),
    Column("direction", 11, "word"),
    Column("note", 14, "line"),
)


def plan_trends(result: Consolidation, catalogue: Catalogue, series: SeriesSet) -> Sheet:
    """Plan one row per figure, the county's first.

    ``change, points`` is in percentage points, or in the indicator's unit where its outturn is not a share.
    If there is no earlier period, one line says how to get it: this period's figures are in Data.
    """
    rows = [_values(row) for row in list_trend_rows(result, catalogue, series)] if result.earlier else []
    table = Table("KPI_Trends", COLUMNS, rows, empty=NO_HISTORY, empty_at=2)
    return Sheet(TRENDS, (table,), freeze=(1, 4), paper=REPEAT_HEADER)


def _values(row: TrendRow) -> tuple[Value, ...]:
    point, reading = row.point, row.series.reading.value
    definition = row.series.indicator.read(row.series.reading)
    if point.returned_under is not row.series.reading:
        reading += f" (returned {point.returned_under.value})"
    return (
        str(point.period),
        row.provider_id,
        row.provider,
        row.series.indicator.code,
        figure_value(definition, point.x),
        point.y,
        outturn_value(definition, point.assessed.outturn),
        point.assessed.rag.value if point.assessed.rag else None,
        reading,
        point.returns,
        str(row.compared_with) if row.compared_with else None,
        change_value(definition, row.change),
        row.direction.value if row.direction else None,
        row.size_note,
    )
