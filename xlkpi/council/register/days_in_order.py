"""The days of a contract against each other: an end before its start, an extension before its end."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.core.day import short_date
from xlkpi.core.lot import Provider
from xlkpi.council.lists.columns import ListHeader
from xlkpi.council.lists.faults import CellFault

_NOT_BEFORE = (
    ("contract_end", "contract_start"),
    ("extended_to", "contract_end"),
    ("extended_to", "contract_start"),
    ("review_date", "contract_start"),
)
"""Pairs of columns of which the first can have no day before that of the second."""


def find_contradicting_days(provider: Provider, header: ListHeader, row: int) -> tuple[CellFault, ...]:
    """Find the first cell whose day contradicts that of another; it is left out, and the rest compared again.

    One at a time: against an end that is itself wrong, a sound extension would seem wrong too.
    """
    return tuple(_contradictions(provider, header, row))[:1]


def _contradictions(provider: Provider, header: ListHeader, row: int) -> Iterator[CellFault]:
    for column, earlier in _NOT_BEFORE:
        day, before = getattr(provider, column), getattr(provider, earlier)
        if day and before and day < before:
            cell, other = header.cell(column, row), header.cell(earlier, row)
            reason = f"is {short_date(day)}, before {earlier} ({other}), {short_date(before)}. Correct one of them."
            yield CellFault(column, cell, reason)
