"""A reporting period or a day as an argument."""

from __future__ import annotations

from datetime import date

from xlkpi.core.day import FIRST_YEAR, LAST_YEAR, NotADay, in_contract_years, parse_day
from xlkpi.core.period import Period, parse_period


class UsageError(ValueError):
    """An argument that cannot be meant; the command ends with status 2."""

    usage = True


def period_argument(text: str) -> Period:
    """The period that an argument names. Raises UsageError with what to write instead."""
    period = parse_period(text)
    if period is None:
        message = f"“{text}” is no reporting period. Write it as “2026-27 Q2”."
        raise UsageError(message)
    return period


def day_argument(text: str) -> date:
    """The day that an argument names. Raises UsageError with what to write instead."""
    try:
        day = parse_day(text)
    except NotADay as problem:
        message = f"“{text}” {str(problem).removeprefix('which ')}"
        raise UsageError(message) from None
    if not in_contract_years(day):
        message = f"“{text}” is outside {FIRST_YEAR} to {LAST_YEAR}. Correct the year."
        raise UsageError(message)
    return day
