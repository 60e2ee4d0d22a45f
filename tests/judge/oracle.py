"""An oracle for outturn, RAG, gap and cross-checks that shares no code with the product.

It works from the Schedule's own words (tests/judge/schedule_text.py) and from contract.md: a band is read from its
text, a share is a Fraction, and a gap is found by trying counts, never by multiplying out an inequality.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from math import isfinite
from typing import Any, NamedTuple

from tests.judge.schedule_text import schedule

READINGS = ("effective", "as written")

NOT_OF_Y = frozenset({"KPI S2", "KPI I4"})
"""Read the other way round by the effective reading: its bands, to the letter, fit what x leaves of y."""

MAY_EXCEED = frozenset({"KPI S3", "KPI E4"})
"""x may be larger than y: cases carried over from an earlier period."""

SAME_Y: tuple[tuple[str, ...], ...] = (
    ("KPI S4a", "KPI S4b", "KPI S4c"),
    ("INFO W1", "INFO W2", "INFO W3", "KPI W2"),
    ("INFO I1", "INFO I2", "INFO I3", "KPI I1", "KPI I2"),
    ("KPI I3", "KPI I4"),
    ("INFO E1", "INFO E2"),
    ("KPI E1", "KPI E2"),
    ("INFO A1", "INFO A2", "INFO A3a", "INFO A3b", "INFO A3c", "INFO A4", "KPI A1", "KPI A2"),
    ("INFO T1", "INFO T2"),
)
SUMS: tuple[tuple[str, ...], ...] = (
    ("INFO W1", "INFO W2"),
    ("INFO I1", "INFO I2"),
    ("INFO E1", "INFO E2"),
    ("INFO A1", "INFO A2"),
    ("INFO T1", "INFO T2"),
    ("INFO A3a", "INFO A3b", "INFO A3c"),
    ("KPI I3", "KPI I4"),
)
PARTS: tuple[tuple[str, str], ...] = (("KPI S4c", "KPI S4a"),)

LISTED, TRIED_ONE_BY_ONE = 200, 3000
"""Up to this y a gap is found by trying every count: at once for all x, or from one x outwards."""

DUE_AT = {"quarterly": (1, 2, 3, 4), "six-monthly": (2, 4), "annual": (4,)}


class Expected(NamedTuple):
    """What an entry must come to: state and RAG as words, outturn as a share, gap in cases."""

    state: str
    outturn: Fraction | None = None
    rag: str | None = None
    gap: int | None = None


def is_empty(cell: Any) -> bool:
    """Whether a cell holds nothing a person would see."""
    return cell is None or (isinstance(cell, str) and all(unicodedata.category(char)[0] in "CZ" for char in cell))


def whole(cell: Any) -> int | None:
    """The whole number ≥ 0 a cell holds to 15 digits, or None: text and TRUE are no numbers, 5.0 is 5."""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not isfinite(cell) or cell < 0:
        return None
    if isinstance(cell, float) and not cell.is_integer():
        shown = Fraction(f"{cell:.14e}")
        return int(shown) if shown.denominator == 1 else None
    return int(cell)


@cache
def limits(band: str) -> tuple[str, int, int]:
    """The sign before a band's first number, or none; that number, and the second one or the first again."""
    sign, low, high = re.fullmatch(r"([<>]?)(\d+)(?:-(\d+))?%", band).groups()  # type: ignore[union-attr]
    return sign, int(low), int(high or low)


def within(band: str, percent: Fraction) -> bool:
    """Whether a percentage lies in a band as the Schedule writes it: "<85%", ">25%", "85-95%" or "100%"."""
    sign, low, high = limits(band)
    if sign:
        return percent < low if sign == "<" else percent > low
    return low <= percent <= high


def share(code: str, x: int, y: int, reading: str) -> Fraction:
    """The outturn as a share of y (y > 0)."""
    counted = y - x if code == "KPI S2" and reading == "effective" else x
    return Fraction(counted, y)


@lru_cache(maxsize=100_000)
def rag_word(code: str, x: int, y: int, reading: str) -> str:
    """Green, Amber, Red, or Unrated where the bands say nothing of the figure."""
    row = schedule()[code]
    turned = reading == "effective" and code in NOT_OF_Y
    percent = Fraction(100 * (y - x if turned else x), y)
    words = [word for word in ("Red", "Amber", "Green") if within(getattr(row, word.lower()), percent)]
    if len(words) > 1:
        raise AssertionError(f"{code}: {percent} is {words}")
    if words:
        return words[0]
    return "Unrated" if reading == "as written" else "Amber"  # the only silence: just short of 100%


@lru_cache(maxsize=10_000)
def green_counts(code: str, y: int, reading: str) -> tuple[int, ...]:
    """Every x from 0 to y that is Green."""
    return tuple(x for x in range(y + 1) if rag_word(code, x, y, reading) == "Green")


