"""The series of an indicator: its results over the periods found, each compared with its previous due period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from xlkpi.catalogue.model import Terms
from xlkpi.consolidation.county_totals import POOLED, assess_pool
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.assess import Assessment, assess_indicator
from xlkpi.core.bands import Bands
from xlkpi.core.cell_count import Figure
from xlkpi.core.direction import Direction, compare
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period, previous_due
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Reading

COUNTY = ""
"""Provider id used for the county total, because every provider has one."""


@dataclass(frozen=True)
class SeriesPoint:
    """x and y in force of one indicator in one period, of a provider or pooled over ``returns``, and the result.

    ``returned_under`` is the reading of the return; ``assessed`` is under the reading of the whole series, so that
    figures of different periods can be compared. x and y are None where they are not counts.
    """

    period: Period
    x: Figure | None
    y: Figure | None
    assessed: Assessment
    returned_under: Reading
    returns: int = 1


@dataclass(frozen=True)
class IndicatorSeries:
    """One indicator of a provider (or of the county) over the periods found, the earliest first, under one reading.

    Each point is judged by the targets of its own period; ``indicator`` is as in force for the latest.
    """

    provider_id: str
    indicator: Indicator
    reading: Reading
    points: tuple[SeriesPoint, ...]
    terms: Terms

    def bands_in(self, period: Period) -> Bands | None:
        """Return the bands that are in force for a period; the latest where the indicator is not in its catalogue."""
        indicator = self.terms.in_force(period).indicators.get(self.indicator.code, self.indicator)
        return indicator.read(self.reading).bands

    def at(self, period: Period) -> SeriesPoint | None:
        """Return the point of a period; None where nothing was returned."""
        return self._by_period.get(period)

    @cached_property
    def _by_period(self) -> dict[Period, SeriesPoint]:
        return {point.period: point for point in self.points}

    def previous_period(self, period: Period) -> Period:
        """Return the due period before this one."""
        return previous_due(self.indicator, period, self.reading)

    def previous(self, period: Period) -> SeriesPoint | None:
        """Return the point of the due period before this one; None where nothing was returned."""
        if len(self.points) == 1 and self.points[0].period == period:
            return None
        return self.at(self.previous_period(period))

    def direction(self, period: Period) -> Direction | None:
        """Say whether it got better or worse in this period; None without a point, an outturn or bands to judge by."""
        now, then = self.at(period), self.previous(period)
        if now is None:
            return None
        bands, before = self.bands_in(period), then.assessed if then else None
        if then and before and self.bands_in(then.period) != bands:
            before = replace(before, rag=None)  # another target made another colour of it: only the outturns compare
        return compare(bands, now.assessed, before)

    def change(self, period: Period) -> Fraction | None:
        """Return by how much the outturn rose (+) or fell (−), as a share; None without two outturns."""
        now, then = self.at(period), self.previous(period)
        if now is None or then is None or now.assessed.outturn is None or then.assessed.outturn is None:
            return None
        return now.assessed.outturn - then.assessed.outturn

    def uneven(self, period: Period) -> bool:
        """Tell whether the two outturns come from pools of very different size, which makes no trend.

        That is: the smaller has less than half the returns, or less than half the y, of the larger.
        """
        now, then = self.at(period), self.at(self.previous_period(period))
        if now is None or then is None or self.change(period) is None:
            return False
        sizes = ((now.returns, then.returns), (now.y or 0, then.y or 0))
        return any(2 * min(pair) < max(pair) for pair in sizes)


SeriesSet = Mapping[tuple[str, str], IndicatorSeries]


def build_series(result: Consolidation, terms: Terms) -> SeriesSet:
    """Build every series of a consolidation by provider_id and indicator, with the county's under `COUNTY`."""
    return series_of((*result.earlier, *result.rows), terms)


def series_of(rows: Iterable[DataRow], terms: Terms) -> SeriesSet:
    """Build the series of rows of several periods, the latest period's last; pooled under `COUNTY`.

    A series is rated under the reading of its latest row; the county's under the one in force, if that is settled.
    """
    by_subject: dict[tuple[str, str], list[DataRow]] = {}
    pooled: dict[tuple[str, str], list[DataRow]] = {}
    for row in rows:
        by_subject.setdefault((row.provider_id, row.indicator), []).append(row)
        if row.state_in_force in POOLED:
            pooled.setdefault((COUNTY, row.indicator), []).append(row)
    return _SeriesByNeed(by_subject | pooled, terms)


class _SeriesByNeed(Mapping[tuple[str, str], IndicatorSeries]):
    """Series that are built when they are asked for: a master of one period shows the county's and a few others."""

    def __init__(self, rows: Mapping[tuple[str, str], Sequence[DataRow]], terms: Terms) -> None:
        self._rows, self._terms = rows, terms
        self._built: dict[tuple[str, str], IndicatorSeries] = {}

    def __getitem__(self, key: tuple[str, str]) -> IndicatorSeries:
        if key not in self._built:
            self._built[key] = _build(key[0], self._rows[key], self._terms)
        return self._built[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _build(provider_id: str, rows: Sequence[DataRow], terms: Terms) -> IndicatorSeries:
    reading = _county_reading(rows) if provider_id == COUNTY else rows[-1].reading
    return IndicatorSeries(provider_id, _in_force(rows[-1], terms), reading, _points(rows, terms, reading), terms)


def _in_force(row: DataRow, terms: Terms) -> Indicator:
    """Give the row's indicator as it is in force for the row's period."""
    return terms.in_force(row.period).indicators[row.indicator]


def _county_reading(rows: Sequence[DataRow]) -> Reading:
    latest = {row.reading for row in rows if row.period == rows[-1].period}
    return latest.pop() if len(latest) == 1 else Reading.EFFECTIVE


def _points(rows: Sequence[DataRow], terms: Terms, reading: Reading) -> tuple[SeriesPoint, ...]:
    if len(rows) == 1:
        return (_own_point(rows[0], terms, reading),)
    by_period: dict[Period, list[DataRow]] = defaultdict(list)
    for row in rows:
        by_period[row.period].append(row)
    return tuple(_pooled_point(period, by_period[period], terms, reading) for period in sorted(by_period))


def _pooled_point(period: Period, rows: Sequence[DataRow], terms: Terms, reading: Reading) -> SeriesPoint:
    if len(rows) == 1:
        return _own_point(rows[0], terms, reading)
    x, y = _total(row.x_in_force for row in rows), _total(row.y_in_force for row in rows)
    readings = {row.reading for row in rows}
    returned_under = readings.pop() if len(readings) == 1 else Reading.EFFECTIVE
    assessed = assess_pool(_in_force(rows[0], terms), x, y, reading=reading, returns=len(rows))
    return SeriesPoint(period, x, y, assessed, returned_under, len(rows))


def _own_point(row: DataRow, terms: Terms, reading: Reading) -> SeriesPoint:
    if row.reading is reading:
        assessed = Assessment(row.state_in_force, row.outturn_in_force, row.rag_in_force, "")
    else:
        assessed = assess_indicator(_in_force(row, terms), row.x_in_force, row.y_in_force, reading=reading)
    return SeriesPoint(row.period, row.x_in_force, row.y_in_force, assessed, row.reading)


def _total(counts: Iterable[Figure | None]) -> Figure | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
