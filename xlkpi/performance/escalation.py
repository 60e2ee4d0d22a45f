"""The list of steps that the Schedule provides for: who, which KPI, why, what next, by when, with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation, MissingProvider
from xlkpi.consolidation.rows import by_name
from xlkpi.core.day import long_date
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.action_plan_status import find_missing_parts
from xlkpi.performance.contacts import LAST_LEVEL, LEVELS, ContactBook, describe_contact, find_first_year_end
from xlkpi.performance.contract_quotes import WARNING_DAYS
from xlkpi.performance.escalation_rules import EscalationStep, Ground
from xlkpi.performance.missed_target import MissedTarget
from xlkpi.performance.wording import describe_considerations, describe_history, is_red
from xlkpi.performance.working_days import add_working_days

STEPS = tuple(EscalationStep)
RESERVED = "Clause 48 (5.0), for continuous failure after an action plan: for the Council to decide. About quotes it."


@dataclass(frozen=True)
class Escalation:
    """One line: a step for one KPI of a provider, or for the provider (``indicator`` empty).

    ``by`` is the day the Schedule sets, if the step is taken on the master's day; None where it sets none.
    ``reserved`` names what the Council reserves for continuous failure, and is empty otherwise. ``case`` is the missed
    target that a letter can be written about; None where no return is used.
    """

    step: EscalationStep
    ground: Ground
    provider_id: str
    provider: str
    indicator: str
    rag: Rag | None
    history: str
    weigh: str
    next_step: str
    by: date | None
    contact: str
    council_contact: str
    reserved: str
    case: MissedTarget | None


def list_escalations(
    result: Consolidation, catalogue: Catalogue, cases: Iterable[MissedTarget], people: ContactBook
) -> tuple[Escalation, ...]:
    """Every step that comes into question, the gravest first, then by provider and the Schedule's order."""
    lines = [_of_case(case, people, result.as_of) for case in cases]
    lines += [_of_missing(one, result, people) for one in result.missing if _is_overdue(one, result.as_of)]
    order = {code: place for place, code in enumerate(catalogue.indicators)}
    lines.sort(
        key=lambda one: (
            STEPS.index(one.step),
            not one.reserved,
            one.rag is not Rag.RED,
            *by_name(one.provider, one.provider_id),
            order.get(one.indicator, -1),
        )
    )
    return tuple(lines)


def _of_case(case: MissedTarget, people: ContactBook, as_of: date) -> Escalation:
    row, provider = case.row, people.register.get(case.row.provider_id)
    reserved = case.continuous_failure
    level = LAST_LEVEL if reserved else LEVELS[case.step]
    by = add_working_days(as_of, WARNING_DAYS) if case.step is EscalationStep.WARNING else None
    return Escalation(
        step=case.step,
        ground=case.ground,
        provider_id=row.provider_id,
        provider=row.provider,
        indicator=row.indicator,
        rag=row.rag,
        history=describe_history(case),
        weigh=describe_considerations(case, find_first_year_end(provider), as_of),
        next_step=" ".join(_next(case, by, as_of)),
        by=by,
        contact=describe_contact(provider.contacts if provider else (), level),
        council_contact=describe_contact(people.council, level),
        reserved=RESERVED if reserved else "",
        case=case,
    )


def _next(case: MissedTarget, by: date | None, as_of: date) -> Iterator[str]:
    if case.step is EscalationStep.WARNING and by:
        yield (
            "Decide whether a formal warning is due (11.1). If it is received on "
            f"{long_date(as_of)}, its action plan is to be agreed by {long_date(by)} (11.3)."
        )
    if case.ground is Ground.FROM_RED:
        yield "Go through the progress against the action plan (5.0)."
    elif case.step is EscalationStep.REASONS and case.reason:
        yield "The reason is given. Decide whether an action plan is proportionate; if so, agree one (5.0)."
    elif case.step is EscalationStep.REASONS:
        yield "Ask for the reason(s) for not meeting the minimum service requirements (5.0)."
    yield from _about_the_plan(case)


def _about_the_plan(case: MissedTarget) -> Iterator[str]:
    """What to do about the plan of this return, where there is one or must be."""
    if case.plan is None:
        if is_red(case):
            yield "The return holds no action plan: ask for one, with SMART objectives."
        return
    parts = find_missing_parts(case.plan)
    if parts:
        yield f"The return’s action plan lacks: {', '.join(parts)}. Ask for it."
    else:
        yield "The return holds a whole action plan: review it and agree it, or say what must change."


def _is_overdue(one: MissingProvider, as_of: date) -> bool:
    return one.due_by is None or one.due_by < as_of


def _of_missing(one: MissingProvider, result: Consolidation, people: ContactBook) -> Escalation:
    who = one.provider
    level = LEVELS[EscalationStep.RETURN]
    days = (result.as_of - one.due_by).days if one.due_by else None
    since = f" It was due by {long_date(one.due_by)}, {_days(days)} ago." if one.due_by and days else ""
    return Escalation(
        step=EscalationStep.RETURN,
        ground=Ground.NO_RETURN,
        provider_id=who.provider_id,
        provider=who.name,
        indicator="",
        rag=None,
        history=f"No return for {result.period} is used.{since}",
        weigh="\n".join(one.unusable_files) or "A file of theirs may have been set aside: see Files.",
        next_step="Ask for the return, with a day to send it by (6.2, 9.0); Missing has a text to send.",
        by=None,
        contact=describe_contact(who.contacts, level),
        council_contact=describe_contact(people.council, level),
        reserved="",
        case=None,
    )


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
