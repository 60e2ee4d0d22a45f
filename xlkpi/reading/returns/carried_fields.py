"""What a manifest says of plans, questions and contacts that the return was built with."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypedDict

from xlkpi.core.day import parse_day
from xlkpi.core.lot import Contact, tidy_contacts
from xlkpi.core.period import PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.question import Question
from xlkpi.core.vocabulary import Rag
from xlkpi.layout.carried_forward import QUESTION_ROWS
from xlkpi.layout.provider_texts import CONTACT_PARTS, CONTACTS
from xlkpi.ooxml.limits import DIGIT_LIMIT
from xlkpi.reading.returns.checked_return import CarriedPlan


class CarriedFields(TypedDict):
    """The fields of a manifest about what was carried forward."""

    open_plans: dict[str, CarriedPlan]
    questions: tuple[Question, ...]
    contacts: tuple[Contact, ...] | None


def carried_fields(content: dict[str, Any], scheme: PeriodScheme) -> CarriedFields:
    """Read the fields; a manifest of the first layout has none of them.

    Raises KeyError, TypeError, ValueError or AttributeError for what xlkpi did not write.
    """
    plans = {str(code): _read_plan(plan, scheme) for code, plan in content.get("open_plans", {}).items()}
    questions = tuple(map(_read_question, content.get("questions", ())))
    if len(questions) > QUESTION_ROWS[-1]:
        raise ValueError(len(questions))
    return {"open_plans": plans, "questions": questions, "contacts": _read_contacts(content.get("contacts"))}


def _read_plan(plan: dict[str, Any], scheme: PeriodScheme) -> CarriedPlan:
    period, outturn = parse_period(plan["period"], scheme), str(plan["outturn"])
    if period is None or len(outturn) > 2 * DIGIT_LIMIT:
        raise ValueError(outturn)
    return CarriedPlan(
        period,
        Rag(plan["rag"]),
        Fraction(outturn) if outturn else None,
        parse_day(str(plan["on"])),
        tuple(map(str, plan["timescales"])),
    )


def _read_question(question: dict[str, Any]) -> Question:
    parts = ("id", "period", "indicator", "about", "text")
    return Question(*(str(question[part]) for part in parts))


def _read_contacts(contacts: Any) -> tuple[Contact, ...] | None:
    if contacts is None:
        return None
    if len(contacts) > CONTACTS:
        raise ValueError(len(contacts))
    return tidy_contacts(Contact(*(str(contact[part]) for part in CONTACT_PARTS)) for contact in contacts)
