"""The figures behind the trend charts: which series are drawn, over which periods, between which limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import size_words
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import COUNTY, IndicatorSeries, SeriesPoint, SeriesSet
from xlkpi.core.bands import Bands
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.period import Period
from xlkpi.performance.trends import PeriodCalendar, build_calendar, list_provider_names, list_rated_indicators
from xlkpi.performance.wording import format_outturn

TENTH = Fraction(1, 10)
Scale = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class ChartedSeries:
    """A series and the due periods over which it is drawn."""

    series: IndicatorSeries
    periods: tuple[Period, ...]

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.series.indicator.code

    @property
    def definition(self) -> Definition:
        """What its figures are, under the reading of the series."""
        return self.series.indicator.read(self.series.reading)

    @property
    def latest(self) -> SeriesPoint:
        """The latest figure."""
        return self.series.points[-1]

    @property
    def outturns(self) -> list[Fraction | None]:
        """The outturn in each period, None where there is none: a gap in the line."""
        by_period = {point.period: point.assessed.outturn for point in self.series.points}
        return [by_period.get(period) for period in self.periods]

    @property
    def is_line(self) -> bool:
        """Whether there are two outturns or more: a single one makes no line."""
        return sum(outturn is not None for outturn in self.outturns) > 1

    @property
    def edges(self) -> list[Scale]:
        """Where Green begins and where Red begins in each period, as shares. Only a KPI has bands."""
        bands = [self.series.bands_in(period) for period in self.periods]
        if self.series.provider_id == COUNTY and not self.definition.has_y:
            return []  # a target is one provider's; the total of all has none
        return [find_band_edges(each) for each in bands if each is not None]

    @property
    def axis(self) -> Scale:
        """From the tenth below everything drawn to the tenth above, within 0 and 1 where x cannot exceed y."""
        shares = [*chain.from_iterable(self.edges), *_outturns_of(self.series)]
        if not self.definition.outturn.is_share:
            return Fraction(0), round_up(max(shares))
        low = (min(shares) - TENTH / 4) // TENTH * TENTH
        high = -(-(max(shares) + TENTH / 4) // TENTH) * TENTH
        return max(low, Fraction(0)), high if max(shares) > 1 else min(high, Fraction(1))

    @property
    def title(self) -> str:
        """``KPI S3: 91.20% Amber, Worse``: the latest figure and its direction."""
        period, direction = self.latest.period, self.series.direction(self.latest.period)
        size = size_words(self.latest.y, uneven=self.series.uneven(period))
        parts = (_describe_point(self.latest, self.definition), direction.value if direction else "", size)
        return f"{self.code}: {', '.join(part for part in parts if part)}"

    @property
    def figures(self) -> str:
        """All figures in words: ``2025-26 Q4 90.00% Amber; 2026-27 Q2 96.00% Green``."""
        return "; ".join(f"{point.period} {_describe_point(point, self.definition)}" for point in self.series.points)


def round_up(highest: Fraction) -> Fraction:
    """Give the top of an axis for figures that are not shares: 1, 2, 5 or 10 times a power of ten."""
    top = Fraction(1, 10)
    while top < highest:
        top *= 10
    return next(top * step for step in (Fraction(1, 5), Fraction(1, 2), Fraction(1)) if top * step >= highest)


def _describe_point(point: SeriesPoint, definition: Definition) -> str:
    outturn = "" if point.assessed.outturn is None else f"{format_outturn(definition, point.assessed.outturn)} "
    return f"{outturn}{point.assessed.state.value}"


def find_band_edges(bands: Bands) -> Scale:
    """Find where Green begins and where Red begins, as shares."""
    if bands.higher_is_better:
        return bands.green.lower or Fraction(0), bands.red.upper or Fraction(0)
    return bands.green.upper or Fraction(0), bands.red.lower or Fraction(0)


@dataclass(frozen=True)
class TrendCharts:
    """Everything that the trend charts of one consolidation show."""

    calendar: PeriodCalendar
    indicators: tuple[Indicator, ...]
    providers: tuple[tuple[str, str], ...]
    series: SeriesSet

    @property
    def county(self) -> list[ChartedSeries]:
        """The county's series, one per KPI."""
        return self.of_provider(COUNTY)

    def of_provider(self, provider_id: str) -> list[ChartedSeries]:
        """List the series of one provider (or of the county), with the due periods of each."""
        keys = [(provider_id, indicator.code) for indicator in self.indicators]
        charted = [self.series[key] for key in keys if key in self.series]
        return [ChartedSeries(series, self.calendar.due(series)) for series in charted]

    def scale_of(self, code: str) -> Scale:
        """Find the axis of a KPI's small columns: one for all providers, so that a column can be compared.

        It begins a little below the lowest outturn of all, so that the lowest can be seen too.
        """
        shares = [share for key, series in self.series.items() if key[1] == code for share in _outturns_of(series)]
        low, high = (min(shares), max(shares)) if shares else (Fraction(0), Fraction(1))
        room = (high - low) / 5 or Fraction(1, 100)
        return low - room, high + room / 5


def _outturns_of(series: IndicatorSeries) -> list[Fraction]:
    return [point.assessed.outturn for point in series.points if point.assessed.outturn is not None]


def collect_trend_charts(result: Consolidation, catalogue: Catalogue, series: SeriesSet) -> TrendCharts:
    """Collect what the trend charts show."""
    providers = tuple(list_provider_names(result))
    return TrendCharts(build_calendar(result), list_rated_indicators(catalogue, series), providers, series)


def group_by_periods(charted: Sequence[ChartedSeries]) -> Iterator[tuple[tuple[Period, ...], list[ChartedSeries]]]:
    """Group series by the due periods they share, in the order in which the groups first occur."""
    groups: dict[tuple[Period, ...], list[ChartedSeries]] = {}
    for line in charted:
        groups.setdefault(line.periods, []).append(line)
    yield from groups.items()
