"""RAG counts by section: a small table, and a chart of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.consolidation.county_totals import SectionRag, total_of_sections
from xlkpi.layout.styles import INK, WHITE
from xlkpi.writing.workbook import BarChart, BarSeries, Cell

FIRST, GREEN, AMBER, RED, UNRATED = 4, 7, 8, 9, 10  # columns; the name runs over the first three
CHART_COL = 12
CHART_SIZE = (1100, 330)
# Each has a lightness of its own, so that they differ when printed in grey too.
SERIES = (
    BarSeries(GREEN, "#1E7D60", WHITE),
    BarSeries(AMBER, "#F0B428", INK),
    BarSeries(RED, "#8A1C20", WHITE),
    BarSeries(UNRATED, "#DFE3E9", INK),
)


def plan_rag_by_section(
    sections: Sequence[SectionRag], row: int, sheet: str
) -> tuple[tuple[Cell, ...], tuple[BarChart, ...], int]:
    """Plan the table with its chart from ``row`` on, and return its last row; nothing where nothing was returned."""
    if not sections:
        return (), (), row
    cells = tuple(_cells(sections, row))
    last = row + 1 + len(sections)
    counts = "; ".join(
        f"{s.title}: {s.green} Green, {s.amber} Amber, {s.red} Red, {s.unrated} no RAG" for s in sections
    )
    bars = BarChart(
        "KPI entries by section",
        f"Stacked bars on {sheet}. {counts}.",
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
    for number, section in enumerate(sections, start=row + 2):
        yield from _line(number, "label open", _values(section), "whole")
    yield from _line(row + 2 + len(sections), "label open", _values(total_of_sections(sections)), "figure")


def _values(section: SectionRag) -> tuple[str | int, ...]:
    return section.title, section.green, section.amber, section.red, section.unrated


def _line(row: int, name: str, values: Sequence[str | int], style: str) -> Iterator[Cell]:
    yield Cell(row, FIRST, values[0], name)
    yield from (Cell(row, col, None, name) for col in range(FIRST + 1, GREEN))
    yield from (Cell(row, col, value, style) for col, value in enumerate(values[1:], start=GREEN))
