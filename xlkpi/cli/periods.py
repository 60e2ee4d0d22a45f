"""A reporting period or a day as an argument."""

from __future__ import annotations

from datetime import date

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
        return date.fromisoformat(text)
    except ValueError:
        message = f"“{text}” is no date. Write it as year-month-day: 2026-11-24."
        raise UsageError(message) from None
