"""The county outturn of each indicator, and the heat map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlkpi.consolidation.county_totals import SMALL_RULE, UNEVEN_RULE, Pooled, pooled_outturns, size_words
from xlkpi.consolidation.heat_map import INFO, HeatMap
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import COUNTY, IndicatorSeries, SeriesSet
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Reading, State
from xlkpi.sheets.master.data import link_to_data_row
from xlkpi.writing.workbook import Cell, Value, height_of_text

KEY = (
    "Green, Amber and Red are rated; Info is reported, not rated; No cases is 0 of 0. Not entered, Incomplete and "
    "Check are explained in Findings.",
    "Missing: no return is used. An empty grey cell: the provider does not report it. Each word leads to its row "
    "in Data.",
)
HEAT, COUNTY_HEADING = "Providers and indicators", "County outturn by indicator"
NAME_WIDTH, LINE_HEIGHT = 28.0, 27.0
Heights = list[tuple[int, float]]


def plan_heat_map(heat: HeatMap, titles: Mapping[str, str], row: int) -> tuple[list[Cell], Heights, int]:
    """Heading, key, header and one line a provider from ``row`` on; heights, none where there is nothing; its header.

    ``titles`` are those of the sections by key.
    """
    cells = [Cell(row, 1, HEAT, "heading")]
    if not heat.lines:
        cells.append(Cell(row + 1, 1, "There is nothing to show: no return is used and nobody is expected.", "note"))
        return cells, [], row
    cells += [Cell(row + 1 + line, 1, text, "note") for line, text in enumerate(KEY)]
    header = row + len(KEY) + 3
    cells += _bands(heat.indicators, titles, header - 1)
    cells += _header(heat.indicators, header)
    for number, line in enumerate(heat.lines, start=header + 1):
        cells.append(Cell(number, 1, line.provider, "name"))
        for col, cell in enumerate(line.cells, start=2):
            link = "" if cell.row is None else link_to_data_row(cell.row)
            cells.append(Cell(number, col, cell.word, "heat", link))
    heights = [(header, 30.0)]
    for number, line in enumerate(heat.lines, start=header + 1):
        heights.append((number, max(LINE_HEIGHT, height_of_text(line.provider, "name", NAME_WIDTH))))
    return cells, heights, header


def _header(indicators: Sequence[Indicator], row: int) -> Iterator[Cell]:
    yield Cell(row, 1, "Provider", "header")
    for col, indicator in enumerate(indicators, start=2):
        yield Cell(row, col, indicator.code.replace(" ", "\n"), "header centre")


def _bands(indicators: Sequence[Indicator], titles: Mapping[str, str], row: int) -> Iterator[Cell]:
    """The section's title above its first column; it runs on over the others."""
    before = ""
    for col, indicator in enumerate(indicators, start=2):
        yield Cell(row, col, titles[indicator.section] if indicator.section != before else None, "band")
        before = indicator.section


COUNTY_KEY = (
    "All x added up, divided by all y added up; entries to check are left out. Before and Went: the due period before, "
    "where returns of it were found.",
    f"{SMALL_RULE} {UNEVEN_RULE}",
)
COUNTY_HEADER = (
    "Indicator", "x", "y", "Outturn", "RAG", "Returns", "Before", "Went", "Note", "What it measures"
)  # fmt: skip
COUNTY_STYLES = (
    "name", "small whole", "small whole", "small share", "heat",
    "small whole", "small share", "small word", "small text", "small",
)  # fmt: skip


def plan_county_block(
    result: Consolidation, indicators: Sequence[Indicator], paths: SeriesSet, row: int, last_col: int
) -> tuple[list[Cell], int]:
    """Σx, Σy, outturn, RAG and direction of each indicator, from ``row`` on and as wide as ``last_col``; row after."""
    if not indicators:
        return [], row
    return list(_county(result, indicators, paths, row, last_col)), row + len(COUNTY_KEY) + len(indicators) + 3


def _county(
    result: Consolidation, indicators: Sequence[Indicator], paths: SeriesSet, row: int, last_col: int
) -> Iterator[Cell]:
    yield Cell(row, 1, COUNTY_HEADING, "heading")
    yield from (Cell(row + 1 + line, 1, text, "note") for line, text in enumerate(COUNTY_KEY))
    row += len(COUNTY_KEY) - 1
    for col, header in enumerate(COUNTY_HEADER, start=1):
        style = "header" if col == 1 else "header open" if header == COUNTY_HEADER[-1] else "header centre"
        yield Cell(row + 2, col, header, style)
    yield from (Cell(row + 2, col, None, "header open") for col in range(len(COUNTY_HEADER) + 1, last_col + 1))
    for number, pooled in enumerate(pooled_outturns(result.rows, indicators), start=row + 3):
        values = _pooled_values(pooled, paths.get((COUNTY, pooled.indicator.code)), result.period)
        for col, (value, style) in enumerate(zip(values, COUNTY_STYLES, strict=True), start=1):
            yield Cell(number, col, value, style)


def _pooled_values(pooled: Pooled, path: IndicatorSeries | None, period: Period | None) -> tuple[Value, ...]:
    state = pooled.assessed.state
    word = INFO if state is State.INFORMATION else str(state.value)
    read = " (as written)" if pooled.reading is Reading.AS_WRITTEN and pooled.indicator.why else ""
    x, y = (pooled.x, pooled.y) if pooled.providers else (None, None)
    note = size_words(pooled.y, uneven=bool(path and period and path.uneven(period)))
    about = " ".join(pooled.indicator.description.split()) + read
    now = (pooled.indicator.code, x, y, pooled.assessed.outturn, word, pooled.providers)
    return (*now, *_before(path, period), note, about)


def _before(path: IndicatorSeries | None, period: Period | None) -> tuple[Value, Value]:
    """The county's outturn in the due period before, and where it went since; empty where nothing of it was found."""
    if path is None or period is None:
        return None, ""
    then, went = path.previous(period), path.direction(period)
    return then.assessed.outturn if then else None, went.value if then and went else ""
