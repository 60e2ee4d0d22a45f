"""A return that carries open plans and questions forward, blank and filled in, for the tests of every room."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

from xlkpi import load_catalogue
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.period import Period
from xlkpi.core.question import Question
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.vocabulary import Rag
from xlkpi.layout.carried_forward import CarriedForward
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import BLANK, Filled, make_return_key, plan_return
from xlkpi.layout.provider_texts import Sender, make_provider_texts
from xlkpi.writing.returns.template import template_of

CATALOGUE = load_catalogue()
ELM = Provider("P1", "Elm & Oak", lots=("1a", "3"), contacts=(Contact("A. One", "Manager", "a@example.org", "01622"),))
EARLIER, NOW, LATER = Period(2026, 2), Period(2026, 3), Period(2026, 4)
"""Q3, in which few KPIs are due, after a Q2 in which most were."""


def record(code, rag=Rag.RED, **changes):
    """A plan as the return of Q2 had it."""
    facts = {
        "period": EARLIER, "provider_id": ELM.provider_id, "provider": ELM.name, "indicator": code,
        "outturn": Fraction(21, 25), "on": date(2026, 10, 9), "rag": rag, "issue": "Two carers left.",
        "action": "Manager to recruit two carers & train them", "outcomes": "95% by spring",
        "timescale": "31 December 2026", "file": "f.xlsx", "sheet": "Action plan", "row": 8,
    }  # fmt: skip
    return ActionPlanRecord(**{**facts, **changes})


QUESTIONS = (
    Question("q1", str(EARLIER), "KPI S2", "Invoices 4471, 4475", "Which of them did you submit late?"),
    Question("q2", str(EARLIER), "KPI S1", "Both sides' counts", "You returned 4 of 40, the Council counts 6. Why?"),
)
REDATED = record("KPI S1", Rag.AMBER, timescales=("30 September 2026", "31 December 2026"))
CARRIED = CarriedForward({"KPI S3": record("KPI S3"), "KPI S1": REDATED, "KPI E3": record("KPI E3")}, QUESTIONS)
"""KPI E3 is due in Q3, the two others are not."""
UPDATED = ActionPlanEntry(progress="The manager has recruited one carer", new_timescale="28 February 2027")
FILLED = Filled(
    {"KPI S3": Entry(plan=UPDATED), "KPI E3": Entry(60, 100, plan=ActionPlanEntry(progress="ongoing"))},
    Declaration("A. One", 46_400),  # 13 January 2027
    answers={1: "4475: the post was late"},
)


def plan(filled=BLANK, carried=CARRIED, period=NOW, edition="native"):
    """The return as planned."""
    return plan_return(CATALOGUE, ELM, period, filled=filled, carried=carried, edition=edition)


def stamped(carried=CARRIED, period=NOW, edition="native", provider=ELM):
    """The blank return as a file's bytes, stamped from its template."""
    if (carried, period, edition, provider) == (CARRIED, NOW, "native", ELM):
        return usual()
    return stamp(carried, period, edition, provider)


@cache
def usual():
    return stamp(CARRIED, NOW, "native", ELM)


def stamp(carried, period, edition, provider):
    key = make_return_key(CATALOGUE, provider, period, (), edition, carried)
    texts = make_provider_texts(CATALOGUE, key, provider, Sender(), {}, carried=carried)
    return template_of(CATALOGUE, key).stamp(texts)
