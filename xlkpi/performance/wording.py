"""A missed target in words: the results of each period, and points for and against a graver step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from xlkpi.consolidation.county_totals import SMALL_Y
from xlkpi.consolidation.series import SeriesPoint
from xlkpi.core.day import long_date
from xlkpi.core.deadlines import find_deadline
from xlkpi.core.direction import Direction
from xlkpi.core.records import ActionPlanRecord
from xlkpi.performance.contract_quotes import AMBER_MEANS
from xlkpi.performance.escalation_rules import Ground
from xlkpi.performance.missed_target import MissedTarget

MOST_DESCRIBED = 3
"""Periods, and earlier plans, that a cell describes; the sheets Trends and Action plans contain the rest."""


def format_percent(share: Fraction) -> str:
    """Write a share as a percentage with two decimals, never rounded to a whole percent that it does not reach."""
    hundredths = share * 10_000
    rounded = round(hundredths)
    if rounded != hundredths and rounded % 100 == 0:
        return f"{'just below' if hundredths < rounded else 'just above'} {rounded // 100}%"
    return f"{rounded // 100}.{rounded % 100:02d}%"


def describe_figure(point: SeriesPoint) -> str:
    """Write a result as ``Red in 2026-27 Q2: 80.00% (x 40, y 50)``."""
    outturn = format_percent(point.assessed.outturn) if point.assessed.outturn is not None else "no outturn"
    return f"{point.assessed.state.value} in {point.period}: {outturn} (x {point.x}, y {point.y})"


def describe_history(target: MissedTarget) -> str:
    """Describe the results, this period first, and the earlier action plans."""
    points = target.missed_points
    parts = [f"{describe_figure(point)}." for point in points[:MOST_DESCRIBED]]
    if len(points) > MOST_DESCRIBED:
        parts.append(f"Not Green since {points[-1].period}.")
    previous = target.series.previous(target.row.period)
    if previous and len(points) == 1:
        parts.append(f"Before: {previous.assessed.state.value} in {previous.period}.")
    # Figures of different periods compare only under one reading, so say where a return used the other.
    parts += [f"{_other_reading(point)}." for point in points if point.returned_under is not target.series.reading]
    parts += [describe_plan(plan) for plan in target.earlier_plans[:MOST_DESCRIBED]]
    return " ".join(parts)


def _other_reading(point: SeriesPoint) -> str:
    return f"{point.period} was returned {point.returned_under.value} and is rated here like this period"


def describe_plan(plan: ActionPlanRecord) -> str:
    """Write an earlier plan as ``Action plan of 2025-26 Q4, timescale: 30 June 2026.``."""
    timescale = " ".join(plan.timescale.split()) or "not given"
    return f"Action plan of {plan.period}, timescale: {timescale}."


def describe_considerations(target: MissedTarget, year_one_ends: date | None, as_of: date) -> str:
    """Describe the points for and against a graver step; empty where there are none."""
    return " ".join(_considerations(target, year_one_ends, as_of))


def _considerations(target: MissedTarget, year_one_ends: date | None, as_of: date) -> Iterator[str]:
    row = target.row
    if year_one_ends and row.period.end <= year_one_ends:
        yield f"Year 1 of the contract (to {long_date(year_one_ends)}): its targets are indicative (8.0)."
    if target.ground is Ground.AMBER_AGAIN:
        yield f"Amber is “{AMBER_MEANS}” (3.0): an agreed action plan (5.0) may be enough."
    if target.direction is Direction.BETTER:
        yield "Better than in the due period before."
    elif target.direction is Direction.WORSE:
        yield "Worse than in the due period before."
    if target.small:
        yield f"y is below {SMALL_Y}: a single case moves the outturn by several percent."
    if row.agreed is None and row.rag_as_written is not row.rag:
        written = row.rag_as_written.value if row.rag_as_written else "not rated"
        yield f"Read as written it is {written}: see Readings."
    ends = [end for plan in target.earlier_plans[:1] if (end := find_deadline(plan.timescale))]
    if ends and ends[0] >= as_of:
        yield f"The earlier plan runs until {long_date(ends[0])}."
