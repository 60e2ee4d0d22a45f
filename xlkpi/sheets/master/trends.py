"""Trends: every figure of every period found in one table."""

from __future__ import annotations

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import size_words
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import COUNTY, SeriesSet, build_series
from xlkpi.performance.trends import TrendRow, list_trend_rows
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


def plan_trends(result: Consolidation, catalogue: Catalogue, paths: SeriesSet | None = None) -> Sheet:
    """One row a figure, the county's first; ``change, points`` is in percentage points.

    Without anything of an earlier period, one line says how to get it: this period's figures stand in Data.
    ``paths`` saves working them out again where several sheets are planned.
    """
    known = build_series(result, catalogue) if paths is None else paths
    rows = [_values(row) for row in list_trend_rows(result, catalogue, known)] if result.earlier else []
    table = Table("KPI_Trends", COLUMNS, rows, empty=NO_HISTORY, empty_at=2)
    return Sheet(TRENDS, (table,), freeze=(1, 4), paper=REPEAT_HEADER)


def _values(row: TrendRow) -> tuple[Value, ...]:
    figure = row.figure
    reading = row.path.reading.value
    if figure.returned_under is not row.path.reading:
        reading += f" (returned {figure.returned_under.value})"
    return (
        str(figure.period),
        row.provider_id,
        row.provider,
        row.path.indicator.code,
        figure.x,
        figure.y,
        figure.assessed.outturn,
        figure.assessed.rag.value if figure.assessed.rag else None,
        reading,
        figure.returns,
        str(row.compared_with) if row.compared_with else None,
        None if row.change is None else row.change * 100,
        row.direction.value if row.direction else None,
        _size_note(row),
    )


def _size_note(row: TrendRow) -> str:
    """What the size of the county's pool makes of its figure; nothing beside a provider's own."""
    if row.provider_id != COUNTY:
        return ""
    return size_words(row.figure.y, uneven=row.path.uneven(row.figure.period))
