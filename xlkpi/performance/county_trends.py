"""The county's outturn of every indicator this period, and how it compares with the due period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.consolidation.county_totals import Pooled, pooled_outturns, size_words
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import COUNTY, SeriesSet
from xlkpi.core.cell_count import Figure
from xlkpi.core.direction import Direction
from xlkpi.core.indicator import Indicator
from xlkpi.core.vocabulary import Reading


@dataclass(frozen=True)
class CountyOutturn:
    """An indicator over all returns; ``previous`` and ``direction`` are None without a return of the period before."""

    pooled: Pooled
    previous: Fraction | None
    direction: Direction | None
    size_note: str

    @property
    def counts(self) -> tuple[Figure | None, Figure | None]:
        """Σx and Σy; None where no return gives them."""
        pooled = self.pooled
        if not pooled.providers:
            return None, None
        return pooled.x, pooled.y if pooled.indicator.read(pooled.reading).has_y else None

    @property
    def read_as_written(self) -> bool:
        """Whether the Schedule's own reading is in force for an indicator that has two."""
        return self.pooled.reading is Reading.AS_WRITTEN and bool(self.pooled.indicator.why)


def list_county_outturns(
    result: Consolidation, indicators: Sequence[Indicator], series: SeriesSet
) -> tuple[CountyOutturn, ...]:
    """List the county's outturn of each indicator, in the order given."""
    return tuple(_compare(pooled, result, series) for pooled in pooled_outturns(result.rows, indicators))


def _compare(pooled: Pooled, result: Consolidation, all_series: SeriesSet) -> CountyOutturn:
    series, period = all_series.get((COUNTY, pooled.indicator.code)), result.period
    if series is None or period is None:
        return CountyOutturn(pooled, None, None, size_words(pooled.y, uneven=False))
    previous = series.previous(period)
    # "New" is a direction too, but says nothing beside an empty cell
    direction = series.direction(period) if previous else None
    size_note = size_words(pooled.y, uneven=series.uneven(period))
    return CountyOutturn(pooled, previous.assessed.outturn if previous else None, direction, size_note)
