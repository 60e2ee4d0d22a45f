"""The tests' own idea of reporting periods, written from the calendar alone: it shares no code with the product."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

LENGTHS = {"monthly": 1, "quarterly": 3, "four-monthly": 4, "half-yearly": 6, "annual": 12}
LETTERS = {"monthly": "M", "quarterly": "Q", "four-monthly": "T", "half-yearly": "H"}


@dataclass(frozen=True)
class Part:
    """A part of a contract's year: which one, its days, and how it is written."""

    year: int
    number: int
    start: date
    end: date
    text: str


def list_parts(periods: str, first_month: int, years: range) -> list[Part]:
    """List every part of these contract years, walking the calendar month by month."""
    parts: list[Part] = []
    for year in years:
        months = [((first_month - 1 + step) % 12 + 1, year + (first_month + step > 12)) for step in range(12)]
        for begin in range(0, 12, LENGTHS[periods]):
            month, in_year = months[begin]
            last_month, last_year = months[begin + LENGTHS[periods] - 1]
            last = calendar.monthrange(last_year, last_month)[1]
            number = begin // LENGTHS[periods] + 1
            start, end = date(in_year, month, 1), date(last_year, last_month, last)
            parts.append(Part(year, number, start, end, _text(periods, first_month, year, number)))
    return parts


def _text(periods: str, first_month: int, year: int, number: int) -> str:
    written = str(year) if first_month == 1 else f"{year}-{str(year + 1)[2:]}"
    if periods == "annual":
        return written
    return f"{written} {LETTERS[periods]}{str(number).zfill(2) if periods == 'monthly' else number}"
