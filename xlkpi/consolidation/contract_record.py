"""The contract's record: every period, who had to report in it, which returns are used, their figures and their plans.

What is open under the contract is derived from this record, so it never depends on the period that is on screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow, ReturnedAnswer, ReturnedContacts


@dataclass(frozen=True)
class PeriodRecord:
    """One period: the ids of providers with a used return, their rows and plans, and who had to report and did not.

    ``due_by`` is the day by which most of its returns were to be sent; None where no return says so. ``answers`` and
    ``contacts`` are what the used returns say beside their figures: contacts only where a provider changed them.
    ``asked`` gives the sections that each used return asks for, by provider_id; masters do not know them.
    """

    period: Period
    returned: frozenset[str] = frozenset()
    rows: tuple[DataRow, ...] = ()
    plans: tuple[ActionPlanRecord, ...] = ()
    missing: tuple[MissingProvider, ...] = ()
    due_by: date | None = None
    answers: tuple[ReturnedAnswer, ...] = ()
    contacts: tuple[ReturnedContacts, ...] = ()
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def completed(self, more: PeriodRecord) -> PeriodRecord:
        """Add what another source knows of providers without a return here."""
        rows = tuple(row for row in more.rows if row.provider_id not in self.returned)
        plans = tuple(plan for plan in more.plans if plan.provider_id not in self.returned)
        returned = self.returned | more.returned
        known = {absent.provider.provider_id for absent in self.missing} | returned
        missing = tuple(absent for absent in more.missing if absent.provider.provider_id not in known)
        return PeriodRecord(
            self.period,
            returned,
            (*self.rows, *rows),
            (*self.plans, *plans),
            (*(absent for absent in self.missing if absent.provider.provider_id not in returned), *missing),
            self.due_by or more.due_by,
            (*self.answers, *(each for each in more.answers if each.provider_id not in self.returned)),
            (*self.contacts, *(each for each in more.contacts if each.provider_id not in self.returned)),
            {**more.asked, **self.asked},
        )


@dataclass(frozen=True)
class ContractRecord:
    """Every period from the first with a return to the last that has ended, or has a return; the earliest first."""

    periods: tuple[PeriodRecord, ...] = ()

    @cached_property
    def rows(self) -> tuple[DataRow, ...]:
        """The entries of all periods, by period."""
        return tuple(row for each in self.periods for row in each.rows)

    @cached_property
    def plans(self) -> tuple[ActionPlanRecord, ...]:
        """The action plans of all periods, by period."""
        return tuple(plan for each in self.periods for plan in each.plans)

    @cached_property
    def answers(self) -> tuple[ReturnedAnswer, ...]:
        """The questions that the returns were built with and their answers, by period."""
        return tuple(answer for each in self.periods for answer in each.answers)

    @cached_property
    def answered(self) -> frozenset[tuple[str, str]]:
        """Every question that was answered, whichever return carried it, as the provider's id and its question_id."""
        given = ((each.provider_id, each.answer) for each in self.answers)
        return frozenset((provider_id, answer.question.question_id) for provider_id, answer in given if answer.is_given)

    @cached_property
    def contacts(self) -> tuple[ReturnedContacts, ...]:
        """The points of contact that providers changed, by period."""
        return tuple(changed for each in self.periods for changed in each.contacts)

    @cached_property
    def by_period(self) -> Mapping[Period, PeriodRecord]:
        """Give each period's record by the period."""
        return {each.period: each for each in self.periods}

    def asked_after(self, period: Period | None) -> Mapping[str, frozenset[str]]:
        """Give the sections that each provider's next return after a period asks for, by provider_id."""
        later = (each for each in reversed(self.periods) if period is not None and each.period > period)
        return {provider_id: sections for each in later for provider_id, sections in each.asked.items()}

    def before(self, period: Period | None) -> ContractRecord:
        """Return the periods before this one; none where no period is named."""
        earlier = () if period is None else tuple(each for each in self.periods if each.period < period)
        return ContractRecord(earlier)

    def without(self, period: Period | None) -> ContractRecord:
        """Return all periods but this one."""
        return ContractRecord(tuple(each for each in self.periods if each.period != period))

    def completed(self, more: ContractRecord) -> ContractRecord:
        """Add what another source, such as a master, knows of returns that are not here."""
        if not more.periods:
            return self
        merged = dict(more.by_period)
        for each in self.periods:
            merged[each.period] = each.completed(merged[each.period]) if each.period in merged else each
        return ContractRecord(tuple(merged[period] for period in sorted(merged)))


NO_RECORD = ContractRecord()
