"""The parts of a list: the rows of a CSV, or of each sheet of a workbook, one row at a time.

A ledger of a million invoices must not be in memory as text. What a file is shows in its content, never in its name.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xlkpi.council.lists.cell_text import cell_text
from xlkpi.council.lists.csv_rows import ListRow, find_delimiter, find_encoding, rows_of_lines
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml.file_type import ZIP, is_lock_file
from xlkpi.ooxml.limits import LIST_FILE_LIMIT
from xlkpi.ooxml.list_workbook import ListSheet, open_list_workbook
from xlkpi.ooxml.plain_file import as_refused, size_of_plain

LONGEST_GAP = 1_000
"""Blank rows of a sheet up to which each is a row of its own."""
LARGEST_LIST = 4_000_000_000
MOST_ROWS = 5_000_000
BEGINNING = 65_536
WIDEST_SHEET = 101
"""One column more than is read, to see that there are more."""

_MARKS = ((b"\x1f\x8b", Unreadable.ARCHIVE), (b"%PDF", Unreadable.PDF), (b"{\\rtf", Unreadable.WORD))
_WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<table")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE = "Export the list as CSV or Excel Workbook (.xlsx), and name that file."
_REMEDIES = {
    **dict.fromkeys((
        Unreadable.HTML, Unreadable.OLD_XLS, Unreadable.XML_SHEET, Unreadable.ODS, Unreadable.XLSB, Unreadable.NUMBERS,
        Unreadable.PDF, Unreadable.WORD, Unreadable.PICTURE, Unreadable.NOT_A_WORKBOOK,
    ), _SAVE),
    Unreadable.ARCHIVE: "Unpack it, and name the list inside.",
    Unreadable.EMPTY: "Export the list again.",
}  # fmt: skip
"""What to do about a list, where it is another thing than about a return."""


class UnreadableList(UnreadableFile):
    """A file named as a list is not one that can be read."""

    @property
    def remedy(self) -> str:
        """What to do about it, one sentence."""
        return _REMEDIES.get(self.reason, self.reason.remedy)


class LineCount:
    """Lines of a file, counted as they are taken: what becomes of each is added up elsewhere, and must agree."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Count these lines."""
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        """Take the lines one by one."""
        for line in self._lines:
            self.count += 1
            yield line


@dataclass
class ListPart:
    """A CSV, or a sheet of a workbook: its rows, which can be read once, blank ones too.

    ``sheet`` is empty for a CSV. ``hidden_rows`` fills as the rows are read; ``lines`` counts those of a CSV.
    """

    rows: Iterator[ListRow]
    sheet: str = ""
    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    lines: LineCount | None = None


def list_parts(
    path: Path, *, largest: int = LARGEST_LIST, most_rows: int = MOST_ROWS, what: str = "list"
) -> Iterator[ListPart]:
    """Open a CSV, or every sheet of an .xlsx with cells, hidden ones too; each is read as its rows are asked for.

    Cells are as they are in the file, spaces included; dates of a workbook as ISO text.
    A CSV may be in UTF-8 or UTF-16 (with or without mark), UTF-32 or Windows spelling, with commas, semicolons or
    tabs; a workbook in any legal spelling, Strict Open XML too. Raises UnreadableFile, before the first row or at the
    row where a damaged file breaks off; ``what`` it is called when it is larger than ``largest`` bytes or has more than
    ``most_rows``: nothing is counted of a part of a list.
    """
    try:
        beginning = _beginning_of(path, largest, what)
        _refuse_by_beginning(path, beginning)
        parts = _sheets_of(path) if beginning.startswith(ZIP) else iter((_csv_part(path, beginning),))
        for part in parts:
            part.rows = _no_more_than(part.rows, most_rows, path, what)
            yield part
    except UnreadableFile as problem:
        raise UnreadableList(problem.path, problem.reason, problem.detail) from problem


