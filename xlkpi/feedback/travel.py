"""Where an outturn comes from and where it goes: earlier periods, and better or worse in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.consolidation.result import DataRow
from xlkpi.core.assess import assess_indicator
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.core.words import Reading

LONGEST_HISTORY = 7


@dataclass(frozen=True)
class Point:
    """An outturn of an earlier period, under the reading in force now."""

    period: Period
    outturn: Fraction


def history_of(indicator: Indicator, reading: Reading, earlier: Iterable[DataRow]) -> tuple[Point, ...]:
    """The indicator's earlier outturns, the earliest first; at most seven, the latest ones.

    Each is worked out anew under the reading in force now, since two readings cannot be compared. A figure that was
    reported for another length of time is left out.
    """
    often = indicator.read(reading).frequency
    points = []
    for row in sorted(earlier, key=lambda row: row.period):
        if row.indicator == indicator.code and indicator.read(row.reading).frequency is often:
            outturn = assess_indicator(indicator, row.x, row.y, reading=reading).outturn
            if outturn is not None:
                points.append(Point(row.period, outturn))
    return tuple(points[-LONGEST_HISTORY:])


def travel_words(indicator: Indicator, reading: Reading, now: Fraction | None, last: Fraction | None) -> str:
    """``↑ better``, ``↓ better``, ``↓ worse``, ``= same``; up or down where nothing is rated, empty without both."""
    if now is None or last is None:
        return ""
    if now == last:
        return "= same"
    arrow = "↑" if now > last else "↓"
    bands = indicator.read(reading).bands
    if bands is None:
        return f"{arrow} {'up' if now > last else 'down'}"
    more_is_better = bands.green.low is not None
    return f"{arrow} {'better' if (now > last) is more_is_better else 'worse'}"
