"""The status of each action plan, and how closely each provider is to be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import CATALOGUE, council_of
from tests.performance.matters_sample import AMBER, GREEN, RED, decided, plan
from tests.performance.two_years import NOW, WHOLE, county, history, people, returned, together
from xlkpi.consolidation.result import FileStatus
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag
from xlkpi.council.decisions import DecisionLog
from xlkpi.performance.action_plan_status import STATES, PlanState, list_plan_statuses
from xlkpi.performance.monitoring import MonitoringLevel, assess_risks
from xlkpi.performance.open_matters import derive_open_matters

Q2_25, Q4 = Period(2025, 2), Period(2025, 4)


def matters_of(result, known=None, decisions=()):
    council = council_of(known, decisions=DecisionLog(None, tuple(decisions), ()))
    return derive_open_matters(result.record, council, result.as_of)


def statuses(result, decisions=()):
    return list_plan_statuses(matters_of(result, decisions=decisions), CATALOGUE)


def only(result, decisions=()):
    (status,) = statuses(result, decisions)
    return status


def planned_now(entry, xy=RED, **more):
    return only(history({NOW: {"KPI S3": xy}}, plans={NOW: {"KPI S3": entry}}, **more))


LACKING = [
    (WHOLE, ()),
    (replace(WHOLE, issue=""), ("issue / reason identified",)),
    (replace(WHOLE, action=" "), ("action to be taken",)),
    (replace(WHOLE, outcomes="", timescale="\xa0"), ("expected outcomes", "timescale")),
    (ActionPlanEntry(), ("issue / reason identified", "action to be taken", "expected outcomes", "timescale")),
]


@pytest.mark.parametrize(("entry", "parts"), LACKING)
def test_what_a_plan_lacks_is_named_in_the_words_of_appendix_a(entry, parts):
    status = planned_now(entry)
    assert status.missing_parts == parts
    assert status.state is (PlanState.INCOMPLETE if parts else PlanState.COMPLETE)


def test_a_reason_given_as_comment_counts_as_the_issue():
    status = only(history({NOW: {"KPI S3": (*RED, "Two carers left.")}}))
    assert status.plan.issue == "Two carers left."
    assert "issue / reason identified" not in status.missing_parts


TIMESCALES = [
    ("31/10/2026", date(2026, 11, 24), 24),
    ("24 November 2026", date(2026, 11, 24), 0),
    ("ongoing", date(2030, 1, 1), 0),
    ("November 2026", date(2026, 12, 1), 1),
]


@pytest.mark.parametrize(("timescale", "as_of", "days"), TIMESCALES)
def test_overdue_is_counted_from_the_day_after_the_deadline(timescale, as_of, days):
    status = planned_now(replace(WHOLE, timescale=timescale), as_of=as_of)
    assert status.days_overdue == days
    assert status.state is (PlanState.OVERDUE if days else PlanState.COMPLETE)


NOW_IT_IS = [
    (GREEN, (PlanState.NOT_NEEDED, Rag.GREEN, 0)),
    (AMBER, (PlanState.OVERDUE, Rag.AMBER, 207)),
    (None, (PlanState.OVERDUE, Rag.RED, 207)),
]


@pytest.mark.parametrize(("now", "expected"), NOW_IT_IS)
def test_an_earlier_plan_applies_while_its_kpi_is_not_green(now, expected):
    figures = {Q4: {"KPI S3": RED}, NOW: {"KPI S3": now} if now else {"KPI S1": (1, 100)}}
    status = only(history(figures, plans={Q4: {"KPI S3": plan("1 May 2026")}}))
    assert (status.state, status.latest_rag, status.days_overdue) == expected


def test_a_plan_of_a_closed_matter_says_why_and_is_not_overdue():
    figures = {Q2_25: {"KPI S3": RED}, Q4: {"KPI S3": GREEN}, NOW: {"KPI S3": GREEN}}
    status = only(history(figures, plans={Q2_25: {"KPI S3": plan("1 May 2026")}}))
    assert (status.state, status.days_overdue) == (PlanState.CLOSED, 0)
    assert status.decided == "Green in two due periods, the last 2026-27 Q2."


def test_a_later_version_takes_over_and_remembers_the_one_before():
    figures = {Q4: {"KPI S3": RED}, NOW: {"KPI S3": RED}}
    newer = replace(WHOLE, timescale="1 December 2027")
    status = only(history(figures, plans={Q4: {"KPI S3": WHOLE}, NOW: {"KPI S3": newer}}))
    assert (status.plan.period, status.state, status.redated) == (NOW, PlanState.COMPLETE, 1)
    assert [(each.period, each.timescale) for each in status.earlier_plans] == [(Q4, "31 March 2027")]


DECIDED = [
    ("plan agreed", PlanState.AGREED),
    ("plan delivered", PlanState.DELIVERED),
    ("plan failed", PlanState.FAILED),
]


@pytest.mark.parametrize(("kind", "state"), DECIDED)
def test_what_was_decided_of_a_plan_is_its_state(kind, state):
    decision = decided(kind, date(2026, 11, 2), indicator="KPI S3")
    status = only(history({NOW: {"KPI S3": RED}}, plans={NOW: {"KPI S3": WHOLE}}), [decision])
    assert (status.state, status.decided) == (state, f"{kind} on 2 November 2026 by Ada Bexon")


def test_what_is_urgent_comes_first_and_every_red_kpi_without_a_plan_is_listed():
    result, known = county()
    duplicates = list_plan_statuses(matters_of(result, known), CATALOGUE)
    ranks = [STATES.index(status.state) for status in duplicates]
    assert ranks == sorted(ranks)
    open_red = {matter.provider_id + matter.code for matter in matters_of(result, known).open if matter.rag is Rag.RED}
    listed = {status.plan.provider_id + status.plan.indicator for status in duplicates}
    assert open_red <= listed


# --- monitoring -------------------------------------------------------------------------------------------------------


def risk_of(result, provider_id="P001", known=None):
    return next(each for each in assess_risks(result, matters_of(result, known)) if each.provider_id == provider_id)


def test_points_add_up_as_they_say():
    figures = {Q4: {"KPI S3": RED, "KPI S2": (20, 100)}, NOW: {"KPI S3": RED, "KPI S2": (20, 100), "KPI S1": (30, 100)}}
    risk = risk_of(history(figures))
    assert (risk.red, risk.red_again, risk.amber, risk.rated) == (3, 2, 0, 3)
    assert risk.sum_in_words == "3 Red × 2 + 2 Red again × 2 = 10"
    assert risk.proposed is MonitoringLevel.INTENSIVE


@pytest.mark.parametrize("period", [Q4, Period(2026, 1), NOW])
def test_a_red_with_an_open_plan_counts_in_a_period_in_which_it_is_not_due_too(period):
    figures = {Q4: {"KPI S3": RED}, Period(2026, 1): {"KPI E3": GREEN}}
    result = history(figures, plans={Q4: {"KPI S3": plan("1 May 2026")}}, period=period)
    assert risk_of(result).sum_in_words == "1 Red × 2 = 2"


def test_all_green_is_routine_and_amber_gives_no_points():
    risk = risk_of(history({NOW: {"KPI S3": GREEN, "KPI S1": (15, 100)}}))
    assert (risk.points, risk.amber, risk.proposed) == (0, 1, MonitoringLevel.ROUTINE)
    assert risk.sum_in_words == "nothing counted = 0"


def test_late_and_missing_count_and_late_is_not_worse_for_more_days():
    known = people()
    everybody = [
        returned(number, NOW, {"KPI S3": GREEN}, declared=date(2026, 12, 1)) for number in range(1, len(known) + 1)
    ]
    result = together([each for each in everybody if each.manifest.provider_id != "P002"], known=known)
    assert risk_of(result, known=known).points == 1
    missing = risk_of(result, "P002", known)
    assert (missing.points, missing.missing, missing.proposed) == (4, True, MonitoringLevel.CLOSER)


def test_must_fix_counts_once():
    result = history({NOW: {"KPI S3": GREEN}})
    files = tuple(replace(row, must_fix=5) if row.status is FileStatus.USED else row for row in result.files)
    assert risk_of(replace(result, files=files)).points == 1


@pytest.mark.parametrize(("reds", "proposed"), [(0, "Routine"), (1, "Routine"), (2, "Closer"), (4, "Intensive")])
def test_the_thresholds(reds, proposed):
    codes = ("KPI S3", "KPI W2", "KPI I1", "KPI I2")[:reds]
    figures = dict.fromkeys(codes, (10, 100)) | {"KPI S1": (0, 100)}
    assert risk_of(history({NOW: figures})).proposed is MonitoringLevel(proposed)


def test_most_points_come_first_and_nobody_is_left_out():
    result, known = county()
    assessment = assess_risks(result, matters_of(result, known))
    assert [each.points for each in assessment] == sorted((each.points for each in assessment), reverse=True)
    assert {each.provider_id for each in assessment} >= {line.provider_id for line in result.lines}


def test_a_plan_that_failed_keeps_how_often_it_was_re_dated():
    plans = {Q4: {"KPI S3": replace(WHOLE, timescale="30 June 2026")}, NOW: {"KPI S3": WHOLE}}
    failed = decided("plan failed", date(2026, 11, 20), indicator="KPI S3")
    status = only(history({Q4: {"KPI S3": RED}, NOW: {"KPI S3": RED}}, plans=plans), [failed])
    assert (status.state, status.redated) == (PlanState.FAILED, 1)
