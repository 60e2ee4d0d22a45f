"""Many programs write credit notes as positive sums with a word in a column of types."""

from __future__ import annotations

import pytest

from tests.field.ledgers import HEADER, RIGHT, ROWS, check, counted, message, reported, text_of
from xlkpi.council.finance_settings import FinanceSettings

CREDITS = [
    "P001,CN-9,05/05/2026,10/05/2026,06/05/2026,35.00,,,,14/05/2026",
    "P002,INV-2,01/05/2026,10/05/2026,03/05/2026,100.00,,,,14/05/2026",
]


def typed(header, invoice, credit, *, more=()):
    return text_of([*(f"{row},{invoice}" for row in ROWS), *(f"{row},{credit}" for row in CREDITS), *more], header)


@pytest.mark.parametrize(
    ("header", "invoice", "credit"),
    [
        ("Type", "PI", "PC"),
        ("Doc Type", "Invoice", "Credit Note"),
        ("Document type", "INV", "CRN"),
        ("Transaction Type", "STANDARD", "CREDIT"),
        ("Trans Type", "I", "C"),
        ("Voucher Type", "380", "381"),
        ("DR/CR", "Dr", "Cr"),
        ("Credit note", "No", "Yes"),
        ("type", "", "credit memo"),
        ("Type", "Purchase Invoice", "Purchase Credit Note"),
        ("Type", "Standard", "CREDIT NOTE - PURCHASE"),
        ("Credit?", "N", "Y"),
        ("Sign", "+", "-"),
        ("Category", "Invoice", "Credit (AP)"),
        ("D/C", "DR", "CR"),
    ],
)
def test_a_word_of_the_type_column_makes_a_credit_note(tmp_path, header, invoice, credit):
    finance = check(tmp_path, typed(f"{HEADER},{header}", invoice, credit))
    assert counted(finance) == RIGHT
    assert (finance.ledger.invoices["kind"] == "credit note").sum() == 2
    assert reported(finance) == {}


def test_a_sign_makes_a_credit_note_whatever_the_type(tmp_path):
    more = ["P001,CN-1,05/05/2026,,06/05/2026,-35.00,,,,14/05/2026,PI"]
    assert counted(check(tmp_path, typed(f"{HEADER},Type", "PI", "PC", more=more))) == RIGHT


def test_a_word_nobody_knows_is_asked_about_once_and_can_be_settled(tmp_path):
    ledger = typed(f"{HEADER},Type", "Invoice", "ZK4")
    asked = check(tmp_path, ledger)
    assert reported(asked) == {"LEDGER_TYPE": "query"}
    assert message(asked, "LEDGER_TYPE").startswith(
        "ledger.csv: type has words that are neither invoice nor credit note (cells: 2; first K11, “ZK4”)."
    )
    settled = check(tmp_path, ledger, settings=FinanceSettings(types={"zk4": "credit note"}))
    assert (counted(settled), reported(settled)) == (RIGHT, {})


def test_of_two_columns_that_may_be_the_type_the_one_with_types_is_used(tmp_path):
    rows = [f"{row},9001,PI" for row in ROWS] + [f"{row},9002,PC" for row in CREDITS]
    finance = check(tmp_path, text_of(rows, f"{HEADER},Document,Type"))
    assert counted(finance) == RIGHT
    assert message(finance, "LIST_COLUMN") == "ledger.csv: column K, “Document”, is not one of ours and was not read."


@pytest.mark.parametrize(("header", "words"), [("Type", ("Revenue", "Capital")), ("Type", ("SME", "Large"))])
def test_a_type_of_something_else_is_not_read(tmp_path, header, words):
    rows = [f"{row},{words[number % 2]}" for number, row in enumerate(ROWS)]
    finance = check(tmp_path, text_of(rows, f"{HEADER},{header}"))
    assert counted(finance) == RIGHT
    assert reported(finance) == {"LIST_COLUMN": "note"}


def test_credit_notes_in_a_column_that_is_not_read_are_asked_about(tmp_path):
    finance = check(tmp_path, typed(f"{HEADER},Description", "Day services", "Credit note"))
    assert reported(finance) == {"LIST_COLUMN": "note", "LEDGER_CREDITS_UNREAD": "query"}
    assert message(finance, "LEDGER_CREDITS_UNREAD").startswith(
        "ledger.csv: “Description” (K1) says “Credit note” or the like in 2 cells, but it is not read"
    )


def test_a_credit_card_is_not_a_credit_note(tmp_path):
    finance = check(tmp_path, typed(f"{HEADER},Paid by", "BACS", "Credit card"))
    assert reported(finance) == {"LIST_COLUMN": "note"}
