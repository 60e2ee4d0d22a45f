"""Reporting periods of every scheme: they tile the calendar, and are read as people write them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.period_calendar import LENGTHS, list_parts
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.day import MONTHS, long_date
from xlkpi.core.deadlines import find_deadline
from xlkpi.core.period import QUARTERS, Period, PeriodScheme, is_due, previous_due
from xlkpi.core.period_text import find_periods, parse_cell_period, parse_period
from xlkpi.core.vocabulary import Frequency

SCHEMES = [(periods, month) for periods in LENGTHS for month in range(1, 13)]
YEARS = range(2024, 2029)
every_scheme = pytest.mark.parametrize(("periods", "first_month"), SCHEMES)


def scheme_of(periods: str, first_month: int | str) -> PeriodScheme:
    month = first_month if isinstance(first_month, str) else MONTHS[first_month - 1]
    return ContractWords(periods=periods, first_month=month).scheme


@every_scheme
def test_periods_are_the_parts_of_the_year_that_the_calendar_has(periods, first_month):
    scheme = scheme_of(periods, first_month)
    for part in list_parts(periods, first_month, YEARS):
        period = Period(part.year, part.number, scheme)
        assert (str(period), period.start, period.end) == (part.text, part.start, part.end)
        assert scheme.period_of(part.start) == scheme.period_of(part.end) == period
        assert scheme.last_ended(part.end + timedelta(days=1)) == period


@every_scheme
def test_periods_follow_each_other_and_go_back_the_way_they_came(periods, first_month):
    listed = [Period(part.year, part.number, scheme_of(periods, first_month))
              for part in list_parts(periods, first_month, YEARS)]  # fmt: skip
    assert sorted(listed, key=lambda period: period.end) == sorted(listed) == listed
    for before, after in pairwise(listed):
        assert before < after
        assert before.end + timedelta(days=1) == after.start
        assert after.back(1) == before
        assert before.back(-1) == after
    assert listed[-1].back(len(listed) - 1) == listed[0]
    assert len(set(listed)) == len(listed)


@every_scheme
def test_every_period_is_read_as_it_is_written_and_by_its_days(periods, first_month):
    scheme = scheme_of(periods, first_month)
    for part in list_parts(periods, first_month, YEARS):
        days = (f"{part.start:%d/%m/%Y} - {part.end:%d/%m/%Y}", f"{long_date(part.start)} to {long_date(part.end)}")
        months = f"{MONTHS[part.start.month - 1]} {part.start.year} to {MONTHS[part.end.month - 1]} {part.end.year}"
        for text in (part.text, part.text.lower().replace("-", "/"), *days, months):
            assert parse_period(text, scheme) == Period(part.year, part.number, scheme), text


@every_scheme
def test_a_day_less_is_not_the_period(periods, first_month):
    scheme = scheme_of(periods, first_month)
    for part in list_parts(periods, first_month, YEARS[:1]):
        assert parse_period(f"{part.start} to {part.end - timedelta(days=1)}", scheme) is None
        assert parse_period(f"{part.start + timedelta(days=1)} to {part.end}", scheme) is None


@given(st.sampled_from(SCHEMES), st.dates(date(2000, 1, 1), date(2098, 12, 31)), st.integers(-400, 400))
def test_going_back_and_forward_comes_home(named, day, steps):
    period = scheme_of(*named).period_of(day)
    assert period.start <= day <= period.end
    assert period.back(steps).back(-steps) == period
    assert (period.back(steps) < period) is (steps > 0)


SPELLINGS = [
    ("monthly", "April", "2026-27 M05", ["August 2026", "Aug 26", "Aug-26", "Aug '26", "2026-27 month 5", "M5 2026/27",
     "2026-27 P05", "period 5 of 26/27", "5th month 2026/27", "2026-08", "08/2026", "1 Aug 2026",
     "2026-08-01 00:00:00", "1 August to 31 August 2026", "1/8/26 until 31/8/26", "AUGUST, 2026"]),
    ("monthly", "January", "2026 M05", ["May 2026", "2026 month 5", "M5 2026", "2026-05"]),
    ("quarterly", "January", "2026 Q2", ["Q2 2026", "2nd quarter 2026", "April to June 2026", "Q2 26"]),
    ("quarterly", "July", "2026-27 Q2", ["Q2 2026/27", "Oct-Dec 2026"]),
    ("quarterly", "February", "2026-27 Q4", ["Nov 2026 to Jan 2027", "Nov-Jan 2027"]),
    ("four-monthly", "April", "2026-27 T1", ["1 Apr 2026 to 31 Jul 2026", "T1 2026/27", "Apr-Jul 2026",
     "1st third 2026-27", "term 1 2026-27"]),
    ("four-monthly", "April", "2026-27 T3", ["Dec 2026 to Mar 2027", "Dec-Mar 2027"]),
    ("half-yearly", "April", "2026-27 H1", ["H1 2026/27", "1st half 2026-27", "half-year 1, 2026-27", "Apr-Sep 26"]),
    ("annual", "April", "2026-27", ["2026/27", "FY 2026/27", "26/27", "financial year 2026-27",
     "1 April 2026 to 31 March 2027"]),
    ("annual", "January", "2026", ["year 2026", "Jan-Dec 2026"]),
]  # fmt: skip


@pytest.mark.parametrize(("periods", "first_month", "wanted", "texts"), SPELLINGS)
def test_a_period_is_read_however_people_write_it(periods, first_month, wanted, texts):
    scheme = scheme_of(periods, first_month)
    assert {text: str(parse_period(text, scheme)) for text in texts} == dict.fromkeys(texts, wanted)


@pytest.mark.parametrize(
    ("periods", "first_month", "texts"),
    [
        ("monthly", "April", ["2026-27 Q2", "2026-27 M13", "2026-27 M00", "2026-27", "2 Aug 2026", "Aug", "2026-13",
                              "August 2199", "Jul-Aug 2026", "M5 2026", "1st of August"]),
        ("quarterly", "April", ["2026-27 P2", "2026-27 M05", "August 2026", "2026-08", "1 July 2026",
                                "1 Oct 9999 to 31 Dec 9999"]),
        ("quarterly", "January", ["2026-27 Q2", "Q5 2026"]),
        ("four-monthly", "April", ["2026-27 T4", "2026-27 Q2", "Apr-Jun 2026", "2026-27 P2"]),
        ("half-yearly", "April", ["2026-27 H3", "Apr-Jun 2026"]),
        ("annual", "April", ["2026", "2026-28", "2026-27 Q1"]),
        ("annual", "January", ["2026-27", "1999", "2099"]),
    ],
)  # fmt: skip
def test_anything_else_is_not_a_period_of_the_scheme(periods, first_month, texts):
    scheme = scheme_of(periods, first_month)
    assert [text for text in texts if parse_period(text, scheme) is not None] == []


DUE = [
    ("monthly", Frequency.MONTHLY, range(1, 13)),
    ("monthly", Frequency.QUARTERLY, (3, 6, 9, 12)),
    ("monthly", Frequency.FOUR_MONTHLY, (4, 8, 12)),
    ("monthly", Frequency.SIX_MONTHLY, (6, 12)),
    ("monthly", Frequency.ANNUAL, (12,)),
    ("monthly", Frequency.OPEN, range(1, 13)),
    ("quarterly", Frequency.SIX_MONTHLY, (2, 4)),
    ("four-monthly", Frequency.FOUR_MONTHLY, (1, 2, 3)),
    ("four-monthly", Frequency.ANNUAL, (3,)),
    ("half-yearly", Frequency.SIX_MONTHLY, (1, 2)),
    ("half-yearly", Frequency.ANNUAL, (2,)),
    ("annual", Frequency.ANNUAL, (1,)),
    ("annual", Frequency.OPEN, (1,)),
]


class Often:
    """An indicator of which only the frequency matters."""

    def __init__(self, frequency):
        self.frequency = frequency

    def read(self, _reading):
        return self


@pytest.mark.parametrize("first_month", [1, 4, 11])
@pytest.mark.parametrize(("periods", "frequency", "numbers"), DUE)
def test_an_indicator_is_due_when_what_it_counts_ends(periods, frequency, numbers, first_month):
    scheme, indicator = scheme_of(periods, first_month), Often(frequency)
    year = [Period(2026, number, scheme) for number in range(1, scheme.per_year + 1)]
    due = [period for period in year if is_due(indicator, period)]
    assert [period.number for period in due] == list(numbers)
    assert scheme.fits(frequency)
    for before, period in pairwise(due):
        assert previous_due(indicator, period) == before
        assert period.span(frequency) == (before.end + timedelta(days=1), period.end)
        assert previous_due(indicator, before.back(-1)) == before
    assert previous_due(indicator, due[0]) == due[-1].back(scheme.per_year)


@pytest.mark.parametrize(
    ("periods", "frequency"),
    [("quarterly", Frequency.MONTHLY), ("quarterly", Frequency.FOUR_MONTHLY), ("four-monthly", Frequency.SIX_MONTHLY),
     ("four-monthly", Frequency.QUARTERLY), ("half-yearly", Frequency.FOUR_MONTHLY), ("annual", Frequency.QUARTERLY)],
)  # fmt: skip
def test_a_frequency_that_ends_inside_a_period_does_not_fit(periods, frequency):
    assert not scheme_of(periods, "April").fits(frequency)


def test_without_a_word_on_periods_a_contract_has_quarters_from_april():
    assert ContractWords().scheme == QUARTERS == PeriodScheme()
    assert Period(2026, 2) == parse_period("2026-27 Q2") == QUARTERS.period_of(date(2026, 7, 1))
    assert QUARTERS.example == "2026-27 Q2"


def test_the_same_days_of_two_schemes_are_two_periods():
    april, july = Period(2026, 2), Period(2026, 1, scheme_of("quarterly", "July"))
    assert (april.start, april.end) == (july.start, july.end)
    assert april != july


@pytest.mark.parametrize(
    ("periods", "noun", "example"),
    [("monthly", "month", "2026-27 M02"), ("quarterly", "quarter", "2026-27 Q2"),
     ("four-monthly", "period", "2026-27 T2"), ("half-yearly", "half-year", "2026-27 H2"),
     ("annual", "year", "2026-27")],
)  # fmt: skip
def test_a_scheme_has_a_word_for_its_periods_and_an_example(periods, noun, example):
    scheme = scheme_of(periods, "April")
    assert (scheme.noun, scheme.example) == (noun, example)


@pytest.mark.parametrize(
    ("periods", "first_month", "text", "last"),
    [
        ("monthly", "April", "trained by 2026-27 M09", date(2026, 12, 31)),
        ("monthly", "January", "end of 2026 M09", date(2026, 9, 30)),
        ("four-monthly", "April", "2026-27 T2 or 2026-27 T3", date(2027, 3, 31)),
        ("half-yearly", "April", "in 2026-27 H1", date(2026, 9, 30)),
        ("annual", "April", "by the end of 2026-27.", date(2027, 3, 31)),
        ("annual", "January", "flat 2026", None),
        ("quarterly", "April", "2026-27 Q9", None),
    ],
)
def test_a_timescale_may_name_a_period_of_the_contract(periods, first_month, text, last):
    scheme = scheme_of(periods, first_month)
    assert find_deadline(text, scheme) == last
    assert bool(list(find_periods(text, scheme))) is (last is not None)


@pytest.mark.parametrize(
    ("periods", "first_month", "value", "wanted"),
    [
        ("annual", "January", 2026.0, "2026"),
        ("monthly", "April", 46235, "2026-27 M05"),  # 1 August 2026, as a sheet makes it of "Aug 2026"
        ("monthly", "April", 46236, None),
        ("monthly", "April", 46235.5, None),
        ("monthly", "April", "Aug 2026", "2026-27 M05"),
        ("quarterly", "April", 46204, None),
        ("quarterly", "April", 1e300, None),
        ("quarterly", "April", "2026-27 Q2", "2026-27 Q2"),
    ],
)
def test_a_cell_may_have_a_number_for_a_year_or_a_month(periods, first_month, value, wanted):
    period = parse_cell_period(value, scheme_of(periods, first_month))
    assert (str(period) if period else None) == wanted
