"""Bands of the RAG table, decided on the exact fraction by integer cross-multiplication.

A rounded percentage would turn 94.996% into 95.00% and change a colour that has consequences under the contract.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Iterable, Iterator, Optional, Tuple

from xlkpi.core.vocabulary import Rag

PERCENT = 100


@dataclass(frozen=True)
class Interval:
    """A range of outturns; an absent end is unbounded, an open end excludes its edge.

    The edges are whole numbers of ``1/scale``: of 1/100 for whole percents, of 1/1000 for 97.5%, of 1 for a count.
    """

    low: Optional[int] = None
    high: Optional[int] = None
    low_open: bool = False
    high_open: bool = False
    scale: int = PERCENT

    def holds(self, n: int, d: int) -> bool:
        """Return whether n/d (d > 0) is in the interval; exact for integers of any size."""
        if self.low is not None:
            distance = self.scale * n - self.low * d
            if distance < 0 or (self.low_open and distance == 0):
                return False
        if self.high is not None:
            distance = self.high * d - self.scale * n
            if distance < 0 or (self.high_open and distance == 0):
                return False
        return True

    def is_beyond(self, highest: Optional[int]) -> bool:
        """Tell whether no outturn from 0 to the highest is in the interval: above 100% of a share, below 0."""
        lower, upper = self.lower, self.upper
        if highest is not None and lower is not None and (lower > highest or (lower == highest and self.low_open)):
            return True
        return upper is not None and (upper < 0 or (upper == 0 and self.high_open))

    @property
    def lower(self) -> Optional[Fraction]:
        """The lower edge as an exact outturn; None where there is none."""
        return None if self.low is None else Fraction(self.low, self.scale)

    @property
    def upper(self) -> Optional[Fraction]:
        """The upper edge as an exact outturn; None where there is none."""
        return None if self.high is None else Fraction(self.high, self.scale)

    def overlap(self, other: Interval) -> Optional[Fraction]:
        """Give an outturn that both intervals contain; None where they share none."""
        low, low_open = _highest_low((self, other))
        high, high_open = _lowest_high((self, other))
        if low is not None and high is not None:
            if low > high or (low == high and (low_open or high_open)):
                return None
            return (low + high) / 2 if low_open else low
        step = Fraction(1, 2 * self.scale)
        if low is not None:
            return low + step if low_open else low
        return high - step if high is not None and high_open else high


def _highest_low(intervals: Iterable[Interval]) -> Tuple[Optional[Fraction], bool]:
    edges = ((each.lower, each.low_open) for each in intervals)
    return max(((edge, is_open) for edge, is_open in edges if edge is not None), default=(None, False))


def _lowest_high(intervals: Iterable[Interval]) -> Tuple[Optional[Fraction], bool]:
    edges = ((each.upper, not each.high_open) for each in intervals)
    edge, is_closed = min(((edge, closed) for edge, closed in edges if edge is not None), default=(None, True))
    return edge, not is_closed


@dataclass(frozen=True)
class Bands:
    """The bands of one indicator (Schedule 3.0, column RAG); a contract with two bands has no Amber."""

    red: Interval
    amber: Optional[Interval]
    green: Interval

    def rag(self, n: int, d: int) -> Optional[Rag]:
        """Rate n/d; None where no band contains it (between 99% and 100% for some indicators as written)."""
        for rag, band in self.by_rag:
            if band.holds(n, d):
                return rag
        return None

    @cached_property
    def higher_is_better(self) -> bool:
        """Whether a higher outturn is better: Red is then below Green."""
        red, green = self.red.upper, self.green.lower
        return red is not None and green is not None and red <= green

    @cached_property  # every figure is rated by it
    def by_rag(self) -> Tuple[Tuple[Rag, Interval], ...]:
        """The bands there are, best first."""
        middle = ((Rag.AMBER, self.amber),) if self.amber is not None else ()
        return (Rag.GREEN, self.green), *middle, (Rag.RED, self.red)

    def faults(self, highest: Optional[int] = 1, steps: Optional[int] = None) -> Tuple[Tuple[Rag, str], ...]:
        """List what makes these bands unfit to rate every outturn, each with the band to correct.

        ``highest`` is the highest outturn there can be; None where there is no such limit. ``steps`` is in how many
        parts 1 is divided where an outturn is a whole number of them: 1 for counts (0-2 and 3-5 then meet), 100 for
        pence; None for shares and averages.
        """
        unfit = [(rag, "is out of reach of every outturn") for rag, band in self.by_rag if band.is_beyond(highest)]
        unfit += [(rag, "leaves the outturns at its end without a band") for rag in self._open_ends(highest)]
        for (better, upper), (worse, lower) in zip(self.by_rag, self.by_rag[1:]):
            if upper.overlap(lower) is not None:
                unfit.append((worse, f"shares an outturn with {better.value}"))
                continue
            above, below = (upper, lower) if self.higher_is_better else (lower, upper)
            if above.lower is None or below.upper is None or above.lower < below.upper:
                unfit.append((worse, f"is on the wrong side of {better.value}"))
            elif (above.lower > below.upper or (above.low_open and below.high_open)) and not _meet(below, above, steps):
                unfit.append((worse, f"leaves outturns between it and {better.value} without a band"))
        return tuple(unfit)

    def _open_ends(self, highest: Optional[int]) -> Iterator[Rag]:
        top, bottom = (Rag.GREEN, Rag.RED) if self.higher_is_better else (Rag.RED, Rag.GREEN)
        bands = dict(self.by_rag)
        lower, upper = bands[bottom].lower, bands[top].upper
        if upper is not None and (highest is None or upper < highest):
            yield top
        if lower is not None and lower > 0:
            yield bottom


def _meet(below: Interval, above: Interval, steps: Optional[int]) -> bool:
    """Whether the first step of one band follows the last step of the band below it."""
    return steps is not None and smallest_count(above, steps) == largest_count(below, steps) + 1


def smallest_count(green: Interval, y: int) -> int:
    """Find the smallest count whose share of y reaches a band with a lower edge, where higher is better."""
    edge = (green.low or 0) * y  # in parts of a case, so that no division rounds
    return edge // green.scale + 1 if green.low_open else -(-edge // green.scale)


def largest_count(green: Interval, y: int) -> int:
    """Find the largest count whose share of y stays within a band with an upper edge, where lower is better."""
    edge = (green.high or 0) * y
    return -(-edge // green.scale) - 1 if green.high_open else edge // green.scale


_NUMBER = "(?P<{}>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:[.][0-9]+)?|[0-9]+(?:[.][0-9]+)?)"
_ONE_EDGE = re.compile(f"(?P<sign>[<>]=?|[≤≥])? ?{_NUMBER.format('edge')}")
_TWO_EDGES = re.compile(
    f"(?P<above>above )?{_NUMBER.format('low')}(?: ?[-–] ?| to (?P<below>below )?){_NUMBER.format('high')}"
)
_UNITS = re.compile("[%£]| ?days?")


@lru_cache(maxsize=512)
def parse_interval(text: str, scale: int = PERCENT) -> Interval:
    """Read a band as the Schedule prints it: ``<85%``, ``>95%``, ``85-95%``, ``100%``, ``85% to below 100%``.

    ``>=97.5%`` and ``above 85% to 97.5%`` are read too. ``scale`` is 100 for percentages, 1 for counts, amounts and
    days. Raises ValueError for any other spelling: a band that cannot be read must not reach a provider.
    """
    plain = _UNITS.sub("", text.strip())
    two = _TWO_EDGES.fullmatch(plain)
    if two is not None:
        low, high, whole = _to_integers(scale, two["low"], two["high"])
        return Interval(low, high, bool(two["above"]), bool(two["below"]), whole)
    match = _ONE_EDGE.fullmatch(plain)
    if match is None:
        message = f"“{text}” is not a band"
        raise ValueError(message)
    edge, _, whole = _to_integers(scale, match["edge"], match["edge"])
    sign = match["sign"] or ""
    if not sign:
        return Interval(edge, edge, scale=whole)
    if sign[0] in "<≤":
        return Interval(high=edge, high_open=sign == "<", scale=whole)
    return Interval(low=edge, low_open=sign == ">", scale=whole)


def _to_integers(scale: int, *texts: str) -> Tuple[int, int, int]:
    """Turn two edges into integers of one scale, which is 10 times finer per decimal."""
    parts = [text.replace(",", "").partition(".") for text in texts]
    decimals = max(len(after) for _, _, after in parts)
    low, high = (int(before + after.ljust(decimals, "0")) for before, _, after in parts)
    return low, high, scale * 10**decimals


def parse_bands(red: str, amber: str, green: str, scale: int = PERCENT) -> Optional[Bands]:
    """Read the bands of one row of the Schedule; None where all three cells are ``n/a`` (INFO indicators).

    Amber alone may be ``n/a``: the contract then has two bands. Raises ValueError for what is not a band.
    """
    if red == amber == green == "n/a":
        return None
    middle = None if amber == "n/a" else parse_interval(amber, scale)
    return Bands(parse_interval(red, scale), middle, parse_interval(green, scale))
