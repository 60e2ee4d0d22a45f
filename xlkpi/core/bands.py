"""Bands of the RAG table, decided on the exact fraction by integer cross-multiplication.

A rounded percentage would turn 94.996% into 95.00% and change a colour that has consequences under the contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from xlkpi.core.vocabulary import Rag


@dataclass(frozen=True)
class Interval:
    """A range of outturns in whole percent; an absent end is unbounded, an open end excludes its edge."""

    low: Optional[int] = None
    high: Optional[int] = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, n: int, d: int) -> bool:
        """Return whether n/d (d > 0) is in the interval; exact for integers of any size."""
        if self.low is not None:
            distance = 100 * n - self.low * d
            if distance < 0 or (self.low_open and distance == 0):
                return False
        if self.high is not None:
            distance = self.high * d - 100 * n
            if distance < 0 or (self.high_open and distance == 0):
                return False
        return True


@dataclass(frozen=True)
class Bands:
    """The three bands of one indicator (Schedule 3.0, column RAG)."""

    red: Interval
    amber: Interval
    green: Interval

    def rag(self, n: int, d: int) -> Optional[Rag]:
        """Rate n/d; None where no band contains it (between 99% and 100% for some indicators as written)."""
        for rag, band in ((Rag.GREEN, self.green), (Rag.AMBER, self.amber), (Rag.RED, self.red)):
            if band.holds(n, d):
                return rag
        return None


def parse_interval(text: str) -> Interval:
    """Read a band as the Schedule prints it: ``<85%``, ``>95%``, ``85-95%``, ``100%``, ``85% to below 100%``.

    Raises ValueError for any other spelling: a band that cannot be read must not reach a provider.
    """
    plain = text.replace("%", "")
    if plain.startswith("<"):
        return Interval(high=int(plain[1:]), high_open=True)
    if plain.startswith(">"):
        return Interval(low=int(plain[1:]), low_open=True)
    if " to below " in plain:
        low, high = plain.split(" to below ")
        return Interval(low=int(low), high=int(high), high_open=True)
    if "-" in plain:
        low, high = plain.split("-")
        return Interval(low=int(low), high=int(high))
    return Interval(low=int(plain), high=int(plain))


def parse_bands(red: str, amber: str, green: str) -> Optional[Bands]:
    """Read the bands of one row of the Schedule; None where all three cells are ``n/a`` (INFO indicators)."""
    if red == amber == green == "n/a":
        return None
    return Bands(parse_interval(red), parse_interval(amber), parse_interval(green))
