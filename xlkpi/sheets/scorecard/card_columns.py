"""The columns of a scorecard, each as wide as its longest figure: a column too narrow would show ### or cut a sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlkpi.core.outturn_units import show_outturn
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.feedback.scorecard_lines import ScorecardLine
from xlkpi.sheets.outturn_values import width_of
from xlkpi.sheets.scorecard.line_figures import show_count, show_line_x
from xlkpi.writing.workbook import Column

CENTRE = "header middle"
AREA = "area"
COLUMNS = (
    Column("Indicator", 8.7, "code"),
    Column("About", 25, "line"),
    Column("x", 5, "centre", CENTRE),
    Column("y", 5, "centre", CENTRE),
    Column("Outturn", 8, "share", CENTRE),
    Column("RAG", 10.5, "word", CENTRE),
    Column("Target", 6.5, "centre", CENTRE),
    Column("x to Green", 10.5, "centre", CENTRE),
    Column("Last return", 8, "share", CENTRE),
    Column("Direction", 8.5, "centre", CENTRE),
    Column("Trend", 8, "centre", CENTRE),
    Column(AREA, 8, "share rounded", CENTRE),  # headed as the contract calls it
)


def fit_columns(card: Scorecard, area: str) -> tuple[Column, ...]:
    """Give the columns as wide as what is in them; ``area`` heads the outturns of all providers together."""
    widths: dict[str, float] = {}
    for line in card.lines:
        for header, text in _figures(line):
            widths[header] = max(widths.get(header, 0.0), width_of(text))
    counts = (str(count) for line in card.lines for count in (show_line_x(line), show_count(line.y)))
    longest = max(map(len, counts), default=0)
    widths |= dict.fromkeys(("x", "y"), longest + 1.0 if longest > 5 else 0.0)
    return tuple(
        replace(column, header=area if column.header == AREA else column.header, width=max(column.width, width))
        for column, width in ((column, widths.get(column.header, 0.0)) for column in COLUMNS)
    )


def _figures(line: ScorecardLine) -> Iterator[tuple[str, str]]:
    """Give the figures that have a unit, as texts, with the column of each."""
    definition = line.definition
    outturns = (("Outturn", line.outturn), ("Last return", line.last.outturn if line.last else None),
                (AREA, line.county_shown))  # fmt: skip
    yield from ((header, show_outturn(definition, each)) for header, each in outturns if each is not None)
    yield "Target", line.target
    yield "x to Green", line.gap
