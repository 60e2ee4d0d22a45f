"""The small columns in a scorecard, and the hidden sheet of figures that they are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xlkpi.core.period import Period
from xlkpi.feedback.scorecard import Scorecard, ScorecardLine
from xlkpi.writing.workbook import CellRun, Column, Sheet, Sparkline, Table, Value

TRENDS = "Trend data"


def sparklines(card: Scorecard, row: int, col: int) -> tuple[Sparkline, ...]:
    """Small columns for every indicator with an earlier outturn, drawn from its row of the hidden sheet.

    The first line stands in ``row``, all in the column ``col``.
    """
    last = 2 + len(_periods(card))
    drawn = []
    for number, line in enumerate(card.lines):
        if line.history and line.outturn is not None:
            shares = CellRun((number + 2, 2), (number + 2, last), TRENDS)
            drawn.append(Sparkline(row + number, col, shares, 0, _headroom(line)))
    return tuple(drawn)


def _headroom(line: ScorecardLine) -> float:
    """The top of the columns' axis: a little above the highest, so that they keep off the row above."""
    highest = max(line.outturn or Fraction(0), *(point.outturn for point in line.history))
    return round(float(highest) * 1.25, 4) or 1.0


def _periods(card: Scorecard) -> list[Period]:
    return sorted({point.period for line in card.lines for point in line.history})


def trend_sheet(card: Scorecard) -> tuple[Sheet, ...]:
    """The provider's own outturns by period; none where it has reported only once."""
    periods = _periods(card)
    if not periods:
        return ()
    rows = [_trend(line, periods) for line in card.lines]
    shown = (*periods, card.period)
    columns = (Column("Indicator", 12, "code"), *(Column(str(period), 12, "share") for period in shown))
    return (Sheet(TRENDS, (Table("KPI_Trend", columns, rows),), freeze=(1, 1), hidden=True),)


def _trend(line: ScorecardLine, periods: Sequence[Period]) -> tuple[Value, ...]:
    known = {point.period: point.outturn for point in line.history}
    return (line.indicator.code, *(known.get(period) for period in periods), line.outturn)
