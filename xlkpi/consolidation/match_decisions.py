"""Decisions that match nothing: an unknown provider or indicator, a period without a return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlkpi.catalogue.load import ContractTerms
from xlkpi.consolidation.agreed_figures import possible_counts
from xlkpi.consolidation.result import FileFinding
from xlkpi.core.indicator import Indicator
from xlkpi.core.near_text import find_nearest
from xlkpi.core.period import Period
from xlkpi.core.records import DataRow
from xlkpi.council import Council
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.findings import Code, Finding, finding


@dataclass(frozen=True)
class KnownEntries:
    """What decisions can be about: the entries of the period collected and of those before it, and the providers.

    ``providers`` gives the name by provider_id: those of the register, and those of the returns found.
    """

    period: Period | None
    rows: Sequence[DataRow]
    providers: Mapping[str, str]

    @cached_property
    def periods(self) -> frozenset[Period]:
        """The periods of the returns that are known."""
        return frozenset((*(row.period for row in self.rows), *((self.period,) if self.period else ())))

    @cached_property
    def entries(self) -> Mapping[tuple[str, str], frozenset[Period]]:
        """The periods of the entries of each provider and indicator."""
        entries: dict[tuple[str, str], set[Period]] = {}
        for row in self.rows:
            entries.setdefault((row.provider_id.casefold(), row.indicator), set()).add(row.period)
        return {key: frozenset(periods) for key, periods in entries.items()}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The provider_ids in lower case."""
        return frozenset(map(str.casefold, self.providers))

    def nearest_provider(self, text: str) -> str:
        """Find the provider that a wrong provider_id is most like, by id or by name."""
        names = {provider_id: provider_id for provider_id in self.providers}
        return find_nearest(text, {**{name: f"{key} ({name})" for key, name in self.providers.items()}, **names})


def known_entries(period: Period | None, rows: Iterable[DataRow], council: Council) -> KnownEntries:
    """Gather what decisions can be about."""
    rows = tuple(rows)
    returned = {row.provider_id: row.provider for row in rows}
    register = {provider.provider_id: provider.name for provider in council.register.providers or ()}
    return KnownEntries(period, rows, {**returned, **register})


def match_findings(council: Council, known: KnownEntries) -> tuple[FileFinding, ...]:
    """List a finding for each decision that matches nothing, in the order of the log."""
    listed = ((decision, _of_decision(decision, council, known)) for decision in council.decisions.decisions)
    return tuple(FileFinding(decision.list_name, "", "", each) for decision, about in listed for each in about)


def _of_decision(decision: Decision, council: Council, known: KnownEntries) -> Iterator[Finding]:
    facts = {"row": str(decision.row), "kind": decision.kind.value}
    if decision.indicator and decision.indicator not in council.terms.codes:
        near = find_nearest(decision.indicator, {code: code for code in council.terms.codes})
        yield finding(Code.DECISION_NO_INDICATOR, {**facts, "found": decision.indicator, **_near(near)})
    elif _is_unknown_provider(decision, council, known):
        near = known.nearest_provider(decision.provider_id)
        yield finding(Code.DECISION_NO_PROVIDER, {**facts, "found": decision.provider_id, **_near(near)})
    elif decision.kind is DecisionKind.AGREE_FIGURES:
        yield from _of_figures(decision, facts, council.terms, known)
    elif decision.kind is DecisionKind.REOPEN and not _was_locked(decision, council):
        yield finding(Code.DECISION_NOT_LOCKED, {**facts, "period": str(decision.period)})


def _was_locked(reopened: Decision, council: Council) -> bool:
    """Whether the period, or the provider's return in it, was locked by then."""
    log = council.decisions
    before = log.decisions[: log.decisions.index(reopened)]
    return any(
        lock.provider_id.casefold() in ("", reopened.provider_id.casefold()) or not reopened.provider_id
        for lock in before
        if lock.kind is DecisionKind.LOCK and lock.period == reopened.period
    )


def _is_unknown_provider(decision: Decision, council: Council, known: KnownEntries) -> bool:
    # Without a register only the returns of this period show who there is.
    judged = council.register.providers is not None or decision.period == known.period
    return bool(decision.provider_id) and judged and decision.provider_id.casefold() not in known.ids


def _what_fits(indicator: Indicator) -> str:
    """Say what agreed figures of an indicator must be."""
    if indicator.effective.outturn.is_share:
        return "x counts some of the y. Check both."
    return "It asks for x and y. Check both." if indicator.effective.has_y else "It asks for x alone, as x=12."


def _of_figures(
    decision: Decision, facts: Mapping[str, str], terms: ContractTerms, known: KnownEntries
) -> Iterator[Finding]:
    indicator = terms.in_force(decision.period).indicators.get(decision.indicator)
    if indicator and possible_counts(decision, indicator) is None:
        advice = f"Row {decision.row}, value says {decision.value}. {_what_fits(indicator)}"
        yield finding(Code.DECISION_FAULT, {"remedy": advice}, indicator=decision.indicator)
        return
    periods = known.entries.get((decision.provider_id.casefold(), decision.indicator), frozenset())
    if decision.period in known.periods and decision.period not in periods:
        near = str(max(periods)) if periods else ""
        about = {"provider": decision.provider_id, "code": decision.indicator, "period": str(decision.period)}
        yield finding(Code.DECISION_NO_ENTRY, {**facts, **about, **_near(near)}, indicator=decision.indicator)


def _near(near: str) -> dict[str, str]:
    return {"near": near} if near else {}
