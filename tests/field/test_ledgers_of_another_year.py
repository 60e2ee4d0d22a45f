"""The ledger of another year, or days a program counts from 1904: nothing of it is in the time that is counted."""

from __future__ import annotations

from datetime import date

import pytest

from tests.field.ledgers import ROWS, check, csv_with_days, message, reported, text_of

WRITTEN = {
    "days from 1904": lambda day, _: str((day - date(1904, 1, 1)).days) if day else "",
    "last year": lambda day, _: f"{day.replace(year=2025):%d/%m/%Y}" if day else "",
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_a_ledger_without_an_invoice_of_the_period_is_asked_about(tmp_path, write):
    finance = check(tmp_path, csv_with_days(write))
    assert reported(finance) == {"LEDGER_OTHER_PERIOD": "query"}
    assert "ledger.csv: no invoice was received from 01/04/2026 to 30/09/2026" in message(
        finance, "LEDGER_OTHER_PERIOD"
    )


def test_one_invoice_of_the_period_is_enough(tmp_path):
    finance = check(tmp_path, text_of([ROWS[0], *(row.replace("/2026", "/2025") for row in ROWS[1:])]))
    assert reported(finance) == {}
