"""A small chart per KPI: the county's pooled outturn over the periods, between the edges of Green and Red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.consolidation.county_totals import SMALL_Y
from xlkpi.core.contract_words import ContractWords
from xlkpi.performance.trend_charts import ChartedSeries, group_by_periods
from xlkpi.sheets.master.chart_data import ChartDataArea
from xlkpi.sheets.outturn_values import axis_format, outturn_values
from xlkpi.writing.workbook.chart_model import CellRun, ChartLine, LineChart
from xlkpi.writing.workbook.palette import GREEN_EDGE, LINES, RED_EDGE

COUNTY_KEY = (
    "Solid line with dots: x and y of all returns pooled. Long dashes: the edge of Green. Dotted: the edge of Red. "
    f"The scale differs from chart to chart. small: the latest y is below {SMALL_Y}. "
    "uneven: less than half the returns or y of the period before, or more than twice as many."
)
BAND_HEIGHT = 162.0
"""Points of a row that contains charts: one row, which no page break can cut."""

WIDTH, HEIGHT = 297, 208
COLUMNS_PER_CHART = 5
FEW_INDICATORS = 16


def count_charts_per_row(indicators: int) -> int:
    """Count the charts side by side: as wide as the providers' grid below."""
    return 4 if indicators <= FEW_INDICATORS else 5


def plan_county_charts(
    charted: Sequence[ChartedSeries], words: ContractWords, area: ChartDataArea, *, first_row: int, columns: int
) -> Iterator[LineChart]:
    """Plan charts in rows from ``first_row`` on, in the order given; their figures are added to ``area``."""
    area.title(f"Figures behind the {words.area}’s charts")
    cells = {}
    for periods, lines in group_by_periods(charted):
        categories = area.header(("Indicator", "line"), periods)
        for line in lines:
            cells[line.code] = (categories, _add_figures(line, area))
        area.row += 1
    for number, line in enumerate(charted):
        band, place = divmod(number, count_charts_per_row(columns))
        col = 1 if place == 0 else 2 + (place - 1) * COLUMNS_PER_CHART
        yield _chart(*cells[line.code], line, words, at=(first_row + band, col))


def _add_figures(line: ChartedSeries, area: ChartDataArea) -> tuple[CellRun, CellRun, CellRun]:
    edges, definition = line.edges, line.definition
    return (
        area.line((line.code, "outturn"), outturn_values(definition, line.outturns)),
        area.line((line.code, "Green"), outturn_values(definition, (green for green, _ in edges))),
        area.line((line.code, "Red"), outturn_values(definition, (red for _, red in edges))),
    )


def _chart(
    categories: CellRun,
    runs: tuple[CellRun, CellRun, CellRun],
    line: ChartedSeries,
    words: ContractWords,
    *,
    at: tuple[int, int],
) -> LineChart:
    county, green, red = runs
    low, high = line.axis
    return LineChart(
        line.title,
        _alternative_text(line, words),
        categories,
        (
            ChartLine(words.area_begins, county, LINES[0][0]),
            ChartLine("Edge of Green", green, GREEN_EDGE[0], GREEN_EDGE[1], "none", 1.25),
            ChartLine("Edge of Red", red, RED_EDGE[0], RED_EDGE[1], "none", 1.25),
        ),
        at=at,
        size=(WIDTH, HEIGHT),
        low=float(low),
        high=float(high),
        numbers=axis_format(line.definition),
        legend=False,
        small=True,
    )


def _alternative_text(line: ChartedSeries, words: ContractWords) -> str:
    description = " ".join(line.series.indicator.description.split())
    return f"Line chart of the {words.area}, {line.code}, {description}: {line.figures}."
