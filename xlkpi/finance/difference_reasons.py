"""Why the two sides differ: kinds of invoices that one side counts and the other does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import TYPE_CHECKING

from xlkpi.finance.classify_invoices import InvoiceKind
from xlkpi.finance.counts import Span

if TYPE_CHECKING:
    import pandas as pd


class DifferenceReason(Enum):
    """Reasons that the ledger lets us recognise."""

    TIMING = "timing at the period's edge"
    CREDIT_NOTE = "credit note"
    DUPLICATE = "duplicate"
    RESENT = "resubmitted invoice"
    AFTER_PAYMENT = "disputed after payment"


@dataclass(frozen=True)
class Candidate:
    """Invoices that would move the provider's counts by ``by_x`` and ``by_y`` if the provider treats them otherwise.

    ``lines`` are the ledger's lines of all of them.
    """

    reason: DifferenceReason
    description: str
    by_x: int
    by_y: int
    lines: tuple[int, ...]


BY_DATE = "dated in the period, received after it"
BEFORE = "received in the period, dated before it"
LATER = "disputed after the period's end"


def find_candidates(marked: pd.DataFrame, repeats: pd.DataFrame, span: Span) -> dict[str, tuple[Candidate, ...]]:
    """By provider, the groups of ledger rows that the provider may have counted otherwise.

    ``marked`` are the used rows and ``repeats`` the repeated ones, both with their marks (counts.with_marks).
    """
    first, last = span.days
    received, dated = marked["received_date"], marked["invoice_date"]
    inside = (received >= first) & (received <= last)
    invoice = marked["kind"] == InvoiceKind.INVOICE.value
    counted = marked["counted"] == 1
    paid, dispute = marked["paid_date"], marked["disputed_date"]
    again = repeats[(repeats["received_date"] >= first) & (repeats["received_date"] <= last)]
    groups = (
        (
            DifferenceReason.TIMING,
            BY_DATE,
            marked[invoice & (received > last) & (dated >= first) & (dated <= last)],
            1,
            1,
        ),
        (DifferenceReason.TIMING, BEFORE, marked[counted & (dated > 0) & (dated < first)], -1, -1),
        (DifferenceReason.TIMING, LATER, marked[counted & (marked["disputed"] == 1) & (dispute > last)], -1, 0),
        (
            DifferenceReason.CREDIT_NOTE,
            "a credit note",
            marked[inside & (marked["kind"] == InvoiceKind.CREDIT_NOTE.value)],
            1,
            1,
        ),
        (DifferenceReason.DUPLICATE, "a repeated row", again, 1, 1),
        (DifferenceReason.RESENT, "sent again", marked[inside & (marked["kind"] == InvoiceKind.RESENT.value)], 1, 1),
        (
            DifferenceReason.AFTER_PAYMENT,
            "disputed after it was paid",
            marked[counted & (paid > 0) & (dispute > paid)],
            0,
            0,
        ),
    )
    out: dict[str, list[Candidate]] = {}
    for reason, description, rows, for_x, for_y in groups:
        for provider_id, mine in rows.groupby("provider_id", observed=True):
            disputed = len(mine) if reason is DifferenceReason.AFTER_PAYMENT else for_x * int(mine["disputed"].sum())
            one = Candidate(reason, description, disputed, for_y * len(mine), tuple(int(n) for n in mine["line"]))
            out.setdefault(str(provider_id), []).append(one)
    return {provider_id: tuple(found) for provider_id, found in out.items()}


@dataclass(frozen=True)
class Explanation:
    """Candidates that together make exactly the difference; of several such sets, those with the fewest candidates."""

    parts: tuple[Candidate, ...] = ()

    @property
    def reasons(self) -> tuple[DifferenceReason, ...]:
        """Each reason once, in the order of Reason."""
        found = {one.reason for one in self.parts}
        return tuple(reason for reason in DifferenceReason if reason in found)


def explain_difference(by_x: int, by_y: int, found: Sequence[Candidate]) -> Explanation:
    """What makes the difference return − ledger. Empty where nothing does, or where there is no difference.

    Each candidate counts for nothing, for its invoices, or for its invoices and their disputes, always with all of
    its rows. Where several sets of the same size fit, every reason among them is named: which it was, only the
    provider can say.
    """
    if not (by_x or by_y):
        return Explanation()
    best: list[tuple[Candidate, ...]] = []
    for chosen in _sums(by_x, by_y, found):
        if not best or len(chosen) < len(best[0]):
            best = [chosen]
        elif len(chosen) == len(best[0]):
            best.append(chosen)
    parts = {one for chosen in best for one in chosen}
    return Explanation(tuple(one for one in found if one in parts))


def _sums(by_x: int, by_y: int, found: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    ways = [{(0, 0), (one.by_x, one.by_y), (0, one.by_y)} for one in found]
    for way in product(*ways):
        if sum(x for x, _ in way) == by_x and sum(y for _, y in way) == by_y:
            yield tuple(one for one, moved in zip(found, way, strict=True) if moved != (0, 0))
