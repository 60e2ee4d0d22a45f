"""Columns of a ledger whose headers mean nothing here, and whose contents do: credit notes, invoices cancelled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import ListHeader, plain_header
from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.finance.invoice_types import can_be_types, says_credit
from xlkpi.findings import Code, shorten
from xlkpi.ooxml.addresses import cell_address

MOST_WORDS = 100
"""A column with more different texts than this has no types in it."""
_SUMS = (("debit", "credit"), ("debits", "credits"), ("dr", "cr"), ("debitamount", "creditamount"))

_STATUSES = (
    (
        Code.LEDGER_CANCELLED_UNREAD,
        re.compile(
            r"(?:invoice )?(?:is )?(?:cancell?ed|void(?:ed)?|reversed|deleted|withdrawn|rejected)", re.IGNORECASE
        ),
    ),
    (
        Code.LEDGER_DISPUTED_UNREAD,
        re.compile(r"(?:in |under |on |invoice )?(?:disputed?|query|queried|hold|contested)", re.IGNORECASE),
    ),
)
"""What a column of the state of invoices says of those that are not counted as every other."""
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
        _report_status(header, place, text, columns.get(place, {}), findings)
    for debit, credit in _SUMS:
        if "amount" not in header.at and debit in names and credit in names:
            findings.add(Code.LEDGER_TWO_SUMS, {"column": names[debit], "other": names[credit]})


def _report_status(header: ListHeader, place: int, text: str, words: Texts, findings: FindingCollector) -> None:
    """Ask about invoices that a column which is not read says are cancelled or disputed."""
    for code, meaning in _STATUSES:
        states = {word: count for word, count in words.items() if meaning.fullmatch(clean(word))}
        if states:
            facts = {"column": shorten(text), "number": f"{sum(states.values()):,}", "found": shorten(min(states))}
            findings.add(code, {**facts, "at": cell_address(header.row, place + 1)})
