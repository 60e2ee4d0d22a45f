"""The deadline that a provider's timescale names, if it is a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from xlkpi.core.period import parse_period
from xlkpi.layout.wording import MONTHS

_NAMES = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|Sept"
_MONTH = rf"(?P<month>{_NAMES})\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SPELLINGS = tuple(
    re.compile(rf"(?<![\w/.-]){spelling}(?![\w/-])", re.IGNORECASE)
    for spelling in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d)?)?",
        r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d{2})",
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}|\d{{2}})",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_MONTH},?\s+{_YEAR}",
    )
)
_PERIOD = re.compile(r"\b\d{4}[-/]\d{2}(?:\d{2})? Q[1-4]\b", re.IGNORECASE)


def deadline_in(timescale: str) -> date | None:
    """The last day that a timescale names: ``by 31/03/2027``, ``31st March 2027``, ``end of March 2027``.

    Days are read day first. A month or a reporting period without a day counts to its last. None where nothing of
    the kind is there (``ongoing``, ``within 3 months``), or no day of the calendar.
    """
    days, rest = [], " ".join(timescale.split())
    for spelling in _SPELLINGS:
        days += [day for match in spelling.finditer(rest) if (day := _day(match.groupdict()))]
        rest = spelling.sub(" ", rest)  # so that 3 March 2027 isn't March 2027 too
    return max((*days, *_period_ends(rest)), default=None)


def _day(parts: dict[str, str | None]) -> date | None:
    year, month = int(parts["year"] or 0), _month(parts["month"] or "")
    year += 2000 if year < 100 else 0
    try:
        if "day" in parts:
            return date(year, month, int(parts["day"] or 0))
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return next(number for number, name in enumerate(MONTHS, start=1) if name.lower().startswith(text.lower()[:3]))


def _period_ends(text: str) -> Iterator[date]:
    for match in _PERIOD.finditer(text):
        period = parse_period(match[0])
        if period:
            yield period.end
