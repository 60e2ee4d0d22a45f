"""How far an entry is from Green: by how much x must change while y stays the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Optional

from xlkpi.core.assess import RATED, decide_state, outturn_parts, read_figures
from xlkpi.core.bands import largest_count, smallest_count
from xlkpi.core.cell_count import Count, Figure, Raw
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.vocabulary import OutturnRule, Reading, State


def gap_to_green(indicator: Indicator, x: Raw, y: Raw, reading: Reading = Reading.EFFECTIVE) -> Optional[Figure]:
    """Give by how much x must rise (+) or fall (−), with y unchanged, for Green; 0 if Green; None without a RAG."""
    cx, cy = read_figures(indicator, x, y)
    return find_gap(indicator.read(reading), decide_state(indicator, cx, cy, reading), cx, cy)


def find_gap(definition: Definition, state: State, cx: Count, cy: Count) -> Optional[Figure]:
    """Give the gap to Green of an entry whose counts and state are known."""
    if state not in RATED or definition.bands is None:
        return None
    if state is State.GREEN:
        return 0
    bands = definition.bands
    top, cases = outturn_parts(definition, cx.number, cy.number)
    wanted = smallest_count(bands.green, cases) if bands.higher_is_better else largest_count(bands.green, cases)
    change = top - wanted if definition.outturn is OutturnRule.REST_OF_Y else wanted - top
    return change if not definition.decimals else Fraction(change, 10**definition.decimals)
