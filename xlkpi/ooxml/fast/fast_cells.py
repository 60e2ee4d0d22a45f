"""The cells of a sheet that was cut at its tags: what a cell means is worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping
from functools import lru_cache

from xlkpi.ooxml.fast.fast_rows import END_ROW, FORMULA, CutRows
from xlkpi.ooxml.fast.fast_text import DECLINED, as_text, attributes, expect, unescaped
from xlkpi.ooxml.model import StoredCell, TypedValue
from xlkpi.ooxml.values import ValueParser, stored_cell

_END_CELL, _END_FORMULA = "</v></c>", "</f>"
_FORMULA_START = ">" + FORMULA
_END_BLANK = "></c>"
_INLINE, _END_INLINE = "<is><t", "</t></is></c>"
_INLINE_MARKS = ("", ' xml:space="preserve"')
_LONGEST_HEAD = 80
_CELL_ATTRIBUTES, _FORMULA_ATTRIBUTES = frozenset(("s", "t")), frozenset(("ca", "aca"))


class LazyCells(Mapping[str, StoredCell]):
    """The cells that are not blank, by address. What a cell means is worked out when it is asked for.

    A check of a return asks for about nine cells per row and leaves a dozen workings alone, so most of a sheet's text
    never has to be understood.
    """

    def __init__(self, rows: CutRows, meanings: Meanings, parse: Callable[[], Mapping[str, StoredCell]]) -> None:
        """Keep the rows of the sheet; ``parse`` reads the sheet by the parser."""
        self._rows = rows
        self._pieces = rows.pieces
        self._meanings = meanings
        self._parse = parse
        self._parsed: Mapping[str, StoredCell] | None = None

    def __getitem__(self, ref: str) -> StoredCell:
        """The cell at an address. Raises KeyError for a blank one."""
        stored = self.get(ref)
        if stored is None:
            raise KeyError(ref)
        return stored

    def get(self, ref: str, default: StoredCell | None = None) -> StoredCell | None:  # type: ignore[override]
        """The cell at an address, or the default for a blank one."""
        if self._parsed is not None:
            return self._parsed.get(ref, default)
        piece = self._pieces.get(ref)
        if piece is None:
            return default
        end = piece.find(END_ROW)  # as in `_tail`; this is asked for more often than anything else
        piece = piece if end < 0 else piece[:end]
        try:
            stored = self._meanings[self._rows.whole(ref, piece) if FORMULA in piece else piece]
        except DECLINED:
            self._parsed = self._parse()
            return self._parsed.get(ref, default)
        return default if stored is None else stored

    def has_formula(self, ref: str) -> bool:
        """Whether a cell has a formula, where that can be seen without working out what it is."""
        if self._parsed is None and ref in self._pieces:
            tail = self._tail(ref)
            if tail.startswith(_FORMULA_START, tail.find(">")):
                return True
        stored = self.get(ref)
        return stored is not None and stored[1] is not None

    @property
    def is_parsed(self) -> bool:
        """Whether the parser had to take over."""
        return self._parsed is not None

    def may_show_errors(self) -> bool:
        """Whether any cell is of the type of error values, without working out which."""
        return self._parsed is not None or self._rows.may_show_errors

    def items(self) -> ItemsView[str, StoredCell]:
        """All cells that are not blank with their addresses, in the file's order; one by one they cost far more."""
        if self._parsed is None:
            try:
                return self._filled().items()
            except DECLINED:
                self._parsed = self._parse()
        return self._parsed.items()

    def _filled(self) -> dict[str, StoredCell]:
        meanings, whole = self._meanings, self._rows.whole
        cells: dict[str, StoredCell] = {}
        for ref, piece in self._pieces.items():
            end = piece.find(END_ROW)
            tail = piece if end < 0 else piece[:end]
            stored = meanings[whole(ref, tail) if FORMULA in tail else tail]
            if stored is not None:
                cells[ref] = stored
        return cells

    def __iter__(self) -> Iterator[str]:
        """The addresses of all cells that are not blank, in the file's order."""
        return iter([ref for ref, _ in self.items()])

    def __len__(self) -> int:
        """How many cells are not blank."""
        return sum(1 for _ in self)

    def _tail(self, ref: str) -> str:
        """All that follows the address of a cell but its formula, up to the next cell or the end of its row."""
        piece = self._pieces[ref]
        end = piece.find(END_ROW)
        return piece if end < 0 else piece[:end]


