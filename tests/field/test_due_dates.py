"""*Due Date* is in most programs the day to pay by, which says nothing of late invoices; some ledgers have none."""

from __future__ import annotations

import pytest

from tests.field.ledgers import COLUMNS, HEADER, RIGHT, ROWS, check, counted, message, reported, text_of
from xlkpi.council.finance_settings import FinanceSettings


def due(header, day):
    return text_of([row.replace("10/05/2026", day) for row in ROWS], HEADER.replace("due_date", header))


@pytest.mark.parametrize(
    ("header", "day"), [("Due Date", "31/05/2026"), ("Due", "10/05/2026"), ("DATE DUE", "02/06/2026")]
)
def test_a_due_date_after_every_receipt_is_asked_about_once(tmp_path, header, day):
    finance = check(tmp_path, due(header, day))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LEDGER_DUE_PAYMENT": "query"})
    assert message(finance, "LEDGER_DUE_PAYMENT").endswith(f'confirm it with --columns "due_date={header}".')


@pytest.mark.parametrize("dated", ["01/05/2026", ""])
def test_thirty_days_after_each_invoice_or_receipt_is_asked_about_under_any_header(tmp_path, dated):
    finance = check(tmp_path, due("due_date", "31/05/2026").replace("01/05/2026", dated))
    assert reported(finance) == {"LEDGER_DUE_PAYMENT": "query"}


def test_it_is_not_asked_again_once_the_officer_has_said_it(tmp_path):
    finance = check(tmp_path, due("Due Date", "31/05/2026"), settings=FinanceSettings(columns={"due_date": "Due Date"}))
    assert (counted(finance), reported(finance)) == (RIGHT, {})


@pytest.mark.parametrize(
    ("header", "day"), [("due_date", "10/05/2026"), ("Submit by", "10/05/2026"), ("Due Date", "02/05/2026")]
)
def test_a_day_to_submit_by_is_not_asked_about(tmp_path, header, day):
    finance = check(tmp_path, due(header, day))
    assert (counted(finance), reported(finance)) == (RIGHT, {})


def test_a_ledger_without_due_dates_is_counted_and_says_that_nothing_is_known_of_late_invoices(tmp_path):
    place = COLUMNS.index("due_date")
    rows = [",".join(cell for at, cell in enumerate(row.split(",")) if at != place) for row in (HEADER, *ROWS)]
    finance = check(tmp_path, "\n".join(rows))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LEDGER_NO_DUE_COLUMN": "query"})
    assert message(finance, "LEDGER_NO_DUE_COLUMN").startswith(
        "ledger.csv has no column due_date, so nothing is known of late invoices"
    )
