"""What stands on one provider's scorecard, as plain facts: its own figures, and the county without any names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import pooled_outturns
from xlkpi.consolidation.series import IndicatorSeries, series_of
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Rag, Reading, State
from xlkpi.feedback.direction import EarlierOutturn, describe_direction, find_last_outturn, list_earlier_outturns
from xlkpi.feedback.provider_facts import FeedbackFacts, ProviderFinding, UsedReturn
from xlkpi.feedback.provider_findings import select_findings
from xlkpi.feedback.short_names import shorten_description

FEWEST_PROVIDERS = 3
"""With fewer providers than this in a county figure, one of them could work out another's."""

TARGET_MET, MOST_TOLD = "Target met", 9_999


@dataclass(frozen=True)
class ScorecardLine:
    """One indicator: this period's figures, what was before, and the county; ``county`` is None for too few.

    ``last`` is the outturn of the due period before, ``history`` those of all periods before.
    """

    indicator: Indicator
    reading: Reading
    name: str
    x: int | None
    y: int | None
    outturn: Fraction | None
    state: State
    target: str
    gap: str
    history: tuple[EarlierOutturn, ...]
    last: EarlierOutturn | None
    travel: str
    county: Fraction | None


@dataclass(frozen=True)
class Scorecard:
    """One provider's scorecard. ``answer_by`` is the day by which what must be done should be done."""

    provider_id: str
    provider: str
    period: Period
    answer_by: date
    lines: tuple[ScorecardLine, ...]
    must_fix: tuple[ProviderFinding, ...]
    queries: tuple[ProviderFinding, ...]

    def count(self, rag: Rag) -> int:
        """How many indicators have this rating."""
        return len(self.rated(rag))

    def rated(self, rag: Rag) -> tuple[ScorecardLine, ...]:
        """The lines with this rating."""
        return tuple(line for line in self.lines if line.state.value == rag.value)

    @property
    def unrated(self) -> int:
        """How many indicators have no rating: information, no cases, or still to be put right."""
        return len(self.lines) - sum(self.count(rag) for rag in Rag)

    @property
    def in_order(self) -> bool:
        """Whether there is nothing to correct and nothing to explain."""
        return not (self.must_fix or self.queries)


def build_scorecards(source: FeedbackFacts, catalogue: Catalogue, answer_by: date) -> tuple[Scorecard, ...]:
    """The scorecard of every provider of whom a return is used; none where no period is known."""
    if source.period is None:
        return ()
    county = pool_county_outturns(source.rows, catalogue)
    return tuple(_scorecard(one, source.period, catalogue, county, answer_by) for one in source.returned)


def pool_county_outturns(rows: Iterable[DataRow], catalogue: Catalogue) -> Mapping[str, Fraction]:
    """Σx/Σy by indicator over all providers; an indicator that fewer than three of them had cases of is not there.

    A provider with no cases adds nothing to the sum, so it does not count as one of the three.
    """
    with_cases = [row for row in rows if row.y]
    pooled = pooled_outturns(with_cases, tuple(catalogue.indicators.values()))
    return {
        one.indicator.code: one.assessed.outturn
        for one in pooled
        if one.providers >= FEWEST_PROVIDERS and one.assessed.outturn is not None
    }


def _scorecard(
    one: UsedReturn, period: Period, catalogue: Catalogue, county: Mapping[str, Fraction], answer_by: date
) -> Scorecard:
    paths = series_of((*one.earlier, *one.rows), catalogue)
    lines = tuple(_line(row, paths[one.provider_id, row.indicator], period, county) for row in one.rows)
    must_fix, queries = select_findings(one.findings)
    return Scorecard(one.provider_id, one.provider, period, answer_by, lines, must_fix, queries)


def _line(row: DataRow, path: IndicatorSeries, period: Period, county: Mapping[str, Fraction]) -> ScorecardLine:
    indicator = path.indicator
    return ScorecardLine(
        indicator=indicator,
        reading=row.reading,
        name=shorten_description(indicator),
        x=row.x,
        y=row.y,
        outturn=row.outturn,
        state=row.state,
        target=row.target if indicator.is_kpi else "",
        gap=describe_gap(row.gap),
        history=list_earlier_outturns(path, period),
        last=find_last_outturn(path, period),
        travel=describe_direction(path, period),
        county=county.get(indicator.code),
    )


def describe_gap(gap: int | None) -> str:
    """By how much x has to change for Green, y being what it is: ``3 more``, ``2 fewer``, ``Target met``."""
    if gap is None:
        return ""
    if gap == 0:
        return TARGET_MET
    cases = f"{abs(gap):,}" if abs(gap) <= MOST_TOLD else f"> {MOST_TOLD:,}"
    return f"{cases} {'more' if gap > 0 else 'fewer'}"
