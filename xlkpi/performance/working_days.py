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
    """The working day that is so many working days after a day, which itself isn't counted; 0 gives the day.

    The bank holidays are those the library `holidays` knows, days proclaimed once among them.
    """
    left = count
    for after in _days_after(day) if count else ():
        left -= is_working_day(after)
        if not left:
            return after
    return day


def is_working_day(day: date) -> bool:
    """Whether people of the Council are at work: no Saturday, Sunday or bank holiday in England."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    known = _kept()
    if known["from"] <= year <= known["to"]:
        return frozenset(date.fromisoformat(day) for day in known["days"] if day.startswith(str(year)))
    import holidays  # noqa: PLC0415 - it loads every country of the world, which takes a fifth of a second

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def _kept() -> dict[str, Any]:
    """What the library says of the years that matter, written down from it; a test holds the two together."""
    known: dict[str, Any] = json.loads(Path(__file__).with_name("bank_holidays.json").read_text(encoding="utf-8"))
    return known
