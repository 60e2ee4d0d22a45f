"""Summary: the counts, RAG by section, where to look first, the county and the heat map, on one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import SMALL, UNEVEN, rag_by_section
from xlkpi.consolidation.heat_map import heat_map
from xlkpi.consolidation.ranking import worst_indicators, worst_providers
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet
from xlkpi.core.period import MONTHS_OF, Period, is_due
from xlkpi.core.vocabulary import Frequency
from xlkpi.findings import Severity
from xlkpi.layout.styles import NAVY
from xlkpi.layout.wording import span_words
from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.performance.county_trends import list_county_outturns
from xlkpi.performance.open_matters import NO_MATTERS, OpenMatters
from xlkpi.sheets.master.about import ABOUT, describe_final
from xlkpi.sheets.master.summary_county import plan_county_block, widest_figure, write_county_heading
from xlkpi.sheets.master.summary_heat_map import HEADING as HEAT_HEADING
from xlkpi.sheets.master.summary_heat_map import NAME_WIDTH, plan_heat_map
from xlkpi.sheets.master.summary_priorities import plan_priorities
from xlkpi.sheets.master.summary_rag_by_section import FIRST as SECTIONS_COL
from xlkpi.sheets.master.summary_rag_by_section import plan_rag_by_section
from xlkpi.writing.workbook import Cell, PageSetup, Sheet, Value

SUMMARY = "Summary"
CELL_WIDTH, LINE = 6.2, 15.75
WARNING_COLUMNS = 11
LINKS_ROW, COUNTS_ROW = 4, 6
FEWEST_COLUMNS = 34
BOTH_NOTES, TWO_LINES = f"{SMALL}, {UNEVEN}", 28.0  # what does not fit on one line of a narrow column


def plan_summary(
    result: Consolidation, catalogue: Catalogue, series: SeriesSet, matters: OpenMatters = NO_MATTERS
) -> Sheet:
    """Plan what a head of service is shown first: from the whole to the single provider.

    The heat map comes last because on paper its header is repeated on every further page, and on no other block.
    """
    heat, words = heat_map(result, catalogue), catalogue.words
    heading = write_county_heading(words)
    titles = {section.key: section.title for section in catalogue.sections}
    counts = list(_count_cells(result))
    sections, charts, last = plan_rag_by_section(rag_by_section(result.rows, catalogue), COUNTS_ROW, SUMMARY)
    columns = max(FEWEST_COLUMNS, len(heat.indicators) + 1)
    top = max(last, *(cell.row for cell in counts)) + 2
    priorities, county_row = plan_priorities(
        worst_providers(result, series), worst_indicators(result, series), words.area_begins, top, columns + 1
    )
    outturns = list_county_outturns(result, heat.indicators, series)
    county, heat_row = plan_county_block(outturns, heading, county_row, columns + 1)
    heat_cells, heights, header = plan_heat_map(heat, titles, heat_row, matters)
    blocks = (*counts, *sections, *priorities, *county, *heat_cells)
    return Sheet(
        SUMMARY,
        cells=(*_heading(result, catalogue), *_links_to_blocks(county_row, heat_row, heading), *blocks),
        charts=charts,
        widths=(NAME_WIDTH, *[max(CELL_WIDTH, widest_figure(outturns))] * columns),
        heights=((1, 28.0), (COUNTS_ROW + 1, LINE), *_block_heights(blocks), *heights),
        freeze=(0, 1),
        paper=_page_setup(county_row, heat_row, header if heights else 0),
        tab=NAVY,
    )


def _block_heights(cells: Sequence[Cell]) -> Iterator[tuple[int, float]]:
    yield from ((cell.row, 20.0) for cell in cells if cell.style == "heading")
    yield from ((cell.row, TWO_LINES) for cell in cells if cell.value == BOTH_NOTES)


def _page_setup(county_row: int, heat_row: int, header: int) -> PageSetup:
    breaks = (county_row, heat_row) if heat_row > county_row else (heat_row,)
    return PageSetup(repeat=(header - 1, header) if header else (0, 0), breaks=breaks, a3=True)


def _links_to_blocks(county_row: int, heat_row: int, heading: str) -> Iterator[Cell]:
    """Links to the two long blocks: they begin below what a screen shows."""
    if heat_row > county_row:
        here = quoted_sheet(SUMMARY)
        yield Cell(LINKS_ROW, 1, HEAT_HEADING, "link open", f"{here}!A{heat_row}")
        yield Cell(LINKS_ROW, SECTIONS_COL, heading, "link open", f"{here}!A{county_row}")


def _heading(result: Consolidation, catalogue: Catalogue) -> Iterator[Cell]:
    final = ", Final" if result.final else ""
    yield Cell(1, 1, f"KPI master {result.period}{final}" if result.period else "KPI master: no return found", "title")
    yield Cell(2, 1, _period_words(result, catalogue), "subtitle")
    if result.mixed:
        codes = ", ".join(result.mixed)
        text = f"Returns mix two readings of {codes}: each is rated under its own. See Readings."
        yield Cell(3, 1, text, "warning")
        yield from (Cell(3, col, None, "warning") for col in range(2, WARNING_COLUMNS))


def _period_words(result: Consolidation, catalogue: Catalogue) -> str:
    if result.period is None:
        return "The sheet Files lists what was found and what to do."
    parts = [span_words(result.period, result.period.scheme.frequency)]
    for number, frequency in enumerate(_longer_frequencies(result.period, catalogue)):
        what = "ones" if number else "indicators"
        parts.append(f"{frequency.value} {what} {span_words(result.period, frequency)}")
    return f"{'; '.join(parts)}. {describe_final(result)}The sheet {ABOUT} explains how to read this."


def _longer_frequencies(period: Period, catalogue: Catalogue) -> list[Frequency]:
    """List how often those indicators are due that count several periods, the last of them this one."""
    used = {each.effective.frequency for each in catalogue.indicators.values() if is_due(each, period)}
    return [often for often, months in MONTHS_OF.items() if often in used and months > period.scheme.months]


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
    if result.unexpected:
        returns.append(("Returned, not expected", result.unexpected))
    yield "Returns", returns
    files: list[tuple[str, Value]] = [("Found", result.found), ("= used", result.used)]
    files += [("+ set aside", result.set_aside), ("+ superseded", result.superseded)]
    if result.decided:
        files.append(("decided by an officer", result.decided))
    yield "Files", files
    yield "Findings", [(severity.value.capitalize(), result.weighing(severity)) for severity in Severity]
