"""What is worth a word about the header of a list: columns that are not read, and what they may be meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from xlkpi.council.lists.columns import MOST_COLUMNS, ListColumns, ListHeader, plain_header, wide_fault
from xlkpi.council.lists.faults import Fault
from xlkpi.findings import Severity, shorten
from xlkpi.ooxml.addresses import cell_address, column_letters

NEAR = 0.75
"""The least likeness of a column that is suggested."""


def header_faults(header: ListHeader, columns: ListColumns, what: str) -> list[Fault]:
    """Say of each column that is not read why it is not, and what to do if it should be; ``what`` is the list."""
    return [fault for _, fault in sorted(_unread(header, columns, what), key=lambda numbered: numbered[0])]


def _unread(header: ListHeader, columns: ListColumns, what: str) -> Iterator[tuple[int, Fault]]:
    if header.is_cut:
        yield MOST_COLUMNS, wide_fault(header, what)
    for place, text in header.unknown:
        message = f"{_column(place, text)} is not one the {what} uses. {_advice(text, columns)}"
        yield place, Fault(header.row, text, message, Severity.NOTE, cell_address(header.row, place + 1))
    for place, text, column in header.repeated:
        used = column_letters(header.at[column] + 1)
        message = f"{_column(place, text)} is a second {column}; column {used} was read. Delete or rename one of them."
        yield place, Fault(header.row, text, message, Severity.QUERY, cell_address(header.row, place + 1))


def _column(place: int, text: str) -> str:
    return f"Column {column_letters(place + 1)}, “{shorten(text)}”,"


def _advice(text: str, columns: ListColumns) -> str:
    known = {**columns.aliases, **{plain_header(name): name for name in columns.names}}
    near = difflib.get_close_matches(plain_header(shorten(text)), list(known), n=1, cutoff=NEAR)
    return f"If it is {known[near[0]]}, rename it; otherwise leave it." if near else "It does no harm."
