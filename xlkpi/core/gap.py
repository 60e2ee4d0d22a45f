"""How far an entry is from Green: by how many x must change while y stays the same."""

from __future__ import annotations

from typing import Optional

from xlkpi.core.assess import RATED, decide_state
from xlkpi.core.bands import Interval
from xlkpi.core.cell_count import Raw, read_count
from xlkpi.core.indicator import Indicator
from xlkpi.core.vocabulary import OutturnRule, Reading, State


def gap_to_green(indicator: Indicator, x: Raw, y: Raw, reading: Reading = Reading.EFFECTIVE) -> Optional[int]:
    """Count by how many x must rise (+) or fall (−), with y unchanged, for Green; 0 if Green; None without a RAG."""
    cx, cy = read_count(x), read_count(y)
    state = decide_state(indicator, cx, cy, reading)
    definition = indicator.read(reading)
    if state not in RATED or definition.bands is None:
        return None
    if state is State.GREEN:
        return 0
    bands = definition.bands
    share = cy.number - cx.number if definition.outturn is OutturnRule.REST_OF_Y else cx.number
    wanted = smallest_count(bands.green, cy.number) if bands.higher_is_better else largest_count(bands.green, cy.number)
    return share - wanted if definition.outturn is OutturnRule.REST_OF_Y else wanted - share


def smallest_count(green: Interval, y: int) -> int:
    """Find the smallest count whose share of y reaches a band with a lower edge, where higher is better."""
    edge = (green.low or 0) * y  # in parts of a case, so that no division rounds
    return edge // green.scale + 1 if green.low_open else -(-edge // green.scale)


def largest_count(green: Interval, y: int) -> int:
    """Find the largest count whose share of y stays within a band with an upper edge, where lower is better."""
    edge = (green.high or 0) * y
    return -(-edge // green.scale) - 1 if green.high_open else edge // green.scale
