"""The ledger's side of the invoice indicator: counts by provider over the time that the entry covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xlkpi.finance.classify_invoices import InvoiceKind

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Span:
    """The first and last day that the entry counts."""

    start: date
    end: date

    @property
    def days(self) -> tuple[int, int]:
        """Both as ordinals."""
        return self.start.toordinal(), self.end.toordinal()


@dataclass(frozen=True)
class LedgerCounts:
    """What the ledger contains for one provider in the span.

    ``submitted`` (y): invoices received in it, credit notes and invoices sent again left out. ``disputed`` (x): of
    these, disputed on or before the day of payment, or not paid. ``late``: received after the due date.
    ``undated``: of these, without a due date, so that it is not known whether they were late.
    """

    submitted: int = 0
    disputed: int = 0
    late: int = 0
    late_or_disputed: int = 0
    undated: int = 0


def mark_invoices(invoices: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Mark the invoices for all counting, with 0 or 1.

    ``counted``: an invoice received in the span. ``disputed``, ``late``: as in LedgerCounts, whatever the span.
    """
    first, last = span.days
    received, paid, dispute = invoices["received_date"], invoices["paid_date"], invoices["disputed_date"]
    due = invoices["due_date"]
    return invoices.assign(
        counted=((invoices["kind"] == InvoiceKind.INVOICE.value) & (received >= first) & (received <= last)).astype(
            "int8"
        ),
        disputed=((dispute > 0) & ((paid == 0) | (dispute <= paid))).astype("int8"),
        late=((due > 0) & (received > due)).astype("int8"),
    )


def count_by_provider(marked: pd.DataFrame) -> dict[str, LedgerCounts]:
    """Count for every provider with an invoice in the span, by id."""
    counted = marked[marked["counted"] == 1]
    flags = counted.assign(
        submitted=1,
        late_or_disputed=counted["late"] | counted["disputed"],
        undated=(counted["due_date"] == 0).astype("int8"),
    )
    columns = ["submitted", "disputed", "late", "late_or_disputed", "undated"]
    sums = flags.groupby("provider_id", observed=True)[columns].sum()
    return {str(name): LedgerCounts(*(int(n) for n in row)) for name, *row in sums.itertuples()}
