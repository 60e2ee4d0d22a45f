"""The heat map on Summary: a word per provider and indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlkpi.consolidation.heat_map import HeatMap
from xlkpi.core.indicator import Indicator
from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.performance.open_matters import NO_MATTERS, OpenMatters
from xlkpi.sheets.master.data import link_to_data_row
from xlkpi.sheets.master.open_matters import OPEN_MATTERS
from xlkpi.writing.workbook import Cell, height_of_text

KEY = (
    "Green, Amber and Red are rated; Info is reported, not rated; No cases is 0 of 0. Not entered, Incomplete and "
    "Check are explained in Findings.",
    "Missing: no return is used. An empty grey cell: the provider does not report it. Each word links to its row "
    "in Data.",
    "In a dark frame: the KPI is an open matter. The last column counts what is open of the provider, KPIs that are "
    "not due this period included, and leads to Open matters.",
)
HEADING = "Providers and indicators"
NAME_WIDTH, LINE_HEIGHT = 28.0, 27.0
_TO_OPEN_MATTERS = f"{quoted_sheet(OPEN_MATTERS)}!A1"
Heights = list[tuple[int, float]]


def plan_heat_map(
    heat: HeatMap, titles: Mapping[str, str], row: int, matters: OpenMatters = NO_MATTERS
) -> tuple[list[Cell], Heights, int]:
    """Plan heading, key, header and one line per provider from ``row`` on.

    Return the cells, the heights (none where there is nothing to show) and the header's row. ``titles`` are those of
    the sections by key.
    """
    cells = [Cell(row, 1, HEADING, "heading")]
    if not heat.lines:
        cells.append(Cell(row + 1, 1, "There is nothing to show: no return is used or expected.", "note"))
        return cells, [], row
    cells += [Cell(row + 1 + line, 1, text, "note") for line, text in enumerate(KEY)]
    header = row + len(KEY) + 3
    cells += _section_titles(heat.indicators, titles, header - 1)
    cells += _header(heat.indicators, header)
    heights, marked = [(header, 30.0)], matters.by_subject
    for number, provider in enumerate(heat.lines, start=header + 1):
        cells.append(Cell(number, 1, provider.provider, "name"))
        heights.append((number, max(LINE_HEIGHT, height_of_text(provider.provider, "name", NAME_WIDTH))))
        for col, cell in enumerate(provider.cells, start=2):
            link = "" if cell.row is None else link_to_data_row(cell.row)
            is_open = (provider.provider_id, heat.indicators[col - 2].code) in marked
            cells.append(Cell(number, col, cell.word, "heat open" if is_open else "heat", link))
        cells.append(_count_open(matters, provider.provider_id, number, len(heat.indicators) + 2))
    return cells, heights, header


def _header(indicators: Sequence[Indicator], row: int) -> Iterator[Cell]:
    yield Cell(row, 1, "Provider", "header")
    for col, indicator in enumerate(indicators, start=2):
        yield Cell(row, col, indicator.code.replace(" ", "\n"), "header centre")
    yield Cell(row, len(indicators) + 2, "Open", "header centre")


def _count_open(matters: OpenMatters, provider_id: str, row: int, col: int) -> Cell:
    count = len(matters.of_provider(provider_id))
    link = _TO_OPEN_MATTERS if count else ""
    return Cell(row, col, count, "link centre" if count else "whole", link)


def _section_titles(indicators: Sequence[Indicator], titles: Mapping[str, str], row: int) -> Iterator[Cell]:
    """The section's title above its first column; it runs on over the others."""
    before = ""
    for col, indicator in enumerate(indicators, start=2):
        yield Cell(row, col, titles[indicator.section] if indicator.section != before else None, "band")
        before = indicator.section
