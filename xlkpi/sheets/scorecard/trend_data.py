"""The small columns in a scorecard, and the hidden sheet of figures that they are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xlkpi.core.period import Period
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.feedback.scorecard_lines import ScorecardLine
from xlkpi.sheets.outturn_values import outturn_values
from xlkpi.writing.workbook import CellRun, Column, Sheet, Sparkline, Table, Value

TRENDS = "Trend data"


def plan_sparklines(card: Scorecard, row: int, col: int) -> tuple[Sparkline, ...]:
    """Plan small columns for every indicator with an earlier outturn, drawn from its row of the hidden sheet.

    The first line is in ``row``, all are in the column ``col``.
    """
    last = 2 + len(card.earlier_periods)
    sparklines = []
    for number, line in enumerate(card.lines):
        if line.history and line.outturn is not None:
            shares = CellRun((number + 2, 2), (number + 2, last), TRENDS)
            sparklines.append(Sparkline(row + number, col, shares, 0, _top_of_axis(line)))
    return tuple(sparklines)


def _top_of_axis(line: ScorecardLine) -> float:
    """A little above the highest column, so that the columns keep off the row above."""
    highest = max(line.outturn or Fraction(0), *(earlier.outturn for earlier in line.history))
    return round(float(highest) * 1.25, 4) or 1.0


def plan_trend_data(card: Scorecard) -> tuple[Sheet, ...]:
    """Plan the provider's own outturns by period; no sheet where it has reported only once."""
    periods = card.earlier_periods
    if not periods:
        return ()
    rows = [_values(line, periods) for line in card.lines]
    columns = [Column(str(period), 12, "share") for period in (*periods, card.period)]
    table = Table("KPI_Trend", (Column("Indicator", 12, "code"), *columns), rows)
    return (Sheet(TRENDS, (table,), freeze=(1, 1), hidden=True),)


def _values(line: ScorecardLine, periods: Sequence[Period]) -> tuple[Value, ...]:
    outturns = {earlier.period: earlier.outturn for earlier in line.history}
    by_period = (*(outturns.get(period) for period in periods), line.outturn)
    return (line.indicator.code, *outturn_values(line.definition, by_period))
