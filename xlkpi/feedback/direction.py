"""Where an outturn comes from and where it goes: earlier periods, and better or worse in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from xlkpi.consolidation.series import IndicatorSeries
from xlkpi.core.period import Period

LONGEST_HISTORY = 7


@dataclass(frozen=True)
class EarlierOutturn:
    """An outturn of an earlier period, under the reading in force now."""

    period: Period
    outturn: Fraction


def list_earlier_outturns(path: IndicatorSeries, period: Period) -> tuple[EarlierOutturn, ...]:
    """The outturns before a period, the earliest first; at most seven, the latest ones."""
    points = [
        EarlierOutturn(figure.period, figure.assessed.outturn)
        for figure in path.points
        if figure.period < period and figure.assessed.outturn is not None
    ]
    return tuple(points[-LONGEST_HISTORY:])


def find_last_outturn(path: IndicatorSeries, period: Period) -> EarlierOutturn | None:
    """The outturn of the due period before, with which a master compares too; None where there is none."""
    before = path.previous_period(period)
    return next((point for point in list_earlier_outturns(path, period) if point.period == before), None)


def describe_direction(path: IndicatorSeries, period: Period) -> str:
    """``↑ better``, ``↓ better``, ``↓ worse``, ``= same``; up or down where nothing is rated.

    The arrow says where the outturn went, the word whether that is good. Empty where there is nothing to compare.
    """
    change = path.change(period)
    if change is None:
        return ""
    if change == 0:
        return "= same"
    went = path.direction(period)
    word = went.value.lower() if went else "up" if change > 0 else "down"
    return f"{'↑' if change > 0 else '↓'} {word}"
