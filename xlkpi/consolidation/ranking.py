"""Where to look first: the indicators and the providers with most Red, then most Amber."""

from __future__ import annotations

from collections import Counter
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
    """A KPI with how many providers have each RAG, the county's pooled result and its direction.

    ``uneven``: the previous result is from a pool of very different size (`IndicatorSeries.uneven`).
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
    """A provider with how many of its KPIs have each RAG, and how many got better or worse."""

    provider_id: str
    provider: str
    red: int
    amber: int
    green: int
    better: int
    worse: int


def worst_indicators(result: Consolidation, series: SeriesSet) -> tuple[RankedIndicator, ...]:
    """Rank the KPIs with most Red, then most Amber providers, in the Schedule's order where alike; none all Green."""
    if result.period is None:
        return ()
    ranked = []
    for code, rags in _counts((row.indicator, row) for row in result.rows).items():
        if rags[Rag.RED] or rags[Rag.AMBER]:
            county = series[COUNTY, code]
            ranked.append(
                RankedIndicator(
                    county.indicator,
                    rags[Rag.RED],
                    rags[Rag.AMBER],
                    rags[Rag.GREEN],
                    county.at(result.period),
                    county.direction(result.period),
                    county.uneven(result.period),
                )
            )
    ranked.sort(key=lambda indicator: (-indicator.red, -indicator.amber))
    return tuple(ranked[:MOST_SHOWN])


def worst_providers(result: Consolidation, series: SeriesSet) -> tuple[RankedProvider, ...]:
    """Rank the providers with most Red, then most Amber KPIs, by name where alike; none all Green."""
    names = {row.provider_id: row.provider for row in result.rows}
    counts = [
        (provider_id, rags)
        for provider_id, rags in _counts((row.provider_id, row) for row in result.rows).items()
        if rags[Rag.RED] or rags[Rag.AMBER]
    ]
    counts.sort(key=lambda each: (-each[1][Rag.RED], -each[1][Rag.AMBER], *by_name(names[each[0]], each[0])))
    worst = counts[:MOST_SHOWN]
    directions: dict[str, Counter[Direction | None]] = {provider_id: Counter() for provider_id, _ in worst}
    for row in result.rows:
        if row.provider_id in directions:
            directions[row.provider_id][series[row.provider_id, row.indicator].direction(row.period)] += 1
    return tuple(
        RankedProvider(
            provider_id,
            names[provider_id],
            rags[Rag.RED],
            rags[Rag.AMBER],
            rags[Rag.GREEN],
            directions[provider_id][Direction.BETTER],
            directions[provider_id][Direction.WORSE],
        )
        for provider_id, rags in worst
    )


def _counts(keyed: Iterable[tuple[str, DataRow]]) -> dict[str, Counter[Rag]]:
    counts: dict[str, Counter[Rag]] = {}
    for key, row in keyed:
        if row.rag_in_force is not None:
            counts.setdefault(key, Counter())[row.rag_in_force] += 1
    return counts
