"""The steps that the Schedule provides for: which provider and KPI, why, what next, by when, and who to contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.day import long_date
from xlkpi.core.lot import by_name
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.action_plan_status import find_missing_parts
from xlkpi.performance.contacts import LAST_LEVEL, LEVELS, ContactBook, describe_contact, find_first_year_end
from xlkpi.performance.escalation_rules import PARAGRAPHS, EscalationStep, Ground
from xlkpi.performance.missed_target import MissedTarget
from xlkpi.performance.wording import describe_considerations, describe_history
from xlkpi.performance.working_days import find_contract_deadlines

STEPS = tuple(EscalationStep)
RESERVED = "Clause 48 (5.0), for continuous failure after an action plan: for the Council to decide. About quotes it."


@dataclass(frozen=True)
class Escalation:
    """A step for one KPI of a provider, or for the provider (``indicator`` empty).

    ``by`` is the day the Schedule sets, if the step is taken on the master's day; None where it sets none.
    ``reserved`` names what the Council reserves for continuous failure, and is empty otherwise. ``target`` is the
    missed target that a letter can be written about; None where no return is used.
    """

    step: EscalationStep
    ground: Ground
    provider_id: str
    provider: str
    indicator: str
    rag: Rag | None
    history: str
    considerations: str
    next_step: str
    by: date | None
    contact: str
    council_contact: str
    reserved: str
    target: MissedTarget | None

    @property
    def paragraph(self) -> str:
        """The Schedule's paragraphs that provide for the step."""
        return PARAGRAPHS[self.step]


def list_escalations(
    result: Consolidation, catalogue: Catalogue, targets: Iterable[MissedTarget], contacts: ContactBook
) -> tuple[Escalation, ...]:
    """List every step to consider, the gravest first, then by provider and the Schedule's order."""
    escalations = [_of_target(target, contacts, result.as_of) for target in targets]
    escalations += [
        _of_missing(missing, result, contacts) for missing in result.missing if _is_overdue(missing, result.as_of)
    ]
    order = {code: place for place, code in enumerate(catalogue.indicators)}

    def key(escalation: Escalation) -> tuple[object, ...]:
        return (
            STEPS.index(escalation.step),
            not escalation.reserved,
            escalation.rag is not Rag.RED,
            *by_name(escalation.provider, escalation.provider_id),
            order.get(escalation.indicator, -1),
        )

    return tuple(sorted(escalations, key=key))


def _of_target(target: MissedTarget, contacts: ContactBook, as_of: date) -> Escalation:
    row, provider = target.row, contacts.register.get(target.row.provider_id)
    reserved = target.continuous_failure
    level = LAST_LEVEL if reserved else LEVELS[target.step]
    by = find_contract_deadlines(as_of).warning_plan_by if target.step is EscalationStep.WARNING else None
    return Escalation(
        step=target.step,
        ground=target.ground,
        provider_id=row.provider_id,
        provider=row.provider,
        indicator=row.indicator,
        rag=row.rag_in_force,
        history=describe_history(target),
        considerations=describe_considerations(target, find_first_year_end(provider), as_of),
        next_step=" ".join(_next_steps(target, by, as_of)),
        by=by,
        contact=describe_contact(contacts.contacts_of(row.provider_id), level),
        council_contact=describe_contact(contacts.council, level),
        reserved=RESERVED if reserved else "",
        target=target,
    )


def _next_steps(target: MissedTarget, by: date | None, as_of: date) -> Iterator[str]:
    if target.step is EscalationStep.WARNING and by:
        yield (
            f"Decide whether a formal warning is due (11.1). If it is received on {long_date(as_of)}, "
            f"its action plan must be agreed by {long_date(by)} (11.3)."
        )
    if target.ground is Ground.FROM_RED:
        yield "Review the progress against the action plan (5.0)."
    elif target.step is EscalationStep.REASONS and target.reason:
        yield "The reason is given. Decide whether an action plan is proportionate; if so, agree one (5.0)."
    elif target.step is EscalationStep.REASONS:
        yield "Ask for the reason(s) for not meeting the minimum service requirements (5.0)."
    yield from _next_for_plan(target)


def _next_for_plan(target: MissedTarget) -> Iterator[str]:
    """What to do about the plan of this return, where there is one or must be."""
    if target.plan is None:
        if target.is_red:
            yield "The return contains no action plan. Ask for one, with SMART objectives."
        return
    parts = find_missing_parts(target.plan)
    if parts:
        yield f"These parts are missing from the return’s action plan: {', '.join(parts)}. Ask for them."
    else:
        yield "The return includes a complete action plan. Review and agree it, or say what must change."


def _is_overdue(missing: MissingProvider, as_of: date) -> bool:
    return missing.due_by is None or missing.due_by < as_of


def _of_missing(missing: MissingProvider, result: Consolidation, contacts: ContactBook) -> Escalation:
    provider = missing.provider
    level = LEVELS[EscalationStep.RETURN]
    days = missing.days_late(result.as_of)
    since = f" It was due by {long_date(missing.due_by)}, {_days(days)} ago." if missing.due_by and days else ""
    return Escalation(
        step=EscalationStep.RETURN,
        ground=Ground.NO_RETURN,
        provider_id=provider.provider_id,
        provider=provider.name,
        indicator="",
        rag=None,
        history=f"No return for {result.period} is used.{since}",
        considerations="\n".join(missing.unusable_files) or "A file they sent may have been set aside: see Files.",
        next_step="Ask for the return, with a deadline (6.2, 9.0). The Missing sheet has a message you can use.",
        by=None,
        contact=describe_contact(provider.contacts, level),
        council_contact=describe_contact(contacts.council, level),
        reserved="",
        target=None,
    )


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
