"""Which period a folder of returns collects, where nobody says: the one that most providers returned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from xlkpi.consolidation.found_file import FoundFile
from xlkpi.core.period import Period, period_of

QUARTERS_AHEAD = 4
"""How many quarters ahead of today a period may be: a return of a later one is a slip, or was made up."""

FIRST = Period(2026, 1)
"""The framework's first period: a clock that shows an earlier day is wrong, and must not set every return aside."""


def current_period(today: date) -> Period:
    """Return the period of today, the framework's first at least."""
    return max(period_of(today), FIRST)


def usual_period(found: Iterable[FoundFile], current: Period) -> Period | None:
    """Return the period that most providers returned; None where no file is a return of one that can be collected.

    Of several, one that has begun by the ``current`` period goes before one that has not, and then the latest. One
    that is more than a year ahead is never taken.
    """
    senders: dict[Period, set[str]] = defaultdict(set)
    for file in found:
        if file.manifest is not None and not is_far_ahead(file.manifest.period, current):
            senders[file.manifest.period].add(file.manifest.provider_id)
    return max(senders, key=lambda period: (len(senders[period]), period <= current, period), default=None)


def is_far_ahead(period: Period, current: Period) -> bool:
    """Tell whether a period is so far ahead that nobody can be collecting it."""
    return period > current.back(-QUARTERS_AHEAD)
