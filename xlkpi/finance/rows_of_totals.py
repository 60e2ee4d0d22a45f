"""Rows of a ledger that are totals and not invoices, as reports have them below a provider or at the end."""

from __future__ import annotations

from collections.abc import Mapping

from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import plain_header
from xlkpi.council.lists.finance_columns import PROVIDER_COLUMNS
from xlkpi.findings import Code

_TOTALS = frozenset((
    "total", "totals", "subtotal", "subtotals", "grandtotal", "reporttotal", "overalltotal", "pagetotal",
    "runningtotal", "sum", "balance", "carriedforward", "broughtforward",
))  # fmt: skip
_LAST_WORDS = ("total", "totals", "subtotal")


def kind_of_total(cells: Mapping[str, str]) -> Code | None:
    """Say by which code a row is reported as a total; None where it is none.

    One that says so is a note. One that has nothing but a sum is asked about: it may be a line of the invoice above.
    """
    number = cells.get("invoice_no", "")
    if not number and "received_date" not in cells:
        if cells.keys() <= {"amount"}:
            return Code.LEDGER_SUM_ONLY
        if any(clean(cells.get(column, "")).casefold().endswith(_LAST_WORDS) for column in PROVIDER_COLUMNS):
            return Code.LEDGER_TOTALS
    may_be_word = len(number) <= 20 and number[:1].isalpha() and not number[-1:].isdigit()  # most end with a digit
    if may_be_word and plain_header(number) in _TOTALS:
        return Code.LEDGER_TOTALS
    return None
