"""What is wrong in a register, place by place; a register's faults never stop its sound rows."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from xlkpi.findings import Severity
from xlkpi.ooxml.addresses import column_letters


@dataclass(frozen=True)
class Fault:
    """One thing to put right in the register, or to know.

    ``row`` counts as a spreadsheet does, from 1. ``column`` and ``cell`` are empty where the whole row is meant.
    ``severity`` tells what became of it: MUST_FIX, the row is left out; QUERY, the row is used, without that
    cell's content where it could not be read; NOTE, nothing was lost.
    """

    row: int
    column: str
    message: str
    severity: Severity = Severity.MUST_FIX
    cell: str = ""


def place(row: int, column: str = "", at: int | None = None) -> str:
    """Where something stands, as a message begins: ``Row 5, lots (D5)``, or ``Row 5`` for the whole row."""
    if not column:
        return f"Row {row}"
    return f"Row {row}, {column}" + (f" ({cell_at(row, at)})" if at else "")


def cell_at(row: int, at: int | None) -> str:
    """A cell's address from its row and column, both counted from 1; empty where the column is not known."""
    return f"{column_letters(at)}{row}" if at else ""


def told(says: str) -> PydanticCustomError:
    """A model's complaint in our own words: what follows the place, with what to do."""
    return PydanticCustomError("told", "{says}", {"says": says})
