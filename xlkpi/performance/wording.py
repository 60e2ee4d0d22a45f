"""The facts of a case in words: what happened in which period, and what speaks for patience."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from xlkpi.consolidation.county_totals import SMALL_Y
from xlkpi.consolidation.series import SeriesPoint
from xlkpi.core.day import long_date
from xlkpi.core.direction import Direction
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.contract_quotes import AMBER_MEANS
from xlkpi.performance.deadlines import find_deadline
from xlkpi.performance.escalation_rules import Ground
from xlkpi.performance.missed_target import MissedTarget

MOST_TOLD = 3
"""Periods, and earlier plans, that a cell tells of; the sheets Trends and Action plans hold the rest."""


def format_percent(share: Fraction) -> str:
    """A share in percent with two decimals, never rounded onto a whole percent that it doesn't reach."""
    hundredths = share * 10_000
    rounded = round(hundredths)
    if rounded != hundredths and rounded % 100 == 0:
        return f"{'just below' if hundredths < rounded else 'just above'} {rounded // 100}%"
    return f"{rounded // 100}.{rounded % 100:02d}%"


def describe_figure(figure: SeriesPoint) -> str:
    """``Red in 2026-27 Q2: 80.00% (x 40, y 50)``."""
    outturn = format_percent(figure.assessed.outturn) if figure.assessed.outturn is not None else "no outturn"
    return f"{figure.assessed.state.value} in {figure.period}: {outturn} (x {figure.x}, y {figure.y})"


def describe_history(case: MissedTarget) -> str:
    """How it went, this period first, and which plans there were before."""
    parts = [f"{describe_figure(figure)}." for figure in case.run[:MOST_TOLD]]
    if len(case.run) > MOST_TOLD:
        parts.append(f"Not Green since {case.run[-1].period}.")
    before = case.path.previous(case.row.period)
    if before and len(case.run) == 1:
        parts.append(f"Before: {before.assessed.state.value} in {before.period}.")
    parts += [f"{_read_otherwise(figure)}." for figure in case.run if figure.returned_under is not case.path.reading]
    parts += [describe_plan(line) for line in case.earlier_plans[:MOST_TOLD]]
    return " ".join(parts)


def _read_otherwise(figure: SeriesPoint) -> str:
    return f"{figure.period} was returned {figure.returned_under.value} and is rated here as this period is"


def describe_plan(line: ActionPlanRecord) -> str:
    """``Action plan of 2025-26 Q4, timescale: 30 June 2026.``."""
    timescale = " ".join(line.timescale.split()) or "not given"
    return f"Action plan of {line.period}, timescale: {timescale}."


def describe_considerations(case: MissedTarget, year_one_ends: date | None, as_of: date) -> str:
    """What speaks for or against a graver step; empty where nothing does."""
    return " ".join(_weights(case, year_one_ends, as_of))


def _weights(case: MissedTarget, year_one_ends: date | None, as_of: date) -> Iterator[str]:
    if year_one_ends and case.row.period.end <= year_one_ends:
        yield f"Year 1 of the contract (to {long_date(year_one_ends)}): its targets are indicative (8.0)."
    if case.ground is Ground.AMBER_AGAIN:
        yield f"Amber is “{AMBER_MEANS}” (3.0): an agreed action plan (5.0) may do."
    if case.direction is Direction.BETTER:
        yield "Better than in the due period before."
    elif case.direction is Direction.WORSE:
        yield "Worse than in the due period before."
    if case.small:
        yield f"y is below {SMALL_Y}: one case moves the outturn by several percent."
    if case.row.rag_as_written is not case.row.rag:
        written = case.row.rag_as_written.value if case.row.rag_as_written else "not rated"
        yield f"Read as written it is {written}: see Readings."
    ends = [end for line in case.earlier_plans[:1] if (end := find_deadline(line.timescale))]
    if ends and ends[0] >= as_of:
        yield f"The earlier plan still has time, to {long_date(ends[0])}."


def is_red(case: MissedTarget) -> bool:
    """Whether the KPI is Red this period."""
    return case.row.rag is Rag.RED
