"""The rows of a long list, one at a time: a ledger of a million invoices must not stand in memory as text."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from xlkpi.council.lists.records import bytes_of, delimiter_of, refuse_by_beginning, rows_of_workbook
from xlkpi.errors import Unreadable, UnreadableFile

LARGEST = 4_000_000_000
BEGINNING = 65_536
STEP = 1 << 20
Record = tuple[int, list[str]]


def stream_records(path: Path) -> Iterator[Record]:
    """Every row of a CSV, or of the first sheet of an .xlsx that is shown, with the line it begins in, from 1.

    Cells come as they stand, spaces included; dates of a workbook as ISO text. A CSV may be in UTF-8 (with or
    without mark), UTF-16 or Windows spelling, with commas, semicolons or tabs. Blank rows come too. Raises
    UnreadableFile, before the first row or at the row where a damaged file breaks off.
    """
    beginning = bytes_of(path, largest=LARGEST, what="list", most=BEGINNING)
    refuse_by_beginning(path, beginning)
    if beginning.startswith(b"PK\x03\x04"):
        yield from _of_workbook(path)
    else:
        yield from _of_csv(path, beginning)


def digest_of(path: Path) -> str:
    """The file's sha256, read in steps. Raises UnreadableFile where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise UnreadableFile(path, Unreadable.PERMISSION, problem.strerror or str(problem)) from problem


def _of_csv(path: Path, beginning: bytes) -> Iterator[Record]:
    encoding = _encoding(path, beginning)
    sample = codecs.getincrementaldecoder(encoding)("replace").decode(beginning)
    if "\0" in sample:
        raise UnreadableFile(path, Unreadable.NOT_A_WORKBOOK)
    begins = 1
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=delimiter_of(sample))
            for row in reader:
                yield begins, row
                begins = reader.line_num + 1
    except csv.Error as problem:
        detail = f"as CSV it breaks off in line {begins} ({problem})"
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


def _of_workbook(path: Path) -> Iterator[Record]:
    with path.open("rb") as file:
        yield from enumerate(rows_of_workbook(path, file), start=1)
