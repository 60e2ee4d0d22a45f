"""Where to look first: the indicators and the providers with most Red, then most Amber."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from xlkpi.consolidation.county_totals import size_words
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import COUNTY, SeriesPoint, SeriesSet
from xlkpi.core.direction import Direction
from xlkpi.core.indicator import Indicator
from xlkpi.core.lot import by_name
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Rag

MOST_SHOWN = 5


@dataclass(frozen=True)
class RankedIndicator:
    """A KPI with how many providers are rated what, its pooled figure and where the county went with it.

    ``uneven``: what it went from is a pool of very different size (`Path.uneven`).
    """

    indicator: Indicator
    red: int
    amber: int
    green: int
    county: SeriesPoint | None
    direction: Direction | None
    uneven: bool

    @property
    def size_note(self) -> str:
        """Warn where the county's pool is small or uneven."""
        return size_words(self.county.y if self.county else None, uneven=self.uneven)


@dataclass(frozen=True)
class RankedProvider:
    """A provider with how many of its KPIs are rated what, and how many went which way."""

    provider_id: str
    provider: str
    red: int
    amber: int
    green: int
    better: int
    worse: int


def worst_indicators(result: Consolidation, paths: SeriesSet) -> tuple[RankedIndicator, ...]:
    """The KPIs with most Red, then most Amber providers, in the Schedule's order where alike; none all Green."""
    if result.period is None:
        return ()
    counts = _counts((row.indicator, row) for row in result.rows)
    found = []
    for code, rags in counts.items():
        path = paths[COUNTY, code]
        county, went, uneven = path.at(result.period), path.direction(result.period), path.uneven(result.period)
        counted = (rags[Rag.RED], rags[Rag.AMBER], rags[Rag.GREEN])
        found.append(RankedIndicator(path.indicator, *counted, county, went, uneven))
    found.sort(key=lambda one: (-one.red, -one.amber))
    return tuple(one for one in found if one.red or one.amber)[:MOST_SHOWN]


def worst_providers(result: Consolidation, paths: SeriesSet) -> tuple[RankedProvider, ...]:
    """The providers with most Red, then most Amber KPIs, by name where alike; none all Green."""
    names = {row.provider_id: row.provider for row in result.rows}
    went: dict[str, Counter[Direction | None]] = defaultdict(Counter)
    for row in result.rows:
        went[row.provider_id][paths[row.provider_id, row.indicator].direction(row.period)] += 1
    found = [
        RankedProvider(
            who, names[who], rags[Rag.RED], rags[Rag.AMBER], rags[Rag.GREEN],
            went[who][Direction.BETTER], went[who][Direction.WORSE],
        )
        for who, rags in _counts((row.provider_id, row) for row in result.rows).items()
    ]  # fmt: skip
    found.sort(key=lambda one: (-one.red, -one.amber, *by_name(one.provider, one.provider_id)))
    return tuple(one for one in found if one.red or one.amber)[:MOST_SHOWN]


def _counts(keyed: Iterable[tuple[str, DataRow]]) -> dict[str, Counter[Rag]]:
    counts: dict[str, Counter[Rag]] = {}
    for key, row in keyed:
        if row.rag is not None:
            counts.setdefault(key, Counter())[row.rag] += 1
    return counts
