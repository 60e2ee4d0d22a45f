"""A workbook that is a list: each sheet's rows one at a time, so that a million of them need not be in memory at once.

The same parsers as for a return read it, so it may be in every legal spelling: Strict, with prefixes, in UTF-16.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlkpi.ooxml.addresses import column_number
from xlkpi.ooxml.limits import (
    LIST_FILE_LIMIT,
    LIST_LIMIT,
    MERGE_LIMIT,
    STRINGS_LIMIT,
    refuse_oversize_list,
    refuse_oversize_part,
)
from xlkpi.ooxml.model import CellKind, CellValue
from xlkpi.ooxml.package import BAD_ZIP, Package, open_package, part_key
from xlkpi.ooxml.parse_cells import CellsReader
from xlkpi.ooxml.plain_file import read_plain
from xlkpi.ooxml.sheet import NOT_CELLS
from xlkpi.ooxml.strings import read_strings
from xlkpi.ooxml.values import ValueParser
from xlkpi.ooxml.workbook import WorkbookSource, as_unreadable, refuse_foreign
from xlkpi.ooxml.xml import BrokenPart, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xlkpi.ooxml.model import TypedValue
    from xlkpi.ooxml.workbook_part import ListedSheet

STEP = 1 << 18
"""Bytes of a sheet that are unpacked at a time: some thousand rows."""

MOST_CACHED = 100_000
LONGEST_MERGE = 100
_MERGED = re.compile(rb'mergeCell[^<>]{0,40}ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')

SheetRow = tuple[int, list[CellValue]]
"""A row's number, from 1, and its values from column A on; a formula that was never calculated is its own text."""


class _CachedValues(ValueParser):
    """Reads texts that repeat once: most cells of a list are one of a few hundred days, sums and names."""

    def __init__(self, strings: Sequence[str], dates: frozenset[str], *, from_1904: bool) -> None:
        super().__init__(strings, dates, from_1904=from_1904)
        self._known: dict[tuple[str, str, str], TypedValue] = {}

    def read(self, kind: str, style: str, text: str) -> TypedValue:
        """The value of one cell."""
        key = (kind, style, text)
        value = self._known.get(key)
        if value is None:
            value = super().read(kind, style, text)
            if len(self._known) < MOST_CACHED:
                self._known[key] = value
        return value


@dataclass
class ListSheet:
    """A sheet of a list. ``hidden_rows`` fills as the rows are read."""

    name: str
    is_hidden: bool
    hidden_rows: set[int] = field(default_factory=set)
    _path: Path = field(kw_only=True)
    _package: Package = field(kw_only=True)
    _part: str = field(kw_only=True)
    _values: ValueParser = field(kw_only=True)

    def rows(self, most_columns: int) -> Iterator[SheetRow]:
        """Read the rows that have something in them, as far as this many columns.

        Raises UnreadableFile where the sheet is damaged, at the row where it shows.
        """
        with as_unreadable(self._path, f"sheet {self.name}: "):
            chunks = _unpack(self._package, self._part)
            first = next(chunks, b"")
            root = root_of(first)
            if root.local in NOT_CELLS:
                return
            if root.local != "worksheet":
                raise BrokenPart(f"it contains a {root.local[:40]} where a sheet should be")
            merged = _MergedCells(_unpack(self._package, self._part))
            reader = CellsReader(root.uri + " " if root.uri else "", namespaces=True, values=self._values)
            for number, row in self._rows_of(reader, first, chunks, most_columns):
                yield number, _in_columns(merged.show_in(number, row))

    def _rows_of(
        self, reader: CellsReader, chunk: bytes, chunks: Iterator[bytes], most: int
    ) -> Iterator[tuple[int, dict[int, CellValue]]]:
        row: dict[int, CellValue] = {}
        number = 0
        while chunk:
            following = next(chunks, b"")
            reader.read(chunk, last=not following)
            self.hidden_rows.update(reader.hidden_rows)
            reader.hidden_rows.clear()
            for ref, ((kind, value), formula, _) in reader.cells.items():
                letters = ref.rstrip("0123456789")
                at = int(ref[len(letters) :])
                if at != number:
                    if row:
                        yield number, row
                    number, row = at, {}
                column = column_number(letters)
                if column <= most:
                    row[column] = f"={formula}" if kind is CellKind.UNCALCULATED else value
            reader.cells.clear()
            chunk = following
        if row:
            yield number, row


class _MergedCells:
    """What the merged cells of a sheet show in the rows below their first, while these are read from top to bottom."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._last_rows = _merged_downwards(chunks)
        """Of each first cell of a merged range in one column (row, column), the range's last row."""
        self._shown: dict[int, tuple[CellValue, int]] = {}
        """What a merged range shows in a column, and as far down as it does."""

    def show_in(self, number: int, row: dict[int, CellValue]) -> dict[int, CellValue]:
        """A row with the words and days of merged cells that begin above it; a sum is not taken twice."""
        if not self._last_rows:
            return row
        for column, (value, last) in list(self._shown.items()):
            if number > last:
                del self._shown[column]
            elif row.get(column) is None:
                row[column] = value
        for column, value in row.items():
            last = self._last_rows.get((number, column), 0)
            if last and not isinstance(value, float):
                self._shown[column] = (value, last)
        return row


def _merged_downwards(chunks: Iterator[bytes]) -> dict[tuple[int, int], int]:
    """The merged ranges of one column: a provider's name beside all its rows. They are listed below the rows."""
    merged: dict[tuple[int, int], int] = {}
    before = b""
    for chunk in chunks:
        text = before + chunk
        for letters, first, same, last in _MERGED.findall(text):
            if letters == same and len(merged) < MERGE_LIMIT:
                merged[int(first), column_number(letters.decode())] = int(last)
        before = text[-LONGEST_MERGE:]
    return merged


def _in_columns(row: dict[int, CellValue]) -> list[CellValue]:
    return [row.get(column) for column in range(1, max(row) + 1)]


def open_list_workbook(path: Path) -> Iterator[ListSheet]:
    """Open every sheet of a workbook that has cells, in the order of the tabs.

    Raises UnreadableFile where the file is not a workbook, or unpacks to more than a list may.
    """
    with as_unreadable(path):
        package = open_package(read_plain(path, LIST_FILE_LIMIT), refuse_oversize_list)
        refuse_foreign(path, package)
        source = WorkbookSource(path, package)
        book = source.part
        part = source.related("sharedStrings")
        strings = read_strings(package.read(part, STRINGS_LIMIT)) if part else []
        values = _CachedValues(strings, source.styles.dates, from_1904=book.from_1904)
        sheets = [_sheet(source, entry, values) for entry in book.sheets]
    yield from sheets


def _sheet(source: WorkbookSource, entry: ListedSheet, values: ValueParser) -> ListSheet:
    if entry.relation not in source.relations:
        raise BrokenPart(f"the part of its sheet {entry.name} is missing")
    part = source.relations[entry.relation].target
    return ListSheet(
        entry.name, entry.state != "visible", _path=source.path, _package=source.package, _part=part, _values=values
    )


def _unpack(package: Package, part: str) -> Iterator[bytes]:
    """Unpack a part step by step, checked against its CRC at its end."""
    info = package.members.get(part_key(part))
    if info is None:
        raise BrokenPart(f"its part {part} is missing")
    refuse_oversize_part(info, LIST_LIMIT)
    try:
        with zipfile.ZipFile(io.BytesIO(package.data)) as archive, archive.open(info) as file:
            while step := file.read(STEP):
                yield step
    except BAD_ZIP as problem:
        raise BrokenPart(f"its part {part} does not unpack") from problem
