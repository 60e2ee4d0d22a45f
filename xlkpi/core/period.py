"""Reporting periods: the equal parts into which a contract cuts its years, and what is due in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Tuple

from xlkpi.core.vocabulary import Frequency, Reading

if TYPE_CHECKING:
    from xlkpi.core.indicator import Indicator

MONTHS_OF = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.FOUR_MONTHLY: 4,
    Frequency.SIX_MONTHLY: 6,
    Frequency.ANNUAL: 12,
}
"""How many months an indicator of each frequency counts."""
NOUNS = {1: "month", 3: "quarter", 4: "four months", 6: "half-year", 12: "year"}
"""What people call so many months of a contract's year."""
_WITHOUT_NAME = 4
LETTERS = {1: "M", 3: "Q", 4: "T", 6: "H"}
"""How the number of a period begins, by its months: ``M05``, ``Q2``, ``T2``, ``H1``; a whole year needs none."""


@dataclass(frozen=True)
class PeriodScheme:
    """How a contract cuts its years: how often a period ends, and the month in which the year begins."""

    frequency: Frequency = Frequency.QUARTERLY
    first_month: int = 4
    months: int = field(init=False, repr=False, compare=False)
    """How many months a period has."""

    def __post_init__(self) -> None:
        """Keep the months: they are asked for with every period that is read or written."""
        object.__setattr__(self, "months", MONTHS_OF[self.frequency])

    @property
    def per_year(self) -> int:
        """How many periods a year has."""
        return 12 // self.months

    @property
    def noun(self) -> str:
        """What people call a period: month, quarter, half-year, year; of four months, which have no name, period."""
        return NOUNS[self.months] if self.months != _WITHOUT_NAME else "period"

    @property
    def is_calendar_year(self) -> bool:
        """Whether the year is one of the calendar, so that it is written ``2026`` and not ``2026-27``."""
        return self.first_month == 1

    @property
    def example(self) -> str:
        """A period as it is written, for messages that say how to write one: ``2026-27 Q2``."""
        return str(Period(2026, min(2, self.per_year), self))

    def period_of(self, day: date) -> Period:
        """Give the period that contains a day."""
        year, month = divmod(day.year * 12 + day.month - self.first_month, 12)
        return Period(year, month // self.months + 1, self)

    def last_ended(self, today: date) -> Period:
        """Give the latest period that has ended by a day: the one for which returns are sent out and collected."""
        return self.period_of(today).back(1)

    def fits(self, frequency: Frequency) -> bool:
        """Tell whether an indicator of this frequency ends where periods end: none is half counted in any."""
        return MONTHS_OF.get(frequency, self.months) % self.months == 0


QUARTERS = PeriodScheme()
"""Quarters of the financial year April to March: what a contract has that says nothing else."""


@dataclass(frozen=True, order=True)
class Period:
    """A period of a contract's year: ``Period(2026, 2)`` is July to September 2026, written ``2026-27 Q2``.

    ``year`` is the one in which the contract's year begins. Periods are in order of their days.
    """

    year: int = field(compare=False)
    number: int = field(compare=False)
    scheme: PeriodScheme = field(default=QUARTERS, compare=False)
    _order: Tuple[int, int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Keep what periods are compared by: the first month, the number of months, where the year begins."""
        scheme = self.scheme
        first = self.year * 12 + scheme.first_month - 1 + (self.number - 1) * scheme.months
        object.__setattr__(self, "_order", (first, scheme.months, scheme.first_month))

    def __str__(self) -> str:
        scheme = self.scheme
        year = str(self.year) if scheme.first_month == 1 else f"{self.year}-{(self.year + 1) % 100:02d}"
        months = scheme.months
        number = f"{self.number:02d}" if months == 1 else str(self.number)  # so that names of files are in order
        return f"{year} {LETTERS[months]}{number}" if months in LETTERS else year

    @property
    def start(self) -> date:
        """First day of the period."""
        return _first_day(self._order[0])

    @property
    def end(self) -> date:
        """Last day of the period."""
        return _first_day(self._order[0] + self._order[1]) - timedelta(days=1)

    def back(self, periods: int) -> Period:
        """Go back so many periods; a negative number goes forward."""
        each = self.scheme.per_year
        year, before = divmod(self.year * each + self.number - 1 - periods, each)
        return Period(year, before + 1, self.scheme)

    def span(self, frequency: Frequency) -> Tuple[date, date]:
        """Give the first and last day that an entry of this frequency counts: up to a year that ends with the period.

        An entry without a stated frequency counts the period.
        """
        first, months, _ = self._order
        return _first_day(first + months - MONTHS_OF.get(frequency, months)), self.end


def _first_day(months: int) -> date:
    """The first day of a month, by the months since year 0."""
    return date(months // 12, months % 12 + 1, 1)


def is_due(indicator: Indicator, period: Period, reading: Reading = Reading.EFFECTIVE) -> bool:
    """Return whether the entry is open in this period: the last of the months that it counts end with it.

    In quarters a six-monthly one is due in Q2 and Q4, an annual one in Q4. One without a stated frequency is open in
    every return.
    """
    return period.number % _every(indicator, period, reading) == 0


def _every(indicator: Indicator, period: Period, reading: Reading) -> int:
    """An indicator is due every so many periods, counted back from the end of the year."""
    months = period.scheme.months
    return max(1, MONTHS_OF.get(indicator.read(reading).frequency, months) // months)


def must_be_returned(indicator: Indicator, period: Period, reading: Reading = Reading.EFFECTIVE) -> bool:
    """Return whether an empty entry counts as missing: it is due, and the Schedule states its frequency."""
    return indicator.read(reading).frequency is not Frequency.OPEN and is_due(indicator, period, reading)


def previous_due(indicator: Indicator, period: Period, reading: Reading = Reading.EFFECTIVE) -> Period:
    """Find the previous period in which the indicator was due: as long before as it counts."""
    return period.back((period.number - 1) % _every(indicator, period, reading) + 1)
