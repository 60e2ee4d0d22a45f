"""Officers' decisions about files of the inbox: a small CSV beside it, one row per file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator

from xlkpi.core.day import short_date
from xlkpi.core.records import FileAction, FileDecision
from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import DECISION_ALIASES, ListColumns, wide_fault
from xlkpi.council.lists.faults import CellFault, Fault, rejection, row_fault
from xlkpi.council.lists.parse_values import required_date
from xlkpi.council.lists.reader import ListedRow, open_list
from xlkpi.council.lists.rows import csv_form
from xlkpi.council.lists.validate_row import validate_row
from xlkpi.errors import UnwritableFile
from xlkpi.findings import shorten
from xlkpi.writing.csv_text import csv_lines, unguard_formula

FILE_DECISIONS = "decisions.csv"
"""The list beside an inbox is named after the inbox, and this: ``inbox decisions.csv``."""

FILE_DECISION_COLUMNS = ListColumns(
    ("file", "sha256", "decision", "who", "when", "why"),
    ("file", "decision", "who", "when", "why"),
    DECISION_ALIASES,
    may_overflow=True,
)
LARGEST_DECISIONS, MOST_DECISIONS = 50_000_000, 100_000
LONGEST_CELL = 4_000
_HEX = frozenset("0123456789abcdef")
_SHA256_LENGTH = 64


def _action(text: Any) -> FileAction:
    plain = " ".join(str(text).casefold().replace("-", " ").split())
    if plain not in {action.value for action in FileAction}:
        raise rejection(
            f"says “{shorten(str(text))}”. Write use or set aside." if plain else "is empty. Write use or set aside."
        )
    return FileAction(plain)


_day = required_date("Enter the day it was decided, day/month/year.")


class FileDecisionRow(BaseModel):
    """A row of the list as text, turned into what it means; every decision needs who, when and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    file: str = ""
    sha256: str = ""
    decision: Annotated[FileAction, BeforeValidator(_action)] = ""  # type: ignore[assignment]  # an empty cell is rejected
    who: str = ""
    when: Annotated[date, BeforeValidator(_day)] = ""  # type: ignore[assignment]  # as above
    why: str = ""

    @field_validator("who", "why")
    @classmethod
    def _filled(cls, text: str) -> str:
        if not text:
            raise rejection("is empty. A decision without a name and a reason is not applied.")
        return text

    @field_validator("sha256")
    @classmethod
    def _digest(cls, text: str) -> str:
        plain = text.casefold()
        if plain and (len(plain) != _SHA256_LENGTH or not _HEX.issuperset(plain)):
            raise rejection("is not a sha256. Copy it from the sheet Files, or leave it empty.")
        return plain


@dataclass(frozen=True)
class FileDecisions:
    """The decisions about an inbox that can be read, what is wrong with other rows, and the list they are in."""

    path: Path | None = None
    decisions: tuple[FileDecision, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """Give the name of the list's file; empty where there is no list."""
        return self.path.name if self.path else ""


def read_file_decisions(path: Path | None) -> FileDecisions:
    """Read a list of decisions; a row that cannot be applied is a fault, and None is a list without rows.

    Raises UnreadableFile where the file is neither CSV nor .xlsx, RegisterError where columns are missing.
    """
    if path is None:
        return FileDecisions()
    if path.is_file() and not path.stat().st_size:
        return FileDecisions(path)  # the first decision is being written, or its writing was cut off
    opened = open_list(path, FILE_DECISION_COLUMNS, largest=LARGEST_DECISIONS, most_rows=MOST_DECISIONS)
    decisions: list[FileDecision] = []
    faults: list[Fault] = [wide_fault(opened.header, "list of decisions")] if opened.header.is_cut else []
    for listed in opened:
        cells = [unguard_formula(clean(text)) for text in listed.cells]
        if listed.is_blank:
            continue
        decided, wrong = _read_row(listed, cells)
        faults += [row_fault(listed.row, fault, sheet=listed.sheet) for fault in wrong]
        if decided is not None:
            decisions.append(_decision(decided, listed.row))
    return FileDecisions(path, tuple(decisions), (*faults, *opened.remarks))


def _read_row(listed: ListedRow, cells: Sequence[str]) -> tuple[FileDecisionRow | None, tuple[CellFault, ...]]:
    """Read a row of the list: the decision, or None and what is wrong with it."""
    if listed.fault:
        return None, (listed.fault,)
    header = listed.header
    decided, wrong = validate_row(FileDecisionRow, header.filled(cells), header, listed.row, LONGEST_CELL)
    if decided is not None and not (decided.file or decided.sha256):
        return None, (CellFault("file", listed.cell("file"), "is empty. Name the file."),)
    return decided, wrong


def _decision(decided: FileDecisionRow, row: int) -> FileDecision:
    file = decided.file.replace("\\", "/")
    return FileDecision(file, decided.sha256, decided.decision, decided.who, decided.when, decided.why, row)


@dataclass(frozen=True)
class _ListForm:
    """How a list is written: its encoding, its delimiter, and the column in each place."""

    encoding: str = "utf-8"
    delimiter: str = ","
    columns: tuple[str, ...] = FILE_DECISION_COLUMNS.names


def added_decision(path: Path, earlier: bytes, decision: FileDecision) -> bytes:
    """Return what to add to a list for one more decision: a row in the form of the list, after a header if it is empty.

    ``earlier`` is the content of the list at ``path``. Raises UnreadableFile or RegisterError where the list cannot be
    read, UnwritableFile where a row at its end would not be read as one.
    """
    if not earlier.strip():
        return (b"" if earlier else codecs.BOM_UTF8) + csv_lines([FILE_DECISION_COLUMNS.names, _cells(decision)])
    form = _form_of(path, earlier)
    texts = dict(zip(FILE_DECISION_COLUMNS.names, _cells(decision), strict=True))
    row = csv_lines([[texts.get(column, "") for column in form.columns]], form.encoding, form.delimiter)
    line_end = "\n".encode(form.encoding)
    addition = (b"" if earlier.endswith(line_end) else "\r\n".encode(form.encoding)) + row
    if _last_row(earlier + addition, form) != _last_row(row, form):
        detail = "a quotation mark in it is never closed"
        raise UnwritableFile(path, detail, "Open the list, correct its last row and decide again.")
    return addition


def _cells(decision: FileDecision) -> tuple[str, ...]:
    """Return a decision's cells. Whatever is not text in a file's name is replaced: its sha256 says which is meant."""
    day = short_date(decision.when)
    return (decision.file, decision.sha256, decision.action.value, decision.who, day, decision.why)


def _form_of(path: Path, earlier: bytes) -> _ListForm:
    header = open_list(path, FILE_DECISION_COLUMNS).header
    form = csv_form(path)
    if form is None:
        detail = "it is a workbook, and decisions are added to a CSV"
        raise UnwritableFile(path, detail, "Save it as CSV UTF-8 and name that file with --decisions.")
    encoding, delimiter = form
    if encoding == "utf-16":
        encoding = "utf-16-le" if earlier.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    by_place = {place: column for column, place in header.at.items()}
    columns = tuple(by_place.get(place, "") for place in range(header.width))
    return _ListForm(encoding.removesuffix("-sig"), delimiter, columns)


def _last_row(data: bytes, form: _ListForm) -> Sequence[str]:
    text = io.StringIO(data.decode(form.encoding, "replace"), newline="")
    last: Sequence[str] = ()
    with suppress(csv.Error):  # a cell longer than CSV may have: what is below it cannot be read
        for row in csv.reader(text, delimiter=form.delimiter):
            last = row or last
        return last
    return ()
