"""The rows of a worksheet part cut at their cells: what they mean is for the workbook to say."""

from __future__ import annotations

import re
from functools import cached_property

from xlkpi.ooxml.fast.fast_surroundings import CLOSE_ROWS, OPEN_ROWS, Surroundings, surroundings
from xlkpi.ooxml.fast.fast_text import (
    DECLINED,
    PART_LIMIT,
    as_text,
    attributes,
    expect,
    has_only_elements,
    letters_of,
    unescaped,
)
from xlkpi.ooxml.outside_formulas import FormulaMemory
from xlkpi.ooxml.part_cache import once_per_repeated_part
from xlkpi.ooxml.xml import root_of

CELL = "<c"
"""How the tag of a cell begins; in the spelling that is known, its address follows as its first attribute."""
END_ROW = "</row>"
FORMULA = "<f"
_ROW = "<row"
_USUAL_ROW = re.compile(' r="[1-9][0-9]{0,6}"([^<]*)(?:<c |</row>|\\Z)')
_ODD_ROW = re.compile("<row[^<]*<(?!c |/row>|row )")  # a value before the first cell belongs to none
_ROW_TAGS = re.compile(r'<row r="([1-9][0-9]{0,6})"([^<>]*)>')
_FORMULA = re.compile("<f([^<]*)")
_FORMULA_TAG = re.compile(r'(?: (?!xmlns)[\w:]+="[^"<>&]*")* ?/?>')
_FORMULAS = FormulaMemory(lambda spelt: unescaped(as_text(spelt.partition(">")[2])))
_CELL_STARTS = re.compile('<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"')
_ARRAYS = ("array", "dataTable")
"""How a formula is marked that fills cells beside its own."""
_BYTES_PER_PIECE = 150
"""What a piece takes in memory, and its address, beside its letters."""


class CutRows:
    """The rows of a part.

    Attributes:
        pieces: All that follows a cell's address up to the next cell, but for its formula, by that address; letters as
            `letters_of` gives them.
        hidden: The numbers of the rows hidden one by one.
        around: What the part has around them.
    """

    def __init__(self, text: str, formulas: list[str], most_cells: int, around: Surroundings) -> None:
        """Cut the text of the rows, from which the formulas were left out.

        Raises:
            Unfamiliar: the spelling is not a known one; ValueError and LookupError likewise.
        """
        self._text = text
        self._formulas = formulas
        self.pieces = _cut_cells(text, most_cells)
        self.hidden = frozenset(_hidden_rows(text))
        self.around = around

    @property
    def weight(self) -> int:
        """About how many bytes it takes in memory, what is around it apart."""
        letters = 2 * len(self._text) + sum(map(len, self._formulas))
        return letters + _BYTES_PER_PIECE * (len(self.pieces) + len(self._formulas))

    def whole(self, ref: str, piece: str) -> str:
        """Put the formula back into the piece of a cell. Raises Unfamiliar where it is not sure which is its own."""
        return piece.replace(FORMULA, FORMULA + self._formula_of[ref], 1) if FORMULA in piece else piece

    @cached_property
    def _formula_of(self) -> dict[str, str]:
        refs = [ref for ref, piece in self.pieces.items() if FORMULA in piece]
        expect(len(refs) == len(self._formulas))
        return dict(zip(refs, self._formulas, strict=True))

    @cached_property
    def may_have_arrays(self) -> bool:
        """Whether a formula may fill cells far from its own; a number in place of a letter could hide the word.

        In a locked sheet such a formula can only begin in an input. Whoever reads the inputs asks for that cell, and
        the parser then takes over.
        """
        text = FORMULA.join((self._text, *self._formulas))
        return any(word in text for word in _ARRAYS) or text.count("&#") != text.count("&#10;")

    @cached_property
    def may_show_errors(self) -> bool:
        """Whether any cell is of the type of error values, without working out which."""
        return ' t="e"' in self._text

    @cached_property
    def _may_reach_out(self) -> bool:
        try:
            return _FORMULAS.any_reaches_out(self._formulas)
        except DECLINED:
            return True

    def may_reach_out(self) -> bool:
        """Tell whether a formula may reach out; where one is spelt as none is, the parser has to say."""
        return self._may_reach_out


@once_per_repeated_part(lambda rows: rows.weight)
def cut_rows(data: bytes, most_cells: int) -> CutRows:
    """Cut the rows of a plain worksheet part at their cells; a sheet that files have alike is cut once.

    Raises:
        Unfamiliar: the spelling is not a known one; ValueError and LookupError likewise.
    """
    start = data.find(OPEN_ROWS, root_of(data).end)
    end = data.find(CLOSE_ROWS, start)
    expect(0 < start < end < start + PART_LIMIT)
    start += len(OPEN_ROWS)
    around = surroundings(data[:start] + data[end:])
    rows = data[start:end]
    expect(has_only_elements(rows, 0))  # a comment could hide rows or cells
    text, formulas = _split_formulas(letters_of(rows), most_cells)
    return CutRows(text, formulas, most_cells, around)


def _split_formulas(text: str, most_cells: int) -> tuple[str, list[str]]:
    """Return the text without what follows the beginning of each formula's tag, up to the next tag; and all of that.

    Formulas are most of a return's letters, and what is looked for in the rows is not in them.
    """
    expect(len(text) <= most_cells or text.count(FORMULA) <= most_cells)  # a part as short cannot have more
    parts = _FORMULA.split(text)
    formulas = parts[1::2]
    text = FORMULA.join(parts[::2])
    # a namespace declared here could make a row, a cell or a formula another format's
    tags = {formula[: formula.find(">") + 1] for formula in formulas if not formula.startswith(">")}
    expect("xmlns" not in text and all(map(_FORMULA_TAG.fullmatch, tags)))
    return text, formulas


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
