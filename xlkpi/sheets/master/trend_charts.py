"""Trend charts: the county over time, a small chart per KPI, and every provider in small columns."""

from __future__ import annotations

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet
from xlkpi.core.contract_words import ContractWords
from xlkpi.layout.styles import NAVY
from xlkpi.performance.trend_charts import TrendCharts, collect_trend_charts
from xlkpi.sheets.master.chart_data import HEADER_HEIGHT, ChartDataArea
from xlkpi.sheets.master.county_charts import BAND_HEIGHT, COUNTY_KEY, count_charts_per_row, plan_county_charts
from xlkpi.sheets.master.sparkline_grid import SPARK_KEY, plan_sparkline_grid
from xlkpi.sheets.master.trends import NO_HISTORY, TRENDS
from xlkpi.writing.workbook.page_setup import PageSetup
from xlkpi.writing.workbook.row_heights import height_of_text
from xlkpi.writing.workbook.workbook_plan import Cell, Sheet

TREND_CHARTS = "Trend charts"
NAME_WIDTH, CELL_WIDTH = 43.0, 8.0
FIRST_CHART_ROW = 6


def plan_trend_charts(result: Consolidation, catalogue: Catalogue, series: SeriesSet) -> Sheet:
    """Plan charts on top, the providers below them, and last the figures that they are drawn from.

    If there is no earlier period, one line says how to get it.
    """
    if not result.earlier:
        cells = (Cell(1, 1, "Trends", "title"), Cell(3, 1, NO_HISTORY, "note"))
        return Sheet(TREND_CHARTS, cells=cells, widths=(NAME_WIDTH,), heights=((1, 28.0),), tab=NAVY)
    return _plan_sheet(collect_trend_charts(result, catalogue, series), catalogue.words)


def _plan_sheet(charts: TrendCharts, words: ContractWords) -> Sheet:
    columns = len(charts.indicators)
    per_row = count_charts_per_row(columns)
    bands = -(-columns // per_row)
    grid_row = FIRST_CHART_ROW + bands + 1
    printed = grid_row + 2 + 2 * len(charts.providers)  # the figures behind the charts are for the screen
    area = ChartDataArea(printed + 4)
    county = tuple(plan_county_charts(charts.county, words, area, first_row=FIRST_CHART_ROW, columns=columns))
    grid, sparklines = plan_sparkline_grid(charts, area, grid_row)
    return Sheet(
        TREND_CHARTS,
        cells=(*_headings(charts, words, grid_row), *grid, *area.cells),
        charts=county,
        sparklines=sparklines,
        widths=(NAME_WIDTH, *[CELL_WIDTH] * max(columns, 5 * per_row)),
        heights=(*_heights(charts, bands, grid_row), *area.heights),
        paper=PageSetup(repeat=(grid_row + 2, grid_row + 2), rows=printed, breaks=(grid_row,), a3=True),
        tab=NAVY,
    )


def _headings(charts: TrendCharts, words: ContractWords, grid_row: int) -> tuple[Cell, ...]:
    periods, also = charts.calendar.periods, words.say("trends also")
    return (
        Cell(1, 1, f"Trends from {periods[0]} to {periods[-1]}", "title"),
        Cell(2, 1, f"KPIs over all periods with returns. The sheet {TRENDS} has every figure{also}.",
             "subtitle"),
        Cell(4, 1, f"The {words.area}, KPI by KPI", "heading"),
        Cell(5, 1, COUNTY_KEY, "note"),
        Cell(grid_row, 1, "Provider by provider", "heading"),
        Cell(grid_row + 1, 1, SPARK_KEY, "note"),
    )  # fmt: skip


def _heights(charts: TrendCharts, bands: int, grid_row: int) -> list[tuple[int, float]]:
    rows_of_charts = range(FIRST_CHART_ROW, FIRST_CHART_ROW + bands)
    heights = [(1, 28.0), (4, 20.0), *((row, BAND_HEIGHT) for row in rows_of_charts), (grid_row, 20.0)]
    heights += [(grid_row + 2, HEADER_HEIGHT)]
    names = [name for _, name in charts.providers]
    return heights + [(grid_row + 3 + 2 * number, _name_height(name)) for number, name in enumerate(names)]


def _name_height(name: str) -> float:
    """Points of a provider's first row: one line, or more for a name that needs them."""
    return max(26.0, height_of_text(name, "name", NAME_WIDTH))
