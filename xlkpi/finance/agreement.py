"""How two pairs of counts compare: the class of each difference, decided in one order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from xlkpi.core.cell_count import Figure, distance
from xlkpi.core.indicator import Definition
from xlkpi.core.outturn_units import describe_pair, show_x


class Agreement(Enum):
    """The classes of the invoice indicator, return against ledger."""

    AGREED = "Agreed"
    SMALL = "Small difference"
    UNDERSTATES = "Return understates disputes"
    OVERSTATES = "Return overstates"
    COUNT = "Different invoice count"
    NO_LEDGER = "No ledger rows"
    NO_RETURN = "No return"


@dataclass(frozen=True)
class CountPair:
    """x and y by one side; None where that side has no figures that can be used."""

    x: Figure | None
    y: Figure | None
    has_y: bool = True
    """Whether the indicator asks for y at all."""

    @property
    def known(self) -> bool:
        """Whether all that it asks for are there."""
        return self.x is not None and (self.y is not None or not self.has_y)

    def describe(self, definition: Definition) -> str:
        """Write the figures of a known side as a person says them: ``38 of 41``, ``£1,234.50``."""
        return describe_pair(self.x or 0, self.y, definition)

    def name_each(self, definition: Definition) -> str:
        """Write the figures of a known side by their letters: ``x = 38 and y = 41``, ``x = £1,234.50``."""
        x = f"x = {show_x(definition, self.x or 0)}"
        return f"{x} and y = {self.y}" if definition.has_y else x


NO_COUNTS = CountPair(None, None)


def classify_agreement(returned: CountPair, x: int, y: int, *, tolerance: int, same_rag: bool) -> Agreement:
    """Classify a provider: x and y are the ledger's. The first class that fits counts, in the order below.

    No figures in a return: No return. Both sides equal, both zero included: Agreed. No invoice in the ledger: No
    ledger rows. Neither count further apart than the tolerance, and the RAG the same: Small difference. Disputes
    apart by more than the tolerance, or apart at all where the invoice count is within it: Return understates
    disputes, or Return overstates. Else Different invoice count.
    """
    if returned.x is None or returned.y is None:
        return Agreement.NO_RETURN
    by_x, by_y = distance(returned.x, x), distance(returned.y, y)
    if by_x == by_y == 0:
        return Agreement.AGREED
    if y == 0:
        return Agreement.NO_LEDGER
    if by_x <= tolerance and by_y <= tolerance and same_rag:
        return Agreement.SMALL
    if by_x and (by_x > tolerance or by_y <= tolerance):
        return Agreement.UNDERSTATES if returned.x < x else Agreement.OVERSTATES
    return Agreement.COUNT
