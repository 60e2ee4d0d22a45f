"""Reporting periods as callers name them."""

from __future__ import annotations

from xlkpi.core.period import Period, parse_period


def parsed_period(period: Period | str) -> Period:
    """A period or its text as a Period. Raises ValueError with what to write instead."""
    parsed = parse_period(period) if isinstance(period, str) else period
    if parsed is None:
        message = f"“{period}” is no reporting period. Write it as 2026-27 Q2."
        raise ValueError(message)
    return parsed
