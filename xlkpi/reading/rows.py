"""The cells of a worksheet whose rows were cut but not yet looked into: a row is read when a cell of it is asked for.

A check of a return asks for some nine cells a row and leaves a dozen workings alone, so most of a sheet's text never
has to be understood. A row that turns out to be spelt otherwise than the short cut knows sends the whole part through
the parser, once, and from then on the parser's cells are the cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from xlkpi.reading.cut import Unfamiliar, expect

if TYPE_CHECKING:
    from xlkpi.reading.raw import StoredCell

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CELL = '<c r="'


class Rows(Mapping[str, "StoredCell"]):
    """The cells that are not blank, by address; what is asked for is worked out then.

    Args:
        bodies: What stands between the tags of each row, by the row's number as text.
        meanings: What all that follows a cell's address means, None for a blank cell.
        parse: Reads the whole part with the parser instead.
    """

    def __init__(
        self,
        bodies: Mapping[str, str],
        meanings: Mapping[str, StoredCell | None],
        parse: Callable[[], Mapping[str, StoredCell]],
    ) -> None:
        """Keep the rows as they are."""
        self._bodies = bodies
        self._meanings = meanings
        self._parse = parse
        self._tails: dict[str, Mapping[str, str]] = {}
        self._parsed: Mapping[str, StoredCell] | None = None

    def __getitem__(self, ref: str) -> StoredCell:
        """The cell at an address. Raises KeyError for a blank one."""
        stored = self.get(ref)
        if stored is None:
            raise KeyError(ref)
        return stored

    def get(self, ref: str, default: StoredCell | None = None) -> StoredCell | None:  # type: ignore[override]
        """The cell at an address, or the default."""
        if self._parsed is None:
            number = ref.lstrip(LETTERS)
            try:
                row = self._tails.get(number) or self._row(number)
                tail = row.get(ref)
                stored = None if tail is None else self._meanings[tail]
            except (Unfamiliar, ValueError, LookupError):  # the parser will tell what it is
                self._parsed = self._parse()
            else:
                return default if stored is None else stored
        return self._parsed.get(ref, default)

    def __iter__(self) -> Iterator[str]:
        """The addresses of all cells that are not blank, in the file's order."""
        if self._parsed is None:
            try:
                refs = [ref for row in self._bodies for ref, tail in self._row(row).items() if self._meanings[tail]]
            except (Unfamiliar, ValueError, LookupError):
                self._parsed = self._parse()
            else:
                return iter(refs)
        return iter(self._parsed)

    def __len__(self) -> int:
        """How many cells are not blank."""
        return sum(1 for _ in self)

    def _row(self, number: str) -> Mapping[str, str]:
        """All that follows each address of a row; raises Unfamiliar where a piece is no cell of this row."""
        tails = self._tails.get(number)
        if tails is None:
            body = self._bodies.get(number)
            tails = self._tails[number] = _cut_row(number, body) if body else {}
        return tails


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
