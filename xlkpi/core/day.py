"""Days as people write and read them: the one parser of dates, and the two ways we show a day.

A date is read day first, as the United Kingdom writes it. One that only makes sense with the month first is refused
and never swapped: if ``04/13/2026`` became 13 April, ``04/03/2026`` in the next row would be read wrongly in silence.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import List, Match, Optional, Pattern, Tuple

from xlkpi.ooxml.serial_days import from_serial

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH_NAME = "|".join(name[:length] for name in MONTHS for length in range(len(name), 2, -1))
"""A pattern of the month names that `month_number` reads, full or cut short: September, Sept, Sep."""

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""The years of our contracts: a day outside them is a slip wherever something is counted from it."""
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)

_CENTURY_TURNS = 69  # of two digits, 69 is 1969 and 68 is 2068, as spreadsheets and POSIX have it
_DAY = "(?P<day>[0-9]{1,2})"
_MONTH = "(?P<month>[0-9]{1,2})"
_NTH = f"{_DAY}(?:st|nd|rd|th)?"
_NAME = rf"(?P<name>{MONTH_NAME})\.?"
_YEAR = "(?P<year>[0-9]{4})"
_ANY_YEAR = "['’]?(?P<year>[0-9]{4}|[0-9]{2})"
_WEEKDAY = r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b[.,]?\s*)?"
_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?: ?[ap]\.?m\.?)?"
_ZONE = "(?: ?(?:Z|UTC|GMT|BST|[+-][0-9]{2}:?[0-9]{2}))?"
_NO_DATE = "which is not a date. Write day/month/year."
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


@lru_cache(maxsize=2)  # compiled at the first text: 10 ms, which a command that reads no day should not pay
def _patterns(spellings: Tuple[str, ...], before: str, after: str) -> Tuple[Pattern[str], ...]:
    return tuple(re.compile(f"{before}(?:{spelling}){after}", re.IGNORECASE) for spelling in spellings)


# A cell of its own may be written loosely (3 / 4 / 2026, 3Oct2026): it cannot mean anything else.
_CELL_SPELLINGS = (
    (
        rf"{_YEAR} ?[/.-] ?{_MONTH} ?[/.-] ?{_DAY}",
        "(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"{_DAY}(?: ?[/.-] ?| ){_MONTH}(?: ?[/.-] ?| ){_ANY_YEAR}",
        rf"{_NTH}(?:\s+of\b)?[\s./,-]*{_NAME}[\s./,-]*{_ANY_YEAR}",
        rf"{_NAME}[\s./,-]*{_NTH}[\s./,-]+{_YEAR}",
        rf"{_YEAR}[\s./,-]*{_NAME}[\s./,-]*{_NTH}",
    ),
    _WEEKDAY,
    f"(?:(?:T|,? at |,? ){_CLOCK}{_ZONE})?",
)
_DAY_FIRST = 2  # the place of the spelling in numbers with the day first
# In a sentence the two signs are the same one, and "1. March 2027" begins a list.
_SENTENCE_SPELLINGS = (
    (
        rf"{_YEAR}(?P<sign>[/.-]){_MONTH}(?P=sign){_DAY}(?:[T ]{_CLOCK})?",
        rf"{_DAY}(?P<sign>[/.-]){_MONTH}(?P=sign){_ANY_YEAR}",
        rf"{_NTH}(?:\s+of)?(?:[\s-]+|[/.]){_NAME},?(?:[\s-]+|[/.]){_ANY_YEAR}",
        rf"{_NAME}\s+{_NTH},?\s+{_YEAR}",
    ),
    r"(?<![\w/.-])",
    r"(?![\w/-])",
)


class NotADay(ValueError):
    """A text is not a day; the message completes ``says “…”,`` with the reason and what to write instead."""


