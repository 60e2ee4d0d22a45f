"""Where each action plan stands, and how closely each provider is to be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import CATALOGUE, provider
from tests.performance.two_years import NOW, WHOLE, county, history, people, returned, together
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.series import build_series
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.action_plan_status import PlanState, list_plan_statuses
from xlkpi.performance.missed_target import find_missed_targets
from xlkpi.performance.monitoring import MonitoringLevel, assess_risks

Q4 = Period(2025, 4)
RED, AMBER, GREEN = (80, 100), (90, 100), (100, 100)


def standings(result):
    return list_plan_statuses(result, CATALOGUE, build_series(result, CATALOGUE))


def only(result):
    (one,) = standings(result)
    return one


def planned_now(plan, xy=RED, **more):
    return only(history({NOW: {"KPI S3": xy}}, plans={NOW: {"KPI S3": plan}}, **more))


LACKING = [
    (WHOLE, ()),
    (replace(WHOLE, issue=""), ("issue / reason identified",)),
    (replace(WHOLE, action=" "), ("action to be taken",)),
    (replace(WHOLE, outcomes="", timescale="\xa0"), ("expected outcomes", "timescale")),
    (ActionPlanEntry(), ("issue / reason identified", "action to be taken", "expected outcomes", "timescale")),
]


@pytest.mark.parametrize(("plan", "parts"), LACKING)
def test_what_a_plan_lacks_is_named_in_the_words_of_appendix_a(plan, parts):
    one = planned_now(plan)
    assert one.missing_parts == parts
    assert one.state is (PlanState.INCOMPLETE if parts else PlanState.COMPLETE)


def test_a_reason_given_as_comment_counts_as_the_issue():
    one = only(history({NOW: {"KPI S3": (*RED, "Two carers left.")}}))
    assert one.plan.issue == "Two carers left."
    assert "issue / reason identified" not in one.missing_parts


@pytest.mark.parametrize(
    ("timescale", "as_of", "days"),
    [("31/10/2026", date(2026, 11, 24), 24), ("24 November 2026", date(2026, 11, 24), 0), ("ongoing", None, 0),
     ("November 2026", date(2026, 12, 1), 1)],
)  # fmt: skip
def test_overdue_is_counted_from_the_day_after_the_deadline(timescale, as_of, days):
    one = planned_now(replace(WHOLE, timescale=timescale), as_of=as_of or date(2030, 1, 1))
    assert one.days_overdue == days


def earlier(now, *between, plan=WHOLE):
    figures = {Q4: {"KPI S3": RED}, **dict(between), NOW: {"KPI S3": now} if now else {"KPI S1": (1, 100)}}
    return history(figures, plans={Q4: {"KPI S3": plan}})


def test_a_plan_is_no_longer_needed_once_its_kpi_is_green_and_is_said_once():
    one = only(earlier(GREEN, plan=replace(WHOLE, timescale="1 May 2026")))
    assert (one.state, one.latest_rag, one.days_overdue) == (PlanState.NOT_NEEDED, Rag.GREEN, 0)
    figures = {Period(2025, 2): {"KPI S3": RED}, Q4: {"KPI S3": GREEN}, NOW: {"KPI S3": GREEN}}
    assert not standings(history(figures, plans={Period(2025, 2): {"KPI S3": WHOLE}}))


def test_an_earlier_plan_stands_while_nothing_newer_is_known():
    one = only(earlier(None))
    assert (one.state, one.latest_rag, one.plan.period) == (PlanState.COMPLETE, None, Q4)


def test_an_earlier_plan_stands_while_its_kpi_is_amber_without_a_new_one():
    one = only(earlier(AMBER, plan=replace(WHOLE, timescale="1 May 2026")))
    assert (one.state, one.latest_rag, one.days_overdue) == (PlanState.COMPLETE, Rag.AMBER, 207)


def test_a_new_plan_takes_over_and_remembers_the_one_before():
    figures = {Q4: {"KPI S3": RED}, NOW: {"KPI S3": RED}}
    newer = replace(WHOLE, timescale="1 December 2026")
    one = only(history(figures, plans={Q4: {"KPI S3": WHOLE}, NOW: {"KPI S3": newer}}))
    assert (one.plan.period, one.plan.timescale) == (NOW, "1 December 2026")
    assert (one.earlier_plan.period, one.earlier_plan.timescale) == (Q4, "31 March 2027")


def test_red_comes_first_and_every_red_kpi_is_listed():
    result, _ = county()
    found = standings(result)
    ranks = [(Rag.RED, Rag.AMBER, None, Rag.GREEN).index(one.latest_rag) for one in found]
    assert ranks == sorted(ranks)
    red = {(row.provider_id, row.indicator) for row in result.rows if row.rag is Rag.RED}
    listed = {(one.plan.provider_id, one.plan.indicator) for one in found if one.plan.period == NOW}
    assert red <= listed
    assert len({(one.plan.provider_id, one.plan.indicator) for one in found}) == len(found)


# --- monitoring -------------------------------------------------------------------------------------------------------


def risk_of(result, provider_id="P001"):
    found = assess_risks(result, tuple(find_missed_targets(result, build_series(result, CATALOGUE))))
    return next(one for one in found if one.provider_id == provider_id)


def test_points_add_up_as_they_say():
    figures = {Q4: {"KPI S3": RED, "KPI S2": (20, 100)}, NOW: {"KPI S3": RED, "KPI S2": (20, 100), "KPI S1": (30, 100)}}
    one = risk_of(history(figures))
    assert (one.red, one.red_again, one.amber, one.rated) == (3, 2, 0, 3)
    assert one.points == 3 * 2 + 2 * 2
    assert one.sum_in_words == "3 Red × 2 + 2 Red again × 2 = 10"
    assert one.proposed is MonitoringLevel.INTENSIVE


def test_all_green_is_routine_and_amber_gives_no_points():
    one = risk_of(history({NOW: {"KPI S3": GREEN, "KPI S1": (15, 100)}}))
    assert (one.points, one.amber, one.proposed) == (0, 1, MonitoringLevel.ROUTINE)
    assert one.sum_in_words == "nothing counted = 0"


def test_late_and_missing_count_and_late_is_not_worse_for_more_days():
    known = people()
    late = returned(1, NOW, {"KPI S3": GREEN}, declared=date(2026, 12, 1))
    result = together([late], known=known)
    assert risk_of(result).points == 1
    missing = risk_of(result, "P002")
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
    found = assess_risks(result, tuple(find_missed_targets(result, build_series(result, CATALOGUE))))
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    assert {one.provider_id for one in found} == {who.provider_id for who in known} - idle(result, known)
    assert provider(1, "A").provider_id in {one.provider_id for one in found}


def idle(result, known):
    """Providers of whom nothing is expected in the period."""
    return {who.provider_id for who in known} - {line.provider_id for line in result.lines}
