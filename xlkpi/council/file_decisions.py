"""Officers' decisions about files of the inbox: a small CSV beside it, one row per file."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator

from xlkpi.core.day import short_date
from xlkpi.core.records import FileAction, FileDecision
from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import DECISION_ALIASES, ListColumns
from xlkpi.council.lists.faults import CellFault, Fault, rejection, row_fault
from xlkpi.council.lists.parse_values import required_date
from xlkpi.council.lists.reader import open_list, validate_row
from xlkpi.writing.csv_text import csv_lines, unguard_formula

FILE_DECISIONS = "decisions.csv"
"""The list beside an inbox is named after the inbox, and this: ``inbox decisions.csv``."""

FILE_DECISION_COLUMNS = ListColumns(
    ("file", "sha256", "decision", "who", "when", "why"), ("file", "decision", "who", "when", "why"), DECISION_ALIASES
)
_HEX = frozenset("0123456789abcdef")
_SHA256_LENGTH = 64


def _action(text: Any) -> FileAction:
    plain = " ".join(str(text).casefold().replace("-", " ").split())
    if plain not in {action.value for action in FileAction}:
        raise rejection(f"says “{text}”. Write use or set aside." if plain else "is empty. Write use or set aside.")
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
    header, rows = open_list(path, FILE_DECISION_COLUMNS)
    decisions: list[FileDecision] = []
    faults: list[Fault] = []
    for row, _, texts in rows:
        cells = [unguard_formula(clean(text)) for text in texts]
        if not any(cells):
            continue
        decided, wrong = validate_row(FileDecisionRow, header.filled(cells), header, row)
        if decided is not None and not (decided.file or decided.sha256):
            decided, wrong = None, (CellFault("file", header.cell("file", row), "is empty. Name the file."),)
        faults += [row_fault(row, fault) for fault in wrong]
        if decided is not None:
            decisions.append(_decision(decided, row))
    return FileDecisions(path, tuple(decisions), tuple(faults))


def _decision(decided: FileDecisionRow, row: int) -> FileDecision:
    file = decided.file.replace("\\", "/")
    return FileDecision(file, decided.sha256, decided.decision, decided.who, decided.when, decided.why, row)


def with_decision(earlier: bytes, decision: FileDecision) -> bytes:
    """Return the list with one more row at its end; an empty list begins with the header.

    Whatever is not text in a file's name is replaced: its sha256 still says which file is meant.
    """
    row = (decision.file, decision.sha256, decision.action.value, decision.who, short_date(decision.when), decision.why)
    if not earlier.strip():
        return (earlier or BOM_UTF8) + csv_lines([FILE_DECISION_COLUMNS.names, row])
    return earlier + (b"" if earlier.endswith(b"\n") else b"\r\n") + csv_lines([row])
