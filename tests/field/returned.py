"""The sample return with one thing changed, and what a check says of it."""

from __future__ import annotations

from typing import Any

from tests.reading.return_edits import ALL, checked, in_cells, place
from xlkpi.reading.returns.checked_return import CheckedReturn

FRESH = "Copy your figures into a fresh copy of the workbook."


def in_cell(ref: str, content: Any, number_format: str = "", sheet: str = ALL) -> bytes:
    """The return with other content in one cell, and another number format where one is given."""
    return in_cells({(sheet, ref): (content, number_format)})


def in_named(data: bytes | None = None, **cells: Any) -> bytes:
    """The return with other contents in named cells: ``in_named(KPI_S1__comment="…")``."""
    return in_cells({place(name.replace("__", ".")): content for name, content in cells.items()}, data)


def figures(checked_return: CheckedReturn, code: str) -> tuple[int | None, int | None]:
    """x and y of an indicator as they count."""
    return next((entry.x, entry.y) for entry in checked_return.entries if entry.code == code)


def findings_at(findings: CheckedReturn, cell: str, sheet: str = ALL) -> list[tuple[str, str]]:
    """Kind and severity of each finding about a cell."""
    return [
        (finding.code.name, finding.severity.value)
        for finding in findings.findings
        if (finding.sheet, finding.cell) == (sheet, cell)
    ]


def check_cell(ref: str, content: Any, number_format: str = "") -> CheckedReturn:
    """Check the return with other content in one cell."""
    return checked(in_cell(ref, content, number_format))
