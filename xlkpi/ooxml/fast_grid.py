"""The rows of a worksheet in the one spelling that Excel, LibreOffice and XlsxWriter all write.

A short cut, several times as fast as a parser, and never the last word: rows are cut at their tags, each piece must
be letter for letter one of a few known shapes, and at the first that is not, the whole part goes through the parser
(`read_grid` returns None, or `rows.Rows` turns to it). So it can decline a legal spelling, but cannot misread one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlkpi.ooxml.fast_cells import hidden_rows
from xlkpi.ooxml.fast_text import Unfamiliar, attributes, cuttable, expect, is_elements_only, plain
from xlkpi.ooxml.values import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlkpi.ooxml.model import StoredCell, TypedValue
    from xlkpi.ooxml.values import ValueParser
    from xlkpi.ooxml.xml import Root

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_END_CELL, _END_FORMULA = "</v></c>", "</f>"
_CELL_ATTRIBUTES = frozenset(("s", "t"))
_FORMULA_ATTRIBUTES = frozenset(("ca", "aca"))

GRID_LIMIT = 8 << 20
"""Bytes of rows up to which cutting is worth its memory."""

Reader = tuple["Callable[[str], TypedValue]", str]


class Shapes(dict[str, "StoredCell | None"]):
    """What each spelling of a cell met so far in one workbook means, worked out once; None for a blank cell.

    The key is all that follows the cell's address. The rows of a form repeat themselves, within a sheet and from
    sheet to sheet, so many cells have been met before.
    """

    def __init__(self, values: ValueParser) -> None:
        super().__init__()
        self.cell_values = values
        self._readers: dict[str, Reader] = {}
        self._formula_marks = {""}

    def __missing__(self, tail: str) -> StoredCell | None:
        """Work out a spelling not met before.

        Raises:
            Unfamiliar: it is not letter for letter of a known shape.
            ValueError: the cell's text is not what its type promises; LookupError likewise.
        """
        stored = self[tail] = None if self._is_blank(tail) else self._learn(tail)
        return stored

    def _is_blank(self, tail: str) -> bool:
        if tail[-2:] != "/>":
            return False
        self._reader(tail[:-2].rstrip(" "))
        return True

    def _learn(self, tail: str) -> StoredCell | None:
        start, _, text = tail.rpartition("<v>")
        head, is_formula, rest = start.partition("><f")
        formula: str | None = None
        if is_formula:
            marks, _, formula = rest.partition(">")
            if marks not in self._formula_marks:
                attributes(marks, _FORMULA_ATTRIBUTES)
                self._formula_marks.add(marks)
            ends_well = formula[-4:] == _END_FORMULA
            formula = plain(formula[:-4])
        else:
            ends_well = head[-1:] == ">"
            head = head[:-1]
        if not ends_well or text[-8:] != _END_CELL:
            raise Unfamiliar
        text = text[:-8]
        reader, style = self._readers.get(head) or self._reader(head)
        return kept(reader(text if text.isalnum() else plain(text)), formula, style)

    def _reader(self, head: str) -> Reader:
        """What reads the text of the cells whose tag goes on like this."""
        found = attributes(head, _CELL_ATTRIBUTES)
        style = found.get("s", "0")
        expect(style.isdecimal())
        self._readers[head] = self.cell_values.reader(found.get("t", "n"), style), style
        return self._readers[head]


@dataclass(frozen=True)
class Grid:
    """The rows of a part as text, not yet looked into; the hidden ones; the rest of the part without its rows."""

    text: str
    hidden_rows: list[int]
    rest: bytes


def read_grid(data: bytes, root: Root) -> Grid | None:
    """The rows of a worksheet part, or None when anything around them is spelt otherwise or looks damaged."""
    start = data.find(_OPEN, root.end)
    end = data.find(_CLOSE, start)
    if not root.is_plain or not 0 < start < end < start + GRID_LIMIT:
        return None
    start += len(_OPEN)
    rest = data[:start] + data[end:]
    if rest.count(_OPEN) != 1 or rest.count(_CLOSE) != 1:
        return None
    # a comment could hide rows or cells, a namespace declared further in could make the rest another format's
    if not is_elements_only(data, root.end) or rest.count(b"xmlns") != root.declared:
        return None
    try:
        text = cuttable(data[start:end])
        expect(not text or (text.startswith("<row") and text.endswith(("</row>", "/>"))))
        return Grid(text, hidden_rows(text), rest)
    except (Unfamiliar, ValueError, LookupError):  # the parser will tell what it is
        return None
