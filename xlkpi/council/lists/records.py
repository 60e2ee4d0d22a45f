"""The rows of a register's file as text, CSV or workbook: told apart by content, never by name."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from xlkpi.council.lists.cell_text import cell_text, clean
from xlkpi.errors import Unreadable, UnreadableFile

WIDEST = 100
LARGEST = 50_000_000
Records = tuple[tuple[str, ...], ...]

_MARKS = ((b"%PDF", Unreadable.PDF), (b"{\\rtf", Unreadable.WORD))
_WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<table")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_records(path: Path) -> Records:
    """Every row down to the last filled one, each as its cells' text; cells beyond column 100 are left away.

    Of a workbook, the first sheet that is shown. Raises UnreadableFile where the file is neither CSV nor
    xlsx.
    """
    data = bytes_of(path, largest=LARGEST, what="register")
    refuse_by_beginning(path, data)
    rows = rows_of_workbook(path, io.BytesIO(data)) if data.startswith(b"PK\x03\x04") else _csv(path, data)
    try:
        records = [tuple(row) for row in rows]
    except csv.Error as problem:
        raise UnreadableFile(path, Unreadable.DAMAGED, f"as CSV it breaks off ({problem})") from problem
    while records and not any(records[-1]):
        records.pop()
    return tuple(records)


def bytes_of(path: Path, *, largest: int, what: str, most: int = -1) -> bytes:
    """The file's bytes, or its first ones. Raises UnreadableFile where it is none, too large, or cannot be opened."""
    if not path.exists():
        raise UnreadableFile(path, Unreadable.MISSING)
    if not path.is_file():
        raise UnreadableFile(path, Unreadable.NOT_A_FILE)
    try:
        size = path.stat().st_size
        if size > largest:
            raise UnreadableFile(path, Unreadable.TOO_LARGE, f"{size // 1_000_000} MB for a {what}")
        with path.open("rb") as file:
            return file.read(most)
    except OSError as problem:
        raise UnreadableFile(path, Unreadable.PERMISSION, problem.strerror or str(problem)) from problem


def refuse_by_beginning(path: Path, data: bytes) -> None:
    """Raise UnreadableFile for a file whose name or first bytes say that it is no list of ours."""
    if path.name.startswith("~$"):
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


def _csv(path: Path, data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    if "\0" in text:
        raise UnreadableFile(path, Unreadable.NOT_A_WORKBOOK)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)):
        yield [clean(cell) for cell in row[:WIDEST]]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what Excel calls simply CSV


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: what the first row with any has most of, outside quotation marks."""
    for line in text.splitlines():
        plain = "".join(line.split('"')[::2])
        best = max(",;\t", key=plain.count)
        if best in plain:
            return best
    return ","


def rows_of_workbook(path: Path, content: IO[bytes]) -> Iterator[list[str]]:
    """The rows of the first sheet that is shown, dates as ISO text. Raises UnreadableFile, at the row that is damaged.

    ``content`` is the open file: by its path openpyxl would judge it by its name.
    """
    _check_package(path, content)
    from openpyxl import load_workbook  # noqa: PLC0415 - a list in CSV need not wait for it

    try:
        book = load_workbook(content, read_only=True, data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown[:1]:
            sheet.reset_dimensions()  # some programs write a size that is wrong
            for row in sheet.iter_rows(max_col=WIDEST, values_only=True):
                yield [cell_text(value) for value in row]
        book.close()
    except Exception as problem:
        # openpyxl raises whatever a damaged file makes it trip over
        detail = str(problem)[:80] or type(problem).__name__
        raise UnreadableFile(path, Unreadable.DAMAGED, detail) from problem


def _check_package(path: Path, content: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(content) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile as problem:
        raise UnreadableFile(path, Unreadable.DAMAGED, "its end is missing") from problem
    if "xl/workbook.xml" in names:
        return
    for mark, reason in (
        ("word/document.xml", Unreadable.WORD),
        ("xl/workbook.bin", Unreadable.XLSB),
        ("content.xml", Unreadable.ODS),
    ):
        if mark in names:
            raise UnreadableFile(path, reason)
    raise UnreadableFile(path, Unreadable.NOT_A_WORKBOOK)
