"""RAG counts by section: a small table, and a chart of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import SectionRag, rag_by_section
from xlkpi.consolidation.result import Consolidation
from xlkpi.layout.styles import INK, WHITE
from xlkpi.writing.workbook import BarChart, BarSeries, Cell

FIRST, GREEN, AMBER, RED, UNRATED = 4, 7, 8, 9, 10  # columns; the name runs over the first three
CHART_COL = 12
CHART_SIZE = (1100, 330)
# Told apart in grey too: each has a lightness of its own.
SERIES = (
    BarSeries(GREEN, "#1E7D60", WHITE),
    BarSeries(AMBER, "#F0B428", INK),
    BarSeries(RED, "#8A1C20", WHITE),
    BarSeries(UNRATED, "#DFE3E9", INK),
)


def plan_rag_by_section(
    result: Consolidation, catalogue: Catalogue, row: int, sheet: str
) -> tuple[tuple[Cell, ...], tuple[BarChart, ...], int]:
    """The table with its chart from ``row`` on, and the last row it takes; nothing where nothing was returned."""
    sections = rag_by_section(result.rows, catalogue)
    if not sections:
        return (), (), row
    cells = tuple(_cells(sections, row))
    last = row + 1 + len(sections)
    told = "; ".join(f"{s.title}: {s.green} Green, {s.amber} Amber, {s.red} Red, {s.unrated} no RAG" for s in sections)
    bars = BarChart(
        "KPI entries by section",
        f"Stacked bars on {sheet}. {told}.",
        header=row + 1,
        last=last,
        col=FIRST,
        series=SERIES,
        at=(row, CHART_COL),
        size=CHART_SIZE,
    )
    return cells, (bars,), last + 1


def _cells(sections: Sequence[SectionRag], row: int) -> Iterator[Cell]:
    yield Cell(row, FIRST, "KPI entries by section", "heading")
    yield from _line(row + 1, "header open", ("Section", "Green", "Amber", "Red", "No RAG"), "header centre")
    for number, one in enumerate(sections, start=row + 2):
        yield from _line(number, "label open", (one.title, one.green, one.amber, one.red, one.unrated), "whole")
    total = [sum(values) for values in zip(*((s.green, s.amber, s.red, s.unrated) for s in sections), strict=True)]
    yield from _line(row + 2 + len(sections), "label open", ("All", *total), "figure")


def _line(row: int, name: str, values: Sequence[str | int], style: str) -> Iterator[Cell]:
    yield Cell(row, FIRST, values[0], name)
    yield from (Cell(row, col, None, name) for col in range(FIRST + 1, GREEN))
    yield from (Cell(row, col, value, style) for col, value in enumerate(values[1:], start=GREEN))
