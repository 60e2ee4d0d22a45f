"""Zero dates of linked cells, dates that mean never, years mistyped: none of them is a payment or a dispute."""

from __future__ import annotations

import pytest

from tests.field.ledgers import RIGHT, ROWS, check, counted, csv_with_days, message, reported, with_days, workbook_of


@pytest.mark.parametrize(
    "zero",
    ["0", "00/01/1900", "01/01/1900", "1900-01-01", "30/12/1899", "0001-01-01T00:00:00", "1970-01-01", "00:00:00"],
)
def test_the_date_of_an_empty_cell_is_read_as_empty_and_said(tmp_path, zero):
    finance = check(tmp_path, csv_with_days(lambda day, _: zero if day is None else day))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LIST_DAYS_ZERO": "note"})


def test_a_linked_blank_cell_with_a_date_format_is_read_as_empty(tmp_path):
    rows = with_days(lambda day, _: 0 if day is None else day)
    finance = check(tmp_path, workbook_of(rows, date_format="dd/mm/yyyy"), name="ledger.xlsx")
    assert (counted(finance), reported(finance)) == (RIGHT, {"LIST_DAYS_ZERO": "note"})


@pytest.mark.parametrize("never", ["31/12/9999", "9999-12-31", "31/12/2999", "2099-12-31 00:00:00"])
def test_a_date_that_means_never_is_no_payment(tmp_path, never):
    unpaid = csv_with_days(lambda day, column: never if column == "paid_date" else day or "")
    finance = check(tmp_path, unpaid)
    assert (counted(finance), reported(finance)) == (RIGHT, {"LIST_DAYS_NEVER": "query"})
    assert (finance.payment.whole.paid, finance.payment.whole.unpaid) == (0, 9)


@pytest.mark.parametrize("mistyped", ["14/05/2062", "14/05/2126", "14/05/3026"])
def test_a_year_mistyped_is_asked_about_once(tmp_path, mistyped):
    rows = [row.replace("14/05/2026", mistyped) if "INV-3" in row or "INV-4" in row else row for row in ROWS]
    finance = check(tmp_path, csv_with_days(lambda day, _: day or "", rows))
    assert reported(finance) == {"LIST_DAYS_FAR": "must fix"}
    assert "paid_date has days that are years after the others (cells: 2; first J4," in message(
        finance, "LIST_DAYS_FAR"
    )
    assert finance.ledger.rows_set_aside == 2


def test_a_payment_of_next_year_is_none_of_these(tmp_path):
    rows = [row.replace("14/05/2026", "14/05/2027") for row in ROWS]
    finance = check(tmp_path, csv_with_days(lambda day, _: day or "", rows))
    assert (counted(finance), reported(finance)) == (RIGHT, {})
