"""Days as spreadsheets number them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Optional

EPOCH = date(1899, 12, 30)


def sheet_day(day: date) -> int:
    """The number by which a sheet holds a day (1900 system, right from March 1900 on)."""
    return (day - EPOCH).days


def day_of(number: float) -> Optional[date]:
    """The day that a sheet's number means, or None where it means none."""
    if not 61 <= number < 2_958_466:
        return None
    return EPOCH + timedelta(days=int(number))
