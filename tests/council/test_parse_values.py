"""Single cells of a ledger: days, sums and counts as people and systems write them."""

from __future__ import annotations

import math
from datetime import date

import pytest
from pydantic_core import PydanticCustomError

from xlkpi.council.lists.parse_values import read_amount, read_day, read_text, read_whole

APRIL = date(2026, 4, 1).toordinal()


@pytest.mark.parametrize(
    "text",
    [
        "01/04/2026",
        "1/4/26",
        "01-04-2026",
        "01.04.2026",
        "2026-04-01",
        "20260401",
        "2026-04-01T09:30:00",
        "2026-04-01 00:00:00",
        "01/04/2026 09:30",
        "01-Apr-26",
        "1-APR-2026",
        "1 April 2026",
        "01 Apr 2026",
        " 01/04/2026\xa0",
        "46113",
        "46113.75",
    ],
)
def test_a_day_however_it_is_written(text):
    assert read_day(text) == APRIL


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "N/A", "00/00/0000", "NULL"])
def test_no_day(text):
    assert read_day(text) == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/02/2026", "not a date. Write day/month/year."),
        ("12/31/2026", "only a date with the month first"),
        ("04/13/26 10:00", "only a date with the month first"),
        ("01/05/1926", "outside 2000 to 2099"),
        ("next week", "not a date"),
        ("0", "not a date"),
        ("#REF!", "not a date"),
    ],
)
def test_a_text_that_is_no_day_says_what_to_write(text, says):
    with pytest.raises(PydanticCustomError, match=says):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1234.5", 123450),
        ("£1,234.50", 123450),
        ("1,234,567", 123456700),
        (" £ 12 ", 1200),
        ("GBP 5", 500),
        (".5", 50),
        ("0", 0),
        ("1234.5600000000001", 123456),
        ("(12.00)", -1200),
        ("-£12", -1200),
        ("£-12", -1200),
        ("12-", -1200),
        ("12.00 CR", -1200),
        ("12 DR", 1200),
        ("−3.10", -310),
        ("12.125", 1213),
        ("(0.005)", -1),
    ],
)
def test_a_sum_however_it_is_written(text, pence):
    assert read_amount(text) == pence


@pytest.mark.parametrize("text", ["", "-", "n/a"])
def test_no_sum(text):
    assert math.isnan(read_amount(text))


@pytest.mark.parametrize("text", ["12,34", "1.2.3", "£", "--5", "-5-", "ask Ann", "1,2345.00", "€5"])
def test_a_text_that_is_no_sum_is_refused(text):
    with pytest.raises(PydanticCustomError, match="not a sum of money"):
        read_amount(text)


def test_a_text_is_tidied_and_a_broken_one_refused():
    assert read_text(" INV\u200b 7\n") == "INV 7"
    assert read_text("=") == "="
    refused = (
        ("#N/A", "shows"),
        ("=1+1", "formula =1\\+1, never calculated"),
        ("Caf\ufffd", "was lost"),
        ("x" * 201, "201 characters"),
    )
    for text, reason in refused:
        with pytest.raises(PydanticCustomError, match=reason):
            read_text(text)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), (" 1,200 ", 1200), ("7.0", 7)])
def test_a_count(text, number):
    assert read_whole(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", "twelve", "1e3", "²"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(PydanticCustomError, match="whole number"):
        read_whole(text)
