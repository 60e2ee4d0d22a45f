"""How far an entry is from Green: the least change of x that makes it so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.cell_contents import READINGS, examples, small
from tests.judge.schedule_text import schedule
from xlkpi import assess, load_catalogue
from xlkpi.core.bands import Interval
from xlkpi.core.gap import gap_to_green, largest_count, smallest_count
from xlkpi.core.vocabulary import Rag, Reading

RATED = tuple(code for code, row in schedule().items() if row.rated)
BY_HAND = [
    # code, x, y, reading, by how many x must change
    ("KPI S3", 90, 100, "effective", 6),  # 95 is amber still: 96 of 100
    ("KPI S3", 95, 100, "effective", 1),
    ("KPI S3", 96, 100, "effective", 0),
    ("KPI S3", 120, 100, "effective", 0),
    ("KPI S1", 10, 100, "effective", -1),
    ("KPI S1", 30, 100, "effective", -21),
    ("KPI S1", 1, 1, "effective", -1),
    ("KPI S2", 10, 40, "effective", -9),  # at most 1 of 40 disputed
    ("KPI S2", 2, 40, "effective", -1),
    ("KPI S2", 2, 40, "as written", 37),
    ("KPI I4", 5, 100, "effective", -1),
    ("KPI I4", 5, 100, "as written", 91),
    ("KPI S5", 99, 100, "effective", 1),
    ("KPI S5", 995, 1000, "as written", None),
    ("KPI S3", 0, 10**30, "effective", 95 * 10**28 + 1),
    ("KPI S1", 10**30, 10**30, "effective", -(9 * 10**29) - 1),
    ("INFO W1", 1, 2, "effective", None),
    ("KPI S3", 1, None, "effective", None),
    ("KPI S3", 0, 0, "effective", None),
    ("KPI S1", 3, 2, "effective", None),
]


@pytest.mark.parametrize(("code", "x", "y", "reading", "gap"), BY_HAND)
def test_the_gap_worked_out_by_hand(code, x, y, reading, gap):
    assert gap_to_green(load_catalogue().find(code), x, y, Reading(reading)) == gap


@examples(300)
@given(st.sampled_from(RATED), st.sampled_from(READINGS), small, st.integers(1, 130))
def test_the_gap_makes_it_green_and_one_less_does_not(code, reading, x, y):
    gap = gap_to_green(load_catalogue().find(code), x, y, Reading(reading))
    if not gap:
        assert assess(code, x, y, reading=reading).rag is (Rag.GREEN if gap == 0 else None)
        return
    step = 1 if gap > 0 else -1
    assert assess(code, x + gap, y, reading=reading).rag is Rag.GREEN
    assert assess(code, x + gap - step, y, reading=reading).rag is not Rag.GREEN


def test_an_edge_that_belongs_to_green_is_enough():
    assert (smallest_count(Interval(low=95), 100), smallest_count(Interval(low=95, low_open=True), 100)) == (95, 96)
    assert (smallest_count(Interval(low=95), 101), smallest_count(Interval(low=95, low_open=True), 101)) == (96, 96)
    assert (largest_count(Interval(high=10), 100), largest_count(Interval(high=10, high_open=True), 100)) == (10, 9)
    assert (largest_count(Interval(high=10), 101), largest_count(Interval(high=10, high_open=True), 101)) == (10, 10)
