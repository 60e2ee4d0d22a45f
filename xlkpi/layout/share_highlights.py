"""Shares in a return that two decimals would round to a whole percent: what is shown keeps to its side of an edge.

Every edge of a band is a whole percent. 89.996% shown as 90.00% would read as having met what it has missed. The cell
still contains the fraction; a conditional format shows it with more decimals, or says that it is under or over.
"""

from __future__ import annotations

from typing import Iterator

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
