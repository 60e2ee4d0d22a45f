"""A number alone makes no invoice the same: many providers begin again at 1 each year."""

from __future__ import annotations

import pytest

from tests.field.ledgers import OTHERS, RIGHT, SECOND, check, counted, message, reported, text_of

DISPUTED = "06/{month:02d}/{year},rate,,14/{month:02d}/{year}"
PAID = ",,,14/{month:02d}/{year}"


def invoices(year, month=5, amount="100.00"):
    """Numbers 001 to 005 of a year, the first disputed."""
    template = "P001,{number:03d},01/{month:02d}/{year},10/{month:02d}/{year},03/{month:02d}/{year},{amount},"
    return [
        (template + (DISPUTED if number == 1 else PAID)).format(number=number, month=month, year=year, amount=amount)
        for number in range(1, 6)
    ]


@pytest.mark.parametrize(
    ("year", "month", "amount"),
    [
        (2025, 5, "100.00"),  # the same day and the same sum, a year before
        (2024, 9, "100.00"),
        (2026, 2, "100.00"),  # the same sum three months before, in another financial year
        (2026, 3, "80.00"),
        (2025, 12, "80.00"),
    ],
)
def test_numbers_that_begin_again_are_invoices_of_their_own(tmp_path, year, month, amount):
    finance = check(tmp_path, text_of([*invoices(year, month, amount), *invoices(2026), *SECOND]))
    assert counted(finance) == RIGHT
    assert set(reported(finance)) <= {"LEDGER_NUMBER_AGAIN", "LEDGER_SAME_SUM"}
    assert len(reported(finance)) == 1


def test_what_is_told_of_numbers_used_again_is_told_once(tmp_path):
    finance = check(tmp_path, text_of([*invoices(2025), *invoices(2026), *SECOND]))
    assert message(finance, "LEDGER_NUMBER_AGAIN") == (
        "ledger.csv: invoices with the number of an earlier one: 5 (first: 001 of P001, lines 2 and 7)."
        " Each is counted, because neither its dates nor its sum make it the same invoice."
    )


def test_another_month_with_another_sum_is_another_invoice(tmp_path):
    rows = [*invoices(2026, 4, "95.00")[:1], *OTHERS, *SECOND, "P001,001,01/06/2026,,03/06/2026,90.00,,,,14/06/2026"]
    assert counted(check(tmp_path, text_of(rows))) == {"P001": (1, 6), "P002": (0, 4)}


@pytest.mark.parametrize(
    "again",
    [
        "P001,INV-1,01/05/2026,10/05/2026,20/05/2026,100.00,,,,28/05/2026",  # the same invoice date
        "P001,inv-1,18/05/2026,25/05/2026,20/05/2026,100.00,,,,28/05/2026",  # the same sum
        "P001,INV-1,01/09/2026,10/09/2026,03/09/2026,100.00,,,,20/09/2026",
    ],
)
def test_an_invoice_sent_again_counts_once_and_keeps_its_dispute(tmp_path, again):
    first = "P001,INV-1,01/05/2026,10/05/2026,03/05/2026,100.00,06/05/2026,wrong rate,,"
    for rows in ([first, again], [again, first]):
        finance = check(tmp_path, text_of([*rows, *OTHERS, *SECOND]))
        assert counted(finance) == RIGHT
        assert reported(finance) == {"LEDGER_RESENT": "note"}
        assert finance.payment.whole.paid == 9  # the payment beside the second counts for the invoice


def test_an_invoice_disputed_when_sent_again_is_disputed(tmp_path):
    rows = [
        "P001,INV-1,01/05/2026,10/05/2026,03/05/2026,100.00,,,,",
        "P001,INV-1,01/05/2026,10/05/2026,20/05/2026,100.00,22/05/2026,wrong rate,,",
    ]
    assert counted(check(tmp_path, text_of([*rows, *OTHERS, *SECOND]))) == RIGHT


def test_several_lines_sent_again_are_told_once(tmp_path):
    lines = ["60.00,06/05/2026,rate,,", "40.00,,,,"]
    first = [f"P001,INV-1,01/05/2026,10/05/2026,03/05/2026,{line}" for line in lines]
    again = [f"P001,INV-1,18/05/2026,25/05/2026,20/05/2026,{line[:5]},,,,28/05/2026" for line in lines]
    finance = check(tmp_path, text_of([*first, *again, *OTHERS, *SECOND]))
    assert counted(finance) == RIGHT
    assert [entry.finding.code.name for entry in finance.findings].count("LEDGER_RESENT") == 1
