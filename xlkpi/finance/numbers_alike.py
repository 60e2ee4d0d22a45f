"""Invoices of one provider whose numbers look alike: “INV 1” and “INV-1”, “00012” and “12”, “1001” and “1001.0”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.finance.classify_invoices import InvoiceKind
from xlkpi.finance.invoice import iterate_rows
from xlkpi.findings import Code

if TYPE_CHECKING:
    import pandas as pd

_SIGNS, _BETWEEN_DIGITS = re.compile(r"[\W_]+"), re.compile(r"(?<=\d)[\W_]+(?=\d)")
_POINT_ZERO, _ZEROS = re.compile(r"(?<=\d)\.0$"), re.compile(r"(?<!\d)0+(?=\d)")
_BETWEEN = "between"


def fold_invoice_number(number: str) -> str:
    """Leave out what a program or a person adds: signs, zeros at the front of a number, ``.0`` behind it.

    >>> fold_invoice_number("INV 007"), fold_invoice_number("inv-7"), fold_invoice_number("2026/1-11")
    ('inv7', 'inv7', '2026between1between11')
    """
    text = _POINT_ZERO.sub("", number.casefold())
    return _ZEROS.sub("", _SIGNS.sub("", _BETWEEN_DIGITS.sub(_BETWEEN, text)))


def add_numbers_alike(findings: FindingCollector, rows: pd.DataFrame) -> None:
    """Ask once about invoices of one provider with the same sum or date, whose numbers are alike but not the same."""
    invoices = rows[(rows["kind"] == InvoiceKind.INVOICE.value).to_numpy()]
    folded = {number: fold_invoice_number(number) for number in invoices["invoice_no"].unique()}
    if len(set(folded.values())) == len(folded):
        return
    invoices = invoices.assign(
        folded=invoices["invoice_no"].map(folded),
        number=invoices["invoice_no"].str.casefold(),
        provider=invoices["provider_id"].cat.codes,
    )
    shared = invoices[invoices.duplicated(["provider", "folded"], keep=False)]
    pairs = []
    for _, group in shared.groupby(["provider", "folded"]):
        first, *others = iterate_rows(group)
        pairs += [(first, row) for row in others if row.number != first.number and _are_tied(first, row)]
    if pairs:
        first, row = pairs[0]
        facts = {"line": int(row.line), "other": int(first.line), "provider_id": row.provider_id}
        numbers = {"invoice": first.invoice_no, "other_invoice": row.invoice_no, "number": f"{len(pairs):,}"}
        findings.add(Code.LEDGER_NUMBERS_ALIKE, {**facts, **numbers})


def _are_tied(first: Any, row: Any) -> bool:
    """Whether two invoices have the same sum, or the same date of invoice."""
    return bool(first.amount == row.amount or 0 < first.invoice_date == row.invoice_date)
