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
from xlkpi.performance.action_plan_status import lacking
from xlkpi.performance.contacts import LAST_LEVEL, LEVELS, People, contact_words, first_year_ends
from xlkpi.performance.contract_quotes import WARNING_DAYS
from xlkpi.performance.escalation_rules import Ground, Step
from xlkpi.performance.missed_target import Case
from xlkpi.performance.wording import is_red, to_weigh, why
from xlkpi.performance.working_days import working_days_after

STEPS = tuple(Step)
RESERVED = "Clause 48 (5.0), for continuous failure after an action plan: for the Council to decide. About quotes it."


@dataclass(frozen=True)
class Escalation:
    """One line: a step for one KPI of a provider, or for the provider (``indicator`` empty).

    ``by`` is the day the Schedule sets, if the step is taken on the master's day; None where it sets none.
    ``reserved`` names what the Council reserves for continuous failure, and is empty otherwise. ``case`` is the missed
    target that a letter can be written about; None where no return is used.
    """

    step: Step
    ground: Ground
    provider_id: str
    provider: str
    indicator: str
    rag: Rag | None
    why: str
    weigh: str
    next_step: str
    by: date | None
    contact: str
    council_contact: str
    reserved: str
    case: Case | None


def escalations(
    result: Consolidation, catalogue: Catalogue, cases: Iterable[Case], people: People
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


def _of_case(case: Case, people: People, as_of: date) -> Escalation:
    row, provider = case.row, people.register.get(case.row.provider_id)
    reserved = case.continuous_failure
    level = LAST_LEVEL if reserved else LEVELS[case.step]
    by = working_days_after(as_of, WARNING_DAYS) if case.step is Step.WARNING else None
    return Escalation(
        step=case.step,
        ground=case.ground,
        provider_id=row.provider_id,
        provider=row.provider,
        indicator=row.indicator,
        rag=row.rag,
        why=why(case),
        weigh=to_weigh(case, first_year_ends(provider), as_of),
        next_step=" ".join(_next(case, by, as_of)),
        by=by,
        contact=contact_words(provider.contacts if provider else (), level),
        council_contact=contact_words(people.council, level),
        reserved=RESERVED if reserved else "",
        case=case,
    )


def _next(case: Case, by: date | None, as_of: date) -> Iterator[str]:
    if case.step is Step.WARNING and by:
        yield (
            "Decide whether a formal warning is due (11.1). If it is received on "
            f"{long_date(as_of)}, its action plan is to be agreed by {long_date(by)} (11.3)."
        )
    if case.ground is Ground.FROM_RED:
        yield "Go through the progress against the action plan (5.0)."
    elif case.step is Step.REASONS and case.reason:
        yield "The reason is given. Decide whether an action plan is proportionate; if so, agree one (5.0)."
    elif case.step is Step.REASONS:
        yield "Ask for the reason(s) for not meeting the minimum service requirements (5.0)."
    yield from _about_the_plan(case)


def _about_the_plan(case: Case) -> Iterator[str]:
    """What to do about the plan of this return, where there is one or must be."""
    if case.plan is None:
        if is_red(case):
            yield "The return holds no action plan: ask for one, with SMART objectives."
        return
    parts = lacking(case.plan)
    if parts:
        yield f"The return’s action plan lacks: {', '.join(parts)}. Ask for it."
    else:
        yield "The return holds a whole action plan: review it and agree it, or say what must change."


def _is_overdue(one: MissingProvider, as_of: date) -> bool:
    return one.due_by is None or one.due_by < as_of


def _of_missing(one: MissingProvider, result: Consolidation, people: People) -> Escalation:
    who = one.provider
    level = LEVELS[Step.RETURN]
    days = (result.as_of - one.due_by).days if one.due_by else None
    since = f" It was due by {long_date(one.due_by)}, {_days(days)} ago." if one.due_by and days else ""
    return Escalation(
        step=Step.RETURN,
        ground=Ground.NO_RETURN,
        provider_id=who.provider_id,
        provider=who.name,
        indicator="",
        rag=None,
        why=f"No return for {result.period} is used.{since}",
        weigh="\n".join(one.unusable_files) or "A file of theirs may have been set aside: see Files.",
        next_step="Ask for the return, with a day to send it by (6.2, 9.0); Missing has a text to send.",
        by=None,
        contact=contact_words(who.contacts, level),
        council_contact=contact_words(people.council, level),
        reserved="",
        case=None,
    )


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
