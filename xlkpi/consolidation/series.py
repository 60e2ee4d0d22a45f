"""Direction of travel: every figure of the periods found, beside that of its due period before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import POOLED
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.assess import Assessment, assess_indicator
from xlkpi.core.direction import Direction, compare
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period, previous_due
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Reading

COUNTY = ""
"""Provider id used for the county total, because every provider has one."""


@dataclass(frozen=True)
class SeriesPoint:
    """x and y of one indicator in one period, of a provider or pooled over ``returns`` of them, and what they make.

    ``returned_under`` is the reading of the return; ``assessed`` is under the reading of the whole path, so that
    figures of different periods can be compared. x and y are None where they are not counts.
    """

    period: Period
    x: int | None
    y: int | None
    assessed: Assessment
    returned_under: Reading
    returns: int = 1


@dataclass(frozen=True)
class IndicatorSeries:
    """One indicator of a provider (or of the county) over the periods found, the earliest first, under one reading."""

    provider_id: str
    indicator: Indicator
    reading: Reading
    points: tuple[SeriesPoint, ...]

    def at(self, period: Period) -> SeriesPoint | None:
        """The figure of a period, None where nothing was returned."""
        return self._by_period.get(period)

    @cached_property
    def _by_period(self) -> dict[Period, SeriesPoint]:
        return {one.period: one for one in self.points}

    def previous_period(self, period: Period) -> Period:
        """The due period before this one."""
        return previous_due(self.indicator, period, self.reading)

    def previous(self, period: Period) -> SeriesPoint | None:
        """The figure of the due period before this one, None where nothing was returned."""
        if len(self.points) == 1 and self.points[0].period == period:
            return None
        return self.at(self.previous_period(period))

    def direction(self, period: Period) -> Direction | None:
        """Where it went in this period; None where there is nothing to judge: no figure, no outturn, no bands."""
        now, then = self.at(period), self.previous(period)
        bands = self.indicator.read(self.reading).bands
        return compare(bands, now.assessed, then.assessed if then else None) if now else None

    def change(self, period: Period) -> Fraction | None:
        """By how much the outturn rose (+) or fell (−), as a share; None without two outturns."""
        now, then = self.at(period), self.previous(period)
        if now is None or then is None or now.assessed.outturn is None or then.assessed.outturn is None:
            return None
        return now.assessed.outturn - then.assessed.outturn

    def uneven(self, period: Period) -> bool:
        """Whether the two outturns come from pools of very different size, which makes no trend.

        That is: the smaller has less than half the returns, or less than half the y, of the larger.
        """
        now, then = self.at(period), self.at(self.previous_period(period))
        if now is None or then is None or self.change(period) is None:
            return False
        sizes = ((now.returns, then.returns), (now.y or 0, then.y or 0))
        return any(2 * min(pair) < max(pair) for pair in sizes)


SeriesSet = Mapping[tuple[str, str], IndicatorSeries]


def build_series(result: Consolidation, catalogue: Catalogue) -> SeriesSet:
    """Every path of a consolidation by provider_id and indicator, with the county's under `COUNTY`."""
    return series_of((*result.earlier, *result.rows), catalogue)


def series_of(rows: Iterable[DataRow], catalogue: Catalogue) -> SeriesSet:
    """The paths that rows of several periods make, the latest period's last; pooled under `COUNTY`.

    A path is judged under the reading of its latest figure; the county's under the one in force, if that is settled.
    """
    grouped: dict[tuple[str, str], list[DataRow]] = {}
    pooled: dict[str, list[DataRow]] = {}
    for row in rows:
        grouped.setdefault((row.provider_id, row.indicator), []).append(row)
        if row.state in POOLED:
            pooled.setdefault(row.indicator, []).append(row)
    paths = {}
    for (who, code), its in grouped.items():
        indicator, reading = catalogue.indicators[code], its[-1].reading
        paths[who, code] = IndicatorSeries(who, indicator, reading, _figures(its, indicator, reading))
    for code, its in pooled.items():
        indicator, reading = catalogue.indicators[code], _county_reading(its)
        paths[COUNTY, code] = IndicatorSeries(COUNTY, indicator, reading, _figures(its, indicator, reading))
    return paths


def _county_reading(rows: Sequence[DataRow]) -> Reading:
    latest = {row.reading for row in rows if row.period == rows[-1].period}
    return latest.pop() if len(latest) == 1 else Reading.EFFECTIVE


def _figures(rows: Sequence[DataRow], indicator: Indicator, reading: Reading) -> tuple[SeriesPoint, ...]:
    if len(rows) == 1:
        return (_own_figure(rows[0], indicator, reading),)
    by_period: dict[Period, list[DataRow]] = defaultdict(list)
    for row in rows:
        by_period[row.period].append(row)
    return tuple(_figure(period, by_period[period], indicator, reading) for period in sorted(by_period))


def _figure(period: Period, rows: Sequence[DataRow], indicator: Indicator, reading: Reading) -> SeriesPoint:
    if len(rows) == 1:
        return _own_figure(rows[0], indicator, reading)
    x, y = _total(row.x for row in rows), _total(row.y for row in rows)
    readings = {row.reading for row in rows}
    returned_under = readings.pop() if len(readings) == 1 else Reading.EFFECTIVE
    assessed = assess_indicator(indicator, x, y, reading=reading)
    return SeriesPoint(period, x, y, assessed, returned_under, len(rows))


def _own_figure(row: DataRow, indicator: Indicator, reading: Reading) -> SeriesPoint:
    if row.reading is reading:
        assessed = Assessment(row.state, row.outturn, row.rag, "")
    else:
        assessed = assess_indicator(indicator, row.x, row.y, reading=reading)
    return SeriesPoint(row.period, row.x, row.y, assessed, row.reading)


def _total(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
