"""The addresses in the blank ledger workbook that its formulas refer to."""

from __future__ import annotations

from functools import cache

from xlkpi.ooxml.addresses import column_letters, quoted_sheet
from xlkpi.sheets.finance.names_and_columns import DISPUTES, INVOICES, PAYMENT, PaymentTerms, fixed

__all__ = ["DISPUTES", "INVOICES", "PAYMENT", "START", "TERMS"]

START = "Start"
TERMS_ROW = 13
TERMS = PaymentTerms(*(fixed(START, TERMS_ROW + place, 2) for place in range(5)))

ROWS, PROVIDERS = 2_000, 60
"""How many invoices and providers the workbook has room for; Start says when there are more."""
LAST_INVOICE, LAST_PROVIDER = ROWS + 1, PROVIDERS + 1

TYPED = (
    "provider_id", "invoice_no", "invoice_date", "due_date", "received_date", "amount",
    "disputed_date", "dispute_reason", "resolved_date", "paid_date",
)  # fmt: skip
LIVE = (
    "counts as", "counted", "late", "disputed", "late or disputed", "days to dispute", "days to resolution",
    "days to payment", "days open", "paid", "in time", "look at",
)  # fmt: skip
TYPE = "type"
"""A column to type in, beside those of a ledger: which rows are credit notes although their sums are positive."""
JOINING = (
    "credit", "number", "key", "times", "day", "cells", "repeat", "sum of day", "tied to", "first day", "first line",
    "own", "due", "disputes", "resolves", "pays", "due of all", "disputed of all", "resolved of all", "paid of all",
    "measured",
)  # fmt: skip
"""Live columns that join the lines of an invoice: see `joining`."""
INVOICE_HEADERS = (*TYPED, *LIVE, TYPE, *JOINING)
_INVOICE_LETTERS = {header: column_letters(number) for number, header in enumerate(INVOICE_HEADERS, start=1)}

CHECK_HEADERS = (
    "provider_id", "provider", "type", "x return", "y return", "x ledger", "y ledger", "x difference", "y difference",
    "late", "late or disputed", "undisputed", "on time and undisputed", "RAG return", "RAG return as written",
    "RAG ledger", "RAG ledger as written", "RAG on time and undisputed", "class",
    "agreed x", "agreed y", "agreed by", "agreed on", "why agreed",
)  # fmt: skip


def mine(header: str, row: int) -> str:
    """Write the address of a cell in this row of the sheet of invoices."""
    return f"{_INVOICE_LETTERS[header]}{row}"


@cache
def invoices(header: str) -> str:
    """Write the range of a whole column of invoices."""
    return _range(INVOICES, INVOICE_HEADERS.index(header) + 1, LAST_INVOICE)


@cache  # each of 2,000 rows has a hundred of them
def beside(header: str) -> str:
    """Write the range of a whole column of invoices for a formula of the same sheet."""
    return invoices(header).rpartition("!")[2]


@cache
def providers(check: str, header: str) -> str:
    """Write the range of a whole column of providers on the sheet that checks the invoice indicator."""
    return _range(check, CHECK_HEADERS.index(header) + 1, LAST_PROVIDER)


def provider(check: str, header: str, row: int) -> str:
    """Write the address of a provider's cell on that sheet, for another sheet."""
    return f"{quoted_sheet(check)}!{column_letters(CHECK_HEADERS.index(header) + 1)}{row}"


def _range(sheet: str, number: int, last: int) -> str:
    return f"{quoted_sheet(sheet)}!${column_letters(number)}$2:${column_letters(number)}${last}"
