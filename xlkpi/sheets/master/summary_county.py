"""The county on Summary: pooled outturn, RAG and direction of each indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlkpi.consolidation.county_totals import NO_Y_RULE, SMALL_RULE, UNEVEN_RULE
from xlkpi.consolidation.heat_map import INFO
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.outturn_units import show_outturn, show_x
from xlkpi.core.vocabulary import State
from xlkpi.performance.county_trends import CountyOutturn
from xlkpi.sheets.outturn_values import figure_value, outturn_value, width_of
from xlkpi.writing.workbook import Cell, Value

KEY = (
    "All x added up, divided by all y added up; entries to check are left out. Previous and Direction: compared with "
    "the due period before, where returns of it were found.",
    f"{SMALL_RULE} {UNEVEN_RULE}",
)
HEADER = (
    "Indicator", "x", "y", "Outturn", "RAG", "Returns", "Previous", "Direction", "Note", "What it measures"
)  # fmt: skip
STYLES = (
    "name", "small whole", "small whole", "small share", "heat",
    "small whole", "small share", "small word", "small text", "small",
)  # fmt: skip


def write_county_heading(words: ContractWords) -> str:
    """Write the heading of the block: ``County outturn by indicator``."""
    return f"{words.area_begins} outturn by indicator"


def plan_county_block(
    outturns: Sequence[CountyOutturn], heading: str, row: int, last_col: int
) -> tuple[list[Cell], int]:
    """Plan one line per indicator from ``row`` on and as wide as ``last_col``; return the row after it too."""
    if not outturns:
        return [], row
    key = _write_key(outturns)
    return list(_cells(outturns, heading, key, row, last_col)), row + len(key) + len(outturns) + 3


def widest_figure(outturns: Iterable[CountyOutturn]) -> float:
    """Give the width that the longest figure needs; an amount is longer than a share."""
    return max((width_of(text) for outturn in outturns for text in _figures(outturn)), default=0.0)


def _figures(outturn: CountyOutturn) -> Iterator[str]:
    definition = outturn.pooled.indicator.read(outturn.pooled.reading)
    outturns = (outturn.pooled.assessed.outturn, outturn.previous)
    yield from (show_outturn(definition, each) for each in outturns if each is not None)
    x, y = outturn.counts
    if x is not None:
        yield show_x(definition, x) if definition.decimals else f"{x:,}"
    if y is not None:
        yield f"{y:,}"


def _write_key(outturns: Iterable[CountyOutturn]) -> tuple[str, ...]:
    """Write how to read the block; how figures without a y come together only where there are some."""
    every = all(outturn.pooled.indicator.read(outturn.pooled.reading).has_y for outturn in outturns)
    return KEY if every else (*KEY, NO_Y_RULE)


def _cells(
    outturns: Sequence[CountyOutturn], heading: str, key: Sequence[str], row: int, last_col: int
) -> Iterator[Cell]:
    yield Cell(row, 1, heading, "heading")
    yield from (Cell(row + 1 + line, 1, text, "note") for line, text in enumerate(key))
    header_row = row + len(key) + 1
    for col, header in enumerate(HEADER, start=1):
        style = "header" if col == 1 else "header open" if header == HEADER[-1] else "header centre"
        yield Cell(header_row, col, header, style)
    yield from (Cell(header_row, col, None, "header open") for col in range(len(HEADER) + 1, last_col + 1))
    for number, outturn in enumerate(outturns, start=header_row + 1):
        for col, (value, style) in enumerate(zip(_values(outturn), STYLES, strict=True), start=1):
            yield Cell(number, col, value, style)


def _values(outturn: CountyOutturn) -> tuple[Value, ...]:
    pooled = outturn.pooled
    state, (x, y) = pooled.assessed.state, outturn.counts
    definition = pooled.indicator.read(pooled.reading)
    description = " ".join(pooled.indicator.description.split())
    return (
        pooled.indicator.code,
        figure_value(definition, x),
        y,
        outturn_value(definition, pooled.assessed.outturn),
        INFO if state is State.INFORMATION else str(state.value),
        pooled.providers,
        outturn_value(definition, outturn.previous),
        outturn.direction.value if outturn.direction else "",
        outturn.size_note,
        f"{description} (as written)" if outturn.read_as_written else description,
    )
