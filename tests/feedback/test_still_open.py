"""Feedback and reminders say what was open before: facts and plans, never a step that nobody has decided."""

from __future__ import annotations

from datetime import date

from tests.consolidation.return_builders import CATALOGUE, provider
from tests.performance.matters_sample import GREEN, RED, WILLOW, decided, derived, plan, result_of, send
from xlkpi.core.period import Period
from xlkpi.feedback.next_steps import list_steps
from xlkpi.feedback.provider_facts import gather_from_consolidation
from xlkpi.feedback.scorecard import build_scorecards
from xlkpi.letters.email_text import EmailSender
from xlkpi.letters.emails import write_feedback_email
from xlkpi.letters.reminders import remind_missing_provider
from xlkpi.performance.open_matters import derive_open_matters

Q4, Q1, Q2 = Period(2025, 4), Period(2026, 1), Period(2026, 2)
AS_OF, ANSWER_BY = date(2026, 11, 24), date(2026, 12, 8)


def card_of(returns, *, period, register):
    result, council = result_of(returns, register=register, period=period, as_of=AS_OF)
    matters = derive_open_matters(result.record, council, AS_OF)
    (card,) = build_scorecards(gather_from_consolidation(result), council.terms, ANSWER_BY, matters)
    return card


def test_an_open_red_is_named_in_a_quarter_in_which_it_is_not_due():
    returns = [send(1, Q4, {"KPI S3": RED}, {"KPI S3": plan("1 May 2026")}), send(1, Q1, {})]
    card = card_of(returns, period=Q1, register=[provider(1, WILLOW)])
    assert list_steps(card)[-1] == card.still_open
    assert "KPI S3 since 2025-26 Q4 (action plan: overdue by 207 days, due by 1 May 2026)" in card.still_open
    email = write_feedback_email(card, EmailSender(), "Ann Reed")
    assert card.still_open in email
    assert "warning" not in email


def test_a_plan_that_failed_is_not_to_be_carried_out():
    red = {"KPI S3": RED}
    returns = [send(1, when, red, {"KPI S3": plan("1 May 2027")}) for when in (Q4, Q2)]
    failed = decided("plan failed", date(2026, 11, 20), indicator="KPI S3")
    known = [provider(1, WILLOW)]
    steps = {}
    for decisions in ((), (failed,)):
        result, council = result_of(returns, register=known, period=Q2, as_of=AS_OF, decisions=decisions)
        matters = derive_open_matters(result.record, council, AS_OF)
        (card,) = build_scorecards(gather_from_consolidation(result), council.terms, ANSWER_BY, matters)
        steps[bool(decisions)] = list_steps(card)
    assert "Red: KPI S3. Carry out your action plan; we will agree a review date with you." in steps[False]
    assert "Red: KPI S3. Its action plan failed; we will write to you about what follows." in steps[True]
    assert not any("Carry out" in each for each in steps[True])


def test_what_this_return_is_about_is_not_repeated():
    card = card_of([send(1, Q2, {"KPI S3": RED})], period=Q2, register=[provider(1, WILLOW)])
    assert card.still_open == ""


def test_more_than_six_are_counted():
    figures = dict.fromkeys(("KPI S1", "KPI S3", "KPI W2", "KPI I1", "KPI I2", "KPI I3", "KPI E1", "KPI E2"), (60, 100))
    sections = tuple(section.key for section in CATALOGUE.sections)
    returns = [send(1, when, figures, sections=sections) for when in (Q4, Q2)]
    card = card_of(returns, period=Q2, register=None)
    assert card.still_open.endswith(" and 2 more.")


def test_a_reminder_names_the_earlier_returns_that_are_missing():
    known = [provider(1, WILLOW, lots=("3",)), provider(2, "Oak House", lots=("3",))]
    returns = [send(2, when, {"KPI E3": GREEN}, sections=("all", "employment")) for when in (Q4, Q1, Q2)]
    result, council = result_of(returns, register=known, period=Q2, as_of=AS_OF)
    matters = derive_open_matters(result.record, council, AS_OF)
    (absent,) = result.missing
    text = remind_missing_provider(absent, result, "Kent County Council", matters)
    assert "We have not received the return of 2025-26 Q4 and 2026-27 Q1 either." in text
    assert "either." not in remind_missing_provider(absent, result, "Kent County Council")
    assert derived(returns, as_of=AS_OF, register=()).open == ()
