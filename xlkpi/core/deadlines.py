"""The deadline that a provider's timescale names, if it names a day."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Optional

from xlkpi.core.day import MONTH_NAME, end_of_month, find_days, month_number
from xlkpi.core.period import QUARTERS, PeriodScheme
from xlkpi.core.period_text import find_periods

_MONTH = re.compile(rf"(?<![\w/.-])(?P<month>{MONTH_NAME})\.?,?\s+(?P<year>[0-9]{{4}})(?![\w/-])", re.IGNORECASE)

USUAL_LENGTH = 200
"""A longer timescale is seldom met twice."""


def find_deadline(timescale: str, scheme: PeriodScheme = QUARTERS) -> Optional[date]:
    """Find the last day that a timescale names: ``by 31/03/2027``, ``31st March 2027``, ``end of March 2027``.

    Days are read day first. A month or a reporting period of the contract without a day counts to its last. None where
    nothing of the kind is there (``ongoing``, ``within 3 months``), or no day of the calendar.
    """
    return _find_again(timescale, scheme) if len(timescale) <= USUAL_LENGTH else _find(timescale, scheme)


def _find(timescale: str, scheme: PeriodScheme) -> Optional[date]:
    days, rest = find_days(timescale)
    ends = [end for match in _MONTH.finditer(rest) if (end := _end_of_month(match["month"], int(match["year"])))]
    ends += [period.end for period in find_periods(_MONTH.sub(" ", rest), scheme)]
    return max((*days, *ends), default=None)


_find_again = lru_cache(maxsize=2048)(_find)  # a timescale is asked about by every tab that names the plan


def _end_of_month(name: str, year: int) -> Optional[date]:
    try:
        return end_of_month(year, month_number(name))
    except ValueError:
        return None
