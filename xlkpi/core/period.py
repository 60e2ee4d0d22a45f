"""Reporting periods of the financial year April to March, and what is due in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Match, Optional, Tuple

from xlkpi.core.day import FIRST_YEAR, LAST_YEAR, MONTH_NAME, NotADay, month_number, parse_day
from xlkpi.core.indicator import Indicator
from xlkpi.core.vocabulary import Frequency, Reading


@dataclass(frozen=True, order=True)
class Period:
    """A quarter of a financial year: ``Period(2026, 2)`` is July to September 2026, written ``2026-27 Q2``."""

    year: int
    quarter: int

    def __str__(self) -> str:
        return f"{self.year}-{(self.year + 1) % 100:02d} Q{self.quarter}"

    @property
    def start(self) -> date:
        """First day of the quarter."""
        return _first_day(self, 0)

    @property
    def end(self) -> date:
        """Last day of the quarter."""
        return _first_day(self, 1) - timedelta(days=1)

    def back(self, quarters: int) -> Period:
        """Go back so many quarters; a negative number goes forward."""
        year, quarter = divmod(self.year * 4 + self.quarter - 1 - quarters, 4)
        return Period(year, quarter + 1)

    def span(self, frequency: Frequency) -> Tuple[date, date]:
        """Give the first and last day that an entry of this frequency counts: its quarter, half-year or year."""
        quarters = _QUARTERS.get(frequency, 1)
        return _first_day(self, 1 - quarters), self.end


def period_of(day: date) -> Period:
    """Give the period that contains a day."""
    year, quarter = divmod((day.year * 12 + day.month - 4) // 3, 4)
    return Period(year, quarter + 1)


def last_ended(today: date) -> Period:
    """Give the latest period that has ended by a day: the one for which returns are sent out and collected."""
    return period_of(today).back(1)


def _first_day(period: Period, ahead: int) -> date:
    quarters = period.year * 4 + period.quarter - 1 + ahead
    year, quarter = divmod(quarters, 4)
    return date(year + 1, 1, 1) if quarter == 3 else date(year, 4 + 3 * quarter, 1)


def parse_period(text: str) -> Optional[Period]:
    """Read a quarter of a financial year however people and systems write it; None where it is not one.

    Reads ``2026-27 Q2``, ``Q2 2026/27``, ``26/27 quarter 2``, ``July to September 2026`` and the quarter's first and
    last day. ``Q2 2026`` is not read: nobody can tell whether its year begins in January or in April.
    """
    tidy = " ".join(text.translate(_DASHES).split())
    if len(tidy) > _LONGEST:
        return None
    for pattern in _QUARTER_OF_YEAR:
        match = pattern.fullmatch(tidy)
        if match is not None:
            return _quarter_of_year(match)
    match = _MONTHS.fullmatch(tidy)
    period = _quarter_of_months(match) if match else _quarter_of_days(tidy)
    return period if period is not None and FIRST_YEAR <= period.year < LAST_YEAR else None


def _quarter_of_year(match: Match[str]) -> Optional[Period]:
    first, following = int(match["first"]), int(match["second"])
    if following != first + 1:
        return None
    return Period(FIRST_YEAR + first, int(match["quarter"] or match["nth"]))


def _quarter_of_months(match: Match[str]) -> Optional[Period]:
    first, last = month_number(match["from"]), month_number(match["to"])
    if first % 3 != 1 or last != first + 2 or (match["early"] or match["year"]) != match["year"]:
        return None
    return period_of(date(FIRST_YEAR + int(match["year"]), first, 1))


def _quarter_of_days(text: str) -> Optional[Period]:
    first, *last = _TO.split(text)
    try:
        days = (parse_day(first), parse_day("".join(last)))
    except NotADay:
        return None
    period = period_of(days[0])
    return period if days == (period.start, period.end) else None


_LONGEST = 80
"""Characters; the longest spelling, of two days with their weekdays, has fewer."""
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_FINANCIAL_YEAR = "(?:F\\.?Y\\.? ?)?(?:20)?(?P<first>[0-9]{2}) ?[-/] ?(?:20)?(?P<second>[0-9]{2})"
_QUARTER = "(?:(?:Q|qtr|quarter)\\.? ?(?P<quarter>[1-4])|(?P<nth>[1-4])(?:st|nd|rd|th) (?:qtr|quarter))"
_QUARTER_OF_YEAR = (
    re.compile(f"{_FINANCIAL_YEAR}[ ,:_/-]*{_QUARTER}", re.IGNORECASE),
    re.compile(f"{_QUARTER}[ ,:_/-]+(?:of )?\\(?{_FINANCIAL_YEAR}\\)?", re.IGNORECASE),
)
_YEAR = "[,.]? ?['’]?(?:20)?(?P<{}>[0-9]{{2}})"
_MONTHS = re.compile(
    f"(?P<from>{MONTH_NAME})(?:{_YEAR.format('early')})?\\.? ?(?:-|/|to|until) ?(?P<to>{MONTH_NAME})"
    + _YEAR.format("year"),
    re.IGNORECASE,
)
_TO = re.compile(" (?:to|-|until) ", re.IGNORECASE)


def is_due(indicator: Indicator, period: Period, reading: Reading = Reading.EFFECTIVE) -> bool:
    """Return whether the entry is open in this period: quarterly always, six-monthly in Q2 and Q4, annual in Q4.

    An indicator with no frequency ticked (KPI T1, INFO T1, T2 as written) is open in every return.
    """
    return period.quarter % _every(indicator, reading) == 0


def _every(indicator: Indicator, reading: Reading) -> int:
    """An indicator is due every so many quarters, counted back from Q4."""
    return _QUARTERS.get(indicator.read(reading).frequency, 1)


_QUARTERS = {Frequency.SIX_MONTHLY: 2, Frequency.ANNUAL: 4}


def must_be_returned(indicator: Indicator, period: Period, reading: Reading = Reading.EFFECTIVE) -> bool:
    """Return whether an empty entry counts as missing: it is due, and the Schedule states its frequency."""
    return indicator.read(reading).frequency is not Frequency.OPEN and is_due(indicator, period, reading)


def previous_due(indicator: Indicator, period: Period, reading: Reading = Reading.EFFECTIVE) -> Period:
    """Find the previous due period: the quarter, half-year or year before, by the indicator's frequency."""
    quarters = period.year * 4 + period.quarter  # every fourth is a Q4
    return period.back((quarters - 1) % _every(indicator, reading) + 1)
