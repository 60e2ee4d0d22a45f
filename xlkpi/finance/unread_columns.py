"""Columns of a ledger whose headers mean nothing here, and whose contents do: which rows are credit notes."""

from __future__ import annotations

from collections.abc import Mapping

from xlkpi.council.lists.columns import ListHeader, plain_header
from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.finance.invoice_types import can_be_types, says_credit
from xlkpi.findings import Code, shorten
from xlkpi.ooxml.addresses import cell_address

MOST_WORDS = 100
"""A column with more different texts than this has no types in it."""
_SUMS = (("debit", "credit"), ("debits", "credits"), ("dr", "cr"), ("debitamount", "creditamount"))

Texts = Mapping[str, int]
"""How often each text is in a column."""


def find_type_column(columns: Mapping[int, Texts]) -> int | None:
    """Find the column in which every text says invoice or credit note, whatever its header; None where none does."""
    return next((place for place, texts in columns.items() if can_be_types(texts)), None)


def report_unread(header: ListHeader, columns: Mapping[int, Texts], findings: FindingCollector) -> None:
    """Ask about credit notes that a column names which is not read, and about sums in two columns."""
    repeated = [(place, text) for place, text, _ in header.repeated]
    texts = (*(text for _, text in (*header.unknown, *repeated)), header.written.get("type", ""))
    names = {plain_header(text): text for text in texts}
    for place, text in header.unknown:
        words = {word: count for word, count in columns.get(place, {}).items() if says_credit(word)}
        if words and "type" not in header.at:
            facts = {"column": shorten(text), "number": f"{sum(words.values()):,}", "found": shorten(min(words))}
            findings.add(Code.LEDGER_CREDITS_UNREAD, {**facts, "at": cell_address(header.row, place + 1)})
    for debit, credit in _SUMS:
        if "amount" not in header.at and debit in names and credit in names:
            findings.add(Code.LEDGER_TWO_SUMS, {"column": names[debit], "other": names[credit]})
