"""The cells of a worksheet whose rows were not yet looked into: a cell is read when it is asked for.

A check of a return asks for some nine cells a row and leaves a dozen workings alone, so most of a sheet's text never
has to be understood. A row or cell that turns out to be spelt otherwise than the short cut knows sends the whole part
through the parser, once, and from then on the parser's cells are the cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from xlkpi.ooxml.fast_text import Unfamiliar, attributes, expect

if TYPE_CHECKING:
    from xlkpi.ooxml.model import StoredCell

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROW, _CELL, _END_ROW = '<row r="', '<c r="', "</row>"
_TRUE, _FALSE = ("1", "true"), ("0", "false")
_MISREAD = (Unfamiliar, ValueError, LookupError)


class Rows(Mapping[str, "StoredCell"]):
    """The cells that are not blank, by address; what is asked for is worked out then.

    Args:
        text: The rows of a part, from the first `<row` to the last `</row>`, without comments and the like.
        meanings: What all that follows a cell's address means, None for a blank cell.
        parse: Reads the whole part with the parser instead.
    """

    def __init__(
        self,
        text: str,
        meanings: Mapping[str, StoredCell | None],
        parse: Callable[[], Mapping[str, StoredCell]],
    ) -> None:
        """Keep the rows as they are."""
        self._text = text
        self._meanings = meanings
        self._parse = parse
        self._places: dict[str, tuple[int, int]] = {}
        self._parsed: Mapping[str, StoredCell] | None = None
        self._addressed = False
        self._seen = 0

    def __getitem__(self, ref: str) -> StoredCell:
        """The cell at an address. Raises KeyError for a blank one."""
        stored = self.get(ref)
        if stored is None:
            raise KeyError(ref)
        return stored

    def get(self, ref: str, default: StoredCell | None = None) -> StoredCell | None:  # type: ignore[override]
        """The cell at an address, or the default."""
        if self._parsed is None:
            try:
                tail = self._tail(ref)
                stored = None if tail is None else self._meanings[tail]
            except _MISREAD:  # the parser will tell what it is
                self._parsed = self._parse()
            else:
                return default if stored is None else stored
        return self._parsed.get(ref, default)

    def has_formula(self, ref: str) -> bool:
        """Whether a cell holds a formula; what it says stays unread."""
        if self._parsed is None:
            try:
                tail = self._tail(ref)
            except _MISREAD:
                self._parsed = self._parse()
            else:
                if tail is not None and tail.startswith("><f", tail.find(">")):
                    return True
        return self._stored_formula(ref)

    def __iter__(self) -> Iterator[str]:
        """The addresses of all cells that are not blank, in the file's order."""
        if self._parsed is None:
            try:
                refs = [ref for ref, tail in self._everything().items() if self._meanings[tail] is not None]
            except _MISREAD:
                self._parsed = self._parse()
            else:
                return iter(refs)
        return iter(self._parsed)

    def __len__(self) -> int:
        """How many cells are not blank."""
        return sum(1 for _ in self)

    def _stored_formula(self, ref: str) -> bool:
        stored = self.get(ref)
        return stored is not None and stored[1] is not None

    def _tail(self, ref: str) -> str | None:
        """All that follows the address of a cell; None where its row has no such cell."""
        number = ref.lstrip(LETTERS)
        start, end = self._places.get(number) or self._place(number)
        at = self._text.find(f'{_CELL}{ref}"', start, end)
        if at < 0:
            self._expect_addresses()
            return None
        at += len(_CELL) + len(ref) + 1
        ends = self._text.find(_CELL, at, end)
        return self._text[at : ends if ends >= 0 else end]

    def _place(self, number: str) -> tuple[int, int]:
        """Where a row's cells begin and end; nowhere for an empty row and for one that is not there."""
        text, tag = self._text, f'{_ROW}{number}"'
        start = text.find(tag, self._seen)  # rows are mostly asked for from top to bottom
        if start < 0:
            start = text.find(tag)
        place = (0, 0)
        if start >= 0:
            head = text.find(">", start)
            expect("xmlns" not in text[start:head])
            if text[head - 1] != "/":
                place = (head, text.find(_END_ROW, head))
                expect(text.find(_ROW, head, place[1]) < 0 < place[1])
            self._seen = max(self._seen, place[1])
        self._places[number] = place
        return place

    def _expect_addresses(self) -> None:
        """Before a cell is said not to be there: every tag of a row and a cell must begin as we look for it."""
        if not self._addressed:
            text = self._text
            expect(text.count("<row") == text.count(_ROW) and text.count("<c") == text.count(_CELL))
            self._addressed = True

    def _everything(self) -> dict[str, str]:
        tails: dict[str, str] = {}
        before, *rows = self._text.split(_ROW)
        expect(not before)
        self._expect_addresses()
        for row in rows:
            number, _, rest = row.partition('"')
            head, _, body = rest.partition(">")
            if head[-1:] != "/":
                expect(body.endswith(_END_ROW))
                body = body[: -len(_END_ROW)]
            found = _cut_row(number, body)
            expect(number.isdecimal() and tails.keys().isdisjoint(found))
            tails |= found
        return tails


def hidden_rows(text: str) -> list[int]:
    """The numbers of the rows hidden one by one. Raises Unfamiliar where the tags of rows are spelt otherwise."""
    named = text.count("hidden")
    if named == text.count(' hidden="false" ') + text.count(' hidden="0" '):
        return []
    expect(text.count("<row") == text.count(_ROW))
    hidden = []
    for row in text.split(_ROW)[1:]:
        number, _, rest = row.partition('"')
        found = attributes(rest.partition(">")[0].removesuffix("/").rstrip(" ")).get("hidden", "0")
        expect(found in _TRUE + _FALSE and number.isdecimal())
        if found in _TRUE:
            hidden.append(int(number))
    return hidden


def _cut_row(number: str, body: str) -> Mapping[str, str]:
    before, *pieces = body.split(_CELL)
    expect(not before)
    if not pieces:
        return {}
    refs, _, tails = zip(*[piece.partition('"') for piece in pieces], strict=True)
    joined = "".join(refs)
    letters = joined.replace(number, "")
    cut = dict(zip(refs, tails, strict=True))
    in_this_row = len(joined) - len(letters) == len(refs) * len(number)
    expect(in_this_row and len(cut) == len(refs) and letters.isalpha() and letters.isascii() and letters.isupper())
    return cut
