"""What is wrong in a list, cell by cell; a list's faults never stop its sound rows."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from xlkpi.findings import Severity

REJECTED = "rejected"
"""The type of an error that says in our own words what is wrong, as pydantic reports it."""


@dataclass(frozen=True)
class CellFault:
    """A cell that cannot be read: its column and address, empty where the whole row is meant, and what to do.

    ``reason`` completes a sentence that begins with the place: ``is empty. Enter the provider's number.``
    """

    column: str
    cell: str
    reason: str


@dataclass(frozen=True)
class Fault:
    """One thing to fix in the register or the decisions, or to know.

    ``row`` counts as a spreadsheet does, from 1. ``column`` and ``cell`` are empty where the whole row is meant.
    ``severity`` says what happened to the row: MUST_FIX, it is left out; QUERY, it is used, without that cell's
    content where it could not be read; NOTE, nothing was lost. ``sheet`` is empty for a CSV and the first sheet.
    ``list_name`` is the file of the list, where several lists are read as one.
    """

    row: int
    column: str
    message: str
    severity: Severity = Severity.MUST_FIX
    cell: str = ""
    sheet: str = ""
    list_name: str = ""

    @property
    def full_message(self) -> str:
        """The message, which begins with the file of the list where there are several."""
        return f"{self.list_name}: {self.message}" if self.list_name else self.message


def row_fault(row: int, fault: CellFault, severity: Severity = Severity.MUST_FIX, sheet: str = "") -> Fault:
    """Make a fault of a list from that of a cell: its message begins with the place."""
    message = f"{place(row, fault.column, fault.cell, sheet)} {fault.reason}"
    return Fault(row, fault.column, message, severity, fault.cell, sheet)


def place(row: int, column: str = "", cell: str = "", sheet: str = "") -> str:
    """Name a place as a message begins: ``Row 5, lots (D5)``, or ``Row 5`` for the whole row."""
    start = f"Sheet {sheet}, row {row}" if sheet else f"Row {row}"
    return start + (f", {column}" if column else "") + (f" ({cell})" if column and cell else "")


def rejection(reason: str) -> PydanticCustomError:
    """Make a model's complaint in our own words: what follows the place, with what to do."""
    return PydanticCustomError(REJECTED, "{reason}", {"reason": reason})
