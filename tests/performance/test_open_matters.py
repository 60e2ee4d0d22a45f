"""What is open, and which step the ladder proposes: each case is a row written by hand from contract.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import provider
from tests.performance.matters_sample import (
    AMBER,
    GREEN,
    NO_CASES,
    RED,
    WILLOW,
    decided,
    derived,
    kpi,
    plan,
    result_of,
    send,
)
from xlkpi.catalogue.load import ContractTerms
from xlkpi.core.period import Period
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.performance.wording import describe_note

Q1, Q2, Q3, Q4 = (Period(2026, n) for n in (1, 2, 3, 4))
Q1_27, Q2_27 = Period(2027, 1), Period(2027, 2)
SENT = date(2027, 5, 21)
WARNING = decided("warning sent", SENT, value="2027-05-21")


def step(matter):
    return matter.rung.step if matter and matter.rung else None


# KPI S3 is six-monthly: Q2 and Q4.
STEPS = [
    ({Q2: GREEN}, {}, None),
    ({Q2: AMBER}, {}, "Reasons"),
    ({Q2: (*AMBER, "Two carers left.")}, {}, "Reasons given: plan if proportionate"),
    ({Q2: AMBER, Q4: AMBER}, {}, "Reasons"),
    ({Q2: AMBER, Q4: AMBER, Q2_27: AMBER}, {}, "Reasons"),
    ({Q2: AMBER}, {Q2: plan()}, "Action plan to be agreed"),
    ({Q2: RED}, {}, "Reasons and action plan"),
    ({Q2: RED}, {Q2: plan(outcomes="")}, "Reasons and action plan"),
    ({Q2: RED}, {Q2: plan()}, "Action plan to be agreed"),
    ({Q2: AMBER, Q4: RED}, {Q4: plan()}, "Action plan to be agreed"),
    ({Q2: RED, Q4: RED}, {}, "Formal warning to consider"),
    ({Q2: RED, Q4: RED}, {Q2: plan(), Q4: plan()}, "Formal warning to consider"),
    ({Q2: RED, Q4: None, Q2_27: RED}, {Q2: plan(), Q2_27: plan()}, "Formal warning to consider"),
    ({Q2: RED, Q4: NO_CASES, Q2_27: RED}, {Q2: plan(), Q2_27: plan()}, "Formal warning to consider"),
    ({Q2: RED, Q4: GREEN, Q2_27: RED}, {Q2: plan(), Q2_27: plan()}, "Action plan to be agreed"),
    ({Q2: RED, Q4: AMBER}, {}, "Reasons and action plan"),
    ({Q2: RED, Q4: AMBER, Q2_27: AMBER}, {}, "Formal warning to consider"),  # the plan was never given
    ({Q2: RED, Q4: None}, {}, "Formal warning to consider"),
    ({Q2: RED, Q4: AMBER}, {Q2: plan()}, "Action plan to be agreed"),
    ({Q2: RED, Q4: AMBER}, {Q2: plan("31 December 2026")}, "Action plan to be agreed"),  # Amber, though overdue
    ({Q2: RED}, {Q2: plan("31 October 2026")}, "Formal warning to consider"),  # overdue
    ({Q2: RED, Q4: GREEN}, {Q2: plan("31 October 2026")}, None),
]


@pytest.mark.parametrize(("history", "plans", "expected"), STEPS)
def test_the_step_that_the_ladder_proposes(history, plans, expected):
    assert step(kpi(history, plans=plans)) == expected


RUNS = [
    ({Q2: RED}, 1, []),
    ({Q2: RED, Q4: None}, 2, ["2026-27 Q4"]),
    ({Q2: RED, Q4: None, Q2_27: AMBER}, 3, ["2026-27 Q4"]),
    ({Q2: AMBER, Q3: GREEN, Q4: AMBER}, 2, []),
    ({Q2: RED, Q4: GREEN}, 0, []),
    ({Q2: RED, Q4: NO_CASES}, 1, []),
    ({Q2: RED, Q4: GREEN, Q2_27: None}, 1, ["2027-28 Q2"]),
]


@pytest.mark.parametrize(("history", "run", "missing"), RUNS)
def test_a_run_is_broken_by_green_alone(history, run, missing):
    returns = {period: pair for period, pair in history.items() if period.number % 2 == 0}
    matter = kpi(returns)
    assert matter.run == run
    assert [str(period) for period in matter.returns_missing] == missing


def test_a_period_in_which_it_is_not_due_leaves_everything_as_it_was():
    returns = [send(1, Q2, {"KPI S3": RED}), send(1, Q3, {"KPI S1": (1, 20)})]
    before = derived(returns[:1], as_of=date(2026, 12, 1)).by_subject["P001", "KPI S3"]
    after = derived(returns, as_of=date(2027, 2, 1), period=Q3).by_subject["P001", "KPI S3"]
    assert (before.run, step(before)) == (after.run, step(after)) == (1, "Reasons and action plan")


@pytest.mark.parametrize("period", [Q2, Q3, Q4, Q1_27])
def test_it_is_the_same_whichever_period_is_on_screen(period):
    returns = [send(1, when, {"KPI S3": RED}) for when in (Q2, Q4)]
    matters = derived(returns, as_of=date(2027, 8, 1), period=period)
    assert matters == derived(returns, as_of=date(2027, 8, 1), period=Q4)
    assert step(matters.by_subject["P001", "KPI S3"]) == "Formal warning to consider"


def test_two_greens_in_due_periods_close_it():
    history = {Q2: RED, Q4: GREEN, Q2_27: GREEN}
    assert kpi(history) is None
    matters = derived([send(1, when, {"KPI S3": pair}) for when, pair in history.items()], as_of=date(2027, 11, 20))
    (closed,) = [matter for matter in matters.closed if matter.code]
    assert (closed.opened, closed.closed.on, closed.closed.why) == (
        Q2, Q2_27.end, "Green in two due periods, the last 2027-28 Q2",
    )  # fmt: skip


def test_the_end_of_a_contract_closes_what_is_open():
    more = {"contract_end": date(2027, 1, 31)}
    assert kpi({Q2: RED}, as_of=date(2027, 2, 1), **more) is None
    assert kpi({Q2: RED}, as_of=date(2027, 1, 31), **more) is not None
    assert kpi({Q2: RED}, as_of=date(2027, 2, 1), extended_to=date(2027, 6, 30), **more) is not None


def test_a_lot_that_was_given_up_closes_its_kpis():
    returns = [send(1, Q2, {"KPI W2": (10, 100)}, sections=("all", "wellbeing"))]
    before = derived(returns, as_of=date(2026, 11, 20), lots=("1a",))
    given_up = derived(returns, as_of=date(2026, 11, 20), lots=("3",))
    assert ("P001", "KPI W2") in before.by_subject
    assert ("P001", "KPI W2") not in given_up.by_subject


def test_a_kpi_that_the_contract_no_longer_has_stays_open_and_says_so():
    end = Period(2026, 2).end
    register = [provider(1, WILLOW)]
    returns = [send(1, Period(2026, 2), {"KPI S3": RED})]
    result, council = result_of(returns, register=register, period=Period(2026, 2), as_of=end)
    now = council.catalogue
    others = {code: each for code, each in now.indicators.items() if code != "KPI S3"}
    later = replace(now, version="next", from_period=Period(2026, 4), indicators=others)
    council = replace(council, terms=ContractTerms((now, later)))
    gone = "The Schedule does not have KPI S3 any more: close the matter, or decide on it."
    for as_of, is_dropped in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
        (matter,) = derive_open_matters(result.record, council, as_of).open
        assert (matter.code, matter.is_dropped, gone in describe_note(matter)) == ("KPI S3", is_dropped, is_dropped)


def test_an_officer_closes_it_and_the_next_failure_opens_another():
    closing = decided("close", date(2026, 12, 1), indicator="KPI S3", why="a single case")
    assert kpi({Q2: RED}, decisions=[closing], as_of=date(2026, 12, 2)) is None
    again = kpi({Q2: RED, Q4: RED}, decisions=[closing], plans={Q4: plan()})
    assert (again.opened, again.reds, step(again)) == (Q4, 1, "Action plan to be agreed")


PLANS = [
    ({Q2: plan("31 March 2027")}, [], date(2027, 2, 1), "returned", date(2027, 3, 31), 0),
    ({Q2: plan("31 January 2027")}, [], date(2027, 2, 10), "overdue by 10 days", date(2027, 1, 31), 0),
    ({Q2: plan("31 January 2027"), Q4: plan("30 June 2027")}, [], date(2027, 5, 1), "returned", date(2027, 6, 30), 1),
    ({Q2: plan("ongoing")}, [], date(2027, 5, 1), "returned", None, 0),
    ({}, [], date(2027, 5, 1), "asked for", None, 0),
    ({Q2: plan(action="")}, [], date(2027, 1, 1), "incomplete", date(2028, 3, 31), 0),
    ({Q2: plan()}, [("plan agreed", date(2026, 11, 9))], date(2027, 1, 1), "agreed on 9 November 2026",
     date(2028, 3, 31), 0),
    ({Q2: plan()}, [("plan delivered", date(2026, 12, 9))], date(2027, 1, 1), "delivered on 9 December 2026", None, 0),
    ({Q2: plan()}, [("plan failed", date(2026, 12, 9))], date(2027, 1, 1), "failed on 9 December 2026", None, 0),
    ({Q2: plan()}, [("plan failed", date(2026, 12, 9)), ("plan agreed", date(2026, 12, 16))], date(2027, 1, 1),
     "agreed on 16 December 2026", None, 0),
    ({Q2: plan()}, [("plan agreed", date(2026, 11, 9)), ("plan failed", date(2026, 12, 9))], date(2027, 1, 1),
     "failed on 9 December 2026", None, 0),
]  # fmt: skip


@pytest.mark.parametrize(("plans", "decisions", "as_of", "words", "due", "redated"), PLANS)
def test_the_life_of_a_plan(plans, decisions, as_of, words, due, redated):
    log = [decided(kind, day, indicator="KPI S3") for kind, day in decisions]
    history = {Q2: RED, **({Q4: RED} if Q4 in plans else {})}
    matter = kpi(history, plans=plans, as_of=as_of, decisions=log)
    assert (matter.plan.describe(as_of), matter.plan.due, matter.plan.redated) == (words, due, redated)


def test_a_failed_plan_leads_to_a_warning_of_an_amber_kpi_too():
    failed = decided("plan failed", date(2026, 12, 9), indicator="KPI S3")
    matter = kpi({Q2: AMBER}, plans={Q2: plan()}, decisions=[failed], as_of=date(2026, 12, 20))
    assert step(matter) == "Formal warning to consider"


def test_a_plan_agreed_after_one_failed_is_the_one_that_runs():
    days = {"plan failed": date(2026, 12, 9), "plan agreed": date(2026, 12, 16)}
    log = [decided(kind, day, indicator="KPI S3") for kind, day in days.items()]
    matter = kpi({Q2: RED}, plans={Q2: plan()}, decisions=log, as_of=date(2026, 12, 20))
    assert step(matter) == "Progress of the action plan"


@pytest.mark.parametrize(("last", "expected"), [(80, "Formal warning to consider"), (90, "Action plan to be agreed")])
def test_a_plan_re_dated_twice_leads_to_a_warning_where_it_is_red(last, expected):
    quarters = ((Q1, 80, "31 October 2026"), (Q2, 90, "31 January 2027"), (Q3, last, "30 June 2027"))
    returns = [
        send(1, when, {"KPI E3": (x, 100)}, {"KPI E3": plan(timescale)}, sections=("all", "employment"))
        for when, x, timescale in quarters
    ]
    matter = derived(returns, as_of=date(2027, 2, 1), lots=("3",)).by_subject["P001", "KPI E3"]
    assert (matter.plan.redated, step(matter)) == (2, expected)


def test_a_plan_not_proportionate_ends_what_amber_asks_for():
    declined = decided("plan not proportionate", date(2026, 12, 1), indicator="KPI S3")
    matter = kpi({Q2: (*AMBER, "Two carers left.")}, decisions=[declined], as_of=date(2026, 12, 20))
    assert (step(matter), matter.plan.describe(matter.as_of)) == (None, "not proportionate")


def test_of_agreed_and_not_proportionate_the_later_decision_counts():
    """A plan that was returned, or agreed, and then found not proportionate is neither asked for nor overdue."""
    agreed = decided("plan agreed", date(2026, 11, 20), indicator="KPI S3")
    declined = decided("plan not proportionate", date(2026, 11, 21), indicator="KPI S3")
    late = {"as_of": date(2027, 1, 20), "plans": {Q2: plan("31 December 2026")}}
    for decisions, words in (
        ([declined], "not proportionate"),
        ([agreed, declined], "not proportionate"),
        ([declined, replace(agreed, decided_on=date(2026, 11, 22))], "agreed on 22 November 2026, overdue by 20 days"),
    ):
        matter = kpi({Q2: RED}, decisions=decisions, **late)
        assert matter.plan.describe(matter.as_of) == words
        assert (step(matter) is None) is (words == "not proportionate")
    again = kpi({Q2: RED, Q4: AMBER}, decisions=[declined], plans={Q2: plan(), Q4: plan("30 June 2027")})
    assert again.plan.describe(again.as_of) == "returned", "a plan of a later period is a new one"


def test_a_plan_whose_agreement_was_declined_is_not_called_agreed():
    declined = decided("step declined", date(2026, 12, 1), indicator="KPI S3")
    matter = kpi({Q2: RED}, plans={Q2: plan()}, decisions=[declined], as_of=date(2026, 12, 20))
    assert (step(matter), matter.declined) == (None, declined)


# The second Red is that of 2026-27 Q4; the warning was received on 21 May 2027. Ten working days later is
# 7 June 2027, because 31 May is a bank holiday.
AGREED = decided("plan agreed", date(2027, 6, 1), indicator="KPI S3")
AFTER = [
    ({}, [], date(2027, 6, 7), "Action plan to be agreed"),
    ({}, [], date(2027, 6, 8), "Intensive intervention to consider"),
    ({}, [AGREED], date(2027, 6, 8), "Progress of the action plan"),
    ({Q2_27: AMBER}, [AGREED], date(2027, 11, 20), "Progress of the action plan"),
    ({Q2_27: GREEN}, [AGREED], date(2027, 11, 20), None),
    ({Q2_27: RED}, [AGREED], date(2027, 11, 20), "Intensive intervention to consider"),
    ({Q2_27: None}, [AGREED], date(2027, 11, 20), "Intensive intervention to consider"),
]


@pytest.mark.parametrize(("later", "decisions", "as_of", "expected"), AFTER)
def test_after_a_formal_warning(later, decisions, as_of, expected):
    history = {Q2: RED, Q4: RED, **later}
    matter = kpi(history, plans={Q2: plan(), Q4: plan()}, as_of=as_of, decisions=[WARNING, *decisions])
    assert step(matter) == expected
    assert matter.plan_agreed_by == date(2027, 6, 7)


CLAUSE_48 = [
    (["plan agreed", "plan failed"], RED, True),
    (["plan failed"], RED, False),
    (["plan agreed"], RED, False),
    (["plan agreed", "plan failed"], AMBER, False),
]


@pytest.mark.parametrize(("kinds", "last", "named"), CLAUSE_48)
def test_clause_48_needs_a_continuous_failure_and_an_agreed_plan_that_failed(kinds, last, named):
    days = {"plan agreed": date(2027, 6, 1), "plan failed": date(2027, 10, 5)}
    log = [WARNING, *(decided(kind, days[kind], indicator="KPI S3") for kind in kinds)]
    matter = kpi({Q2: RED, Q4: RED, Q2_27: last}, plans={Q2: plan()}, as_of=date(2027, 11, 20), decisions=log)
    assert (step(matter) == "Clause 48 to consider") is named


def test_a_warning_that_names_no_kpi_is_about_those_it_was_due_for():
    figures = {Q2: {"KPI S3": RED, "KPI S2": (0, 100)}, Q4: {"KPI S3": RED, "KPI S2": (10, 100)}}
    returns = [send(1, when, pairs) for when, pairs in figures.items()]
    open_now = derived(returns, as_of=date(2027, 5, 30), decisions=[WARNING]).by_subject
    assert open_now["P001", "KPI S3"].warning == WARNING
    assert open_now["P001", "KPI S2"].warning is None
    assert step(open_now["P001", "KPI S2"]) == "Reasons"


def test_a_step_that_was_declined_is_proposed_again_with_the_next_result():
    declined = decided("step declined", date(2027, 5, 25), indicator="KPI S3", why="staff are in place")
    history = {Q2: RED, Q4: RED}
    matter = kpi(history, decisions=[declined])
    assert (step(matter), matter.declined) == ("Reasons and action plan", declined)
    assert step(kpi({**history, Q2_27: RED}, decisions=[declined])) == "Formal warning to consider"


def test_to_decline_the_milder_step_too_does_not_bring_the_graver_one_back():
    declined = decided("step declined", date(2027, 5, 25), indicator="KPI S3")
    milder = replace(declined, decided_on=date(2027, 5, 26), value="Reasons and action plan")
    matter = kpi({Q2: RED, Q4: RED}, decisions=[declined, milder])
    assert (step(matter), matter.declined) == (None, milder)


def test_a_step_that_became_graver_since_was_not_declined():
    """The plan was to be agreed when the officer declined; then its day passed, which nobody has decided about."""
    declined = decided("step declined", date(2026, 12, 1), indicator="KPI S3")
    late = {"plans": {Q2: plan("31 January 2027")}, "decisions": [declined]}
    assert step(kpi({Q2: RED}, as_of=date(2027, 1, 20), **late)) is None
    assert step(kpi({Q2: RED}, as_of=date(2027, 2, 20), **late)) == "Formal warning to consider"


RETURNS = [
    ([Q2], date(2027, 2, 20), "Return outstanding", ["2026-27 Q3"], 1),
    ([Q2], date(2027, 5, 20), "Formal warning to consider", ["2026-27 Q3", "2026-27 Q4"], 2),
    ([Q2, Q4], date(2027, 5, 20), "Return outstanding", ["2026-27 Q3"], 0),
    ([Q2, Q4, Q1_27], date(2027, 8, 20), None, [], 0),
    ([Q2, Q4], date(2027, 8, 20), "Return outstanding", ["2026-27 Q3", "2027-28 Q1"], 1),
]


@pytest.mark.parametrize(("sections", "missing"), [(("all", "wellbeing"), []), (("all", "employment"), [Q1])])
def test_no_return_is_missed_for_a_lot_that_was_added_later(sections, missing):
    """The register has today's lots; the next return shows whether the provider had the lot of a quarterly KPI then."""
    oak = [send(2, when, {"KPI E3": GREEN}, sections=("all", "employment")) for when in (Q1, Q2)]
    willow = send(1, Q2, {"KPI S3": GREEN}, sections=sections)
    matters = derived([*oak, willow], register=(1, 2), as_of=date(2026, 11, 20), lots=("1a", "3"))
    matter = matters.by_subject.get(("P001", ""))
    assert (list(matter.returns_missing) if matter else []) == missing


