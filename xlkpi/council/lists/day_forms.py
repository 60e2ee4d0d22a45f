"""What a cell of a column of days may mean, before the column as a whole says which it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from xlkpi.core.day import NotADay, parse_day, read_both_ways
from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.uk_days import ClockTime, day_in_uk, find_clock, is_summer_time
from xlkpi.ooxml.serial_days import EPOCH

MONTHS_IN_YEAR = 12
_SECONDS = 86_400


class DayForm(Enum):
    """How a text writes a day, as far as the order of day and month is concerned."""

    EMPTY = "nothing"
    SURE = "a day that can only be read in one way"
    EITHER = "in numbers, a day with either first"
    DAY_FIRST = "in numbers, a day only with the day first"
    MONTH_FIRST = "in numbers, a day only with the month first"
    STORED_LOW = "a date cell or a date with the year first, of the first twelve days of a month"
    STORED_HIGH = "a date cell or a date with the year first, of a later day"
    ZERO = "what a program shows for an empty cell"
    NEVER = "what a program writes for a day that never comes"
    YES = "yes"
    NO = "no"
    OTHER = "not a day"


@dataclass(frozen=True)
class DayText:
    """A text of a column of days: its form, its day as written, with the month first, and in the United Kingdom.

    ``late_evening``: the time beside it is 23:00 without a zone on a day of summer time, as British midnight is where
    a program writes UTC and leaves the zone out; None where there is no time or another zone.
    """

    form: DayForm
    day: date | None = None
    swapped: date | None = None
    in_uk: date | None = None
    late_evening: bool | None = None


_NO_DAY = frozenset(
    (
        *("", "-", "–", "n/a", "na", "none", "null", "00/00/0000", "00.00.0000", "0000-00-00"),
        *("nil", "blank", "nat", "(blank)", "(null)", "not applicable"),
    )
)
_YES = frozenset(("yes", "y", "true", "x", "✓", "✔", "1"))
_NO = frozenset((
    "no", "n", "false", "no dispute", "not disputed", "undisputed", "no query", "not paid", "unpaid", "not yet paid",
    "not yet", "not received", "not resolved", "unresolved", "not cleared", "no date", "not due",
))  # fmt: skip
"""Words that say that there is no such day."""
_ZERO = frozenset(
    (
        *(
            "0",
            "0.0",
            "0.00",
            "00:00:00",
            "00/01/1900",
            "0/1/1900",
            "1/0/1900",
            "01/00/1900",
            "00-jan-1900",
            "0-jan-00",
            "00/01/00",
        ),
        *("1900-01-00", "00/00/00", "0001-01-01", "01/01/0001", "0001-01-01t00:00:00", "01/01/0001 00:00:00"),
    )
)
_ZERO_DAYS = frozenset(
    (EPOCH, *(EPOCH + timedelta(days=days) for days in (1, 2)), date(1901, 1, 1), date(1753, 1, 1), date(1970, 1, 1))
)
_NEVER_DAYS = frozenset(
    (date(2099, 12, 31), date(2999, 12, 31), date(4712, 12, 31), date(9999, 1, 1), date(9999, 12, 31))
)


def read_form(text: str) -> DayText:
    """Read what a text of a column of days may mean."""
    tidy = clean(text)
    word = tidy.casefold()
    for words, form in ((_NO_DAY, DayForm.EMPTY), (_ZERO, DayForm.ZERO), (_YES, DayForm.YES), (_NO, DayForm.NO)):
        if word in words:
            return DayText(form)
    both = read_both_ways(tidy)
    if both is not None and any(both):
        return _numeric(tidy, *both)
    try:
        day = parse_day(tidy, serials=True)
    except NotADay:
        return DayText(DayForm.OTHER)
    return _timed(tidy, day, _stored_form(tidy, day))


def _numeric(text: str, day_first: date | None, month_first: date | None) -> DayText:
    if day_first is None:
        return DayText(DayForm.MONTH_FIRST, swapped=month_first)
    if month_first is None:
        return _timed(text, day_first, DayForm.DAY_FIRST)
    form = DayForm.SURE if day_first == month_first else DayForm.EITHER
    return _timed(text, day_first, form, month_first)


def _stored_form(text: str, day: date) -> DayForm:
    """A date with the year first is how this reader writes a date cell; whether days were swapped shows in many."""
    year_first = text[:4].isdecimal() and text[4:5] in "-/." and len(text) > len("2026-")
    if not year_first:
        return DayForm.SURE
    if day.day > MONTHS_IN_YEAR:
        return DayForm.STORED_HIGH
    return DayForm.SURE if day.day == day.month else DayForm.STORED_LOW


def _timed(text: str, day: date, form: DayForm, swapped: date | None = None) -> DayText:
    if day in _ZERO_DAYS or day in _NEVER_DAYS:
        return DayText(DayForm.ZERO if day in _ZERO_DAYS else DayForm.NEVER)
    clock = find_clock(text) or _clock_of_serial(text)
    if clock is None:
        return DayText(form, day, swapped)
    if clock.ahead is not None:
        return DayText(form, day, swapped, in_uk=day_in_uk(day, clock))
    summer = is_summer_time(datetime.combine(day, clock.time))
    midnight = clock.time == time.min
    if clock.time == time(23) and summer:
        return DayText(form, day, swapped, in_uk=day + timedelta(days=1), late_evening=True)
    return DayText(form, day, swapped, late_evening=None if midnight and not summer else False)


def _clock_of_serial(text: str) -> ClockTime | None:
    """The time of day of a spreadsheet's number: 46112.958333 is 23:00."""
    whole, point, fraction = text.partition(".")
    if not (point and whole.isdecimal() and fraction.isdecimal()):
        return None
    hours, seconds = divmod(round(float(f"0.{fraction}") * _SECONDS), 3600)
    return ClockTime(time(hours, *divmod(seconds, 60)), None) if hours < time.max.hour + 1 else None
