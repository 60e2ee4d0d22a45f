"""Every figure over time as rows: the county first, then provider by provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import size_words
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import COUNTY, IndicatorSeries, SeriesPoint, SeriesSet
from xlkpi.core.direction import Direction
from xlkpi.core.indicator import Indicator
from xlkpi.core.lot import by_name
from xlkpi.core.period import Period, is_due


@dataclass(frozen=True)
class TrendRow:
    """One figure of one series, and what it is compared with.

    ``change`` is the difference of the two outturns as a share, ``direction`` as `core` defines it.
    """

    provider_id: str
    provider: str
    series: IndicatorSeries
    point: SeriesPoint
    compared_with: Period | None
    change: Fraction | None
    direction: Direction | None

    @property
    def size_note(self) -> str:
        """Warn where the county's pool is small or uneven; empty for a provider's own figure."""
        if self.provider_id != COUNTY:
            return ""
        return size_words(self.point.y, uneven=self.series.uneven(self.point.period))


def list_trend_rows(result: Consolidation, catalogue: Catalogue, series: SeriesSet) -> Iterator[TrendRow]:
    """List all figures by provider (the county before all), indicator and period."""
    for provider_id, name in [(COUNTY, catalogue.words.area_begins), *list_provider_names(result)]:
        for code in catalogue.indicators:
            if (provider_id, code) in series:
                yield from _rows_of_series(provider_id, name, series[provider_id, code])


def _rows_of_series(provider_id: str, name: str, series: IndicatorSeries) -> Iterator[TrendRow]:
    for point in series.points:
        previous = series.previous_period(point.period)
        yield TrendRow(
            provider_id,
            name,
            series,
            point,
            previous if series.at(previous) else None,
            series.change(point.period),
            series.direction(point.period),
        )


def list_provider_names(result: Consolidation) -> list[tuple[str, str]]:
    """List the id and latest name of every provider with a figure in any period, by name."""
    names = {row.provider_id: row.provider for row in (*result.earlier, *result.rows)}
    return sorted(names.items(), key=lambda pair: by_name(pair[1], pair[0]))


def list_rated_indicators(catalogue: Catalogue, series: SeriesSet) -> tuple[Indicator, ...]:
    """List the KPIs of which the county has a figure, in the Schedule's order."""
    indicators = catalogue.indicators.items()
    return tuple(indicator for code, indicator in indicators if indicator.is_kpi and (COUNTY, code) in series)


@dataclass(frozen=True)
class PeriodCalendar:
    """Every period from the first to the last with a return, those in between without one included."""

    periods: tuple[Period, ...]

    def due(self, series: IndicatorSeries) -> tuple[Period, ...]:
        """List the periods in which an indicator is due: the same for all of one frequency, so that charts compare.

        If there is only one, the due period before it is added: a line needs two ends.
        """
        due = tuple(period for period in self.periods if is_due(series.indicator, period, series.reading))
        return (series.previous_period(due[0]), *due) if len(due) == 1 else due


def build_calendar(result: Consolidation) -> PeriodCalendar:
    """Build the calendar of a consolidation; empty where it has no rows."""
    with_rows = {row.period for row in (*result.earlier, *result.rows)}
    if not with_rows:
        return PeriodCalendar(())
    period, periods = min(with_rows), []
    while period <= max(with_rows):
        periods.append(period)
        period = period.back(-1)
    return PeriodCalendar(tuple(periods))
