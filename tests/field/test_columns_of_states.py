"""A column that says which invoices are cancelled, disputed or on hold: it is not read, and never passed over."""

from __future__ import annotations

import pytest

from tests.field.ledgers import HEADER, RIGHT, ROWS, check, counted, message, reported, text_of

STATUSES = {
    "Cancelled": "LEDGER_CANCELLED_UNREAD", "VOID": "LEDGER_CANCELLED_UNREAD", "Reversed": "LEDGER_CANCELLED_UNREAD",
    "On hold": "LEDGER_DISPUTED_UNREAD", "Disputed": "LEDGER_DISPUTED_UNREAD", "In query": "LEDGER_DISPUTED_UNREAD",
}  # fmt: skip


@pytest.mark.parametrize("word", STATUSES)
def test_a_column_of_states_that_is_not_read_is_asked_about(tmp_path, word):
    rows = [f"{row},{word if 'INV-4' in row else 'Paid'}" for row in ROWS]
    finance = check(tmp_path, text_of(rows, f"{HEADER},Status"))
    assert (counted(finance), reported(finance)) == (RIGHT, {STATUSES[word]: "query", "LIST_COLUMN": "note"})
    assert f"“Status” (K1) says “{word}” or the like in 1 cells" in message(finance, STATUSES[word])
