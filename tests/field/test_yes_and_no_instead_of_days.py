"""A column that says yes or no, or sums, where days belong: another column is used, or it is asked about once."""

from __future__ import annotations

import pytest

from tests.field.ledgers import (
    COLUMNS,
    DISPUTED,
    HEADER,
    RIGHT,
    ROWS,
    check,
    counted,
    csv_with_days,
    message,
    reported,
    text_of,
)


def with_words(column, yes, no, rows=ROWS):
    place = COLUMNS.index(column)
    return [
        ",".join((yes if cell else no) if at == place else cell for at, cell in enumerate(row.split(",")))
        for row in rows
    ]


@pytest.mark.parametrize(("yes", "no"), [("Yes", "No"), ("Y", "N"), ("TRUE", "FALSE"), ("x", ""), ("1", "0")])
def test_a_column_of_yes_and_no_is_asked_about_once(tmp_path, yes, no):
    finance = check(
        tmp_path, text_of(with_words("disputed_date", yes, no), HEADER.replace("disputed_date", "Disputed"))
    )
    assert counted(finance) == {"P001": (0, 5), "P002": (0, 4)}
    assert reported(finance) == {"LIST_YES_NO": "must fix"}
    assert "(cells with yes: 1; first G2)" in message(finance, "LIST_YES_NO")


@pytest.mark.parametrize(("yes", "no"), [("Yes", "No"), ("Y", "N"), ("x", "")])
@pytest.mark.parametrize("flag", ["Disputed", "Disputed on"])
def test_of_two_columns_the_one_with_the_days_is_used(tmp_path, flag, yes, no):
    place = COLUMNS.index("disputed_date")
    other = "Disputed on" if flag == "Disputed" else "Date disputed"
    rows = [
        f"{words},{row.split(',')[place]}"
        for words, row in zip(with_words("disputed_date", yes, no), ROWS, strict=True)
    ]
    finance = check(tmp_path, text_of(rows, HEADER.replace("disputed_date", flag) + f",{other}"))
    assert counted(finance) == RIGHT
    assert reported(finance) == {"LIST_COLUMN": "note"}
    assert f"column G, “{flag}”" in message(finance, "LIST_COLUMN")


def test_no_among_days_is_no_day(tmp_path):
    rows = [row.replace(",,,14/05", ",No,,14/05").replace("100.00,,", "100.00,no,") for row in ROWS]
    finance = check(tmp_path, text_of([row if row != ROWS[0] else DISPUTED for row in rows]))
    assert counted(finance)["P001"] == (1, 5)
    assert not [code for code, severity in reported(finance).items() if severity == "must fix"]


def test_sums_under_paid_are_asked_about_once(tmp_path):
    rows = with_words("paid_date", "100.00", "")
    finance = check(tmp_path, text_of(rows, HEADER.replace("paid_date", "Paid")))
    assert reported(finance) == {"LIST_NOT_DAYS": "must fix"}
    assert "(cells: 9; first J2, “100.00”)" in message(finance, "LIST_NOT_DAYS")
    assert finance.ledger.rows_set_aside == 9


@pytest.mark.parametrize("words", ["No dispute", "not disputed", "NOT PAID", "Unpaid", "not yet paid", "Not resolved"])
@pytest.mark.parametrize("column", ["disputed_date", "paid_date"])
def test_words_that_say_there_is_no_day_are_read_so(tmp_path, words, column):
    def write(day, name):
        empty = day is None or (column == "paid_date" and name == column)
        return words if empty and name == column else day or ""

    finance = check(tmp_path, csv_with_days(write))
    assert (counted(finance), reported(finance)) == (RIGHT, {})
    assert finance.payment.whole.paid == (0 if column == "paid_date" else 9)
