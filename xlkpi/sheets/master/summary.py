"""Summary: the counts, RAG by section, where to look first, the county and the heat map, on one sheet."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import SMALL, UNEVEN
from xlkpi.consolidation.heat_map import heat_map
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet
from xlkpi.core.vocabulary import Frequency
from xlkpi.findings import Severity
from xlkpi.layout.styles import NAVY
from xlkpi.layout.wording import span_words
from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.sheets.master.about import ABOUT
from xlkpi.sheets.master.summary_heat_map import COUNTY_HEADING, HEAT, NAME_WIDTH, plan_county_block, plan_heat_map
from xlkpi.sheets.master.summary_priorities import plan_priorities
from xlkpi.sheets.master.summary_rag_by_section import FIRST as SECTIONS_COL
from xlkpi.sheets.master.summary_rag_by_section import plan_rag_by_section
from xlkpi.writing.workbook import Cell, PageSetup, Sheet, Value

SUMMARY = "Summary"
CELL_WIDTH, LINE = 6.2, 15.75
WARNING_COLUMNS = 11
LEADS_ROW, COUNTS_ROW = 4, 6
FEWEST_COLUMNS = 34
BOTH_NOTES, TWO_LINES = f"{SMALL}, {UNEVEN}", 28.0  # what does not fit on one line of a narrow column


def plan_summary(result: Consolidation, catalogue: Catalogue, paths: SeriesSet) -> Sheet:
    """Everything a head of service is shown first: from the whole to the single provider.

    The heat map comes last because on paper its header stands again on every further page, and must on no other block.
    """
    heat = heat_map(result, catalogue)
    counts = list(_count_cells(result))
    sections, charts, last = plan_rag_by_section(result, catalogue, COUNTS_ROW, SUMMARY)
    columns = max(FEWEST_COLUMNS, len(heat.indicators))
    first, county_row = plan_priorities(result, paths, max(last, *(cell.row for cell in counts)) + 2, columns + 1)
    titles = {section.key: section.title for section in catalogue.sections}
    county_part, heat_row = plan_county_block(result, heat.indicators, paths, county_row, columns + 1)
    heat_part, heights, header = plan_heat_map(heat, titles, heat_row)
    notes = [(cell.row, TWO_LINES) for cell in (*first, *county_part) if cell.value == BOTH_NOTES]
    headings = [(cell.row, 20.0) for cell in (*counts, *first, *county_part, *heat_part) if cell.style == "heading"]
    return Sheet(
        SUMMARY,
        cells=(*_head(result), *_leads(county_row, heat_row), *counts, *sections, *first, *county_part, *heat_part),
        charts=charts,
        widths=(NAME_WIDTH, *[CELL_WIDTH] * columns),
        heights=((1, 28.0), (COUNTS_ROW + 1, LINE), *headings, *notes, *heights),
        freeze=(0, 1),
        paper=PageSetup(
            repeat=(header - 1, header) if heights else (0, 0), breaks=_breaks(county_row, heat_row), a3=True
        ),
        tab=NAVY,
    )


def _leads(county_row: int, heat_row: int) -> Iterator[Cell]:
    """Where the two long blocks begin: they stand below what a screen shows."""
    if heat_row > county_row:
        yield Cell(LEADS_ROW, 1, HEAT, "link open", f"{quoted_sheet(SUMMARY)}!A{heat_row}")
        yield Cell(LEADS_ROW, SECTIONS_COL, COUNTY_HEADING, "link open", f"{quoted_sheet(SUMMARY)}!A{county_row}")


def _breaks(county_row: int, heat_row: int) -> tuple[int, ...]:
    return (county_row, heat_row) if heat_row > county_row else (heat_row,)


def _head(result: Consolidation) -> Iterator[Cell]:
    yield Cell(1, 1, f"KPI master {result.period}" if result.period else "KPI master: no return found", "title")
    yield Cell(2, 1, _period_words(result), "subtitle")
    if result.mixed:
        codes = ", ".join(result.mixed)
        text = f"Returns mix two readings of {codes}: each is rated under its own. See Readings."
        yield Cell(3, 1, text, "warning")
        yield from (Cell(3, col, None, "warning") for col in range(2, WARNING_COLUMNS))


def _period_words(result: Consolidation) -> str:
    if result.period is None:
        return "Files says what was found and what to do."
    parts = [span_words(result.period, Frequency.QUARTERLY)]
    if result.period.quarter % 2 == 0:
        parts.append(f"six-monthly indicators {span_words(result.period, Frequency.SIX_MONTHLY)}")
    if result.period.quarter == 4:
        parts.append(f"annual ones {span_words(result.period, Frequency.ANNUAL)}")
    return f"{'; '.join(parts)}. {ABOUT} says how to read this."


def _count_cells(result: Consolidation) -> Iterator[Cell]:
    row = COUNTS_ROW
    for heading, counts in _counts(result):
        yield Cell(row, 1, heading, "heading")
        for number, (label, count) in enumerate(counts, start=row + 1):
            yield Cell(number, 1, label, "label")
            yield Cell(number, 2, count, "figure")
        row += 1 + len(counts)


def _counts(result: Consolidation) -> Iterator[tuple[str, list[tuple[str, Value]]]]:
    register = result.expected is not None
    returns: list[tuple[str, Value]] = [
        ("Expected", result.expected if register else "?"),
        ("Returned", result.returned),
        ("Missing", len(result.missing) if register else "?"),
        ("Late", result.late),
        ("With something to fix", result.to_fix),
    ]
    if result.used > result.returned:
        returns.append(("Returned, not expected", result.used - result.returned))
    yield "Returns", returns
    files: list[tuple[str, Value]] = [("Found", result.found), ("= used", result.used)]
    files += [("+ set aside", result.set_aside), ("+ superseded", result.superseded)]
    decided = sum(1 for row in result.files if row.decision)
    yield "Files", [*files, ("decided by an officer", decided)] if decided else files
    yield "Findings", [(severity.value.capitalize(), result.weighing(severity)) for severity in Severity]