@pytest.mark.parametrize(("periods", "as_of", "expected", "missing", "run"), RETURNS)
def test_returns_not_sent(periods, as_of, expected, missing, run):
    returns = [send(1, when, {"KPI E3": GREEN}, sections=("all", "employment")) for when in periods]
    matter = derived(returns, as_of=as_of, lots=("3",)).by_subject.get(("P001", ""))
    assert step(matter) == expected
    if matter:
        assert ([str(period) for period in matter.returns_missing], matter.run) == (missing, run)


def test_a_return_counts_as_not_sent_once_it_is_overdue():
    returns = [send(1, Q2, {"KPI S3": GREEN}), send(1, Q3, {"KPI S3": GREEN})]
    assert not derived(returns, as_of=date(2027, 4, 28)).open
    assert derived(returns, as_of=date(2027, 4, 29)).open


def test_what_was_returned_under_another_reading_is_rated_like_the_latest():
    sections, code = ("all", "independence"), "KPI I4"
    as_written = send(1, Q2, {code: (4, 100)}, sections=sections, as_written=(code,))  # then Red, now Green
    now = send(1, Q4, {code: (30, 100)}, {code: plan()}, sections=sections)
    matter = derived([as_written, now], as_of=date(2027, 5, 20), lots=("2a",)).by_subject["P001", code]
    assert (matter.opened, step(matter)) == (Q4, "Action plan to be agreed")
