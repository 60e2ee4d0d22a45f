"""Officers' decisions about files of the inbox: a small CSV beside it, one row per file."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, field_validator

from xlkpi.core.day import short_date
from xlkpi.core.records import FileAction, FileDecision
from xlkpi.council.lists.faults import Fault, cell_at, place, told
from xlkpi.council.lists.parse_values import read_date
from xlkpi.council.lists.records import Records, read_records
from xlkpi.errors import RegisterError
from xlkpi.writing.csv_text import csv_lines, unguard_formula

FILE_DECISIONS = "decisions.csv"
"""The list beside an inbox is named after the inbox, and this: ``inbox decisions.csv``."""

COLUMNS = ("file", "sha256", "decision", "who", "when", "why")
_HEX = frozenset("0123456789abcdef")
_SHA256_LENGTH = 64


def _action(text: Any) -> FileAction:
    plain = " ".join(str(text).casefold().replace("-", " ").split())
    if plain not in {action.value for action in FileAction}:
        raise told(f"says “{text}”. Write use or set aside." if plain else "is empty. Write use or set aside.")
    return FileAction(plain)


def _day(text: Any) -> date:
    if not text:
        raise told("is empty. Enter the day it was decided, day/month/year.")
    return read_date(str(text))


class FileDecisionRow(BaseModel):
    """A row of the list as text, turned into what it means; every decision needs who, when and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    file: str = ""
    sha256: str = ""
    decision: Annotated[FileAction, BeforeValidator(_action)] = ""  # type: ignore[assignment]  # an empty cell is told of
    who: str = ""
    when: Annotated[date, BeforeValidator(_day)] = ""  # type: ignore[assignment]  # as above
    why: str = ""

    @field_validator("who", "why")
    @classmethod
    def _said(cls, text: str) -> str:
        if not text:
            raise told("is empty. A decision without a name and a reason is not applied.")
        return text

    @field_validator("sha256")
    @classmethod
    def _digest(cls, text: str) -> str:
        plain = text.casefold()
        if plain and (len(plain) != _SHA256_LENGTH or not _HEX.issuperset(plain)):
            raise told("is no sha256. Copy it from the sheet Files, or leave it empty.")
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
    records = read_records(path)
    header = {text.strip().casefold(): at for at, text in enumerate(records[0] if records else ())}
    missing = tuple(column for column in COLUMNS if column not in header and column != "sha256")
    if missing:
        raise RegisterError(path, missing, tuple(records[0]) if records else ())
    return FileDecisions(path, *_decisions(records, header))


def _decisions(records: Records, header: dict[str, int]) -> tuple[tuple[FileDecision, ...], tuple[Fault, ...]]:
    decisions, faults = [], []
    for row, record in enumerate(records[1:], start=2):
        if not any(record):
            continue
        whole = (*map(unguard_formula, record), *[""] * len(header))
        cells = {column: whole[header[column]] for column in COLUMNS if column in header}
        try:
            read = FileDecisionRow.model_validate(cells)
        except ValidationError as problem:
            for told_of in problem.errors(include_url=False):
                column = str((*told_of["loc"], "")[0])
                at = header.get(column, -1) + 1
                faults.append(_fault(row, column, at, told_of["msg"]))
            continue
        if not (read.file or read.sha256):
            faults.append(_fault(row, "file", header["file"] + 1, "is empty. Name the file."))
            continue
        file = read.file.replace("\\", "/")
        decisions.append(FileDecision(file, read.sha256, read.decision, read.who, read.when, read.why, row))
    return tuple(decisions), tuple(faults)


def _fault(row: int, column: str, at: int, says: str) -> Fault:
    return Fault(row, column, f"{place(row, column, at)} {says}", cell=cell_at(row, at))


def with_decision(earlier: bytes, decision: FileDecision) -> bytes:
    """The list with one more row at its end; a list of nothing begins with the header.

    What is no text in a file's name is replaced: its sha256 still says which file is meant.
    """
    row = (decision.file, decision.sha256, decision.action.value, decision.who, short_date(decision.when), decision.why)
    if not earlier.strip():
        return (earlier or BOM_UTF8) + csv_lines([COLUMNS, row])
    return earlier + (b"" if earlier.endswith(b"\n") else b"\r\n") + csv_lines([row])
