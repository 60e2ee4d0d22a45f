"""An oracle for what is said of chance beside a Red or Amber: every number of cases tried, in fractions.

It shares no code with the product: the target is read from the Schedule's own text, and the words are written here
once more.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any

from tests.judge.oracle import NOT_OF_Y, expected, whole
from tests.judge.schedule_text import schedule

ODDS = (
    (0.8333333333, "nine times in ten"), (0.7142857143, "three times in four"), (0.5833333333, "two times in three"),
    (0.4444444444, "one time in two"), (0.3666666667, "two times in five"), (0.2857142857, "one time in three"),
    (0.2222222222, "one time in four"), (0.1818181818, "one time in five"), (0.1428571429, "one time in six"),
    (0.1111111111, "one time in eight"), (0.0833333333, "one time in ten"), (0.0555555556, "one time in 15"),
    (0.0416666667, "one time in 20"), (0.0256410256, "one time in 30"), (0.0142857143, "one time in 50"),
    (0.0071428571, "one time in 100"), (0.0033333333, "one time in 200"), (0.0014285714, "one time in 500"),
    (0.0007142857, "one time in 1,000"), (0.0, "once in over 1,000 times"),
)  # fmt: skip
"""A probability in words, from so much on."""


def chance_of(code: str, x: int, y: int, reading: str) -> Fraction:
    """How often a provider exactly at the target does no better, every number of cases tried, y up to some hundreds."""
    turned = reading == "effective" and code in NOT_OF_Y
    green = schedule()[code].green
    done = y - x if turned else x
    return chance(int(re.search(r"\d+", green)[0]), done, y, at_most=not green.startswith("<"))  # type: ignore[index]


@lru_cache(maxsize=100_000)
def chance(percent: int, done: int, y: int, *, at_most: bool) -> Fraction:
    """How often at most so many of y cases are done, or at least so many, where each is with a chance in percent."""
    if done > y:
        return Fraction(1 if at_most else 0)
    tried = range(done + 1) if at_most else range(done, y + 1)
    return Fraction(sum(comb(y, n) * percent**n * (100 - percent) ** (y - n) for n in tried), 100**y)


def change_cell(code: str, x: Any, y: Any, reading: str = "effective") -> str:
    """All of the cell *Change needed for Green*: the change, and below a Red or Amber what chance does."""
    wanted = expected(code, x, y, reading)
    if wanted.gap is None:
        return ""
    if wanted.gap == 0:
        return "Target met"
    change = f"{abs(wanted.gap)} {'more' if wanted.gap > 0 else 'fewer'} to Green"
    return f"{change}\n{chance_sentence(code, whole(x) or 0, whole(y) or 0, reading)}"


def chance_sentence(code: str, x: int, y: int, reading: str = "effective") -> str:
    """What is said of chance beside a Red or Amber."""
    if y > 20_000:
        return "Over 20,000 cases: chance moves the outturn by less than half a point."
    points = "less than 0.1" if y > 1_000 else f"{int(1_000 / y + 0.5) / 10:g}"
    start = f"One case moves the outturn by {points} {'point' if points == '1' else 'points'}; a"
    if schedule()[code].green == "100%":
        return f"{start} target of 100% leaves no room for chance."
    probability = float(chance_of(code, x, y, reading)) if y <= 500 else 0.0  # far from the target, where it is tried
    return f"{start} provider at target does no better {next(word for low, word in ODDS if probability >= low)}."
