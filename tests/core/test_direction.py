"""Better, same or worse than in the due period before, by what the Schedule calls good."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.schedule_text import schedule
from xlkpi.catalogue.load import load_catalogue, load_terms
from xlkpi.core.assess import assess_indicator
from xlkpi.core.direction import Direction, compare
from xlkpi.core.period import Period, is_due, previous_due
from xlkpi.core.vocabulary import Frequency, Reading

CATALOGUE = load_catalogue()
LOW_IS_GOOD = {"KPI S1", "KPI E2", "KPI I4"}
RATED = [code for code, row in schedule().items() if row.rated]
counts = st.integers(0, 200).flatmap(lambda y: st.tuples(st.integers(0, y), st.just(y)))


def went(code, now, then, reading=Reading.EFFECTIVE):
    indicator = CATALOGUE.indicators[code]
    judged = [
        assess_indicator(indicator, *period_result, reading=reading) if period_result else None
        for period_result in (now, then)
    ]
    return compare(indicator.read(reading).bands, *judged)


@pytest.mark.parametrize("code", RATED)
def test_what_is_better_follows_the_schedules_bands(code):
    assert CATALOGUE.indicators[code].effective.bands.higher_is_better is (code not in LOW_IS_GOOD)


CASES = [
    ("KPI S3", (96, 100), (95, 100), "Better"),  # Amber to Green
    ("KPI S3", (95, 100), (96, 100), "Worse"),
    ("KPI S3", (90, 100), (900, 1000), "Same"),
    ("KPI S1", (5, 100), (8, 100), "Better"),  # both Green: fewer refusals
    ("KPI S1", (11, 100), (9, 100), "Worse"),
    ("KPI S2", (0, 100), (2, 100), "Better"),  # fewer disputes, the outturn is the rest
    ("KPI I4", (1, 100), (6, 100), "Better"),
    ("KPI S3", (2, 3), (66667, 100000), "Worse"),  # 66.6666…% and 66.667%: told apart exactly
    ("KPI S3", (1, 2), None, "New"),
    ("KPI S3", (1, 2), (0, 0), "New"),  # no cases then: nothing to compare with
    ("KPI S3", (1, 2), ("?", 2), "New"),
]


@pytest.mark.parametrize(("code", "now", "then", "word"), CASES)
def test_direction_by_hand(code, now, then, word):
    assert went(code, now, then) is Direction(word)


def test_as_written_turns_the_direction_of_kpi_i4():
    assert went("KPI I4", (1, 100), (6, 100), Reading.AS_WRITTEN) is Direction.WORSE


@pytest.mark.parametrize("code", ["INFO W1", "KPI S3"])
def test_nothing_is_judged_without_bands_or_without_an_outturn(code):
    now = (1, 2) if code == "INFO W1" else (0, 0)
    assert went(code, now, (1, 3)) is None


@given(st.sampled_from(RATED), counts, counts)
def test_there_and_back_are_opposites_and_agree_with_the_shares(code, now, then):
    there, back = went(code, now, then), went(code, then, now)
    if not now[1] or not then[1]:
        assert there in (None, Direction.NEW)
        return
    shares = [Fraction(x, y) for x, y in (now, then)]
    fewer_is_good = code in LOW_IS_GOOD or code == "KPI S2"
    rose = (shares[0] > shares[1]) - (shares[0] < shares[1])
    details = {Direction.BETTER: 1, Direction.SAME: 0, Direction.WORSE: -1}
    assert details[there] == (-rose if fewer_is_good else rose)
    assert details[back] == -details[there]


DUE_BEFORE = [
    ("KPI E3", Period(2026, 1), Period(2025, 4)),
    ("KPI E3", Period(2026, 3), Period(2026, 2)),
    ("KPI S1", Period(2026, 2), Period(2025, 4)),
    ("KPI S1", Period(2026, 4), Period(2026, 2)),
    ("KPI S1", Period(2026, 3), Period(2026, 2)),
    ("KPI S5", Period(2026, 4), Period(2025, 4)),
    ("KPI S5", Period(2026, 2), Period(2025, 4)),
]


@pytest.mark.parametrize(("code", "period", "before"), DUE_BEFORE)
def test_the_due_period_before(code, period, before):
    assert previous_due(CATALOGUE.indicators[code], period) == before


def test_an_indicator_of_no_stated_frequency_is_due_every_quarter():
    indicator = load_terms().version("2026-27.1").find("KPI T1")
    assert previous_due(indicator, Period(2026, 1), Reading.AS_WRITTEN) == Period(2025, 4)


@given(st.sampled_from(list(schedule())), st.integers(1950, 2090), st.integers(1, 4))
def test_a_due_period_before_is_due_and_none_lies_between(code, year, quarter):
    indicator, period = CATALOGUE.indicators[code], Period(year, quarter)
    before = previous_due(indicator, period)
    between = [period.back(steps) for steps in range(1, 5) if before < period.back(steps)]
    assert before < period
    assert is_due(indicator, before)
    assert not any(is_due(indicator, between_period) for between_period in between)
    longest = {Frequency.QUARTERLY: 1, Frequency.SIX_MONTHLY: 2, Frequency.ANNUAL: 4}
    assert period.back(longest[indicator.effective.frequency]) <= before


@given(st.integers(1950, 2090), st.integers(1, 4), st.integers(-40, 40))
def test_back_and_forward_come_home(year, quarter, steps):
    period = Period(year, quarter)
    assert period.back(steps).back(-steps) == period
    assert (period.back(steps) < period) is (steps > 0)
