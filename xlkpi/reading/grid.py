"""The rows of a worksheet in the one spelling that Excel, LibreOffice and XlsxWriter all write.

A short cut, several times as fast as a parser, and never the last word: rows are cut at their tags, each piece must
be letter for letter one of a few known shapes, and at the first that is not, the whole part goes through the parser
(`read_grid` returns None, or `rows.Rows` turns to it). So it can decline a legal spelling, but cannot misread one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlkpi.reading.cut import Unfamiliar, attributes, cuttable, expect, plain
from xlkpi.reading.values import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlkpi.reading.markup import Root
    from xlkpi.reading.raw import Reading, StoredCell
    from xlkpi.reading.values import Values

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_END_ROW, _END_CELL, _END_FORMULA = "</row>", "</v></c>", "</f>"
_CELL_ATTRIBUTES = frozenset(("s", "t"))
_FORMULA_ATTRIBUTES = frozenset(("ca", "aca"))
_TRUE, _FALSE = ("1", "true"), ("0", "false")

GRID_LIMIT = 8 << 20
"""Bytes of rows up to which cutting is worth its memory."""

Reader = tuple["Callable[[str], Reading]", str]


class Shapes(dict[str, "StoredCell | None"]):
    """What each spelling of a cell met so far in one workbook means, worked out once; None for a blank cell.

    The key is all that follows the cell's address. The rows of a form repeat themselves, within a sheet and from
    sheet to sheet, so many cells have been met before.
    """

    def __init__(self, values: Values) -> None:
        super().__init__()
        self.cell_values = values
        self.rows: dict[str, bool] = {}
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

    def is_hidden(self, head: str) -> bool:
        """Whether a row is hidden whose tag goes on like this after its number."""
        found = attributes(head.removesuffix("/").rstrip(" "))
        hidden = found.get("hidden", "0")
        expect(hidden in _TRUE + _FALSE)
        self.rows[head] = hidden in _TRUE
        return self.rows[head]

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
    """The rows of a part, cut but not yet read, by number; the hidden ones; the rest of the part without its rows."""

    bodies: dict[str, str]
    hidden_rows: list[int]
    rest: bytes


def read_grid(data: bytes, root: Root, shapes: Shapes) -> Grid | None:
    """The rows of a worksheet part, or None when anything around them is spelt otherwise or looks damaged."""
    start, end = data.find(_OPEN, root.end), data.rfind(_CLOSE)
    if not root.is_plain or not 0 < start < end < start + GRID_LIMIT:
        return None
    start += len(_OPEN)
    rest = data[:start] + data[end:]
    # a comment could hide rows or cells; a document type has been refused, and a second namespace by our caller
    if b"<!--" in data or b"<![" in data or data.find(b"<?", root.end) >= 0:
        return None
    try:
        bodies, hidden = _cut_rows(cuttable(data[start:end]), shapes)
    except (Unfamiliar, ValueError, LookupError):  # the parser will tell what it is
        return None
    return Grid(bodies, hidden, rest)


def _cut_rows(text: str, shapes: Shapes) -> tuple[dict[str, str], list[int]]:
    """What stands in each row that holds cells, and the numbers of the hidden rows."""
    before, *rows = text.split('<row r="')
    expect(not before and text.count("<row") == len(rows))
    bodies: dict[str, str] = {}
    hidden: list[int] = []
    for row in rows:
        number, _, rest = row.partition('"')
        head, _, body = rest.partition(">")
        is_hidden = shapes.rows.get(head)
        if is_hidden is None:
            is_hidden = shapes.is_hidden(head)
        if is_hidden:
            hidden.append(int(number))
        expect(number.isdecimal() and number not in bodies)
        if head[-1:] == "/":
            expect(not body)
        else:
            expect(body[-6:] == _END_ROW)
            bodies[number] = body[:-6]
    return bodies, hidden
