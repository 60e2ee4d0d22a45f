"""Sheets spelt on a second core: their texts have numbers of their own there, and get the workbook's numbers here.

A text's number is its place in the workbook's table of texts, by where it is met first. It ties the sheets to each
other, and is all that does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.writing.workbook.links import Links
from xlkpi.writing.workbook.shared_strings import Strings
from xlkpi.writing.workbook.sheet_xml import SheetText, Spellings
from xlkpi.writing.workbook.workbook_plan import Sheet

MARK = "\x00"
"""What is on both sides of a number that is not the workbook's yet: a character that no XML contains."""
FEWEST_CELLS, MOST_CELLS = 20_000, 1_000_000
"""Below, a second process takes longer to start than it saves; above, what it sends would take too much memory."""


class OwnTexts(dict[str, str]):
    """The texts of some sheets: the place of each in their own list, marked."""

    def __missing__(self, text: str) -> str:
        marked = self[text] = f"{MARK}{len(self)}{MARK}"
        return marked


@dataclass(frozen=True)
class SpeltSheets:
    """Sheets that are spelt: their texts in the order of their own numbers, and each one's pieces and links."""

    texts: tuple[str, ...]
    sheets: tuple[tuple[tuple[str, ...], Links], ...]

    def numbered(self, strings: Strings) -> Iterator[NumberedSheet]:
        """Give each sheet; its texts get their numbers in ``strings`` while its pieces are taken."""
        numbers = _Numbers(self.texts, strings)
        return (NumberedSheet(pieces, links, numbers) for pieces, links in self.sheets)


class _Numbers(dict[str, str]):
    """The workbook's number of a text by the sheets' own, both as they are spelt."""

    def __init__(self, texts: Sequence[str], strings: Strings) -> None:
        super().__init__()
        self._texts = texts
        self._strings = strings

    def __missing__(self, own: str) -> str:
        number = self[own] = str(self._strings[self._texts[int(own)]])
        return number


class NumberedSheet:
    """One sheet's cells, as a `SheetText` gives them."""

    def __init__(self, pieces: Sequence[str], links: Links, numbers: Mapping[str, str]) -> None:
        """Take the pieces of a sheet and the numbers that belong between its marks."""
        self.links = links
        self._pieces = pieces
        self._numbers = numbers

    def chunks(self) -> Iterator[str]:
        """The XML of all rows, piece by piece: every second part of one is a number."""
        for piece in self._pieces:
            parts = piece.split(MARK)
            parts[1::2] = map(self._numbers.__getitem__, parts[1::2])
            yield "".join(parts)


@dataclass(frozen=True)
class Apart:
    """Which of a workbook's sheets is the first that is spelt elsewhere, and what gives it and all behind it."""

    first: int
    spelt: Callable[[], SpeltSheets]


def spell_apart(sheets: Sequence[Sheet], numbers: Mapping[tuple[str, str], int]) -> SpeltSheets:
    """Spell sheets with these style numbers, and their texts with numbers of their own."""
    own = OwnTexts()
    spellings = Spellings(numbers, own)
    spelt = []
    for sheet in sheets:
        text = SheetText(sheet, spellings)
        spelt.append((tuple(text.chunks()), text.links))
    return SpeltSheets(tuple(own), tuple(spelt))


def first_apart(sheets: Sequence[Sheet]) -> int:
    """Find the first sheet to be spelt apart, behind which there is at most half of the cells; none: their count."""
    cells = [len(sheet.cells) + sum(len(table.rows) * len(table.columns) for table in sheet.tables) for sheet in sheets]
    first = next(place for place in range(len(cells) + 1) if sum(cells[place:]) * 2 <= sum(cells))
    return first if FEWEST_CELLS <= sum(cells[first:]) <= MOST_CELLS else len(sheets)
