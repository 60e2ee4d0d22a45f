"""Days and moments as spreadsheets number them (the 1900 system), with its one fault.

Excel counts a 29 February 1900 that never was, so a number below 60 means another day in Excel than in LibreOffice.
From 61, which is 1 March 1900, every program agrees.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Optional

EPOCH = date(1899, 12, 30)
FIRST_EXACT_DAY = date(1900, 3, 1)
DAYS_TO_1904 = 1462
"""What to add to the numbers of a workbook that counts from 1 January 1904."""

_MIDNIGHT = datetime(EPOCH.year, EPOCH.month, EPOCH.day)  # noqa: DTZ001 - a cell's date has no time zone
_LEAP_DAY = 60
_AFTER_LAST = 2_958_466  # 1 January 10000
_MILLISECONDS = 86_400_000


def to_serial(day: date) -> int:
    """Give the number by which a sheet stores a day (from 1 March 1900 on)."""
    return (day - EPOCH).days


def from_serial(number: float) -> Optional[date]:
    """Give the day that a sheet's number means, or None where programs disagree or there is no such day."""
    if not _LEAP_DAY + 1 <= number < _AFTER_LAST:
        return None
    return EPOCH + timedelta(days=int(number))


def moment_from_serial(number: float) -> Optional[datetime]:
    """Give day and time of a number as Excel shows them; None for the leap day that never was, and beyond 9999."""
    if not 1.0 <= number < _AFTER_LAST or int(number) == _LEAP_DAY:
        return None
    days = number if number > _LEAP_DAY else number + 1.0
    # A number is exact to the millisecond, its float is not.
    since = timedelta(milliseconds=round(days * _MILLISECONDS))
    return _MIDNIGHT + since if since.days < _AFTER_LAST else None  # rounded up, it may be a day that is not there
