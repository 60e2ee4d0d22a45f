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
    """Invoices that would move the provider's counts by these differences if the provider treats them otherwise.

    ``lines`` are the ledger's lines of all of them.
    """

    reason: DifferenceReason
    description: str
    x_difference: int
    y_difference: int
    lines: tuple[int, ...]


BY_DATE = "dated in the period, received after it"
BEFORE = "received in the period, dated before it"
LATER = "disputed after the period's end"
_OF_A_GROUP = ("provider_id", "line", "disputed")


@dataclass(frozen=True)
class _RowGroup:
    """Rows of the ledger with one reason; each moves y by ``for_y``, and x by ``for_x`` if it is disputed."""

    reason: DifferenceReason
    description: str
    rows: pd.DataFrame
    for_x: int
    for_y: int

    def candidates(self) -> Iterator[tuple[str, Candidate]]:
        """Each provider's candidate."""
        by_provider: dict[str, list[tuple[int, int]]] = {}
        columns = (self.rows[name] for name in _OF_A_GROUP)
        for provider_id, line, disputed in zip(*columns, strict=True):
            by_provider.setdefault(str(provider_id), []).append((int(line), int(disputed)))
        # a dispute after payment isn't marked as one, so every row of that group may have been counted in x
        late_dispute = self.reason is DifferenceReason.AFTER_PAYMENT
        for provider_id, rows in by_provider.items():
            lines, disputes = zip(*rows, strict=True)
            x_difference = len(rows) if late_dispute else self.for_x * sum(disputes)
            yield provider_id, Candidate(self.reason, self.description, x_difference, self.for_y * len(rows), lines)


def find_candidates(marked: pd.DataFrame, repeats: pd.DataFrame, span: Span) -> dict[str, tuple[Candidate, ...]]:
    """Find, by provider, the groups of ledger rows that the provider may have counted differently.

    ``marked`` are the used rows and ``repeats`` the repeated ones, both with their marks (counts.mark_invoices).
    """
    candidates: dict[str, list[Candidate]] = {}
    for group in _row_groups(marked, repeats, span):
        for provider_id, candidate in group.candidates():
            candidates.setdefault(provider_id, []).append(candidate)
    return {provider_id: tuple(of_provider) for provider_id, of_provider in candidates.items()}


def _row_groups(marked: pd.DataFrame, repeats: pd.DataFrame, span: Span) -> Iterator[_RowGroup]:
    first, last = span.days
    shown = marked[list(_OF_A_GROUP)]
    received, dated = marked["received_date"].to_numpy(), marked["invoice_date"].to_numpy()
    paid, dispute = marked["paid_date"].to_numpy(), marked["disputed_date"].to_numpy()
    inside = (received >= first) & (received <= last)
    counted = marked["counted"].to_numpy() == 1
    timing, kind = DifferenceReason.TIMING, marked["kind"].to_numpy()
    dated_inside = (received > last) & (dated >= first) & (dated <= last)
    yield _RowGroup(timing, BY_DATE, shown[(kind == InvoiceKind.INVOICE.value) & dated_inside], 1, 1)
    yield _RowGroup(timing, BEFORE, shown[counted & (dated > 0) & (dated < first)], -1, -1)
    yield _RowGroup(timing, LATER, shown[counted & (marked["disputed"].to_numpy() == 1) & (dispute > last)], -1, 0)
    credit_notes = shown[inside & (kind == InvoiceKind.CREDIT_NOTE.value)]
    yield _RowGroup(DifferenceReason.CREDIT_NOTE, "a credit note", credit_notes, 1, 1)
    repeated = repeats[(repeats["received_date"] >= first) & (repeats["received_date"] <= last)]
    yield _RowGroup(DifferenceReason.DUPLICATE, "a repeated row", repeated, 1, 1)
    resent = shown[inside & (kind == InvoiceKind.RESENT.value)]
    yield _RowGroup(DifferenceReason.RESENT, "sent again", resent, 1, 1)
    after_payment = shown[counted & (paid > 0) & (dispute > paid)]
    yield _RowGroup(DifferenceReason.AFTER_PAYMENT, "disputed after it was paid", after_payment, 0, 0)


@dataclass(frozen=True)
class Explanation:
    """Candidates that together make exactly the difference; of several such sets, those with the fewest candidates."""

    parts: tuple[Candidate, ...] = ()

    @property
    def reasons(self) -> tuple[DifferenceReason, ...]:
        """Each reason once, in the order of Reason."""
        reasons = {candidate.reason for candidate in self.parts}
        return tuple(reason for reason in DifferenceReason if reason in reasons)


def explain_difference(x_difference: int, y_difference: int, candidates: Sequence[Candidate]) -> Explanation:
    """Explain the difference return − ledger. Empty where nothing does, or where there is no difference.

    Each candidate may count for nothing, for its invoices, or for its invoices and their disputes, always with all of
    its rows. Where several sets of the same size fit, every reason among them is named: which it was, only the
    provider can say.
    """
    if not (x_difference or y_difference):
        return Explanation()
    best: list[tuple[Candidate, ...]] = []
    for chosen in _sums(x_difference, y_difference, candidates):
        if not best or len(chosen) < len(best[0]):
            best = [chosen]
        elif len(chosen) == len(best[0]):
            best.append(chosen)
    parts = {candidate for chosen in best for candidate in chosen}
    return Explanation(tuple(candidate for candidate in candidates if candidate in parts))


def _sums(x_difference: int, y_difference: int, candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    ways = [{(0, 0), (option.x_difference, option.y_difference), (0, option.y_difference)} for option in candidates]
    for way in product(*ways):
        if sum(x for x, _ in way) == x_difference and sum(y for _, y in way) == y_difference:
            yield tuple(option for option, moved in zip(candidates, way, strict=True) if moved != (0, 0))
