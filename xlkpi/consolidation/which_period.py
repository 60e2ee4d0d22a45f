"""Which period a folder of returns collects, where nobody says: the latest that has ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xlkpi.consolidation.found_file import FoundFile
from xlkpi.core.period import QUARTERS, Period, PeriodScheme

FIRST_DAY = date(2026, 4, 1)
"""No return was built before: a clock that shows an earlier day is wrong, and must not set every return aside."""


@dataclass(frozen=True)
class PeriodChoice:
    """The period collected, and a sentence for the officer where another one would have been expected."""

    period: Period | None
    note: str = ""


def current_period(today: date, scheme: PeriodScheme = QUARTERS) -> Period:
    """Return the period of today, the first of any return at least."""
    return scheme.period_of(max(today, FIRST_DAY))


def choose_period(found_files: Iterable[FoundFile], today: date, scheme: PeriodScheme = QUARTERS) -> PeriodChoice:
    """Choose the latest period that has ended, however few have returned it yet.

    Where no file is a return of it, the folder is of another period: the latest one that has ended, or else the next
    to end; a sentence says so. One that is more than a year ahead is never taken. No period without a return.
    """
    current, ended = current_period(today, scheme), scheme.last_ended(today)
    returned = {
        file.manifest.period
        for file in found_files
        if file.manifest is not None and not is_far_ahead(file.manifest.period, current)
    }
    if not returned or ended in returned:
        return PeriodChoice(ended if returned else None)
    before = [period for period in returned if period < ended]
    period = max(before) if before else min(returned)
    note = f"No return of {ended}, the latest period that has ended, is in the folder: {period} was taken."
    return PeriodChoice(period, f"{note} To collect another period, name it.")


def is_far_ahead(period: Period, current: Period) -> bool:
    """Tell whether a period is more than a year ahead, so that nobody can be collecting it."""
    return period > current.back(-current.scheme.per_year)
