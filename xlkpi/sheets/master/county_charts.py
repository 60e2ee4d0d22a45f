"""A small chart a KPI: the county's pooled outturn over the periods, between the edges of Green and Red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xlkpi.consolidation.county_totals import SMALL_Y, size_words
from xlkpi.consolidation.series import IndicatorSeries, SeriesPoint
from xlkpi.core.period import Period
from xlkpi.performance.wording import format_percent
from xlkpi.sheets.master.chart_data import ChartDataArea, band_edges, by_periods, outturns
from xlkpi.writing.workbook.chart_model import CellRun, ChartLine, LineChart
from xlkpi.writing.workbook.palette import GREEN_EDGE, LINES, RED_EDGE

COUNTY_KEY = (
    "Solid line with dots: x and y of all returns pooled. Long dashes: the edge of Green. Dotted: the edge of Red. "
    f"The scale differs from chart to chart. small: the latest y is below {SMALL_Y}. "
    "uneven: less than half the returns or y of the period before, or more than twice as many."
)
BAND_HEIGHT = 162.0
"""Points of a row that holds charts: one row, which no page break can cut."""

WIDTH, HEIGHT = 297, 208
COLUMNS_A_CHART = 5
TENTH = Fraction(1, 10)


def count_charts_per_row(indicators: int) -> int:
    """Charts side by side: as wide as the providers' grid below."""
    return 4 if indicators <= 16 else 5


def plan_county_charts(
    drawn: Sequence[tuple[IndicatorSeries, tuple[Period, ...]]], behind: ChartDataArea, *, first_row: int, columns: int
) -> Iterator[LineChart]:
    """Charts in rows from ``first_row`` on, in the order given; their figures are added to ``behind``."""
    behind.title("Figures behind the county’s charts")
    placed = {}
    for periods, paths in by_periods(drawn):
        categories = behind.header(("Indicator", "line"), periods)
        for path in paths:
            placed[path.indicator.code] = (categories, _figures(path, periods, behind), path)
        behind.row += 1
    for number, (path, _) in enumerate(drawn):
        band, place = divmod(number, count_charts_per_row(columns))
        col = 1 if place == 0 else 2 + (place - 1) * COLUMNS_A_CHART
        yield _chart(*placed[path.indicator.code], at=(first_row + band, col))


def _figures(
    path: IndicatorSeries, periods: tuple[Period, ...], behind: ChartDataArea
) -> tuple[CellRun, CellRun, CellRun]:
    bands = path.indicator.read(path.reading).bands
    if bands is None:
        raise AssertionError(path.indicator.code)
    green, red = band_edges(bands)
    code = path.indicator.code
    return (
        behind.line((code, "outturn"), outturns(path, periods)),
        behind.line((code, "Green"), [green] * len(periods)),
        behind.line((code, "Red"), [red] * len(periods)),
    )


def _chart(
    categories: CellRun, runs: tuple[CellRun, CellRun, CellRun], path: IndicatorSeries, *, at: tuple[int, int]
) -> LineChart:
    county, green, red = runs
    low, high = _axis(path)
    return LineChart(
        _title(path),
        _told(path),
        categories,
        (
            ChartLine("County", county, LINES[0][0]),
            ChartLine("Edge of Green", green, GREEN_EDGE[0], GREEN_EDGE[1], "none", 1.25),
            ChartLine("Edge of Red", red, RED_EDGE[0], RED_EDGE[1], "none", 1.25),
        ),
        at=at,
        size=(WIDTH, HEIGHT),
        low=float(low),
        high=float(high),
        legend=False,
        small=True,
    )


def _title(path: IndicatorSeries) -> str:
    """``KPI S3: 91.20% Amber, Worse``: the latest figure and where it went."""
    latest = path.points[-1]
    went = path.direction(latest.period)
    size = size_words(latest.y, uneven=path.uneven(latest.period))
    parts = (_words(latest), went.value if went else "", size)
    return f"{path.indicator.code}: {', '.join(part for part in parts if part)}"


def _words(figure: SeriesPoint) -> str:
    share = "" if figure.assessed.outturn is None else f"{format_percent(figure.assessed.outturn)} "
    return f"{share}{figure.assessed.state.value}"


def _told(path: IndicatorSeries) -> str:
    figures = "; ".join(f"{one.period} {_words(one)}" for one in path.points)
    about = " ".join(path.indicator.description.split())
    return f"Line chart of the county, {path.indicator.code}, {about}: {figures}."


def _axis(path: IndicatorSeries) -> tuple[Fraction, Fraction]:
    """From the tenth below everything drawn to the tenth above, within 0 and 1 where x cannot exceed y."""
    bands = path.indicator.read(path.reading).bands
    edges = band_edges(bands) if bands else ()
    shares = [*edges, *(one.assessed.outturn for one in path.points if one.assessed.outturn is not None)]
    low = (min(shares) - TENTH / 4) // TENTH * TENTH
    high = -(-(max(shares) + TENTH / 4) // TENTH) * TENTH
    return max(low, Fraction(0)), high if max(shares) > 1 else min(high, Fraction(1))
