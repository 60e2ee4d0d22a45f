"""The terms of a finance check as cells, in the order of `Terms`: each with its value and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.core.contract_words import ContractWords
from xlkpi.writing.workbook import Cell, Value

TERM_LINES = (
    ("First day", "day", "invoices received from this day on"),
    ("Last day", "day", "invoices received up to this day"),
    ("Tolerance", "whole", "invoices by which the two sides may differ, RAG unchanged"),
    ("Days to pay", "whole", "{council}'s own target, from receipt"),
    ("Target", "share", "of invoices paid, or unpaid for longer than that"),
)
"""The label of each, the style of its value, and a note."""


def plan_terms(row: int, values: Sequence[Value], words: ContractWords, *, looks: str = "") -> Iterator[Cell]:
    """Plan a heading above ``row`` and a line per term; ``looks`` begins their styles: ``input`` if typed over."""
    yield Cell(row - 1, 1, "Terms", "heading")
    for number, (value, (label, style, note)) in enumerate(zip(values, TERM_LINES, strict=True), start=row):
        yield Cell(number, 1, label, "label")
        yield Cell(number, 2, value, f"{looks} {style}".strip())
        yield Cell(number, 3, "  " + note.format(council=words.short), "note")