@lru_cache(maxsize=100_000)
def nearest_green(code: str, x: int, y: int, reading: str) -> int:
    """By how many x must change, y unchanged, to be Green: the smallest change that stays within 0 to y."""

    def green(changed: int) -> bool:
        return 0 <= changed <= y and rag_word(code, changed, y, reading) == "Green"

    if rag_word(code, x, y, reading) == "Green":  # also where x is larger than y
        return 0
    if y <= LISTED:
        return min((count - x for count in green_counts(code, y, reading)), key=lambda change: (abs(change), -change))
    if y <= TRIED_ONE_BY_ONE:
        return next(change for n in range(1, y + 1) for change in (n, -n) if green(x + change))
    up = green(y)
    short, enough = 0, y - x if up else x
    while enough - short > 1:  # too many to try: halve what is left between not enough and enough
        middle = (short + enough) // 2
        short, enough = (short, middle) if green(x + middle if up else x - middle) else (middle, enough)
    return enough if up else -enough


def unrated_state(code: str, x: Any, y: Any) -> str | None:
    """The state of an entry that comes to no outturn, or None: contract.md's table from the top."""
    if is_empty(x) or is_empty(y):
        return "Not entered" if is_empty(x) and is_empty(y) else "Incomplete"
    top, bottom = whole(x), whole(y)
    if top is None or bottom is None:
        return "Check"
    if bottom == 0:
        return "No cases" if top == 0 or code in MAY_EXCEED else "Check"
    return "Check" if top > bottom and code not in MAY_EXCEED else None


def expected(code: str, x: Any, y: Any, reading: str = "effective", due: bool = True) -> Expected:
    """What an entry must come to. What isn't due is "Not due" whatever stands in it."""
    if reading not in READINGS:
        raise AssertionError(f"no such reading: {reading!r}")
    row = schedule()[code]
    if state := unrated_state(code, x, y) if due else "Not due":
        return Expected(state)
    top, bottom = whole(x) or 0, whole(y) or 0
    outturn = share(code, top, bottom, reading)
    word = rag_word(code, top, bottom, reading) if row.rated else "Information"
    if word in {"Information", "Unrated"}:
        return Expected(word, outturn)
    return Expected(word, outturn, word, nearest_green(code, top, bottom, reading))


def due(code: str, period: str, reading: str = "effective") -> bool:
    """Whether an indicator is open in a period such as "2026-27 Q2", by the frequency the Schedule ticks.

    The three transport indicators are ticked in a symbol font that most programs do not draw; a tick it is.
    """
    if reading not in READINGS:
        raise AssertionError(f"no such reading: {reading!r}")
    quarter = int(re.fullmatch(r"\d{4}-\d{2} Q([1-4])", period)[1])  # type: ignore[index]
    return any(quarter in DUE_AT[tick] for tick in schedule()[code].ticks)


def required(code: str, period: str, reading: str = "effective") -> bool:
    """Whether leaving an entry empty counts as missing: every indicator of the Schedule has a frequency."""
    return due(code, period, reading)


Entry = Sequence[Any]
"""x and y, and the comment if there is one."""


def counted(entries: Mapping[str, Entry]) -> dict[str, tuple[int, int]]:
    """The entries that take part in checks across entries: x and y both whole numbers ≥ 0."""
    numbers = {code: (whole(entry[0]), whole(entry[1])) for code, entry in entries.items()}
    return {code: (x, y) for code, (x, y) in numbers.items() if x is not None and y is not None}


def cross_checks(
    entries: Mapping[str, Entry], previous: Mapping[str, Entry] | None = None, reading: str = "effective"
) -> set[tuple[str, ...]]:
    """Every check across entries that contract.md wants raised, with the codes it is about.

    ("same y", later member, first member) · ("sum", members …) when their x exceed y (where their y differ, which
    is a finding of its own: the last member's, in whose row it is said); it needs all members ·
    ("part of", part, whole) · ("change", code) · ("reason", code).
    """
    numbers = counted(entries)
    return (
        _different_y(numbers)
        | _too_many(numbers)
        | {("part of", a, b) for a, b in PARTS if {a, b} <= set(numbers) and numbers[a][0] > numbers[b][0]}
        | _changed(numbers, counted(previous or {}))
        | _unexplained(entries, reading)
    )


def _different_y(numbers: Mapping[str, tuple[int, int]]) -> set[tuple[str, ...]]:
    codes_found: set[tuple[str, ...]] = set()
    for group in SAME_Y:
        first, *others = [code for code in group if code in numbers] or [""]
        codes_found |= {("same y", code, first) for code in others if numbers[code][1] != numbers[first][1]}
    return codes_found


def _too_many(numbers: Mapping[str, tuple[int, int]]) -> set[tuple[str, ...]]:
    there = [group for group in SUMS if set(group) <= set(numbers)]
    return {("sum", *group) for group in there if sum(numbers[c][0] for c in group) > numbers[group[-1]][1]}


def _changed(now: Mapping[str, tuple[int, int]], then: Mapping[str, tuple[int, int]]) -> set[tuple[str, ...]]:
    both = {code: (now[code][1], then[code][1]) for code in now if code in then}
    return {
        ("change", code)
        for code, (y, before) in both.items()
        if abs(y - before) >= 10 and abs(y - before) > Fraction(before, 2)
    }


def _unexplained(entries: Mapping[str, Entry], reading: str) -> set[tuple[str, ...]]:
    missed = {
        code: entry[2] if len(entry) > 2 else None
        for code, entry in entries.items()
        if expected(code, entry[0], entry[1], reading).rag in {"Amber", "Red"}
    }
    return {("reason", code) for code, comment in missed.items() if is_empty(comment)}
