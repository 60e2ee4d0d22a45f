"""People and systems write a quarter and a count in their own way: both are read, and nothing is guessed."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from xlkpi.core.period import Period
from xlkpi.core.period_text import parse_period
from xlkpi.council.lists.parse_values import read_period, read_whole

YEARS = ("2026-27", "2026/27", "26/27", "26-27", "2026-2027", "2026/2027", "2026\u201327", "FY2026/27", "FY 26-27")
QUARTERS = ("Q2", "q2", "Qtr 2", "Quarter 2", "2nd quarter")
OTHER_SPELLINGS = (
    "2026/27 - Q2", "Q2 (2026/27)", "Quarter 2, 2026/27", "2nd quarter of 2026-27", "2026-27Q2", "Q2_2026-27",
    "July to September 2026", "Jul-Sep 2026", "Jul \u2013 Sept '26", "JULY - SEPTEMBER 2026", "Jul 2026 to Sep 2026",
    "1 July 2026 to 30 September 2026", "01/07/2026 - 30/09/2026", "2026-07-01 to 2026-09-30",
)  # fmt: skip
NOT_A_QUARTER = (
    "Q2 2026", "2026 Q2", "Q2", "2026-27", "2026-28 Q2", "Q5 2026/27", "July 2026", "Jul-Oct 2026", "Aug-Oct 2026",
    "Jul 2025 to Sep 2026", "1 July 2026 to 29 September 2026", "Jan-Mar 2000", "Q4 1999/00", "Q1 2099/00",
    "1 January 1900 to 31 March 1900", "2026-27 Q2 late", "April to September 2026",
)  # fmt: skip


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("year", YEARS)
def test_year_and_quarter_in_either_order(year, quarter):
    assert parse_period(f"{year} {quarter}") == parse_period(f"{quarter} {year}") == Period(2026, 2)


@pytest.mark.parametrize("text", OTHER_SPELLINGS)
def test_signs_months_and_days(text):
    assert parse_period(text) == Period(2026, 2)


@pytest.mark.parametrize(
    ("text", "quarter"), [("Apr-Jun 2026", 1), ("Oct to Dec 2026", 3), ("January to March 2027", 4)]
)
def test_the_months_of_every_quarter(text, quarter):
    assert parse_period(text) == Period(2026, quarter)


@pytest.mark.parametrize("text", NOT_A_QUARTER)
def test_what_could_mean_something_else_is_asked(text):
    assert parse_period(text) is None
    with pytest.raises(PydanticCustomError, match="not a reporting period"):
        read_period(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("5.00", 5), ("5.0", 5), ("4.", 4), ("1,234", 1234), ("1,234.00", 1234), (" 7 ", 7), ("0.000", 0)],
)
def test_a_whole_number_with_noughts_behind_the_point(text, count):
    assert read_whole(text) == count


@pytest.mark.parametrize(("text", "count"), [("195.99999999999997", 196), ("7.000000000000001", 7)])
def test_a_number_is_what_a_spreadsheet_shows_of_it(text, count):
    assert read_whole(text) == count


@pytest.mark.parametrize("text", ["5.5", "1,2", "1,23,456", "7.0000001", "-1", "", "5.00.00", "1e3", "12345678901"])
def test_anything_else_is_not_a_count(text):
    with pytest.raises(PydanticCustomError, match="Enter a whole number of 0 or more"):
        read_whole(text)
