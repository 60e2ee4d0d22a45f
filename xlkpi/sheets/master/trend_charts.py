"""Trend charts: the county over time, a small chart a KPI, and every provider in small columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import COUNTY, IndicatorSeries, SeriesSet, build_series
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.layout.styles import NAVY, height_of, lines_of
from xlkpi.performance.trends import PeriodCalendar, build_calendar, list_provider_names, list_rated_indicators
from xlkpi.sheets.master.chart_data import HEADER_HEIGHT, ChartDataArea
from xlkpi.sheets.master.county_charts import BAND_HEIGHT, COUNTY_KEY, count_charts_per_row, plan_county_charts
from xlkpi.sheets.master.sparkline_grid import SPARK_KEY, plan_sparkline_grid
from xlkpi.sheets.master.trends import NO_HISTORY, TRENDS
from xlkpi.writing.workbook.model import Cell, Sheet
from xlkpi.writing.workbook.page_setup import PageSetup

TREND_CHARTS = "Trend charts"
NAME_WIDTH, CELL_WIDTH = 43.0, 8.0


@dataclass(frozen=True)
class _Known:
    """What both parts of the sheet are drawn from."""

    paths: SeriesSet
    calendar: PeriodCalendar
    indicators: tuple[Indicator, ...]

    def drawn(self, who: str) -> list[tuple[IndicatorSeries, tuple[Period, ...]]]:
        """The paths of one provider or the county, with the due periods of each."""
        found = [self.paths[who, one.code] for one in self.indicators if (who, one.code) in self.paths]
        return [(path, self.calendar.due(path)) for path in found]


def plan_trend_charts(result: Consolidation, catalogue: Catalogue, paths: SeriesSet | None = None) -> Sheet:
    """Charts on top, the providers below them, and last the figures that they are drawn from.

    With nothing of an earlier period, one line that says how to get it.
    """
    known = build_series(result, catalogue) if paths is None else paths
    if not result.earlier:
        cells = (*_head("Trends"), Cell(3, 1, NO_HISTORY, "note"))
        return Sheet(TREND_CHARTS, cells=cells, widths=(NAME_WIDTH,), heights=((1, 28.0),), tab=NAVY)
    everything = _Known(known, build_calendar(result), list_rated_indicators(catalogue, known))
    return _sheet(everything, list_provider_names(result))


def _head(title: str) -> Iterator[Cell]:
    yield Cell(1, 1, title, "title")


def _sheet(known: _Known, providers: Sequence[tuple[str, str]]) -> Sheet:
    periods, columns = known.calendar.periods, len(known.indicators)
    bands = -(-columns // count_charts_per_row(columns))
    grid_row = 6 + bands + 1
    printed = grid_row + 2 + 2 * len(providers)  # the figures behind the charts are for the screen
    behind = ChartDataArea(printed + 4)
    charts = tuple(plan_county_charts(known.drawn(COUNTY), behind, first_row=6, columns=columns))
    drawn = [(who, name, known.drawn(who)) for who, name in providers]
    cells, sparklines = plan_sparkline_grid(drawn, known.indicators, _scales(known), behind, grid_row)
    head = (
        *_head(f"Trends from {periods[0]} to {periods[-1]}"),
        Cell(2, 1, f"KPIs over the periods found. Every figure, INFO indicators too: sheet {TRENDS}.", "subtitle"),
        Cell(4, 1, "The county, KPI by KPI", "heading"),
        Cell(5, 1, COUNTY_KEY, "note"),
        Cell(grid_row, 1, "Provider by provider", "heading"),
        Cell(grid_row + 1, 1, SPARK_KEY, "note"),
    )
    heights = [(1, 28.0), (4, 20.0), *((row, BAND_HEIGHT) for row in range(6, 6 + bands)), (grid_row, 20.0)]
    heights += [(grid_row + 2, HEADER_HEIGHT)]
    heights += [(grid_row + 3 + 2 * number, _line_height(name)) for number, (_, name) in enumerate(providers)]
    return Sheet(
        TREND_CHARTS,
        cells=(*head, *cells, *behind.cells),
        charts=charts,
        sparklines=sparklines,
        widths=(NAME_WIDTH, *[CELL_WIDTH] * max(columns, 5 * count_charts_per_row(columns))),
        heights=(*heights, *behind.heights),
        paper=PageSetup(repeat=(grid_row + 2, grid_row + 2), rows=printed, breaks=(grid_row,), a3=True),
        tab=NAVY,
    )


def _line_height(name: str) -> float:
    """Points of a provider's first row: a line's, or more for a name that needs them."""
    return max(26.0, height_of(lines_of(name, NAME_WIDTH * 0.9)))


def _scales(known: _Known) -> dict[str, tuple[Fraction, Fraction]]:
    """The lowest and highest outturn of each KPI among all, so that they can be compared down a column."""
    found: dict[str, list[Fraction]] = {one.code: [] for one in known.indicators}
    for (_, code), path in known.paths.items():
        if code in found:
            found[code] += [one.assessed.outturn for one in path.points if one.assessed.outturn is not None]
    return {code: (min(all_), max(all_)) if all_ else (Fraction(0), Fraction(1)) for code, all_ in found.items()}
