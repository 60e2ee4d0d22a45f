"""Disputes: days from receipt to dispute, to resolution, to payment; which are open at the period's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from xlkpi.council.lists.parse_values import day_from_ordinal
from xlkpi.finance.classify_invoices import InvoiceKind
from xlkpi.finance.counts import Span
from xlkpi.finance.invoice import iterate_rows

if TYPE_CHECKING:
    import pandas as pd

AGES = (("up to 14 days", 14), ("15 to 30", 30), ("31 to 60", 60), ("61 to 90", 90), ("over 90 days", None))
MOST_LISTED = 20_000


@dataclass(frozen=True)
class ProviderDisputes:
    """One provider's disputes of invoices received in the span; means in days, None where none is known.

    ``to_dispute`` and ``to_payment`` run from receipt, ``to_resolution`` from the dispute. ``ages`` counts the
    disputes open on the last day by age since the dispute, in the order of AGES, whenever the invoice was received.
    """

    provider_id: str
    disputes: int
    to_dispute: float | None
    to_resolution: float | None
    to_payment: float | None
    ages: tuple[int, ...]

    @property
    def open(self) -> int:
        """Disputes open at the period's end."""
        return sum(self.ages)


@dataclass(frozen=True)
class OpenDispute:
    """A dispute open on the last day of the span."""

    provider_id: str
    line: int
    invoice_no: str
    received: date | None
    disputed: date | None
    reason: str
    days: int


@dataclass(frozen=True)
class DisputeAges:
    """Disputes by provider, and the open ones, the oldest first (at most 20,000)."""

    providers: tuple[ProviderDisputes, ...]
    open: tuple[OpenDispute, ...]

    @property
    def dispute_count(self) -> int:
        """All disputes of invoices received in the period."""
        return sum(provider.disputes for provider in self.providers)

    @property
    def open_count(self) -> int:
        """All disputes open at the period's end."""
        return sum(provider.open for provider in self.providers)

    @property
    def total_ages(self) -> list[int]:
        """All open disputes by age, in the order of AGES."""
        return [sum(provider.ages[place] for provider in self.providers) for place in range(len(AGES))]


def measure_disputes(marked: pd.DataFrame, span: Span) -> DisputeAges:
    """Measure disputes before payment. Open: begun by the last day and, on that day, neither resolved nor paid."""
    last = span.end.toordinal()
    invoices = marked[(marked["kind"] == InvoiceKind.INVOICE.value) & (marked["disputed"] == 1)]
    counted = invoices[invoices["counted"] == 1]
    resolved, paid = invoices["resolved_date"], invoices["paid_date"]
    still_open = ((resolved == 0) | (resolved > last)) & ((paid == 0) | (paid > last))
    waiting = invoices[(invoices["disputed_date"] <= last) & still_open]
    waiting = waiting.assign(days=last - waiting["disputed_date"]).sort_values(
        ["days", "line"], ascending=[False, True]
    )
    names = sorted({*map(str, counted["provider_id"].unique()), *map(str, waiting["provider_id"].unique())})
    means = _mean_days(counted)
    of_waiting = dict(tuple(waiting.groupby("provider_id", observed=True)))
    providers = tuple(
        ProviderDisputes(name, *means.get(name, NO_DISPUTE), _ages(of_waiting.get(name))) for name in names
    )
    return DisputeAges(providers, tuple(_open(row) for row in iterate_rows(waiting.head(MOST_LISTED))))


MeanDays = tuple[int, float | None, float | None, float | None]
NO_DISPUTE: MeanDays = (0, None, None, None)


def _mean_days(counted: pd.DataFrame) -> dict[str, MeanDays]:
    """By provider: how many disputes, and the mean days to dispute, to resolution and to payment."""
    days = {
        end: (counted[end] - counted[start]).where((counted[start] > 0) & (counted[end] > 0))
        for start, end in (
            ("received_date", "disputed_date"),
            ("disputed_date", "resolved_date"),
            ("received_date", "paid_date"),
        )
    }
    by_provider = counted[["provider_id"]].assign(**days).groupby("provider_id", observed=True)
    means, sizes = by_provider.mean(), by_provider.size()
    return {
        str(name): (int(sizes[name]), _known_mean(dispute), _known_mean(resolution), _known_mean(payment))
        for name, dispute, resolution, payment in means.itertuples()
    }


def _known_mean(mean: Any) -> float | None:
    return None if mean != mean else float(mean)  # noqa: PLR0124 - NaN alone differs from itself


def _ages(waiting: pd.DataFrame | None) -> tuple[int, ...]:
    counts = [0] * len(AGES)
    for days in () if waiting is None else waiting["days"]:
        counts[find_age_band(int(days))] += 1
    return tuple(counts)


def find_age_band(days: int) -> int:
    """Find the place in AGES of a dispute that is so many days old."""
    return next(place for place, (_, most) in enumerate(AGES) if most is None or days <= most)


def _open(row: Any) -> OpenDispute:
    return OpenDispute(
        str(row.provider_id),
        int(row.line),
        str(row.invoice_no),
        day_from_ordinal(int(row.received_date)),
        day_from_ordinal(int(row.disputed_date)),
        str(row.dispute_reason),
        int(row.days),
    )
