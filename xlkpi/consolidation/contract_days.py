"""Contracts that begin or end: in words, where one runs in a part of a period only, or not at all."""

from __future__ import annotations

from xlkpi.core.day import long_date
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period


def describe_part_period(provider: Provider, period: Period) -> str:
    """Describe the part of a period that a contract runs in: ``from 14 September 2026``; empty where it is all of it.

    Empty too where the contract does not run in the period at all.
    """
    if provider.runs_whole(period) or not provider.runs_in(period):
        return ""
    start, end = provider.contract_start, provider.last_day
    parts = (
        f"from {long_date(start)}" if start and start > period.start else "",
        f"until {long_date(end)}" if end and end < period.end else "",
    )
    return " ".join(part for part in parts if part)


def describe_days_not_running(provider: Provider, period: Period) -> str:
    """Describe why a contract does not run in a period: ``starts on 1 April 2027``; empty where it runs."""
    start, end = provider.contract_start, provider.last_day
    if start and start > period.end:
        return f"starts on {long_date(start)}"
    return f"ended on {long_date(end)}" if end and end < period.start else ""
