"""Which comment explains which query: a y far out of line asks for the very number."""

from __future__ import annotations

import pytest

from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.explanations import is_explained, is_far_out, numbers_in
from xlkpi.core.problem import problem
from xlkpi.findings import Code

UNUSUAL = problem(Code.CHANGE, "KPI S1", y=60, previous=25)
SLIP = problem(Code.CHANGE, "KPI S1", y=1500, previous=15)
MUST_FIX = next(code for code in Code if code.severity.value == "must fix")


@pytest.mark.parametrize(
    ("values", "comment", "explained"),
    [
        (UNUSUAL, "", False),
        (UNUSUAL, "A new centre opened.", True),
        (UNUSUAL, "n/a", False),
        (UNUSUAL, "See above.", False),
        (UNUSUAL, "60", True),
        (SLIP, "A new centre opened.", False),
        (SLIP, "150 people came.", False),
        (SLIP, "1,500 people came; see our newsletter.", True),
        (problem(MUST_FIX, "KPI S1"), "We know.", False),
    ],
)
def test_a_comment_explains_what_it_names(values, comment, explained):
    assert is_explained(values, Entry(15, 1500, comment)) is explained


SAME_Y = problem(Code.SAME_Y, "KPI W2", y=41, other="INFO W1", other_y=38)
FAR = problem(Code.SAME_Y, "KPI W2", y=410, other="INFO W1", other_y=38)
PART = problem(Code.PART_OF_X, "KPI S4c", x=7, other="KPI S4a", other_x=5, because="of them")


@pytest.mark.parametrize(
    ("values", "comment", "explained"),
    [
        (UNUSUAL, "Two referrals were refused: no minibus.", False),
        (UNUSUAL, "60 people: a new centre opened.", True),
        (UNUSUAL, "160 people came.", False),
        (PART, "Two surveys were late.", False),
        (PART, "7 answered twice.", True),
        (PART, "See kpi s4a.", True),
        (
            problem(Code.SAME_Y, "KPI W2", y=41, other="INFO W1", other_y=38),
            "INFO W1 leaves out three new people.",
            True,
        ),
        (FAR, "INFO W1 leaves out three people.", False),
    ],
)
def test_the_reason_for_a_missed_target_explains_another_query_only_if_it_names_it(values, comment, explained):
    assert is_explained(values, Entry(15, 60, comment), target_missed=True) is explained
    in_the_plan = Entry(15, 60, comment, ActionPlanEntry(issue="No minibus"))
    assert is_explained(values, in_the_plan, target_missed=True) is is_explained(values, in_the_plan)


@pytest.mark.parametrize(
    ("values", "far"),
    [
        (problem(Code.LARGE, "KPI S1", y=100_000), True),
        (problem(Code.SAME_Y, "KPI S1", y=10, other_y=100), True),
        (problem(Code.SAME_Y, "KPI S1", y=11, other_y=100), False),
        (problem(Code.CHANGE, "KPI S1", y=0, previous=100), False),
        (problem(Code.CHANGE, "KPI S1", y=10, previous=0), True),
        (problem(MUST_FIX, "KPI S1", y=1000, previous=1), False),
    ],
)
def test_far_out_is_ten_times_more_or_less(values, far):
    assert is_far_out(values) is far


def test_numbers_are_found_however_their_thousands_are_parted():
    assert numbers_in("1,500 then 1 500, 007 and 0; not 1,50") == {"1500", "7", "0", "1", "50"}
