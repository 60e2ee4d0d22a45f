"""A plan with every kind of chart, and sparklines, over periods with gaps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from xlkpi.writing.workbook import (
    REPEAT_HEADER,
    BarChart,
    BarSeries,
    Cell,
    CellRun,
    ChartLine,
    Column,
    ColumnChart,
    ColumnSeries,
    Formula,
    LineChart,
    Link,
    Sheet,
    Sparkline,
    Table,
    WorkbookPlan,
    palette,
)

PERIODS = ("2025-26 Q3", "2025-26 Q4", "2026-27 Q1", "2026-27 Q2")
SHARES = {
    "KPI S1": (Fraction(9, 10), None, Fraction(19, 20), Fraction(24, 25)),
    "KPI S2": (Fraction(1, 2), Fraction(3, 5), Fraction(7, 10), None),
}
PERIOD_CELLS = CellRun((1, 3), (1, 6), "Trends")


def trends_table():
    columns = (
        Column("indicator", 12, "code"),
        Column("trend", 16, "line"),
        *(Column(period, 12, "share") for period in PERIODS),
        Column("green from", 10, "share", hidden=True),
    )
    rows = [(Link(code, "'Charts'!A1"), None, *shares, Formula("95/100", 0.95)) for code, shares in SHARES.items()]
    return Table("T_Trends", columns, rows, grouped_by=1)


def lines(at, *, small=False):
    run, other = (CellRun((row, 3), (row, 6), "Trends") for row in (2, 3))
    drawn = (ChartLine("KPI S1", run, *palette.LINES[0]), ChartLine("KPI S2", other, *palette.LINES[1]))
    return LineChart("County outturn", "KPI S1 rises to 96%.", PERIOD_CELLS, drawn, at, small=small, legend=not small)


def columns(at, *, stacked):
    run, other = (CellRun((row, 3), (row, 6), "Trends") for row in (2, 3))
    parts = (ColumnSeries("KPI S1", run, *palette.AREAS[0]), ColumnSeries("KPI S2", other, *palette.AREAS[1]))
    return ColumnChart("By period", "Two indicators.", PERIOD_CELLS, parts, at, stacked=stacked, numbers="0%")


def book():
    """Trends with sparklines; Charts, which draws cells of Trends and a block of its own."""
    block = [("Section", "Green", "Red"), ("All lots", 7, 0), ("Lot 3", 2, 1)]
    cells = tuple(Cell(r, c, v, "line") for r, row in enumerate(block, start=1) for c, v in enumerate(row, start=1))
    bars = BarChart(
        "By section", "Lot 3 has 1 Red.", 1, 3, 1,
        (BarSeries(2, *palette.GREEN), BarSeries(3, *palette.RED)), (5, 1), (400, 200),
    )  # fmt: skip
    charts = (bars, lines((17, 1)), lines((17, 9), small=True), columns((33, 1), stacked=False))
    charts += (columns((33, 9), stacked=True),)
    spark = tuple(Sparkline(row, 2, CellRun((row, 3), (row, 6)), line=row == 3) for row in (2, 3))
    sheets = (
        Sheet("Trends", (trends_table(),), sparklines=spark, freeze=(1, 1), paper=REPEAT_HEADER),
        Sheet("Charts", cells=cells, charts=charts),
    )
    return WorkbookPlan("Drawn", date(2026, 9, 30), sheets)
