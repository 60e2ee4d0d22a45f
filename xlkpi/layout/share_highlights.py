"""Shares in a return that two decimals would round to a whole percent: what is shown keeps to its side of an edge.

Nearly every edge of a band is a whole percent. 89.996% shown as 90.00% would read as having met what it has missed. The
cell still contains the fraction; a conditional format shows it with more decimals, or says that it is under or over.
Rows with other edges (97.5%, £12.50, 4.5 days) have a format of their own, which compares with these edges.
"""

from __future__ import annotations

from itertools import groupby
from typing import Iterator, Sequence

from xlkpi.core.checks import AskedIndicator
from xlkpi.core.indicator import Definition
from xlkpi.core.outturn_units import has_whole_percents
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.layout.plan_model import Highlight

_DECIMALS = 2
"""The decimals of a percent that a return shows, as in the styles outturn and plan_level."""
_MORE_DECIMALS = 5
"""Those of the style exact: enough for every y up to 200,000, and as many as the column has room for."""


def plan_share_highlights(area: str, cell: str) -> Iterator[Highlight]:
    """Plan the formats for shares in an area whose first cell is ``cell``, the more particular ones first."""
    percent = f"ROUND({cell},2)"
    beside = f"{cell}<>{percent},ROUND({cell},{2 + _DECIMALS})={percent}"
    still = f"ROUND({cell},{2 + _MORE_DECIMALS})={percent}"
    yield Highlight(area, f"IF(ISNUMBER({cell}),AND({cell}<{percent},{still}),FALSE)", "under")
    yield Highlight(area, f"IF(ISNUMBER({cell}),AND({cell}>{percent},{still}),FALSE)", "over")
    yield Highlight(area, f"IF(ISNUMBER({cell}),AND({beside},{still.replace('=', '<>')}),FALSE)", "exact")


def plan_outturn_highlights(asked: Sequence[AskedIndicator], first: int, column: str) -> Iterator[Highlight]:
    """Plan the formats of the outturns of these indicators, in a column from the row ``first`` on."""
    rows = [(first + offset, each.indicator.read(each.reading)) for offset, each in enumerate(asked)]
    for whole_percents, group in groupby(rows, key=lambda row: has_whole_percents(row[1])):
        members = list(group)
        if whole_percents:
            area = f"{column}{members[0][0]}:{column}{members[-1][0]}"
            yield from plan_share_highlights(area, f"${column}{members[0][0]}")
            continue
        for row, definition in members:
            yield from _beside_own_edges(f"{column}{row}", definition)


def _beside_own_edges(cell: str, definition: Definition) -> Iterator[Highlight]:
    if definition.bands is None or definition.outturn is OutturnRule.COUNT:
        return
    edges = {edge for _, band in definition.bands.by_rag for edge in (band.lower, band.upper) if edge is not None}
    places = _DECIMALS + (2 if definition.outturn.is_share else 0)
    tests = ",".join(f"ROUND({cell},{places})={float(edge):.15g}" for edge in sorted(edges))
    missed = ",".join(f"{cell}<>{float(edge):.15g}" for edge in sorted(edges))
    style = "exact" if definition.outturn.is_share else f"exact {definition.outturn.value}"
    yield Highlight(f"{cell}:{cell}", f"IF(ISNUMBER({cell}),AND(OR({tests}),{missed}),FALSE)", style)
