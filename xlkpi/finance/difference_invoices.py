"""The invoices behind each difference between a return and the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from xlkpi.finance.agreement import Agreement
from xlkpi.finance.check_result import FinanceCheck, InvoiceComparison
from xlkpi.finance.invoice import iterate_rows

if TYPE_CHECKING:
    import pandas as pd

MOST_DIFFERENCES = 20_000


@dataclass(frozen=True)
class DifferenceInvoice:
    """An invoice that bears on a provider's difference. ``row`` is its row of the ledger.

    ``explains`` is ``yes`` where such invoices make exactly the difference, ``possible`` where nothing does, and
    ``no`` where others do.
    """

    comparison: InvoiceComparison
    reason: str
    explains: str
    description: str
    line: int
    row: Any = None


def list_difference_invoices(check: FinanceCheck) -> list[DifferenceInvoice]:
    """List the invoices of each provider who differs: explaining ones first, then other disputed ones."""
    every = (
        DifferenceInvoice(comparison, *facts)
        for comparison in check.lines
        for facts in _wanted_lines(comparison, check.marked)
    )
    invoices = list(islice(every, MOST_DIFFERENCES))
    # only now look the rows up: a ledger may have a million of them
    lines = {invoice.line for invoice in invoices}
    rows: dict[int, Any] = {}
    for frame in (check.marked, check.ledger.repeats):
        rows |= {int(row.line): row for row in iterate_rows(frame[frame["line"].isin(lines)])}
    return [replace(invoice, row=rows[invoice.line]) for invoice in invoices]


def _wanted_lines(comparison: InvoiceComparison, marked: pd.DataFrame) -> Iterator[tuple[str, str, str, int]]:
    if comparison.agreement in (Agreement.AGREED, Agreement.NO_RETURN):
        return
    explaining = comparison.explanation.parts
    for candidate in comparison.candidates:
        explains = "yes" if candidate in explaining else "no" if explaining else "possible"
        yield from ((candidate.reason.value, explains, candidate.description, line) for line in candidate.lines)
    if comparison.x_difference and not explaining:
        own = marked["provider_id"] == comparison.provider_id
        disputed = marked[own & (marked["counted"] == 1) & (marked["disputed"] == 1)]
        yield from (("", "possible", "disputed in the ledger", int(line)) for line in disputed["line"])
