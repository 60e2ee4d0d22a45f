"""What is next about open matters: the same steps as Escalation, with the day each is due."""

from __future__ import annotations

from datetime import date, timedelta

from tests.consolidation.return_builders import council_of, provider
from tests.performance.matters_sample import RED, WILLOW, decided, derived, plan, result_of, send
from xlkpi.core.period import Period
from xlkpi.council.decisions import DecisionLog
from xlkpi.performance.matter_tasks import list_matter_tasks
from xlkpi.performance.next_tasks import TaskKind, list_next_tasks
from xlkpi.performance.open_matters import derive_open_matters

H1, H2 = Period(2026, 2), Period(2026, 4)
DAY = date(2027, 5, 4)
"""A Tuesday, the day after a bank holiday."""


def council(*decisions):
    return council_of([provider(1, WILLOW)], decisions=DecisionLog(None, decisions, ()))


def tasks(returns, *decisions, as_of=DAY, period=H2):
    matters = derived(returns, period=period, as_of=as_of, decisions=decisions)
    return [(task.kind, task.day, task.indicator) for task in list_matter_tasks(matters, council(*decisions))]


def test_a_warning_to_consider_is_for_today_and_names_every_kpi_once():
    twice = [send(1, period, {"KPI S3": RED, "KPI S1": RED}) for period in (H1, H2)]
    assert tasks(twice) == [(TaskKind.STEP, DAY, "KPI S1, KPI S3")]


def test_a_plan_that_was_returned_is_agreed_within_ten_working_days_and_then_runs_until_its_day():
    returned = [send(1, H1, {"KPI S3": RED}, {"KPI S3": plan("31 March 2027")})]
    now = date(2026, 11, 2)
    ((kind, day, code),) = tasks(returned, as_of=now, period=H1)
    assert (kind, code, day) == (TaskKind.PLAN, "KPI S3", date(2026, 10, 23))
    agreed = decided("plan agreed", date(2026, 10, 20), indicator="KPI S3")
    assert tasks(returned, agreed, as_of=now, period=H1) == [(TaskKind.PROGRESS, date(2027, 3, 31), "KPI S3")]


def test_a_plan_that_names_no_day_is_not_called_complete():
    matters = derived([send(1, H1, {"KPI S3": RED}, {"KPI S3": plan("ongoing")})], period=H1, as_of=date(2026, 11, 2))
    (task,) = list_matter_tasks(matters, council())
    assert "does not say by when" in task.text
    assert "complete" not in task.text


def test_a_letter_runs_until_the_plan_must_be_agreed():
    twice = [send(1, period, {"KPI S3": RED}) for period in (H1, H2)]
    sent = decided("warning sent", DAY, value=DAY.isoformat())
    assert tasks(twice, sent, as_of=date(2027, 5, 5)) == [(TaskKind.LETTER, date(2027, 5, 18), "KPI S3")]


def test_a_task_says_of_several_kpis_at_once_what_is_the_same_for_all():
    now, reds = date(2026, 11, 2), dict.fromkeys(("KPI S1", "KPI S3"), RED)
    whole, vague = ({"KPI S1": plan(), "KPI S3": plan(timescale)} for timescale in ("31 March 2027", "ongoing"))
    (same,) = list_matter_tasks(derived([send(1, H1, reds, whole)], period=H1, as_of=now), council())
    assert same.text.count("The action plan is complete.") == 1
    (other,) = list_matter_tasks(derived([send(1, H1, reds, vague)], period=H1, as_of=now), council())
    assert "KPI S1: The action plan is complete." in other.text
    assert "KPI S3: The action plan does not say by when." in other.text


def test_returns_that_were_not_sent_are_named_beside_the_kpis_of_a_warning():
    known = [provider(1, WILLOW, lots=("3",)), provider(2, "Oak House", lots=("3",))]
    sections = ("all", "employment")
    returns = [send(2, when, {"KPI E3": (100, 100)}, sections=sections) for when in (H1, Period(2026, 3), H2)]
    red = send(1, H1, {"KPI S3": RED}, {"KPI S3": plan("1 December 2026")}, sections=sections)
    result, lists = result_of([red, *returns], register=known, period=H2, as_of=DAY)
    matters = derive_open_matters(result.record, lists, DAY)
    assert [task.indicator for task in list_matter_tasks(matters, lists)] == ["Returns, KPI S3"]


def test_a_missing_return_of_an_earlier_period_is_chased_while_it_is_an_open_matter():
    known = [provider(1, WILLOW, lots=("3",)), provider(2, "Oak House", lots=("3",))]
    sections = ("all", "employment")
    for sent_again, chased in ((1, [Period(2026, 3)]), (2, [])):
        periods = [Period(2026, 2), *(Period(2026, 4), Period(2027, 1))[:sent_again]]
        of_oak = [Period(2026, 2), Period(2026, 3), Period(2026, 4), Period(2027, 1)][: sent_again + 2]
        returns = [send(1, when, {"KPI E3": (100, 100)}, sections=sections) for when in periods]
        returns += [send(2, when, {"KPI E3": (100, 100)}, sections=sections) for when in of_oak]
        as_of = of_oak[-1].end + timedelta(days=60)
        result, lists = result_of(returns, register=known, period=of_oak[-1], as_of=as_of)
        matters = derive_open_matters(result.record, lists, as_of)
        tasks = list_next_tasks(result, lists, chased=matters.returns_missing)
        missing = [task.text for task in tasks if task.kind is TaskKind.RETURN_MISSING]
        assert missing == [f"Its return of {period} is missing. Send the reminder." for period in chased]
