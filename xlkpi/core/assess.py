"""State, outturn and RAG of one entry, on exact integers (Schedule 3.0 and 5.0)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Optional, Tuple

from xlkpi.core.cell_count import Count, CountKind, Figure, Raw, read_count
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.problem import find_own_problem
from xlkpi.core.vocabulary import OutturnRule, Rag, Reading, State
from xlkpi.findings import render


@dataclass(frozen=True)
class Assessment:
    """The result of one entry: state, exact outturn, RAG, and a message if it is odd.

    A percentage is a share of 1, an amount in pounds.
    """

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
    cx, cy = read_figures(indicator, x, y)
    state = decide_state(indicator, cx, cy, reading)
    outturn = find_outturn(indicator.read(reading), state, cx, cy)
    problem = find_own_problem(indicator, state, cx, cy)
    message = render(problem.code, dict(problem.facts)) if problem else ""
    return Assessment(state, outturn, RAG_OF_STATE.get(state), message)


RAG_OF_STATE = {State(rag.value): rag for rag in Rag}
"""The RAG of each state that is one; the others have none."""
STATE_OF_RAG = {rag: state for state, rag in RAG_OF_STATE.items()}
RATED = frozenset(RAG_OF_STATE)
WITH_OUTTURN = RATED | {State.INFORMATION, State.UNRATED}


def find_outturn(definition: Definition, state: State, x: Count, y: Count) -> Optional[Fraction]:
    """Give the exact outturn of an entry in this state; None where it has none."""
    return _fraction(*outturn_parts(definition, x.number, y.number)) if state in WITH_OUTTURN else None


_fraction = lru_cache(maxsize=4096)(Fraction)
"""The same shares come back in every period, and to reduce a fraction takes longer than all else of an entry."""


ALONE = Count(CountKind.WHOLE, 1)
"""y where there is none: the outturn is x divided by 1."""


def read_figures(indicator: Indicator, x: Raw, y: Raw) -> Tuple[Count, Count]:
    """Read x and y as this indicator asks for them; y is as empty as x where it is not asked for."""
    definition = indicator.effective
    if definition.outturn.is_share:
        return read_count(x), read_count(y)
    cx = read_count(x, definition.decimals)
    if definition.has_y:
        return cx, read_count(y)
    return cx, cx if cx.kind is CountKind.EMPTY else ALONE


def decide_state(indicator: Indicator, x: Count, y: Count, reading: Reading) -> State:
    """Decide the state of an entry that is due: the first that fits, in the order of the contract's table."""
    if x.kind is CountKind.EMPTY or y.kind is CountKind.EMPTY:
        return State.NOT_ENTERED if x.kind is y.kind else State.INCOMPLETE
    if not (x.kind is CountKind.WHOLE and y.kind is CountKind.WHOLE):
        return State.CHECK
    # With y = 0 there is no share. Carried-over cases (x above 0 of none this period) are still no cases to rate.
    if y.number == 0:
        return State.NO_CASES if x.number == 0 or indicator.carried_over else State.CHECK
    definition = indicator.read(reading)
    if x.number > y.number and definition.outturn.is_share and not indicator.carried_over:
        return State.CHECK
    return _rated(definition, x.number, y.number)


def _rated(definition: Definition, x: Figure, y: Figure) -> State:
    if definition.bands is None:
        return State.INFORMATION
    rag = definition.bands.rag(*outturn_parts(definition, x, y))
    return STATE_OF_RAG[rag] if rag else State.UNRATED


def outturn_parts(definition: Definition, x: Figure, y: Figure) -> Tuple[int, int]:
    """Give numerator and denominator of the outturn: x and y, or y − x and y; in hundredths where x has decimals."""
    top = y - x if definition.outturn is OutturnRule.REST_OF_Y else x
    scale = 10**definition.decimals
    return int(top * scale), int(y * scale)