class Meanings(dict[str, "StoredCell | None"]):
    """What each spelling of a cell met so far in one workbook means; None for a blank cell.

    The key is all that follows the cell's address, as `letters_of` gives it. The rows of a form repeat themselves,
    within a sheet and from sheet to sheet, so many cells have been met before.
    """

    def __init__(self, values: ValueParser) -> None:
        super().__init__()
        self._values = values
        self._readers: dict[str, tuple[Callable[[str], TypedValue], str]] = {}
        self._formula_marks = {""}

    def __missing__(self, tail: str) -> StoredCell | None:
        """Work out a spelling not met before.

        Raises:
            Unfamiliar: it is not letter for letter of a known shape.
            ValueError: the cell's text is not what its type promises; LookupError likewise.
        """
        head, _, text = tail.partition("><v>")
        known = self._readers.get(head)
        if known and text.endswith(_END_CELL):  # a value alone, in a style met before: most cells
            text = text[: -len(_END_CELL)]
            typed = known[0](text if text.isdecimal() else unescaped(as_text(text)))
            stored = stored_cell(typed, None, known[1])
        else:
            stored = None if self._is_blank(tail) else self._learn(as_text(tail))
        self[tail] = stored
        return stored

    def _is_blank(self, tail: str) -> bool:
        head = tail[:-2].rstrip(" ") if tail[-2:] == "/>" else tail.removesuffix(_END_BLANK)
        if head == tail or "<" in head:
            return False
        self._reader(head)
        return True

    def _learn(self, tail: str) -> StoredCell | None:
        start, text = _cut_text(tail)
        head, is_formula, rest = start.partition("><f")
        formula: str | None = None
        if is_formula:
            marks, _, formula = rest.partition(">")
            if marks not in self._formula_marks:
                attributes(marks, _FORMULA_ATTRIBUTES)
                self._formula_marks.add(marks)
            ends_well = formula.endswith(_END_FORMULA)
            formula = unescaped(formula.removesuffix(_END_FORMULA))
        else:
            ends_well = head[-1:] == ">"
            head = head[:-1]
        expect(ends_well)
        read, style = self._readers.get(head) or self._reader(head)
        return stored_cell(read(unescaped(text)), formula, style)

    def _reader(self, head: str) -> tuple[Callable[[str], TypedValue], str]:
        """What reads the text of the cells whose tag goes on like this, and their style."""
        expect(len(head) <= _LONGEST_HEAD)
        kind, style = _type_and_style(head)
        self._readers[head] = self._values.reader(kind, style), style
        return self._readers[head]


def _cut_text(tail: str) -> tuple[str, str]:
    """Return what is before a cell's text, and the text: a value, or a string as scripts put it within its cell."""
    start, is_inline, text = tail.partition(_INLINE)
    end = _END_CELL
    if is_inline:
        marks, _, text = text.partition(">")
        expect(marks in _INLINE_MARKS)
        end = _END_INLINE
    else:
        start, _, text = tail.rpartition("<v>")
    expect(text.endswith(end))
    return start, text[: -len(end)]


@lru_cache(maxsize=1024)  # of texts as short as these, which all workbooks have alike
def _type_and_style(head: str) -> tuple[str, str]:
    """What the tag of a cell says of its type and its style, when it goes on like this."""
    stated = attributes(head, _CELL_ATTRIBUTES)
    style = stated.get("s", "0")
    expect(style.isdecimal())
    return stated.get("t", "n"), style
