"""Moments written in another zone's time as British days: 31 March 23:00Z is midnight of 1 April there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)? ?(?P<half>[ap]\.?m\.?)?"
    r" ?(?P<zone>Z|UTC|GMT|BST|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
_CHANGE_HOUR = 1
_NOON = 12


@dataclass(frozen=True)
class ClockTime:
    """A time of day beside a date, and by how many minutes its zone is ahead of UTC; None where none is named."""

    time: time
    ahead: int | None


def find_clock(text: str) -> ClockTime | None:
    """Find the time of day at the end of a text; None where there is none."""
    match = _CLOCK.search(text)
    if match is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    try:
        return ClockTime(time(hour, int(match["minute"]), int(match["second"] or 0)), _minutes_ahead(match["zone"]))
    except ValueError:
        return None


def _minutes_ahead(zone: str | None) -> int | None:
    if zone is None:
        return None
    if not zone.startswith(("+", "-")):
        return 60 if zone.upper() == "BST" else 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone.startswith("-") else minutes


def day_in_uk(day: date, clock: ClockTime) -> date:
    """Give the day in the United Kingdom of a moment whose zone is known; midnight as written is the day as written."""
    if clock.ahead is None or clock.time == time.min:
        return day
    moment = datetime.combine(day, clock.time) - timedelta(minutes=clock.ahead)
    return (moment + timedelta(hours=1)).date() if is_summer_time(moment) else moment.date()


def is_summer_time(moment: datetime) -> bool:
    """Tell whether the United Kingdom has summer time at a moment in UTC: from March's last Sunday to October's."""
    return _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10)


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    return datetime.combine(sunday, time(_CHANGE_HOUR))
