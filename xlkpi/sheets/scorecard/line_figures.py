"""X and y of a line as the columns of a scorecard show them."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.core.cell_count import Figure
from xlkpi.core.outturn_units import show_x
from xlkpi.feedback.scorecard_lines import ScorecardLine
from xlkpi.writing.workbook import Value

LARGEST_SHOWN, VERY_LARGE = 999_999, "> 999,999"
NO_TOTAL = "–"


def show_line_x(line: ScorecardLine) -> Value:
    """Give x as its column shows it; with its unit where it has decimals."""
    return show_x(line.definition, line.x) if line.definition.decimals and line.x is not None else show_count(line.x)


def show_count(count: Figure | None) -> Value:
    """Give a count as its column can show it; a longer one is queried anyway."""
    return count if count is None or count <= LARGEST_SHOWN else VERY_LARGE


def explain_no_totals(lines: Iterable[ScorecardLine]) -> str:
    """Say why some lines have no outturn of all providers; empty where each can have one."""
    every = all(line.definition.has_y for line in lines)
    return "" if every else f" {NO_TOTAL}: it has no y to divide by."
