"""A column of dates is judged as a column: month first, or both orders, is decided or asked about once, and said."""

from __future__ import annotations

from datetime import date

import pytest

from tests.field.ledgers import (
    RIGHT,
    ROWS,
    check,
    counted,
    csv_with_days,
    message,
    reported,
    with_days,
    workbook_of,
)

SEPTEMBER = "P00{who},{number},{day}/09/2026,{due}/09/2026,{day}/09/2026,100.00,{dispute},,{paid}/09/2026"


def september():
    """The same invoices at different days of September, so that some numbers could also be months."""
    days = ["03", "10", "12", "21", "28", "01", "02", "19", "25"]
    rows = []
    for place, day in enumerate(days):
        dispute = "08/09/2026,rate" if place == 0 else ","
        rows.append(
            SEPTEMBER.format(
                who=1 + place // 5, number=place, day=day, due=day, dispute=dispute, paid=29 if place else "29"
            )
        )
    return rows


def american(day, _column=""):
    return "" if day is None else f"{day.month}/{day.day}/{day.year}"


def british(day, _column=""):
    return "" if day is None else f"{day.day:02d}/{day.month:02d}/{day.year}"


def test_american_dates_are_read_as_such_and_it_is_said(tmp_path):
    finance = check(tmp_path, csv_with_days(american, september()))
    assert counted(finance) == RIGHT
    assert reported(finance) == {"LIST_MONTH_FIRST": "query"}
    assert finance.marked["received_date"].min() == date(2026, 9, 1).toordinal()
    assert message(finance, "LIST_MONTH_FIRST") == (
        "ledger.csv: invoice_date is read with the month first, as its other dates are (cells: 9; first C2,"
        " “9/3/2026”). If that is wrong, export the dates as year-month-day and run again."
    )


def test_a_column_without_a_day_over_12_follows_the_other_columns(tmp_path):
    finance = check(tmp_path, csv_with_days(american, ROWS))  # only those received and paid say which order it is
    assert counted(finance) == RIGHT
    assert finance.marked["disputed_date"].max() == date(2026, 5, 6).toordinal()


def test_british_dates_are_read_without_a_word(tmp_path):
    finance = check(tmp_path, csv_with_days(british, september()))
    assert (counted(finance), reported(finance)) == (RIGHT, {})


def test_one_slip_of_the_hand_does_not_turn_a_column(tmp_path):
    rows = csv_with_days(british, september() * 3).replace("29/09/2026", "09/29/2026", 1)
    finance = check(tmp_path, rows)
    assert reported(finance)["LIST_ROW"] == "must fix"
    assert "LIST_MONTH_FIRST" not in reported(finance)


def test_both_orders_in_one_column_are_asked_about_once(tmp_path):
    rows = [british(date(2026, 9, day)) for day in (3, 10, 12, 21, 28)]
    rows += [american(date(2026, 9, day)) for day in (1, 2, 19, 25)]
    lines = [f"P001,{number},,,{day},100.00,,,," for number, day in enumerate(rows)]
    finance = check(tmp_path, "\n".join([",".join(HEADERS), *lines]))
    assert reported(finance)["LIST_DAY_ORDER"] == "must fix"
    assert finance.ledger.rows_set_aside == 5  # 3, 10, 12, 1 and 2 September
    assert "(cells: 5; first E2, “03/09/2026”)" in message(finance, "LIST_DAY_ORDER")
    assert sum(entry.finding.severity.value == "must fix" for entry in finance.findings) == 1


def half_swapped(day, _column=""):
    """What an American program makes of British dates in a CSV: 3/9 is 9 March to it, and 13/9 stays text."""
    if day is None:
        return None
    return date(day.year, day.day, day.month) if day.day <= 12 else british(day)


@pytest.mark.parametrize(
    "write", [lambda cell: cell, lambda cell: cell.isoformat() if isinstance(cell, date) else cell]
)
def test_half_swapped_dates_are_asked_about_and_never_used(tmp_path, write):
    rows = [[write(cell) for cell in row] for row in with_days(half_swapped, september())]
    finance = check(tmp_path, workbook_of(rows), name="ledger.xlsx")
    assert reported(finance)["LIST_DAYS_SWAPPED"] == "must fix"
    assert set(finance.marked["received_date"]) <= {date(2026, 9, day).toordinal() for day in (19, 21, 25, 28)}
    assert {entry.finding.code.name for entry in finance.findings if entry.finding.severity.value == "must fix"} == {
        "LIST_DAYS_SWAPPED"
    }


def test_american_dates_half_read_by_a_british_program_are_asked_about_too(tmp_path):
    def half_read(day, _):
        return day and (date(day.year, day.day, day.month) if day.day <= 12 else american(day))

    finance = check(tmp_path, workbook_of(with_days(half_read, september())), name="ledger.xlsx")
    assert reported(finance)["LIST_DAYS_SWAPPED"] == "must fix"
    assert set(finance.marked["received_date"]) <= {date(2026, 9, day).toordinal() for day in (19, 21, 25, 28)}


def test_dates_of_a_workbook_that_are_sound_are_read_without_a_word(tmp_path):
    rows = with_days(lambda day, _: day, september())
    finance = check(tmp_path, workbook_of(rows), name="ledger.xlsx")
    assert (counted(finance), reported(finance)) == (RIGHT, {})


HEADERS = (
    "provider_id", "invoice_no", "invoice_date", "due_date", "received_date", "amount", "disputed_date",
    "dispute_reason", "resolved_date", "paid_date",
)  # fmt: skip
