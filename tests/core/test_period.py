"""Reporting periods, and what is due in each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.oracle import due
from tests.judge.schedule_text import schedule
from xlkpi.catalogue.load import load_catalogue, load_terms
from xlkpi.core.period import QUARTERS, Period, is_due, must_be_returned
from xlkpi.core.period_text import parse_period
from xlkpi.core.vocabulary import Frequency, Reading

DAYS = [
    ("2026-27 Q1", date(2026, 4, 1), date(2026, 6, 30)),
    ("2026-27 Q2", date(2026, 7, 1), date(2026, 9, 30)),
    ("2026-27 Q3", date(2026, 10, 1), date(2026, 12, 31)),
    ("2026-27 Q4", date(2027, 1, 1), date(2027, 3, 31)),
    ("2098-99 Q4", date(2099, 1, 1), date(2099, 3, 31)),
    ("2000-01 Q1", date(2000, 4, 1), date(2000, 6, 30)),
]


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_a_quarter_has_its_days(text, first, last):
    period = parse_period(text)
    assert (str(period), period.start, period.end) == (text, first, last)


SPANS = [
    ("2026-27 Q2", Frequency.QUARTERLY, date(2026, 7, 1)),
    ("2026-27 Q2", Frequency.SIX_MONTHLY, date(2026, 4, 1)),
    ("2026-27 Q4", Frequency.SIX_MONTHLY, date(2026, 10, 1)),
    ("2026-27 Q4", Frequency.ANNUAL, date(2026, 4, 1)),
    ("2026-27 Q1", Frequency.OPEN, date(2026, 4, 1)),
]


@pytest.mark.parametrize(("text", "frequency", "first"), SPANS)
def test_an_entry_counts_its_whole_quarter_half_year_or_year(text, frequency, first):
    period = parse_period(text)
    assert period.span(frequency) == (first, period.end)


@pytest.mark.parametrize(
    "text",
    ["2026-27 Q2", " 2026/27 q2 ", "2026-2027 Q2", "2026-27  Q2", "Q2 2026/27", "2nd quarter 26/27", "Jul-Sep 2026",
     "July 2026 to September 2026", "01/07/2026 - 30/09/2026"],
)  # fmt: skip
def test_a_period_is_read_in_its_usual_spellings(text):
    assert parse_period(text) == Period(2026, 2)


@pytest.mark.parametrize(
    "text",
    ["", "Q2", "2026-27", "2026-28 Q2", "2026-27 Q5", "2026-27 Q0", "2026 Q2", "Jul-Aug 2026", "Jan-Mar 2000",
     "01/07/2026 - 29/09/2026", "20²6-27 Q2", "Q2 2026",
     "2026-2028 Q2", "2026-27 Q2 late", "٢٠٢٦-27 Q2", "0000-01 Q1", "0000-1 Q1", "9999-00 Q4", "1899-00 Q1",
     "10000-01 Q1", "-27 Q1",
     "1999-00 Q4", "2099-00 Q1", "9998-99 Q4", f"{'9' * 5000}-00 Q1", f"2026-{'9' * 5000} Q1"],
)  # fmt: skip
def test_anything_else_is_no_period(text):
    assert parse_period(text) is None


@given(st.integers(2000, 2098), st.integers(1, 4))
def test_periods_are_written_and_read_alike_and_follow_each_other(year, quarter):
    period = Period(year, quarter)
    assert parse_period(str(period)) == period
    following = Period(year, quarter + 1) if quarter < 4 else Period(year + 1, 1)
    assert period < following
    assert period.end + timedelta(days=1) == following.start


@given(st.dates(date(2000, 4, 1), date(2099, 3, 31)))
def test_every_day_lies_in_one_period(day):
    period = QUARTERS.period_of(day)
    assert period.start <= day <= period.end


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2026, 11, 24), "2026-27 Q2"),
        (date(2026, 10, 1), "2026-27 Q2"),
        (date(2026, 9, 30), "2026-27 Q1"),
        (date(2026, 4, 1), "2025-26 Q4"),
        (date(2027, 3, 31), "2026-27 Q3"),
        (date(2027, 1, 1), "2026-27 Q3"),
        (date(2000, 2, 1), "1999-00 Q3"),
    ],
)
def test_the_period_that_is_collected_is_the_one_that_ended_last(today, period):
    assert str(QUARTERS.last_ended(today)) == period


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
@pytest.mark.parametrize("code", schedule())
def test_what_is_due_follows_the_ticks_of_the_schedule(code, quarter):
    period, indicator = Period(2026, quarter), load_catalogue().find(code)
    wanted = due(code, str(period))
    for reading in Reading:
        assert is_due(indicator, period, reading) is must_be_returned(indicator, period, reading) is wanted


def test_what_an_earlier_version_gave_no_frequency_was_open_in_every_return_and_could_stay_empty():
    indicator = load_terms().version("2026-27.1").find("KPI T1")
    assert is_due(indicator, Period(2026, 1), Reading.AS_WRITTEN)
    assert not must_be_returned(indicator, Period(2026, 1), Reading.AS_WRITTEN)
