"""In real ledgers a quarter of the invoices are on 2 to 16 lines: each is one, whichever line says what."""

from __future__ import annotations

from itertools import permutations

import pandas as pd
import pytest

from tests.field.ledgers import OTHERS, RIGHT, SECOND, check, counted, reported, text_of
from tests.field.real_rates import expected_by_pandas, lines_at_real_rates

LINES = [
    "P001,INV-1,01/05/2026,10/05/2026,03/05/2026,100.00,,,,14/05/2026",
    "P001,INV-1,01/05/2026,10/05/2026,03/05/2026,40.00,06/05/2026,2 sessions not delivered,20/05/2026,28/05/2026",
    "P001,INV-1,01/05/2026,10/05/2026,03/05/2026,28.00,,,,14/05/2026",
]


def first_invoice(finance):
    rows = finance.marked[finance.marked["invoice_no"].str.casefold() == "inv-1"]
    (row,) = rows[rows["kind"] == "invoice"].to_dict("records")
    return row


@pytest.mark.parametrize("lines", list(permutations(LINES)), ids=["123", "132", "213", "231", "312", "321"])
def test_a_disputed_line_makes_the_invoice_disputed_in_any_order(tmp_path, lines):
    finance = check(tmp_path, text_of([*lines, *OTHERS, *SECOND]))
    assert counted(finance) == RIGHT
    assert (finance.payment.whole.within, finance.payment.whole.paid) == (8, 9)  # paid when the last line was
    row = first_invoice(finance)
    assert (row["amount"], row["lines"]) == (16_800, 3)
    assert finance.disputes.providers[0].to_resolution == 14
    assert reported(finance) == {"LEDGER_LINES": "note"}


def test_lines_far_from_one_another_are_one_invoice(tmp_path):
    rows = [LINES[0], *OTHERS, *SECOND, LINES[1].replace("INV-1", "inv-1 ")]
    finance = check(tmp_path, text_of(rows))
    assert counted(finance) == RIGHT
    assert first_invoice(finance)["line"] == 2


@pytest.mark.parametrize(
    ("lines", "paid"),
    [
        (
            ["50.00,20/05/2026,second half wrong,,10/05/2026", "50.00,20/05/2026,second half wrong,,10/07/2026"],
            "10/07/2026",
        ),
        (["50.00,,,,10/05/2026", "50.00,20/05/2026,second half wrong,,10/07/2026"], "10/07/2026"),
        (["50.00,20/05/2026,half,,10/05/2026", "30.00,,,,", "20.00,,,,10/05/2026"], None),
    ],
)
def test_instalments_are_one_invoice_that_is_paid_with_the_last(tmp_path, lines, paid):
    rows = [f"P001,INV-1,01/05/2026,10/05/2026,03/05/2026,{line}" for line in lines]
    finance = check(tmp_path, text_of([*rows, *OTHERS, *SECOND]))
    assert counted(finance) == RIGHT  # disputed after the first payment and before the last
    expected = pd.to_datetime(paid, dayfirst=True).toordinal() if paid else 0
    assert first_invoice(finance)["paid_date"] == expected
    assert finance.payment.whole.paid == (9 if paid else 8)
    assert finance.payment.whole.unpaid == (0 if paid else 1)


@pytest.mark.parametrize(
    "second",
    [
        "01/05/2026,10/05/2026,09/05/2026,40.00",  # another receipt, the same invoice date
        "02/05/2026,10/05/2026,03/05/2026,40.00",  # another invoice date, the same receipt
        ",,03/05/2026,",
    ],
)
def test_the_same_receipt_or_the_same_invoice_date_ties_lines(tmp_path, second):
    rows = [LINES[0], f"P001,INV-1,{second},11/05/2026,2 sessions,,14/05/2026", *OTHERS, *SECOND]
    assert counted(check(tmp_path, text_of(rows))) == RIGHT


def test_lines_of_another_provider_are_another_invoice(tmp_path):
    rows = [*LINES, *OTHERS, *SECOND[1:], LINES[1].replace("P001", "P002")]
    assert counted(check(tmp_path, text_of(rows))) == {"P001": (1, 5), "P002": (1, 4)}


@pytest.mark.parametrize("seed", range(3))
def test_a_ledger_at_real_rates_counts_as_pandas_does(tmp_path, seed):
    rows = lines_at_real_rates(400, seed)
    finance = check(tmp_path, text_of(rows))
    figures, in_time, unpaid, amount = expected_by_pandas(rows)
    assert counted(finance) == figures
    assert (finance.payment.whole.within, finance.payment.whole.unpaid) == (in_time, unpaid)
    assert finance.marked["amount"].sum() == pytest.approx(100 * amount)
    ledger = finance.ledger
    assert ledger.rows_read == len(rows) == ledger.rows_used + ledger.rows_set_aside
    assert ledger.invoice_count == 400
