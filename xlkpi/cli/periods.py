"""A reporting period as an argument."""

from __future__ import annotations

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
