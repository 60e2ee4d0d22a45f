"""The rows of a list, CSV or workbook, one at a time: a ledger of a million invoices must not be in memory as text.

What a file is shows in its content, never in its name.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO

from xlkpi.council.lists.cell_text import cell_text
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml.file_type import is_lock_file
from xlkpi.ooxml.limits import OversizePart, refuse_oversize_list

ListRow = tuple[int, int, list[str]]
"""The row as a spreadsheet counts it, the line of the file it begins in (both from 1), and the text of its cells.

They differ in a CSV below a cell of two lines.
"""

LARGEST_LIST = 4_000_000_000
MOST_ROWS = 5_000_000
MOST_SHEET_ROWS = 1_048_576
"""Rows that any spreadsheet has; a file that names a later one is not followed there."""
BEGINNING = 65_536
STEP = 1 << 20
WIDEST_SHEET = 101
"""One column more than is read, to see that there are more."""

_MARKS = ((b"%PDF", Unreadable.PDF), (b"{\\rtf", Unreadable.WORD))
_WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<table")
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_PACKAGES = (
    ("word/document.xml", Unreadable.WORD),
    ("xl/workbook.bin", Unreadable.XLSB),
    ("content.xml", Unreadable.ODS),
)


def stream_rows(
    path: Path, *, largest: int = LARGEST_LIST, most_rows: int = MOST_ROWS, what: str = "list"
) -> Iterator[ListRow]:
    """Read every row of a CSV, or of the first sheet of an .xlsx that is shown; blank rows too.

    Cells are as they are in the file, spaces included; dates of a workbook as ISO text.
    A CSV may be in UTF-8 (with or without mark), UTF-16 or Windows spelling, with commas, semicolons or tabs. Raises
    UnreadableFile, before the first row or at the row where a damaged file breaks off; ``what`` it is called when it
    is larger than ``largest`` bytes or has more than ``most_rows``: nothing is counted of a part of a list.
    """
    beginning = _beginning_of(path, largest, what)
    _refuse_by_beginning(path, beginning)
    if beginning.startswith(_ZIP):
        rows = _rows_of_workbook(path, min(most_rows, MOST_SHEET_ROWS))
    else:
        rows = _rows_of_csv(path, beginning)
    for listed in rows:
        if listed[0] > most_rows:
            raise UnreadableFile(path, Unreadable.TOO_LARGE, f"more than {most_rows:,} rows for a {what}")
        yield listed


def csv_form(path: Path) -> tuple[str, str] | None:
    """Return a CSV's encoding and delimiter; None for a workbook. Raises UnreadableFile where it cannot be opened."""
    beginning = _beginning_of(path, LARGEST_LIST, "list")
    if beginning.startswith(_ZIP):
        return None
    encoding = _encoding(path, beginning)
    return encoding, _delimiter(codecs.getincrementaldecoder(encoding)("replace").decode(beginning))


def file_digest(path: Path) -> str:
    """Work out a file's sha256, read in steps. Raises UnreadableFile where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise UnreadableFile(path, Unreadable.PERMISSION, problem.strerror or str(problem)) from problem


def _beginning_of(path: Path, largest: int, what: str) -> bytes:
    if not path.exists():
        raise UnreadableFile(path, Unreadable.MISSING)
    if not path.is_file():
        raise UnreadableFile(path, Unreadable.NOT_A_FILE)
    try:
        size = path.stat().st_size
        if size > largest:
            raise UnreadableFile(path, Unreadable.TOO_LARGE, f"{size // 1_000_000} MB for a {what}")
        with path.open("rb") as file:
            return file.read(BEGINNING)
    except OSError as problem:
        raise UnreadableFile(path, Unreadable.PERMISSION, problem.strerror or str(problem)) from problem


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


def _rows_of_csv(path: Path, beginning: bytes) -> Iterator[ListRow]:
    encoding = _encoding(path, beginning)
    sample = codecs.getincrementaldecoder(encoding)("replace").decode(beginning)
    if "\0" in sample:
        raise UnreadableFile(path, Unreadable.NOT_A_WORKBOOK)
    line = 1
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=_delimiter(sample))
            for row, cells in enumerate(reader, start=1):
                yield row, line, cells
                line = reader.line_num + 1
    except csv.Error as problem:
        detail = f"as CSV it breaks off in line {line} ({problem})"
        raise UnreadableFile(path, Unreadable.DAMAGED, detail) from problem


def _encoding(path: Path, beginning: bytes) -> str:
    """UTF-16 by its mark, UTF-8 where every byte of the file is, else what Excel calls simply CSV."""
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    with suppress(UnicodeDecodeError), path.open("rb") as file:
        while step := file.read(STEP):
            decoder.decode(step)
        decoder.decode(b"", final=True)
        return "utf-8-sig"
    return "cp1252"


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: what the first row with any has most of, outside quotation marks."""
    for line in text.splitlines():
        plain = "".join(line.split('"')[::2])
        best = max(",;\t", key=plain.count)
        if best in plain:
            return best
    return ","


def _rows_of_workbook(path: Path, most_rows: int) -> Iterator[ListRow]:
    with path.open("rb") as file:  # the open file, since by its path openpyxl would judge it by its name
        _refuse_other_packages(path, file)
        for row, cells in enumerate(islice(_rows_of_first_sheet(path, file), most_rows + 1), start=1):
            yield row, row, cells


def _rows_of_first_sheet(path: Path, file: IO[bytes]) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - a list in CSV need not wait for it

    try:
        book = load_workbook(file, read_only=True, data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown[:1]:
            sheet.reset_dimensions()  # some programs write a size that is wrong
            for cells in sheet.iter_rows(max_col=WIDEST_SHEET, values_only=True):
                yield [cell_text(value) for value in cells] if any(cells) else []
        book.close()
    except Exception as problem:
        # openpyxl raises whatever a damaged file makes it trip over
        detail = str(problem)[:80] or type(problem).__name__
        raise UnreadableFile(path, Unreadable.DAMAGED, detail) from problem


def _refuse_other_packages(path: Path, file: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            refuse_oversize_list(package.infolist())
    except OversizePart as problem:
        raise UnreadableFile(path, Unreadable.TOO_LARGE, str(problem)) from problem
    except zipfile.BadZipFile as problem:
        raise UnreadableFile(path, Unreadable.DAMAGED, "its end is missing") from problem
    if "xl/workbook.xml" in names:
        return
    for mark, reason in _OTHER_PACKAGES:
        if mark in names:
            raise UnreadableFile(path, reason)
    raise UnreadableFile(path, Unreadable.NOT_A_WORKBOOK)
