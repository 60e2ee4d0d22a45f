"""One parser of dates: whoever reads a day reads the same day from the same text, and refuses the same texts.

The callers are the doors themselves (a register's row, the lists on disk, an option, a cover, an action plan), so
that a second parser behind any of them would show here.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from xlkpi.cli.arguments import UsageError, day_argument
from xlkpi.core.day import NotADay, find_days, long_date, parse_day, read_both_ways, read_year_first, short_date
from xlkpi.core.deadlines import find_deadline
from xlkpi.council.decisions import read_decisions
from xlkpi.council.register.provider_row import ProviderRow
from xlkpi.finance.invoice import InvoiceRow
from xlkpi.ooxml.model import CellKind, RawCell
from xlkpi.reading.returns import cover


def of_the_register(text, _):
    row = ProviderRow.model_validate({"provider_id": "P1", "provider": "A", "lots": "1a", "contract_start": text})
    return row.contract_start


def of_the_ledger(column):
    def read(text, _):
        cells = {"provider_id": "P1", "invoice_no": "1", "received_date": "1/4/2026", column: text}
        return date.fromordinal(getattr(InvoiceRow.model_validate(cells), column))

    return read


def of_a_file_decision(text, folder):
    path = folder / "decisions.csv"
    path.write_text(f'file,decision,who,when,why\na.xlsx,use,J,"{text}",agreed\n', encoding="utf-8")
    return read_decisions([path]).decisions[0].decided_on


def of_an_s2_decision(text, folder):
    path = folder / "S2 decisions.csv"
    header = "provider_id,period,agreed_x,agreed_y,who,when,why"
    path.write_text(f'{header}\nP1,2026-27 Q2,1,2,J,"{text}",agreed\n', encoding="utf-8")
    return read_decisions([path]).decisions[0].decided_on


def of_an_option(text, _):
    return day_argument(text)


def of_a_cover(text, _):
    day = cover._day(RawCell("C28", CellKind.TEXT, text))
    if day is None:
        raise NotADay
    return day


def of_a_timescale(text, _):
    day = find_deadline(text)
    if day is None:
        raise NotADay
    return day


CALLERS = {
    "register": of_the_register,
    "file decisions": of_a_file_decision,
    "S2 decisions": of_an_s2_decision,
    **{f"ledger {name}": of_the_ledger(name) for name in ("invoice_date", "received_date", "paid_date")},
    "--as-of and --answer-by": of_an_option,
    "cover": of_a_cover,
    "action plan": of_a_timescale,
}
THIRD_OF_OCTOBER = (
    "2026-10-03", "20261003", "2026/10/03", "2026-10-03T09:30:00", "2026-10-03 00:00:00", "2026-10-03T09:30:00Z",
    "3/10/2026", "03/10/2026", "3/10/26", "03.10.2026", "3.10.26", "3-10-2026", "03-10-26", "3 / 10 / 2026",
    "03/10/2026 09:30", "3/10/2026 9:30 am", "3 Oct 26", "3-Oct-2026", "03-OCT-26", "3/Oct/2026", "3.Oct.2026",
    "3 October 2026", "3rd October 2026", "3rd of October, 2026", "3 Oct. 2026", "3Oct2026", "October 3, 2026",
    "Oct 3rd 2026", "Saturday 3 October 2026", "Sat, 3 Oct 2026", "3 October 2026.", " 3\xa0October  2026 ",
    "3 10 2026", "2026-Oct-03", "03\u201110\u20112026", "3 \u2013 10 \u2013 2026", "03-OCT-26 00.00.00.000000",
    "Oct 3, 2026 12:00:00 AM", "3 Octob 2026",
)  # fmt: skip
NOT_DAYS = (
    "31/02/2026", "31/13/2026", "13/13/2026", "45 May 2026", "00/01/2026", "2026-02-30", "next week", "ongoing",
    "3 Oct", "3/10", "1/2/3", "1/2/2027/3", "2026", "Octember 3, 2026", "3 Octember 2026", "#REF!", "٣/١٠/٢٠٢٦",
)  # fmt: skip
MONTH_FIRST = ("10/13/2026", "04/13/26", "12-31-2026", "1.31.2026", "12/31/2026 10:00")
REFUSALS = (NotADay, UsageError, ValidationError, LookupError)


@pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS)
def test_every_caller_reads_the_same_day_from_every_spelling(caller, tmp_path):
    days = {text: caller(text, tmp_path) for text in THIRD_OF_OCTOBER}
    assert set(days.values()) == {date(2026, 10, 3)}, days
    assert caller("3 Sept 2026", tmp_path) == caller("03-Sept.-26", tmp_path) == date(2026, 9, 3)


@pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS)
def test_every_caller_refuses_the_same_texts_and_swaps_no_month(caller, tmp_path):
    for text in (*NOT_DAYS, *MONTH_FIRST):
        with pytest.raises(REFUSALS):
            caller(text, tmp_path)


@pytest.mark.parametrize("text", MONTH_FIRST)
def test_a_date_with_the_month_first_is_recognised_as_one(text):
    with pytest.raises(NotADay, match=r"only a date with the month first\. Write day/month/year\."):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("3/10/2026", date(2026, 10, 3), date(2026, 3, 10)),
        ("13.10.26 09:00", date(2026, 10, 13), None),
        ("10-13-2026", None, date(2026, 10, 13)),
        ("31/31/2026", None, None),
    ],
)
def test_a_date_in_numbers_is_read_both_ways(text, day_first, month_first):
    assert read_both_ways(text) == (day_first, month_first)
    assert read_both_ways("2026-10-03") is read_both_ways("3 October 2026") is None


@pytest.mark.parametrize(
    ("text", "year_last", "year_first"),
    [
        ("26-05-03", 2003, date(2026, 5, 3)),
        ("03/05/26 09:00", 2026, date(2003, 5, 26)),
        ("26.13.03", 2003, None),
        ("26-02-30", 2030, None),
    ],
)
def test_three_pairs_of_digits_are_read_with_the_year_in_either_place(text, year_last, year_first):
    assert read_year_first(text) == (year_last, year_first)


@pytest.mark.parametrize("text", ["2026-05-03", "3/5/26", "03/05/2026", "3 May 26"])
def test_what_is_not_three_pairs_of_digits(text):
    assert read_year_first(text) is None


@pytest.mark.parametrize("text", NOT_DAYS)
def test_what_is_not_a_date_says_what_to_write(text):
    with pytest.raises(NotADay, match=r"is not a date\. Write day/month/year\."):
        parse_day(text)


def test_the_number_of_a_spreadsheet_is_a_day_only_where_the_caller_says_so():
    assert parse_day("46298", serials=True) == parse_day("46298.75", serials=True) == date(2026, 10, 3)
    with pytest.raises(NotADay):
        parse_day("46298")


@pytest.mark.parametrize(("year", "means"), [("00", 2000), ("26", 2026), ("68", 2068), ("69", 1969), ("99", 1999)])
def test_a_year_of_two_digits_is_read_as_spreadsheets_read_it(year, means):
    assert parse_day(f"1/4/{year}") == parse_day(f"1 Apr {year}") == date(means, 4, 1)


def test_a_sentence_names_its_days_and_keeps_the_rest():
    days, rest = find_days("begin 1. March 2027, done by the 31st of May 2027 (was 30/04/27)")
    assert sorted(days) == [date(2027, 4, 30), date(2027, 5, 31)]
    assert "1. March 2027" in rest


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)))
def test_every_day_is_read_as_it_was_written(day):
    for spelling in ("%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d-%b-%y", "%A %d %B %Y", "%b %d, %Y"):
        assert parse_day(day.strftime(spelling)) == day
    assert parse_day(long_date(day)) == parse_day(short_date(day)) == day


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    for serials in (False, True):
        with suppress(NotADay):
            assert isinstance(parse_day(text, serials=serials), date)


def test_a_serial_before_any_program_agrees_on_the_day_is_not_a_day():
    with pytest.raises(NotADay):
        parse_day("00042", serials=True)
