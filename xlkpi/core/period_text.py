"""Reporting periods as people and systems write them, read by the scheme of the contract."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Iterator, Match, Optional, Pattern, Tuple

from xlkpi.core.day import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NAME,
    NotADay,
    end_of_month,
    in_contract_years,
    month_number,
    parse_day,
)
from xlkpi.core.period import LETTERS, QUARTERS, Period, PeriodScheme
from xlkpi.ooxml.serial_days import from_serial

_LONGEST = 80
"""Characters; the longest spelling, of two days with their weekdays, has fewer."""
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_UNITS = {
    1: ("M|P", "mth|month|period"),
    3: ("Q", "qtr|quarter"),
    4: ("T", "term|tertial|trimester|third"),
    6: ("H", "half[- ]year|half"),
}
"""What comes before a period's number, and what comes before or after it: ``M5``, ``month 5``, ``5th month``.

``P`` is a month only: a ledger's period 2 is the second month, whatever a contract's period is.
"""
_YEAR = "[,.]? ?-?['’]?(?:20)?(?P<{}>[0-9]{{2}})"
_TWO_MONTHS = re.compile(
    f"(?P<from>{MONTH_NAME})(?:{_YEAR.format('early')})?\\.? ?(?:-|/|to|until) ?(?P<to>{MONTH_NAME})"
    + _YEAR.format("year"),
    re.IGNORECASE,
)
_ONE_MONTH = (
    re.compile(f"(?P<to>{MONTH_NAME})\\.?{_YEAR.format('year')}", re.IGNORECASE),
    re.compile("20(?P<year>[0-9]{2})[-/](?P<to>0?[1-9]|1[0-2])"),
    re.compile("(?P<to>0?[1-9]|1[0-2])/20(?P<year>[0-9]{2})"),
)
_LAST_PLAIN_YEAR = 9999
_TO = re.compile(" (?:to|-|until) ", re.IGNORECASE)


def parse_period(text: str, scheme: PeriodScheme = QUARTERS) -> Optional[Period]:
    """Read a period of a scheme however people and systems write it; None where it is not one.

    Reads ``2026-27 Q2``, ``Q2 2026/27``, ``26/27 quarter 2``, ``July to September 2026`` and the first and last day;
    of months ``2026-27 M05``, ``August 2026`` and ``2026-08``, of years ``2026-27``. ``Q2 2026`` is only read where
    the year is one of the calendar: otherwise nobody can tell whether it begins in 2025 or in 2026.
    """
    tidy = " ".join(text.translate(_DASHES).split())
    return _parse_tidy(tidy, scheme) if len(tidy) <= _LONGEST else None


@lru_cache(maxsize=512)  # a master says the same few in thousands of rows
def _parse_tidy(tidy: str, scheme: PeriodScheme) -> Optional[Period]:
    period = _numbered(tidy, scheme) or _of_months(tidy, scheme) or _of_days(tidy, scheme)
    return period if period is not None and FIRST_YEAR <= period.year < LAST_YEAR else None


def parse_cell_period(value: object, scheme: PeriodScheme) -> Optional[Period]:
    """Read a period from what a cell contains: a year may be a number, and so may a day that stands for its month."""
    if not isinstance(value, (int, float)) or value % 1:
        return parse_period(str(value), scheme)
    day = from_serial(float(value)) if value > _LAST_PLAIN_YEAR else None
    return parse_period(day.isoformat() if day else str(int(value)), scheme)


def find_periods(text: str, scheme: PeriodScheme = QUARTERS) -> Iterator[Period]:
    """Find the periods that a sentence names as we write them: ``by 2026-27 Q3``."""
    for match in _in_sentence(scheme).finditer(text):
        period = parse_period(match[0], scheme)
        if period is not None:
            yield period


def _numbered(text: str, scheme: PeriodScheme) -> Optional[Period]:
    for pattern in _numbered_patterns(scheme):
        match = pattern.fullmatch(text)
        if match is not None:
            return _of_year(match, scheme)
    return None


def _of_year(match: Match[str], scheme: PeriodScheme) -> Optional[Period]:
    parts = match.groupdict()
    first = int(parts["first"])
    if not scheme.is_calendar_year and int(parts["second"]) != first + 1:
        return None
    return Period(FIRST_YEAR + first, int(parts.get("number") or parts.get("nth") or 1), scheme)


def _of_months(text: str, scheme: PeriodScheme) -> Optional[Period]:
    patterns = (_TWO_MONTHS, *(_ONE_MONTH if scheme.months == 1 else ()))
    match = next((match for match in (pattern.fullmatch(text) for pattern in patterns) if match), None)
    if match is None:
        return None
    parts = match.groupdict()
    last, year = _month(parts["to"]), FIRST_YEAR + int(parts["year"])
    first = _month(parts.get("from") or parts["to"])
    early = parts.get("early")
    begins = FIRST_YEAR + int(early) if early else year - (first > last)
    return _exactly(date(begins, first, 1), end_of_month(year, last), scheme)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else month_number(text)


def _of_days(text: str, scheme: PeriodScheme) -> Optional[Period]:
    """Read a first and a last day; of months the first alone, as a spreadsheet makes it of ``Aug 2026``."""
    first, *rest = _TO.split(text)
    try:
        if not rest and scheme.months == 1:
            day = parse_day(first)
            month = scheme.period_of(day)
            return month if day == month.start else None
        last = parse_day("".join(rest))
        return _exactly(_first_day(first, last), last, scheme)
    except NotADay:
        return None


def _first_day(text: str, last: date) -> date:
    """The first of two days, which may leave its year to the last: ``1 July to 30 September 2026``."""
    try:
        return parse_day(text)
    except NotADay:
        return parse_day(f"{text} {last.year}")


def _exactly(first: date, last: date, scheme: PeriodScheme) -> Optional[Period]:
    if not in_contract_years(last):
        return None  # near the end of the calendar there is no day after a period
    period = scheme.period_of(first)
    return period if (first, last) == (period.start, period.end) else None


@lru_cache(maxsize=32)
def _numbered_patterns(scheme: PeriodScheme) -> Tuple[Pattern[str], ...]:
    year = "(?:F\\.?Y\\.? ?)?(?:20)?(?P<first>[0-9]{2})"
    if not scheme.is_calendar_year:
        year += " ?[-/] ?(?:20)?(?P<second>[0-9]{2})"
    if scheme.months not in _UNITS:
        return (re.compile(f"(?:(?:financial |contract )?year )?{year}", re.IGNORECASE),)
    letters, words = _UNITS[scheme.months]
    number = "0?[1-9]|1[0-2]" if scheme.months == 1 else f"[1-{scheme.per_year}]"
    unit = f"(?:(?:{letters}|{words})\\.? ?(?P<number>{number})|(?P<nth>{number})(?:st|nd|rd|th) (?:{words}))"
    return (
        re.compile(f"{year}[ ,:_/-]*{unit}", re.IGNORECASE),
        re.compile(f"{unit}[ ,:_/-]+(?:of )?\\(?{year}\\)?", re.IGNORECASE),
    )


@lru_cache(maxsize=32)
def _in_sentence(scheme: PeriodScheme) -> Pattern[str]:
    year = "\\d{4}" if scheme.is_calendar_year else "\\d{4}[-/]\\d{2}(?:\\d{2})?"
    letter = LETTERS.get(scheme.months)
    # A bare year of the calendar is in too many sentences to be a period.
    number = f" {letter}\\d{{1,2}}" if letter else "(?!)" if scheme.is_calendar_year else "(?![-/\\d])"
    return re.compile(f"\\b{year}{number}\\b", re.IGNORECASE)
