"""A worksheet part cut into rows and cells, with its facts, or declined."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial

from xlkpi.ooxml.fast.fast_cells import CELL, END_ROW, LazyCells, Meanings
from xlkpi.ooxml.fast.fast_text import (
    DECLINED,
    PART_LIMIT,
    attributes,
    cut_strings,
    expect,
    has_only_elements,
    text_of,
    unescaped,
)
from xlkpi.ooxml.limits import CELL_LIMIT, OversizePart
from xlkpi.ooxml.number_formats import Styles
from xlkpi.ooxml.outside_formulas import FormulaMemory, rule_reaches_out
from xlkpi.ooxml.parse_facts import FactsReader
from xlkpi.ooxml.part_cache import once_per_part
from xlkpi.ooxml.sheet_contents import SheetContents, SheetFacts
from xlkpi.ooxml.strings import read_strings
from xlkpi.ooxml.values import ValueParser
from xlkpi.ooxml.xml import BrokenPart, Root, root_of

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_LATER = (b"<conditionalFormatting", b"<dataValidations", b"<extLst")
_EARLY = (b"<sheetProtection", b"<mergeCell")
_ODD_ROW = re.compile("<row[^<]*<(?!c |/row>|row )")  # a value before the first cell belongs to none
_ROW_TAGS = re.compile(r'<row r="([1-9][0-9]{0,6})"([^<>]*)>')
_FORMULA = re.compile("<f[^<>]*>([^<]*)")
_FORMULAS = FormulaMemory(unescaped)
_ROW_NUMBER = re.compile(' r="[1-9][0-9]{0,6}"')
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
        text, rest = _split_rows(data, root)
        pieces, hidden_rows = _cut_cells(text, most_cells), _hidden_rows(text)
    except DECLINED:
        return None
    early, later = _split_rest(rest)
    facts = _facts_of(early, whole=len(early) == len(rest))
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
        partial(_validations, rest, parsed),
        cells.has_formula,
        pieces,
        arrays=lambda: parsed().arrays() if cells.is_parsed else (),
        error_test=partial(cells.may_show_errors, text),
        may_reach_out=partial(_may_reach_out, text),
        rule_reaches_out=partial(rule_reaches_out, later),
    )


def _may_have_arrays(text: str) -> bool:
    """Whether a formula may fill cells far from its own; a number in place of a letter could hide the word.

    In a locked sheet such a formula can only begin in an input. Whoever reads the inputs asks for that cell, and the
    parser then takes over.
    """
    return any(word in text for word in _ARRAYS) or text.count("&#") != text.count("&#10;")


def _split_rows(data: bytes, root: Root) -> tuple[str, bytes]:
    """Return the text of the rows, and the rest of the part without them."""
    start = data.find(_OPEN, root.end)
    end = data.find(_CLOSE, start)
    expect(0 < start < end < start + PART_LIMIT)
    start += len(_OPEN)
    rest = data[:start] + data[end:]
    expect(rest.count(_OPEN) == 1 and rest.count(_CLOSE) == 1)
    # a comment could hide rows or cells, a namespace declared further in could make the rest another format's
    expect(has_only_elements(data, root.end) and data.count(b"xmlns") == root.declared)
    return text_of(data[start:end]), rest


def _cut_cells(text: str, most_cells: int) -> dict[str, str]:
    """Cut the rows at their cells: all that follows a cell's address, by that address.

    Every cell is cut here, so an address that is not found has no cell anywhere in the sheet, whichever row it was
    written in. Where two cells share an address, or one is not spelt as an address, the parser decides.
    """
    count = text.count(CELL)
    expect(_ODD_ROW.search(text) is None)
    expect(count <= most_cells)  # a sheet with more may have too many: the parser counts the filled ones
    parts = _CELL_STARTS.split(text)
    cells = dict(zip(parts[1::2], parts[2::2], strict=True))
    expect(len(cells) == count)
    return cells


def _hidden_rows(text: str) -> list[int]:
    """Return the numbers of the rows hidden one by one; every row must say its number first, and end."""
    rows = text.split("<row")[1:]  # a pattern would look at every letter of the text
    named = text.count("hidden")
    shown = not named or named == text.count(' hidden="false" ')  # as LibreOffice says of every row
    if shown and text.count(END_ROW) == len(rows) and all(map(_ROW_NUMBER.match, rows)):
        return []  # every row has cells and none is hidden, as nearly always
    count = len(rows)
    tags = _ROW_TAGS.findall(text)
    ended = sum(others.endswith("/") for _, others in tags) + text.count(END_ROW)
    expect(len(tags) == ended == count)
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


def _split_rest(rest: bytes) -> tuple[bytes, bytes]:
    """Split off the highlights and rules, which nobody may ask for; protection, columns and merges come before them."""
    start = min((at for at in map(rest.find, _LATER) if at > 0), default=len(rest))
    early, later = rest[:start], rest[start:]
    return (rest, rest) if any(tag in later for tag in _EARLY) else (early, later)


@once_per_part
def _facts_of(early: bytes, *, whole: bool) -> SheetFacts:
    """Read them from the beginning of a part; many files of one template share it, so it is read once for them."""
    reader = FactsReader(namespaces=False)
    reader.read(early, last=whole)
    return reader.facts()


def _validations(rest: bytes, parse: ParseSheet) -> tuple[str, ...]:
    reader = FactsReader(namespaces=False)
    try:
        reader.read(rest)
    except (BrokenPart, OversizePart):
        return parse().validations()  # which says in which sheet
    return tuple(reader.validations)
