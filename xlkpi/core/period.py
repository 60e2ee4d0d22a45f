"""Reporting periods of the financial year April to March, and what is due in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Optional, Tuple

from xlkpi.core.day import FIRST_YEAR, LAST_YEAR
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


def _first_day(period: Period, ahead: int) -> date:
    quarters = period.year * 4 + period.quarter - 1 + ahead
    year, quarter = divmod(quarters, 4)
    return date(year + 1, 1, 1) if quarter == 3 else date(year, 4 + 3 * quarter, 1)


def parse_period(text: str) -> Optional[Period]:
    """Read ``2026-27 Q2`` (``2026/27 q2`` too); None where it is not a quarter of a financial year of our contracts."""
    year, _, quarter = text.strip().upper().replace("/", "-").partition(" ")
    first, _, second = year.partition("-")
    quarter = quarter.strip()
    # The length comes first: Python refuses to read a number of some thousand digits.
    if not (
        len(first) == 4 and (first + second).isascii() and first.isdecimal() and quarter in ("Q1", "Q2", "Q3", "Q4")
    ):
        return None
    following = int(first) + 1
    if not FIRST_YEAR < following <= LAST_YEAR or second not in (f"{following % 100:02d}", str(following)):
        return None
    return Period(int(first), int(quarter[1]))


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
