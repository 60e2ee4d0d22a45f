"""What is open under the contract on a day: derived from all periods and the decisions, by this file alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from xlkpi.catalogue.ladder import Ladder, StepKind, load_ladder
from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.core.indicator import Indicator
from xlkpi.core.lot import Provider, by_name, select_sections
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow
from xlkpi.core.vocabulary import Rag
from xlkpi.council import Council
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.performance.due_results import MISSED, list_kpi_results, list_overdue, list_return_results
from xlkpi.performance.ladder_steps import propose_step
from xlkpi.performance.matter_life import Closing, MatterLife, find_end, follow_kpi, follow_returns, is_since
from xlkpi.performance.open_matter import OpenMatter

ABOUT_MATTERS = frozenset(
    (
        DecisionKind.PLAN_AGREED,
        DecisionKind.PLAN_DELIVERED,
        DecisionKind.PLAN_FAILED,
        DecisionKind.PLAN_NOT_PROPORTIONATE,
        DecisionKind.WARNING_SENT,
        DecisionKind.STEP_DECLINED,
        DecisionKind.CLOSE,
    )
)
GRAVE = frozenset((StepKind.WARNING, StepKind.INTERVENTION, StepKind.TERMINATION))
LOT_GIVEN_UP = "The provider no longer has this lot"


@dataclass(frozen=True)
class OpenMatters:
    """Every matter of a contract on one day, those that are closed too, by provider and the Schedule's order."""

    matters: tuple[OpenMatter, ...] = ()

    @cached_property
    def open(self) -> tuple[OpenMatter, ...]:
        """The matters that are not closed."""
        return tuple(matter for matter in self.matters if matter.closed is None)

    @property
    def closed(self) -> tuple[OpenMatter, ...]:
        """The matters that are closed."""
        return tuple(matter for matter in self.matters if matter.closed is not None)

    @cached_property
    def by_subject(self) -> Mapping[tuple[str, str], OpenMatter]:
        """Give the open matters by provider_id and indicator; the indicator of returns not sent is empty."""
        return {(matter.provider_id, matter.code): matter for matter in self.open}

    @cached_property
    def returns_missing(self) -> frozenset[tuple[str, Period]]:
        """Give the returns not sent that are open, as provider_id and period."""
        return frozenset(
            (matter.provider_id, period)
            for matter in self.open
            if matter.indicator is None
            for period in matter.returns_missing
        )

    def of_provider(self, provider_id: str) -> tuple[OpenMatter, ...]:
        """List the open matters of one provider."""
        return tuple(self._by_provider.get(provider_id, ()))

    @cached_property
    def _by_provider(self) -> Mapping[str, Sequence[OpenMatter]]:
        of_provider: dict[str, list[OpenMatter]] = {}
        for matter in self.open:
            of_provider.setdefault(matter.provider_id, []).append(matter)
        return of_provider


NO_MATTERS = OpenMatters()


def derive_open_matters(
    record: ContractRecord, council: Council, as_of: date, ladder: Ladder | None = None
) -> OpenMatters:
    """Derive every matter from the record of all periods and the log of decisions, as it is on a day."""
    derivation = _Derivation(record, council, as_of, ladder or load_ladder(council.files.catalogue))
    order = {code: place for place, code in enumerate(council.terms.codes)}

    def key(matter: OpenMatter) -> tuple[object, ...]:
        return (*by_name(matter.provider, matter.provider_id), order.get(matter.code, -1), matter.opened)

    return OpenMatters(tuple(sorted(derivation.matters(), key=key)))


