"""State, outturn and RAG of one entry, on exact integers (Schedule 3.0 and 5.0)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Optional, Tuple

from xlkpi.core.cell_count import Count, CountKind, Raw, read_count
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.problem import find_own_problem
from xlkpi.core.vocabulary import OutturnRule, Rag, Reading, State
from xlkpi.findings import render


@dataclass(frozen=True)
class Assessment:
    """The result of one entry: state, exact outturn (a share, not a percentage), RAG, and a message if it is odd."""

    state: State
    outturn: Optional[Fraction]
    rag: Optional[Rag]
    message: str


def assess_indicator(
    indicator: Indicator, x: Raw, y: Raw, *, reading: Reading = Reading.EFFECTIVE, due: bool = True
) -> Assessment:
    """Assess x and y under one reading; any content is accepted, nothing is raised.

    ``outturn`` is None unless the entry is rated, unrated or information; ``rag`` is None unless it is rated.
    """
    if not due:
        return Assessment(State.NOT_DUE, None, None, "")
    cx, cy = read_count(x), read_count(y)
    state = decide_state(indicator, cx, cy, reading)
    outturn = None
    if state in WITH_OUTTURN:
        n, d = outturn_parts(indicator.read(reading), cx.number, cy.number)
        outturn = Fraction(n, d)
    rag = Rag(state.value) if state in RATED else None
    problem = find_own_problem(indicator, state, cx, cy)
    return Assessment(state, outturn, rag, render(problem.code, dict(problem.facts)) if problem else "")


RATED = frozenset((State.GREEN, State.AMBER, State.RED))
WITH_OUTTURN = RATED | {State.INFORMATION, State.UNRATED}


def decide_state(indicator: Indicator, x: Count, y: Count, reading: Reading) -> State:
    """Decide the state of an entry that is due: the first that fits, in the order of the contract's table."""
    if x.kind is CountKind.EMPTY or y.kind is CountKind.EMPTY:
        return State.NOT_ENTERED if x.kind is y.kind else State.INCOMPLETE
    if not (x.kind is CountKind.WHOLE and y.kind is CountKind.WHOLE):
        return State.CHECK
    # With y = 0 there is no share. Carried-over cases (x above 0 of none this period) are still no cases to rate.
    if y.number == 0:
        return State.NO_CASES if x.number == 0 or indicator.carried_over else State.CHECK
    if x.number > y.number and not indicator.carried_over:
        return State.CHECK
    return _rated(indicator.read(reading), x.number, y.number)


def _rated(definition: Definition, x: int, y: int) -> State:
    if definition.bands is None:
        return State.INFORMATION
    rag = definition.bands.rag(*outturn_parts(definition, x, y))
    return State(rag.value) if rag else State.UNRATED


def outturn_parts(definition: Definition, x: int, y: int) -> Tuple[int, int]:
    """Give the numerator and denominator of the outturn: x and y, or y − x and y."""
    return (y - x if definition.outturn is OutturnRule.REST_OF_Y else x), y
