"""Working days of England: Monday to Friday without bank holidays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any


@cache
def add_working_days(day: date, count: int) -> date:
    """Add working days to a day, which itself is not counted; 0 gives the day.

    The bank holidays are those of the library `holidays`, including days proclaimed only once.
    """
    left = count
    for after in _days_after(day) if count else ():
        left -= is_working_day(after)
        if not left:
            return after
    return day


def is_working_day(day: date) -> bool:
    """Decide whether the Council is at work: no Saturday, Sunday or bank holiday in England."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    known = _saved_holidays()
    if known["from"] <= year <= known["to"]:
        return frozenset(date.fromisoformat(day) for day in known["days"] if day.startswith(str(year)))
    import holidays  # noqa: PLC0415 - it loads every country of the world, which takes a fifth of a second

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def _saved_holidays() -> dict[str, Any]:
    """The library's answer for the years that matter, saved because loading it is slow; a test compares the two."""
    known: dict[str, Any] = json.loads(Path(__file__).with_name("bank_holidays.json").read_text(encoding="utf-8"))
    return known
