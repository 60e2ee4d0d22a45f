"""The rows of a worksheet in the one spelling that Excel, LibreOffice and XlsxWriter all write.

A short cut, three times as fast as a parser, and never the last word: rows are cut at their tags, each piece must
be letter for letter one of a few known shapes, and at the first that is not, `read_grid` returns None and the
whole part goes through the parser. So it can decline a legal spelling, but cannot misread one: text between tags
cannot hold a "<", so where no comment, CDATA or instruction stands, every "<" begins a tag.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlkpi.reading.values import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlkpi.reading.markup import Root
    from xlkpi.reading.raw import Reading, StoredCell
    from xlkpi.reading.values import Values

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_CELL_ATTRIBUTES = frozenset(("s", "t"))
_FORMULA_ATTRIBUTES = frozenset(("ca", "aca"))
_TRUE, _FALSE = ("1", "true"), ("0", "false")

GRID_LIMIT = 8 << 20
"""Bytes of rows up to which cutting is worth its memory."""

Reader = tuple["Callable[[str], Reading]", str]


class _UnfamiliarError(Exception):
    """A piece is not letter for letter one of the known shapes."""


@dataclass
class Shapes:
    """What the spellings met so far in one workbook mean, each worked out once.

    A cell is known by all that follows its address: the rows of a form repeat themselves, within a sheet and
    from sheet to sheet, so most cells have been met before.
    """

    values: Values
    cells: dict[str, StoredCell | None] = field(default_factory=dict)
    rows: dict[str, bool] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    formulas: set[str] = field(default_factory=lambda: {""})


@dataclass(frozen=True)
class Grid:
    """What the rows say, as in `SheetContents`, and the rest of the part, its rows cut out."""

    cells: dict[str, StoredCell]
    hidden_rows: list[int]
    rest: bytes


def read_grid(data: bytes, root: Root, shapes: Shapes) -> Grid | None:
    """The rows of a worksheet part, or None when anything in it is spelt otherwise or looks damaged."""
    start, end = data.find(_OPEN, root.end), data.rfind(_CLOSE)
    if root.prefix or root.encoding not in ("", "utf-8") or not 0 < start < end < start + GRID_LIMIT:
        return None
    start += len(_OPEN)
    rest = data[:start] + data[end:]
    if rest.count(_OPEN) + rest.count(_CLOSE) != 2 or b"<!" in rest or rest.find(b"<?", root.end) >= 0:
        return None
    cells: dict[str, StoredCell] = {}
    hidden: list[int] = []
    try:
        stored = _read_rows(data[start:end].decode(), shapes, cells, hidden)
    except (_UnfamiliarError, ValueError, LookupError):  # the parser will tell what it is
        return None
    refs = "".join(cells)
    sound = stored == len(cells) and (not refs or (refs.isalnum() and refs.isascii() and refs.isupper()))
    return Grid(cells, hidden, rest) if sound else None


def _read_rows(text: str, shapes: Shapes, cells: dict[str, StoredCell], hidden: list[int]) -> int:
    """Fill in cells and hidden rows; returns how many cells are not blank."""
    before, *rows = text.split('<row r="')
    _expect(not before and "]]>" not in text)
    stored = 0
    for row in rows:
        number, _, rest = row.partition('"')
        head, _, body = rest.partition(">")
        is_hidden = shapes.rows.get(head)
        if is_hidden is None:
            is_hidden = _learn_row(head, shapes)
        if is_hidden:
            hidden.append(int(number))
        elif not number.isdecimal():
            raise _UnfamiliarError
        if body:
            stored += _read_cells(body, shapes.cells, cells, shapes)
        else:
            _expect(head[-1:] == "/")
    return stored


def _read_cells(
    body: str, known: dict[str, StoredCell | None], cells: dict[str, StoredCell], shapes: Shapes
) -> int:
    """Keep the cells of a row that hold something; returns how many."""
    if body[-6:] != "</row>":
        raise _UnfamiliarError
    before, *pieces = body[:-6].split('<c r="')
    if before:
        raise _UnfamiliarError
    blank = 0
    for piece in pieces:
        ref, _, tail = piece.partition('"')
        try:
            stored = known[tail]
        except KeyError:
            stored = known[tail] = _learn_cell(tail, shapes)
        if stored is None:
            blank += 1
        else:
            cells[ref] = stored
    return len(pieces) - blank


def _learn_cell(tail: str, shapes: Shapes) -> StoredCell | None:
    """What all that follows a cell's address means; None for a blank cell."""
    if tail.endswith("/>"):
        _reader(tail[:-2].rstrip(" "), shapes)
        return None
    head, _, text = tail.partition("><v>")
    formula = None
    if "><f" in head:
        head, _, rest = head.partition("><f")
        attributes, _, formula = rest.partition(">")
        if attributes not in shapes.formulas:
            _attributes(attributes, _FORMULA_ATTRIBUTES)
            shapes.formulas.add(attributes)
        _expect(formula.endswith("</f"))
        formula = _plain(formula[:-3])
    reader, style = shapes.readers.get(head) or _reader(head, shapes)
    _expect(text.endswith("</v></c>"))
    return kept(reader(_plain(text[:-8])), formula, style)


def _plain(text: str) -> str:
    """Text with its entities resolved."""
    if "<" in text or not text.isprintable():
        raise _UnfamiliarError
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    _expect(text.count("&") == text.count("&amp;"))
    return text.replace("&amp;", "&")


def _reader(head: str, shapes: Shapes) -> Reader:
    """What reads the text of the cells whose tag goes on like this."""
    found = _attributes(head, _CELL_ATTRIBUTES)
    style = found.get("s", "0")
    _expect(style.isdecimal())
    shapes.readers[head] = shapes.values.reader(found.get("t", "n"), style), style
    return shapes.readers[head]


def _learn_row(head: str, shapes: Shapes) -> bool:
    found = _attributes(head.removesuffix("/").rstrip(" "), None)
    hidden = found.get("hidden", "0")
    _expect(hidden in _TRUE + _FALSE)
    shapes.rows[head] = hidden in _TRUE
    return shapes.rows[head]


def _attributes(text: str, allowed: frozenset[str] | None) -> dict[str, str]:
    """Attributes spelt ` name="value"`, each once and, where a set is given, each in it."""
    *pairs, last = text.split('"')
    names, values = pairs[0::2], pairs[1::2]
    _expect(not last and len(names) == len(values) == len(set(names)))
    found = {}
    for name, value in zip(names, values, strict=True):
        _expect(name[:1] == " " and name[-1:] == "=" and "&" not in value and value.isprintable())
        _expect(name[1:-1] in allowed if allowed else name[1:-1].replace(":", "").isalnum())
        found[name[1:-1]] = value
    return found


def _expect(familiar: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not familiar:
        raise _UnfamiliarError
