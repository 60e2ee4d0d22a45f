"""A provider's scorecard as plain facts: its own figures, and the county without any names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from xlkpi.catalogue.model import Catalogue, Terms
from xlkpi.consolidation.county_totals import pooled_outturns
from xlkpi.consolidation.series import series_of
from xlkpi.core.period import MONTHS_OF, Period
from xlkpi.core.question import Question
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Frequency, Rag, Reading
from xlkpi.feedback.provider_facts import FeedbackFacts, ProviderFinding, UsedReturn
from xlkpi.feedback.provider_findings import select_findings
from xlkpi.feedback.scorecard_lines import ScorecardLine, build_line
from xlkpi.feedback.still_open import describe_still_open
from xlkpi.performance.open_matters import NO_MATTERS, OpenMatters

FEWEST_PROVIDERS = 3
"""With fewer providers than this in a county figure, one of them could deduce another's."""


@dataclass(frozen=True)
class Scorecard:
    """One provider's scorecard. ``answer_by`` is the day by which what must be done should be done.

    ``still_open`` says what was open before the period; empty where nothing was. ``failed_plans`` are the codes of
    KPIs whose plan failed, by a decision.
    """

    provider_id: str
    provider: str
    period: Period
    answer_by: date
    lines: tuple[ScorecardLine, ...]
    must_fix: tuple[ProviderFinding, ...]
    queries: tuple[ProviderFinding, ...]
    still_open: str = ""
    questions: tuple[Question, ...] = ()
    failed_plans: frozenset[str] = frozenset()

    def count(self, rag: Rag) -> int:
        """Count the indicators with this rating."""
        return len(self.rated(rag))

    def rated(self, rag: Rag) -> tuple[ScorecardLine, ...]:
        """List the lines with this rating."""
        return tuple(line for line in self.lines if line.state.value == rag.value)

    @property
    def unrated(self) -> int:
        """The number of indicators without a rating: information, no cases, or still to be fixed."""
        return len(self.lines) - sum(self.count(rag) for rag in Rag)

    @property
    def in_order(self) -> bool:
        """Whether there is nothing to correct, nothing to explain and nothing to answer."""
        return not (self.must_fix or self.queries or self.questions)

    @property
    def frequencies(self) -> tuple[Frequency, ...]:
        """How often its indicators are reported, the most frequent first; each period if it has none."""
        used = {line.indicator.effective.frequency for line in self.lines} or {self.period.scheme.frequency}
        return tuple(often for often in MONTHS_OF if often in used)

    @property
    def earlier_periods(self) -> tuple[Period, ...]:
        """The earlier periods of which it has an outturn, the earliest first."""
        return tuple(sorted({earlier.period for line in self.lines for earlier in line.history}))

    def last_periods(self) -> list[tuple[Period, list[str]]]:
        """List the periods of the last outturns with the indicators of each, the most usual period first."""
        last = sorted(
            ((line.last.period, line.indicator.code) for line in self.lines if line.last), key=lambda pair: pair[0]
        )
        groups = [(period, [code for _, code in pairs]) for period, pairs in groupby(last, key=lambda pair: pair[0])]
        return sorted(groups, key=lambda group: len(group[1]), reverse=True)

    def read_under(self, reading: Reading) -> list[str]:
        """List the KPIs that the Schedule lets one read in two ways and that are read here in this one."""
        differing = (line for line in self.lines if line.indicator.why and line.indicator.is_kpi)
        return [line.indicator.code for line in differing if line.reading is reading]


def build_scorecards(
    facts: FeedbackFacts, terms: Terms, answer_by: date, matters: OpenMatters = NO_MATTERS
) -> tuple[Scorecard, ...]:
    """Build the scorecard of every provider of whom a return is used; none where no period is known."""
    period = facts.period
    if period is None:
        return ()
    county = pool_county_outturns(facts.rows, terms.in_force(period))
    cards = (_build_scorecard(used, period, terms, county, answer_by) for used in facts.returned)
    return tuple(_with_matters(card, matters) for card in cards)


def _with_matters(card: Scorecard, matters: OpenMatters) -> Scorecard:
    own = matters.of_provider(card.provider_id)
    failed = frozenset(matter.code for matter in own if matter.plan.failed)
    return replace(card, still_open=describe_still_open(own, card.period), failed_plans=failed)


def pool_county_outturns(rows: Iterable[DataRow], catalogue: Catalogue) -> Mapping[str, Fraction]:
    """Pool Σx/Σy by indicator; an indicator that fewer than three providers had cases of is left out.

    A provider with no cases adds nothing to the sum, so it does not count as one of the three.
    """
    with_cases = [row for row in rows if row.y_in_force]
    return {
        pooled.indicator.code: pooled.assessed.outturn
        for pooled in pooled_outturns(with_cases, tuple(catalogue.indicators.values()))
        if pooled.providers >= FEWEST_PROVIDERS and pooled.assessed.outturn is not None
    }


def _build_scorecard(
    used: UsedReturn, period: Period, terms: Terms, county: Mapping[str, Fraction], answer_by: date
) -> Scorecard:
    series = series_of((*used.earlier, *used.rows), terms)
    lines = tuple(
        build_line(row, series[used.provider_id, row.indicator], period, county.get(row.indicator)) for row in used.rows
    )
    answers = select_findings(used.findings)
    facts = (used.provider_id, used.provider, period, answer_by, lines, answers.must_fix, answers.queries)
    return Scorecard(*facts, questions=used.questions)