def _no_more_than(rows: Iterator[ListRow], most_rows: int, path: Path, what: str) -> Iterator[ListRow]:
    count = 0
    for listed in rows:
        count += bool(listed.cells)
        if count > most_rows:
            raise UnreadableFile(path, Unreadable.TOO_LARGE, f"more than {most_rows:,} rows for a {what}")
        yield listed


def csv_form(path: Path) -> tuple[str, str] | None:
    """Return a CSV's encoding and delimiter; None for a workbook. Raises UnreadableFile where it cannot be opened."""
    beginning = _beginning_of(path, LARGEST_LIST, "list")
    if beginning.startswith(ZIP):
        return None
    encoding = find_encoding(path, beginning)
    return encoding, find_delimiter(codecs.getincrementaldecoder(encoding)("replace").decode(beginning))


def file_digest(path: Path) -> str:
    """Work out a file's sha256, read in steps. Raises UnreadableFile where it cannot be opened."""
    _beginning_of(path, LARGEST_LIST, "list")
    with as_refused(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _beginning_of(path: Path, largest: int, what: str) -> bytes:
    size = size_of_plain(path)
    if size > largest:
        raise UnreadableFile(path, Unreadable.TOO_LARGE, f"{size // 1_000_000} MB for a {what}")
    with as_refused(path), path.open("rb") as file:
        beginning = file.read(BEGINNING)
    if size > LIST_FILE_LIMIT and beginning.startswith(ZIP):
        raise UnreadableFile(path, Unreadable.TOO_LARGE, f"it has {size >> 20} MB")
    return beginning


def _refuse_by_beginning(path: Path, data: bytes) -> None:
    """Raise UnreadableFile for a file whose name or first bytes show that it is not a list."""
    if is_lock_file(path.name):
        raise UnreadableFile(path, Unreadable.LOCK_FILE)
    if not data.strip():
        raise UnreadableFile(path, Unreadable.EMPTY)
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(path, Unreadable.PASSWORD if _ENCRYPTED in data else Unreadable.OLD_XLS)
    for mark, reason in _MARKS:
        if data.startswith(mark):
            raise UnreadableFile(path, reason)
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ")[:9].lower().startswith(_WEB_PAGE):
        raise UnreadableFile(path, Unreadable.HTML)


def _csv_part(path: Path, beginning: bytes) -> ListPart:
    encoding = find_encoding(path, beginning)
    sample = codecs.getincrementaldecoder(encoding)("replace").decode(beginning)
    if "\0" in sample:
        raise UnreadableFile(path, Unreadable.NOT_A_WORKBOOK)
    lines = LineCount(_lines_of(path, encoding))
    return ListPart(_rows_of_csv(path, lines, find_delimiter(sample)), lines=lines)


def _lines_of(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        yield from file


def _rows_of_csv(path: Path, lines: LineCount, delimiter: str) -> Iterator[ListRow]:
    try:
        yield from rows_of_lines(lines, delimiter)
    except csv.Error as problem:
        detail = f"as CSV it breaks off in line {lines.count} ({problem})"
        raise UnreadableFile(path, Unreadable.DAMAGED, detail) from problem


def _sheets_of(path: Path) -> Iterator[ListPart]:
    for sheet in open_list_workbook(path):
        yield ListPart(_rows_of_sheet(sheet), sheet.name, sheet.is_hidden, sheet.hidden_rows)


def _rows_of_sheet(sheet: ListSheet) -> Iterator[ListRow]:
    """The rows of a sheet; one that it does not mention is blank, and many of them are one blank row of many lines."""
    before = 0
    for row, cells in sheet.rows(WIDEST_SHEET):
        gap = row - before - 1
        if gap > LONGEST_GAP:  # one row may be a million further down
            yield ListRow(before + 1, before + 1, [], gap)
        else:
            for blank in range(before + 1, row):
                yield ListRow(blank, blank, [])
        yield ListRow(row, row, [cell_text(value) for value in cells])
        before = row