def parse_day(text: str, *, serials: bool = False) -> date:
    """Read a cell or an argument that is one day, with or without a time.

    Reads ISO (``2026-10-03``, ``20261003``), numbers day first (``3/10/2026``, ``03.10.26``) and named months
    (``3 Oct 26``, ``3rd October 2026``, ``October 3, 2026``). ``serials`` reads ``46298`` as a spreadsheet's number.
    Raises NotADay for anything else.
    """
    tidy = _tidy(text)
    if serials and _SERIAL.fullmatch(tidy):
        day = from_serial(float(tidy))
        if day is not None:
            return day
    for pattern in _patterns(*_CELL_SPELLINGS):
        match = pattern.fullmatch(tidy)
        if match is not None:
            return _day_or_refuse(match)
    raise NotADay(_NO_DATE)


def read_both_ways(text: str) -> Optional[Tuple[Optional[date], Optional[date]]]:
    """Read a date in numbers, such as ``3/10/2026``: with the day first, and with the month first.

    Each is None where no calendar has it; None instead of both for a text that is not such a date.
    """
    match = _patterns(*_CELL_SPELLINGS)[_DAY_FIRST].fullmatch(_tidy(text))
    return None if match is None else (_calendar_day(match), _calendar_day(match, month_first=True))


def read_year_first(text: str) -> Optional[Tuple[int, Optional[date]]]:
    """Read a date in three pairs of digits, such as ``26-10-03``: its year if that is last, and its day if it is first.

    The day is None where no calendar has it; None instead of both for any other text.
    """
    match = _patterns(*_CELL_SPELLINGS)[_DAY_FIRST].fullmatch(_tidy(text))
    if match is None or (len(match["day"]), len(match["year"])) != (2, 2):
        return None
    try:
        day = date(_full_year(match["day"]), int(match["month"]), int(match["year"]))
    except ValueError:
        day = None
    return _full_year(match["year"]), day


def find_days(text: str) -> Tuple[List[date], str]:
    """Find the days that a text names, and give the text without them.

    A text that is one day is read as `parse_day` reads it; a sentence is searched for days.
    """
    rest = " ".join(text.split())
    try:
        return [parse_day(rest)], ""
    except NotADay:
        pass
    days = []
    for pattern in _patterns(*_SENTENCE_SPELLINGS):
        days += [day for match in pattern.finditer(rest) if (day := _calendar_day(match))]
        rest = pattern.sub(" ", rest)  # so that 3 March 2027 is not found as March 2027 too
    return days, rest


def month_number(name: str) -> int:
    """Give the number of a month from its name, full or short."""
    return next(number for number, month in enumerate(MONTHS, start=1) if month[:3].lower() == name[:3].lower())


def _tidy(text: str) -> str:
    return " ".join(text.translate(_DASHES).split()).rstrip(" .,;")


def in_contract_years(day: date) -> bool:
    """Whether a day is of the years our contracts can fall in."""
    return FIRST_DAY <= day <= LAST_DAY


def _day_or_refuse(match: Match[str]) -> date:
    day = _calendar_day(match)
    if day is not None:
        return day
    if match.re is _patterns(*_CELL_SPELLINGS)[_DAY_FIRST] and _calendar_day(match, month_first=True):
        raise NotADay("which is only a date with the month first. Write day/month/year.")
    raise NotADay(_NO_DATE)


def _calendar_day(match: Match[str], *, month_first: bool = False) -> Optional[date]:
    """The day of a match; None where no calendar has it."""
    parts = match.groupdict()
    day = int(parts["day"])
    month = int(parts["month"]) if parts.get("month") else month_number(parts["name"])
    year = _full_year(parts["year"])
    try:
        return date(year, day, month) if month_first else date(year, month, day)
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _CENTURY_TURNS else 2000)


def end_of_month(year: int, month: int) -> date:
    """Give the last day of a month. Raises ValueError where the calendar has no day after it."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def long_date(day: date) -> str:
    """Write a day in words, ``30 September 2026``, whatever the machine's language."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Write a day in numbers as people here do: ``30/09/2026``."""
    return f"{day:%d/%m/%Y}"
