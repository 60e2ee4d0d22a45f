"""A worksheet part read by the short cut, or declined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial

from xlkpi.ooxml.fast.fast_cells import LazyCells, Meanings
from xlkpi.ooxml.fast.fast_rows import cut_rows
from xlkpi.ooxml.fast.fast_surroundings import Surroundings
from xlkpi.ooxml.fast.fast_text import DECLINED, cut_strings
from xlkpi.ooxml.limits import CELL_LIMIT, OversizePart
from xlkpi.ooxml.number_formats import Styles
from xlkpi.ooxml.sheet_contents import SheetContents
from xlkpi.ooxml.strings import read_strings
from xlkpi.ooxml.values import ValueParser
from xlkpi.ooxml.xml import BrokenPart, root_of

ParseSheet = Callable[[], SheetContents]
FastSheet = Callable[[bytes, ParseSheet], "SheetContents | None"]


def fast_reader(strings: bytes, styles: Styles, *, from_1904: bool, most_cells: int = CELL_LIMIT) -> FastSheet:
    """Build the short cut for the sheets of one workbook.

    Args:
        strings: The shared strings part, empty for none.
        styles: What the cells' style numbers stand for.
        from_1904: Whether days count from 1 January 1904.
        most_cells: How many filled cells the workbook may have.

    Returns:
        A function that takes a worksheet part and what reads that sheet with the parser, and returns the contents;
        None where the parser has to read it. It calls the parser itself when a cell asked for later turns out to be
        spelt otherwise.
    """
    texts = cut_strings(strings) if strings else []
    meanings = Meanings(
        ValueParser(read_strings(strings) if texts is None else texts, styles.dates, from_1904=from_1904)
    )
    return partial(_fast_sheet, meanings, styles.formats, most_cells)


def _fast_sheet(
    meanings: Meanings, formats: Mapping[str, str], most_cells: int, data: bytes, parse: ParseSheet
) -> SheetContents | None:
    root = root_of(data)
    if root.local != "worksheet" or not root.is_plain:
        return None
    try:
        rows = cut_rows(data, most_cells)
    except DECLINED:
        return None
    facts = rows.around.facts
    if not facts.protected and rows.may_have_arrays:
        return None
    parsed = cache(parse)  # once: where the parser has to take over, arrays are asked for with every figure
    cells = LazyCells(rows, meanings, lambda: parsed().cells)
    return SheetContents(
        cells,
        formats,
        facts.protected,
        rows.hidden,
        facts.hidden_columns,
        facts.merges,
        partial(_validations, rows.around, parsed),
        cells.has_formula,
        rows.pieces,
        arrays=lambda: parsed().arrays() if cells.is_parsed else (),
        error_test=cells.may_show_errors,
        may_reach_out=rows.may_reach_out,
        rule_reaches_out=rows.around.rule_reaches_out,
    )


def _validations(around: Surroundings, parse: ParseSheet) -> tuple[str, ...]:
    try:
        return around.validations()
    except (BrokenPart, OversizePart):
        return parse().validations()  # which says in which sheet
