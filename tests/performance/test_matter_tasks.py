"""What is next about open matters: the same steps as Escalation, with the day each is due."""

from __future__ import annotations

from datetime import date

from tests.consolidation.return_builders import council_of, provider
from tests.performance.matters_sample import RED, WILLOW, decided, derived, plan, send
from xlkpi.core.period import Period
from xlkpi.council.decisions import DecisionLog
from xlkpi.performance.matter_tasks import list_matter_tasks
from xlkpi.performance.next_tasks import TaskKind

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


def test_a_letter_runs_until_the_plan_must_be_agreed():
    twice = [send(1, period, {"KPI S3": RED}) for period in (H1, H2)]
    sent = decided("warning sent", DAY, value=DAY.isoformat())
    assert tasks(twice, sent, as_of=date(2027, 5, 5)) == [(TaskKind.LETTER, date(2027, 5, 18), "KPI S3")]
