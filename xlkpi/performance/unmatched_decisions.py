"""Decisions about open matters, or about contacts, that match nothing: each is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xlkpi.consolidation.accepted_contacts import list_accepted
from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.consolidation.result import FileFinding
from xlkpi.core.checks import join_words
from xlkpi.council import Council
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.findings import Code, finding
from xlkpi.performance.open_matters import ABOUT_MATTERS, OpenMatters


def find_unmatched_decisions(
    matters: OpenMatters, record: ContractRecord, council: Council, as_of: date
) -> tuple[FileFinding, ...]:
    """List a finding for each decision by a day that no matter, or no proposed contact, answers to.

    Only a contract folder has all periods at hand: elsewhere a decision may be about one that is not.
    """
    if council.files.contract is None or not record.periods:
        return ()
    first = record.periods[0].period.end
    decisions = (each for each in council.decisions.of(*ABOUT_MATTERS) if first < each.decided_on <= as_of)
    return (*_without_matter(decisions, matters, council), *_without_contacts(record, council, as_of))


def _without_matter(decisions: Iterable[Decision], matters: OpenMatters, council: Council) -> Iterator[FileFinding]:
    matched = {decision for matter in matters.matters for decision in matter.decisions}
    for decision in decisions:
        if decision not in matched and _is_known(decision, council):
            subjects = [matter.subject for matter in matters.of_provider(decision.provider_id)]
            near = {"near": join_words(subjects)} if subjects else {}
            yield _finding(Code.DECISION_NO_MATTER, decision, {"about": _about(decision), **near})


def _is_known(decision: Decision, council: Council) -> bool:
    """Whether provider and indicator are known; what is not has a finding of its own."""
    provider = council.register.find(decision.provider_id) if council.register.providers is not None else True
    return provider is not None and (not decision.indicator or decision.indicator in council.terms.codes)


def _about(decision: Decision) -> str:
    since = f" since {decision.period}" if decision.period else ""
    return f"{' '.join(filter(None, (decision.provider_id, decision.indicator)))}{since}"


def _without_contacts(record: ContractRecord, council: Council, as_of: date) -> Iterator[FileFinding]:
    accepted = {change.decision for changes in list_accepted(record, council).values() for change in changes}
    for decision in council.decisions.of(DecisionKind.CONTACTS_ACCEPTED):
        # A decision that a later one about the same contacts replaces is not lost.
        again = any(each.is_about(decision.provider_id, decision.period, None) for each in accepted)
        is_lost = decision not in accepted and not again and decision.decided_on <= as_of
        if is_lost and _is_known(decision, council):
            period = {"period": str(decision.period)} if decision.period else {}
            facts = {"provider": decision.provider_id, **period}
            yield _finding(Code.DECISION_NO_CONTACTS, decision, facts)


def _finding(code: Code, decision: Decision, facts: dict[str, str]) -> FileFinding:
    facts = {"row": str(decision.row), "kind": decision.kind.value, **facts}
    return FileFinding(decision.list_name, "", "", finding(code, facts, indicator=decision.indicator or None))
