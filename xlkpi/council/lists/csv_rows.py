"""The rows of a CSV, whatever its encoding and delimiter; a quotation mark left open never swallows the rows below it.

An opening mark without its closing one turns every line up to the next mark into the text of one cell. So a row of
several lines is looked at again: where it ends with the file, or a line inside it looks like a row itself, only its
first line is reported as torn, and the lines below it are read as rows of their own.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

STEP = 1 << 20
NEAR = 4
"""How many times the cells of one delimiter may be those of another, so that their headers decide."""
MEASURED = 20
"""Rows at the beginning that show how many cells a row of this list has."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEFORE_MARK = re.compile(r'(?:[^"]|"")*')
_KEPT_AS_TEXT = re.compile(r'\s*="((?:[^"]|"")*)"\s*')
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")


class ListRow(NamedTuple):
    """A row of a list, in a CSV or on a sheet.

    ``row`` is the row as a spreadsheet counts it, ``line`` the line of the file it begins in, both from 1: they differ
    in a CSV below a cell of two lines. ``lines`` is how many lines it takes. ``is_torn``: a quotation mark opens in
    its last cell and is not closed, so nobody can tell where that cell ends.
    """

    row: int
    line: int
    cells: list[str]
    lines: int = 1
    is_torn: bool = False


def find_encoding(path: Path, beginning: bytes) -> str:
    """Find a CSV's encoding: Unicode by its mark, UTF-8 where every byte of the file is, else Excel's plain CSV.

    UTF-16 without its mark shows in every second byte of a header in plain letters being 0.
    """
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding
    if beginning[:40].count(0) * 2 >= len(beginning[:40].rstrip(b"\0")):
        return "utf-16-le" if beginning[1:2] == b"\0" else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    with suppress(UnicodeDecodeError), path.open("rb") as file:
        while step := file.read(STEP):
            decoder.decode(step)
        decoder.decode(b"", final=True)
        return "utf-8-sig"
    return "cp1252"


def find_delimiter(text: str) -> str:
    """Find comma, semicolon, tab or bar: the one of which most of the first rows have the same number.

    A title above the table may have others in it, and so may a text in a cell; those in quotation marks do not count.
    Cells may have as many of another in every row, such as contacts or sums: where two are near each other, the one
    that the header has too is it. A row of which the next has none of a delimiter is a title, and not the header.
    """
    plain = ("".join(line.split('"')[::2]) for line in islice(filter(str.strip, text.splitlines()), MEASURED))
    lines = list(plain)
    measured = [_Measured.of(delimiter, [line.count(delimiter) for line in lines]) for delimiter in ",;\t|"]
    best = max(measured, key=lambda each: each.cells)
    near = [each for each in measured if each.cells * NEAR >= best.cells and each.alike * 2 > best.alike]
    return min(near, key=lambda each: (each.first, -each.cells)).delimiter if near else ","


class _Measured(NamedTuple):
    """How many rows have the same number of a delimiter, how many cells that makes, and where they begin."""

    delimiter: str
    cells: int
    alike: int
    first: int

    @classmethod
    def of(cls, delimiter: str, counts: Sequence[int]) -> _Measured:
        alike = Counter(count for count in counts if count)
        number = max(alike, key=lambda count: count * alike[count], default=0)
        rows = (row for row, count in enumerate(counts) if count == number and all(counts[row : row + 2]))
        return cls(delimiter, number * alike[number], alike[number], next(rows, len(counts)))


def rows_of_lines(lines: Iterable[str], delimiter: str) -> Iterator[ListRow]:
    """Read the rows of the lines of a CSV; each line belongs to exactly one of them."""
    records = _Records(iter(lines), delimiter)
    row = line = most = 0
    while (cells := records.read()) is not None:
        row, line = row + 1, line + 1
        taken = len(records.taken)
        if records.is_torn(cells, most):
            yield ListRow(row, line, next(csv.reader(records.hand_back(), delimiter=delimiter), []), is_torn=True)
            continue
        if any('="' in text for text in records.taken):
            cells = list(map(_as_text, cells))
        yield ListRow(row, line, cells, taken)
        line += taken - 1
        if row <= MEASURED:
            most = max(most, len(cells) - 1)


def _as_text(cell: str) -> str:
    """Read ``="00123"``, by which programs keep a spreadsheet from taking a text for a number."""
    match = _KEPT_AS_TEXT.fullmatch(cell)
    return match[1].replace('""', '"') if match else cell


class _Records:
    """Rows read one by one from lines that can be handed back. ``taken`` are the lines of the last one."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self.taken: list[str] = []
        self._lines = lines
        self._delimiter = delimiter
        self._again: deque[str] = deque()
        self._begin()

    def _begin(self) -> None:
        self._at_end = False
        self._reader = csv.reader(self._feed(), delimiter=self._delimiter)

    def _feed(self) -> Iterator[str]:
        while self._again:
            line = self._again.popleft()
            self.taken.append(line)
            yield line
        for line in self._lines:
            self.taken.append(line)
            yield line
        self._at_end = True

    def read(self) -> list[str] | None:
        """Read a row; None after the last. One that goes on beyond what a cell can have is a row without cells.

        Raises csv.Error for a single line that is longer than that.
        """
        self.taken.clear()
        try:
            return next(self._reader, None)
        except csv.Error:
            if len(self.taken) == 1:
                raise
            self._at_end = True
            return []

    def hand_back(self) -> list[str]:
        """Return the first line of the last row; the others will be read again as rows."""
        first, *others = self.taken
        self._again.extendleft(reversed(others))
        self._begin()
        return [first]

    def is_torn(self, cells: list[str], most: int) -> bool:
        """Whether a quotation mark of the last row has swallowed what is not its cell's text.

        ``most`` is how many delimiters a row has. A row that a program wrote is closed as it should be; one that is
        not is only trusted where it has as many cells as every other.
        """
        if len(self.taken) == 1 and '"' not in self.taken[0]:
            return False
        if self._at_end or (len(cells) != most + 1 and not self._is_well_formed()):
            return True
        return len(self.taken) > 1 and any(self._looks_like_row(text, cells[0], most) for text in self._swallowed())

    def _swallowed(self) -> Iterator[str]:
        """The text of the second and later lines that is inside the quotation marks."""
        yield from self.taken[1:-1]
        yield self.taken[-1][: _BEFORE_MARK.match(self.taken[-1]).end()]  # type: ignore[union-attr]  # it always matches

    def _is_well_formed(self) -> bool:
        try:
            return len(list(csv.reader(self.taken, delimiter=self._delimiter, strict=True))) == 1
        except csv.Error:
            return False

    def _looks_like_row(self, line: str, first_cell: str, most: int) -> bool:
        """Whether a line has as many cells as a row, or fewer and begins with a cell like that of the row it is in."""
        count = line.count(self._delimiter)
        if count >= max(3, most):
            return True
        return 0 < count >= most // 2 and _shape(line.partition(self._delimiter)[0]) == _shape(first_cell)


def _shape(cell: str) -> str:
    """What a cell looks like: P001 and p2 are both of the shape a0."""
    return _DIGITS.sub("0", _LETTERS.sub("a", cell.strip().strip('"')))
