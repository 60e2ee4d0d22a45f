"""Prompt payment: which share of invoices is paid within the days that the Council's own target names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

NO_TYPE = "type not known"
TYPES = ("voluntary or community", "SME", "large", "in-house", NO_TYPE)


class TargetResult(Enum):
    """How a share compares with the target."""

    MET = "Met"
    NOT_MET = "Not met"
    NO_CASES = "No cases"


@dataclass(frozen=True)
class PaymentCounts:
    """The invoices of one provider, type or month: received, paid, paid within the days; of the disputed ones too.

    Days run from receipt to payment. ``paid`` and ``within`` count all paid invoices, ``unpaid`` those that on the last
    day of the span have waited longer than the days; one that is not yet so old is not counted at all. The counts that
    begin with ``disputed_`` are of those among them that were disputed before they were paid.
    """

    name: str
    received: int
    paid: int
    within: int
    disputed_paid: int
    disputed_within: int
    unpaid: int = 0
    disputed_unpaid: int = 0

    @property
    def measured(self) -> int:
        """Paid, or unpaid for longer than the days."""
        return self.paid + self.unpaid

    @property
    def disputed_measured(self) -> int:
        """The disputed ones among those measured."""
        return self.disputed_paid + self.disputed_unpaid

    @property
    def share(self) -> Fraction | None:
        """Paid within the days, of all measured."""
        return Fraction(self.within, self.measured) if self.measured else None

    @property
    def late(self) -> int:
        """Paid later than within the days, or still unpaid after them."""
        return self.measured - self.within

    @property
    def undisputed_share(self) -> Fraction | None:
        """The same without disputed invoices."""
        measured = self.measured - self.disputed_measured
        return Fraction(self.within - self.disputed_within, measured) if measured else None

    def against(self, percent: int) -> TargetResult:
        """Compare with a target: whether at least so many percent were paid in time, in whole numbers."""
        if not self.measured:
            return TargetResult.NO_CASES
        return TargetResult.MET if 100 * self.within >= percent * self.measured else TargetResult.NOT_MET


@dataclass(frozen=True)
class PromptPayment:
    """Prompt payment of invoices received in the span: as a whole, by provider, by type and by month of receipt."""

    days: int
    target: int
    whole: PaymentCounts
    providers: tuple[PaymentCounts, ...]
    types: tuple[PaymentCounts, ...]
    months: tuple[PaymentCounts, ...]


COLUMNS = ["received", "paid", "within", "disputed_paid", "disputed_within", "unpaid", "disputed_unpaid"]


def measure_prompt_payment(
    marked: pd.DataFrame, types: Mapping[str, str], days: int, target: int, last_day: date
) -> PromptPayment:
    """Measure payment of the invoices received in the span, whose last day tells how long an unpaid one has waited.

    Credit notes and invoices sent again are left out.
    """
    counted = marked[marked["counted"] == 1]
    paid = (counted["paid_date"] > 0).astype("int64")
    within = paid * (counted["paid_date"] - counted["received_date"] <= days)
    unpaid = (1 - paid) * (last_day.toordinal() - counted["received_date"] > days)
    flags = counted[["provider_id", "received_date"]].assign(
        received=1,
        paid=paid,
        within=within,
        disputed_paid=paid * counted["disputed"],
        disputed_within=within * counted["disputed"],
        unpaid=unpaid,
        disputed_unpaid=unpaid * counted["disputed"],
    )
    by_provider = _by(flags, "provider_id")
    by_day = _by(flags, "received_date")
    return PromptPayment(
        days,
        target,
        _total("All", by_provider),
        tuple(by_provider),
        tuple(
            _total(name, [counts for counts in by_provider if _type(types, counts.name) == name])
            for name in _held(types, by_provider)
        ),
        tuple(_months(by_day)),
    )


def _by(flags: pd.DataFrame, column: str) -> list[PaymentCounts]:
    sums = flags.groupby(column, observed=True)[COLUMNS].sum()
    return [PaymentCounts(str(name), *(int(n) for n in row)) for name, *row in sums.itertuples()]


def _total(name: str, parts: list[PaymentCounts]) -> PaymentCounts:
    return PaymentCounts(name, *(sum(getattr(counts, column) for counts in parts) for column in COLUMNS))


def _type(types: Mapping[str, str], provider_id: str) -> str:
    return types.get(provider_id) or NO_TYPE


def _held(types: Mapping[str, str], providers: list[PaymentCounts]) -> list[str]:
    held = {_type(types, counts.name) for counts in providers}
    return [name for name in TYPES if name in held]


def _months(days: list[PaymentCounts]) -> list[PaymentCounts]:
    by_month: dict[tuple[int, int], list[PaymentCounts]] = {}
    for counts in days:
        day = date.fromordinal(int(counts.name))
        by_month.setdefault((day.year, day.month), []).append(counts)
    return [_total(f"{date(*month, 1):%B %Y}", by_month[month]) for month in sorted(by_month)]