class _Derivation:
    """The record, sorted for the derivation: rows, plans and decisions by what they are about."""

    def __init__(self, record: ContractRecord, council: Council, as_of: date, ladder: Ladder) -> None:
        self._record, self._council, self._as_of, self._ladder = record, council, as_of, ladder
        self._overdue = list_overdue(record, as_of)
        self._rows = _by_subject(record.rows)
        self._plans = _by_subject(record.plans)
        self._register = council.register.by_id or {}
        self._codes_now = council.terms.in_force(council.terms.scheme.period_of(as_of)).indicators
        self._decisions: dict[str, list[Decision]] = {}
        for decision in council.decisions.decisions:
            if decision.kind in ABOUT_MATTERS and decision.decided_on <= as_of:
                self._decisions.setdefault(decision.provider_id.casefold(), []).append(decision)

    def matters(self) -> Iterator[OpenMatter]:
        """Derive the matters of every KPI that was ever Amber or Red, and of every return not sent."""
        for (provider_id, code), rows in self._rows.items():
            if any(row.rag_in_force in MISSED for row in rows) or len({row.reading for row in rows}) > 1:
                yield from self._of_kpi(
                    provider_id, self._council.terms.in_force(rows[-1].period).indicators[code], rows
                )
        names: dict[str, str] = {}
        for absent in self._overdue.values():
            names |= absent
        for provider_id, name in names.items():
            yield from self._of_returns(provider_id, name)

    def _of_kpi(self, provider_id: str, indicator: Indicator, rows: Sequence[DataRow]) -> Iterator[OpenMatter]:
        decisions = self._about(provider_id, indicator.code)
        results = list_kpi_results(self._record, rows, self._overdue, self._council.terms)
        plans = self._plans.get((provider_id, indicator.code), [])
        for life in follow_kpi(results, _closings(decisions)):
            # an open plan is brought up to date in periods, too, in which its KPI is not due
            last = life.results[-1].period if life.closed else None
            own = tuple(plan for plan in plans if life.opened <= plan.period and (not last or plan.period <= last))
            yield self._finished(self._matter(provider_id, rows[-1].provider, indicator, life, own), decisions)

    def _of_returns(self, provider_id: str, name: str) -> Iterator[OpenMatter]:
        decisions = self._about(provider_id, "")
        results = list_return_results(self._record, provider_id, self._overdue)
        for life in follow_returns(results, _closings(decisions)):
            yield self._finished(self._matter(provider_id, name, None, life, ()), decisions)

    def _matter(
        self,
        provider_id: str,
        name: str,
        indicator: Indicator | None,
        life: MatterLife,
        plans: tuple[ActionPlanRecord, ...],
    ) -> OpenMatter:
        entry = self._register.get(provider_id)
        if life.closed is None and (closed := find_end(entry, self._as_of) or self._lot_given_up(entry, indicator)):
            life = replace(life, closed=closed)
        return OpenMatter(
            provider_id,
            entry.name if entry else name,
            indicator,
            life,
            plans,
            entry,
            self._ladder,
            self._as_of,
            words=self._council.terms.words,
            is_dropped=indicator is not None and indicator.code not in self._codes_now,
        )

    def _finished(self, matter: OpenMatter, decisions: Iterable[Decision]) -> OpenMatter:
        """Add the decisions about a matter since it opened, and the step that is proposed."""
        for decision in decisions:
            if is_since(decision, matter.opened) and _is_meant(decision, matter):
                matter = matter.with_decision(decision)
        return matter if matter.closed else propose_step(matter)

    def _lot_given_up(self, entry: Provider | None, indicator: Indicator | None) -> Closing | None:
        if entry is None or indicator is None:
            return None
        held = {section.key for section in select_sections(entry, self._council.catalogue.sections)}
        return None if indicator.section in held else Closing(self._as_of, LOT_GIVEN_UP)

    def _about(self, provider_id: str, code: str) -> list[Decision]:
        """The decisions about a KPI of a provider, or about the provider as a whole."""
        own = self._decisions.get(provider_id.casefold(), [])
        return [decision for decision in own if decision.indicator in ("", code)]


Record = TypeVar("Record", DataRow, ActionPlanRecord)


def _by_subject(records: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    shared: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        shared.setdefault((record.provider_id, record.indicator), []).append(record)
    return shared


def _closings(decisions: Sequence[Decision]) -> list[Decision]:
    return [decision for decision in decisions if decision.kind is DecisionKind.CLOSE]


def _is_meant(decision: Decision, matter: OpenMatter) -> bool:
    """Whether a decision is about this matter: a warning that names no KPI is about those it was due for."""
    if decision.kind is not DecisionKind.WARNING_SENT or decision.indicator:
        return True
    then = propose_step(matter.as_on(decision.decided_on))
    grave = then.rung is not None and then.rung.kind in GRAVE
    return grave or (matter.indicator is not None and then.rag is Rag.RED)
