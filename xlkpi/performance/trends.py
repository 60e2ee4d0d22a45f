"""Every figure over time as rows: the county first, then provider by provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.rows import by_name
from xlkpi.consolidation.series import COUNTY, IndicatorSeries, SeriesPoint, SeriesSet
from xlkpi.core.direction import Direction
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period, is_due

COUNTY_NAME = "County"


@dataclass(frozen=True)
class TrendRow:
    """One figure of one path, and what it is compared with: ``change`` is a share, ``direction`` as `core` has it."""

    provider_id: str
    provider: str
    path: IndicatorSeries
    figure: SeriesPoint
    compared_with: Period | None
    change: Fraction | None
    direction: Direction | None


def list_trend_rows(result: Consolidation, catalogue: Catalogue, paths: SeriesSet) -> Iterator[TrendRow]:
    """All figures by provider (the county before all), indicator and period."""
    for who, name in [(COUNTY, COUNTY_NAME), *list_provider_names(result)]:
        for code in catalogue.indicators:
            if (who, code) in paths:
                yield from _rows_of(who, name, paths[who, code])


def _rows_of(who: str, name: str, path: IndicatorSeries) -> Iterator[TrendRow]:
    for figure in path.points:
        before = path.previous_period(figure.period)
        compared = before if path.at(before) else None
        change, went = path.change(figure.period), path.direction(figure.period)
        yield TrendRow(who, name, path, figure, compared, change, went)


def list_provider_names(result: Consolidation) -> list[tuple[str, str]]:
    """Every provider with a figure in any period, under the latest name, by name."""
    names = {row.provider_id: row.provider for row in (*result.earlier, *result.rows)}
    return sorted(names.items(), key=lambda pair: by_name(pair[1], pair[0]))


def list_rated_indicators(catalogue: Catalogue, paths: SeriesSet) -> tuple[Indicator, ...]:
    """The KPIs of which the county has a figure, in the Schedule's order."""
    return tuple(one for code, one in catalogue.indicators.items() if one.is_kpi and (COUNTY, code) in paths)


@dataclass(frozen=True)
class PeriodCalendar:
    """The periods from the first to the last that was found, whether anything of them was found or not."""

    periods: tuple[Period, ...]

    def due(self, path: IndicatorSeries) -> tuple[Period, ...]:
        """Those in which a path's indicator is due: the same for all of one frequency, so that charts compare.

        Where there is only one, the due period before stands beside it: a line needs two ends.
        """
        due = tuple(one for one in self.periods if is_due(path.indicator, one, path.reading))
        return (path.previous_period(due[0]), *due) if len(due) == 1 else due


def build_calendar(result: Consolidation) -> PeriodCalendar:
    """The calendar of a consolidation; empty where it has no rows."""
    found = {row.period for row in (*result.earlier, *result.rows)}
    if not found:
        return PeriodCalendar(())
    period, periods = min(found), []
    while period <= max(found):
        periods.append(period)
        period = period.back(-1)
    return PeriodCalendar(tuple(periods))
