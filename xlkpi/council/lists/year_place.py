"""Dates in three pairs of digits: whether 26-05-03 has the year or the day first, from all dates of a list.

The invoices of a list are of a few years, and on any day of a month: the place at which the numbers are of a few years
is that of the year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xlkpi.core.day import read_year_first

NEAR = 5
"""Years from the middle one within which a date of a list is likely."""
FEWEST_DAYS = 3
"""Different numbers that are rather days of a month than years."""
MOST_SLIPS = 0.1
"""Share of dates that may be written in another way than the others."""


@dataclass(frozen=True)
class ShortDate:
    """A date in three pairs of digits: its year if that is last, and its day if the year is first, if there is one."""

    year_last: int
    year_first: date | None


@dataclass(frozen=True)
class YearPlaces:
    """What was decided: the days of texts that have the year first, and the texts that could have it in either."""

    first: Mapping[str, date]
    unsure: frozenset[str]


NOTHING_SHORT = YearPlaces({}, frozenset())


def find_year_places(counts: Mapping[str, int], others: Iterable[tuple[date, int]], near: int = NEAR) -> YearPlaces:
    """Find where dates in three pairs of digits have their year, from how often each text is in the list.

    ``others`` are the days written with four digits of the year, and how often each is there; ``near`` says within how
    many years of the middle one a day is likely.
    """
    short = {text: ShortDate(*pairs) for text in counts if (pairs := read_year_first(text))}
    if not any(written.year_first for written in short.values()):
        return NOTHING_SHORT
    known = Counter[int]()
    for day, count in others:
        known[day.year] += count
    last, first = Counter[int](), Counter[int]()
    for text, written in short.items():
        last[written.year_last] += counts[text]
        if written.year_first:
            first[written.year_first.year] += counts[text]
    total = last.total()
    places = _years(last, known, total, near), _years(first, known, total, near)
    return _decide(short, *places, is_known=bool(known))


@dataclass(frozen=True)
class _Years:
    """The years of all dates if they are in one place: the middle one, the share near to it, how many there are."""

    middle: int
    share: float
    different: int
    near: int

    def is_near(self, year: int) -> bool:
        return abs(year - self.middle) <= self.near


def _years(years: Counter[int], known: Counter[int], total: int, near: int) -> _Years:
    middle = _middle(known or years)
    likely = sum(count for year, count in years.items() if abs(year - middle) <= near)
    return _Years(middle, likely / total, len(years), near)


def _middle(years: Counter[int]) -> int:
    seen = 0
    for year in sorted(years):
        seen += years[year]
        if 2 * seen >= years.total():
            break
    return year


def _chosen(last: _Years, first: _Years) -> _Years | None:
    """The place in which nearly all years are near to one another, or of both the one with fewer; None if unsure."""
    likely = [years for years in (last, first) if years.share >= 1 - MOST_SLIPS]
    if len(likely) < len((last, first)):
        return likely[0] if likely else None
    if last.different <= first.different:
        return last
    return first if last.different >= FEWEST_DAYS else None


def _decide(short: Mapping[str, ShortDate], last: _Years, first: _Years, *, is_known: bool) -> YearPlaces:
    chosen = _chosen(last, first)
    are_first, unsure = {}, set()
    for text, written in short.items():
        if written.year_first is None or written.year_first.year == written.year_last:
            continue
        near = last.is_near(written.year_last), first.is_near(written.year_first.year)
        if near[1] and (chosen is first or (chosen is None and is_known and not near[0])):
            are_first[text] = written.year_first
        elif _is_unsure(near, chosen is last, chosen is first, is_known=is_known):
            unsure.add(text)
    return YearPlaces(are_first, frozenset(unsure))


def _is_unsure(near: tuple[bool, bool], is_last: bool, is_first: bool, *, is_known: bool) -> bool:
    """Whether a date may have its year in either place; ``near``: whether its year is likely there, last and first."""
    if is_last or is_first:
        return near == (is_first, is_last)
    return all(near) if is_known else any(near)
