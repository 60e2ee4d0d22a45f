"""A worksheet part cut into rows and cells, with its facts, or declined."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial

from xlkpi.ooxml.fast.fast_cells import CELL, END_ROW, LazyCells, Meanings
from xlkpi.ooxml.fast.fast_surroundings import CLOSE_ROWS, OPEN_ROWS, Surroundings, surroundings
from xlkpi.ooxml.fast.fast_text import (
    DECLINED,
    PART_LIMIT,
    as_text,
    attributes,
    cut_strings,
    expect,
    has_only_elements,
    letters_of,
    unescaped,
)
from xlkpi.ooxml.limits import CELL_LIMIT, OversizePart
from xlkpi.ooxml.number_formats import Styles
from xlkpi.ooxml.outside_formulas import FormulaMemory
from xlkpi.ooxml.sheet_contents import SheetContents
from xlkpi.ooxml.strings import read_strings
from xlkpi.ooxml.values import ValueParser
from xlkpi.ooxml.xml import BrokenPart, Root, root_of

_ROW = "<row"
_USUAL_ROW = re.compile(' r="[1-9][0-9]{0,6}"([^<]*)(?:<c |</row>|\\Z)')
_ODD_ROW = re.compile("<row[^<]*<(?!c |/row>|row )")  # a value before the first cell belongs to none
_ROW_TAGS = re.compile(r'<row r="([1-9][0-9]{0,6})"([^<>]*)>')
_FORMULA = re.compile("<f[^<>]*>([^<]*)")
_FORMULAS = FormulaMemory(lambda spelt: unescaped(as_text(spelt)))
_CELL_STARTS = re.compile('<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"')

_ARRAYS = ("array", "dataTable")
"""How a formula is marked that fills cells beside its own."""

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
        text, around = _split_rows(data, root)
        pieces, hidden_rows = _cut_cells(text, most_cells), _hidden_rows(text)
    except DECLINED:
        return None
    facts = around.facts
    if not facts.protected and _may_have_arrays(text):
        return None
    parsed = cache(parse)  # once: where the parser has to take over, arrays are asked for with every figure
    cells = LazyCells(pieces, meanings, lambda: parsed().cells)
    return SheetContents(
        cells,
        formats,
        facts.protected,
        frozenset(hidden_rows),
        facts.hidden_columns,
        facts.merges,
        partial(_validations, around, parsed),
        cells.has_formula,
        pieces,
        arrays=lambda: parsed().arrays() if cells.is_parsed else (),
        error_test=partial(cells.may_show_errors, text),
        may_reach_out=partial(_may_reach_out, text),
        rule_reaches_out=around.rule_reaches_out,
    )


def _may_have_arrays(text: str) -> bool:
    """Whether a formula may fill cells far from its own; a number in place of a letter could hide the word.

    In a locked sheet such a formula can only begin in an input. Whoever reads the inputs asks for that cell, and the
    parser then takes over.
    """
    return any(word in text for word in _ARRAYS) or text.count("&#") != text.count("&#10;")


def _split_rows(data: bytes, root: Root) -> tuple[str, Surroundings]:
    """Return the letters of the rows, as `letters_of` gives them, and what the part has around them."""
    start = data.find(OPEN_ROWS, root.end)
    end = data.find(CLOSE_ROWS, start)
    expect(0 < start < end < start + PART_LIMIT)
    start += len(OPEN_ROWS)
    around = surroundings(data[:start] + data[end:])
    rows = data[start:end]
    # a comment could hide rows or cells, a namespace declared here could make a row another format's
    expect(has_only_elements(rows, 0) and b"xmlns" not in rows)
    return letters_of(rows), around


def _cut_cells(text: str, most_cells: int) -> dict[str, str]:
    """Cut the rows at their cells: all that follows a cell's address, by that address.

    Every cell is cut here, so an address that is not found has no cell anywhere in the sheet, whichever row it was
    written in. Where two cells share an address, or one is not spelt as an address, the parser decides.
    """
    count = text.count(CELL)
    expect(count <= most_cells)  # a sheet with more may have too many: the parser counts the filled ones
    parts = _CELL_STARTS.split(text)
    cells = dict(zip(parts[1::2], parts[2::2], strict=True))
    expect(len(cells) == count)
    return cells


def _hidden_rows(text: str) -> list[int]:
    """Return the numbers of the rows hidden one by one; every row must say its number first, and end."""
    rows = text.split(_ROW)[1:]  # a pattern would look at every letter of the text
    count = len(rows)
    ends = text.count(END_ROW)
    usual = [row for row in map(_USUAL_ROW.match, rows) if row]
    if ends == count == len(usual):
        heads = "".join([row[1] for row in usual])
        named = heads.count("hidden")
        if not named or named == heads.count(' hidden="false" '):  # as LibreOffice says of every row
            return []  # every row has cells and none is hidden, as nearly always
    expect(_ODD_ROW.search(text) is None)
    tags = _ROW_TAGS.findall(text)
    expect(len(tags) == sum(others.endswith("/") for _, others in tags) + ends == count)
    hidden = []
    for number, others in tags:
        state = attributes(others.removesuffix("/").rstrip(" ")).get("hidden", "0") if "hidden" in others else "0"
        expect(state in ("0", "1", "false", "true"))
        if state in ("1", "true"):
            hidden.append(int(number))
    return hidden


def _may_reach_out(text: str) -> bool:
    """Tell whether a formula may reach out; where one is spelt as none is, the parser has to say."""
    try:
        return _FORMULAS.any_reaches_out(_FORMULA.findall(text))
    except DECLINED:
        return True


def _validations(around: Surroundings, parse: ParseSheet) -> tuple[str, ...]:
    try:
        return around.validations()
    except (BrokenPart, OversizePart):
        return parse().validations()  # which says in which sheet
