"""What the code in a workbook calls in xlwings Lite: the functions, and the scripts *Check this return* and *Explain*.

Standard library only: it runs in the browser's Python inside Excel. Nothing is sent anywhere: figures are read from
the open workbook, and what is found is printed in xlwings Lite's own pane and written to the sheet *KPI check* where
the workbook has one. Numbers arrive as numbers, blanks as None, dates as datetimes, and every argument as a list of
rows, so that a column differs from a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

from xlkpi.catalogue.load import load_catalogue
from xlkpi.commands.explain import explanation
from xlkpi.findings import Code, Finding
from xlkpi.hosts.functions import FUNCTIONS
from xlkpi.hosts.lite.book_copy import Rows, package_of
from xlkpi.reading.returns.check_return import check_return

RESULTS = "KPI check"
"""The sheet that results are written to, where the workbook has it."""

UNSEEN = frozenset({Code.FORMULA_LOST, Code.PROTECTION_OFF})
"""Findings about formulas and locks, neither of which a script can see."""

SCOPE = "Formulas, locks and macros are not checked here: xlkpi check does that."
_BY_NAME = {function.name: function for function in FUNCTIONS}
LAST_ROW, WIDEST_ROW = 400, 60


class Book(Protocol):
    """The open workbook, as xlwings Lite hands it to a script."""

    name: str
    sheets: Any
    names: Any
    selection: Any


def answer(name: str, *cells: Any) -> Any:
    """Answer a worksheet function. Raises WrongArgument, which xlwings Lite shows as the cell's error."""
    return _BY_NAME[name].call(*map(_argument, cells))


def _argument(rows: Any) -> Any:
    """A list of one row with one cell is that cell; anything else stays a range."""
    if isinstance(rows, list) and len(rows) == 1 and isinstance(rows[0], list) and len(rows[0]) == 1:
        return rows[0][0]
    return rows


def check_this_return(book: Book) -> list[str]:
    """Check the open return, as ``xlkpi check`` would check its figures; returns the lines that are shown."""
    sheets = {sheet.name: values_of(sheet) for sheet in book.sheets if sheet.name != RESULTS}
    names = [(name.name, name.refers_to) for name in book.names if name.refers_to and "!" not in name.name]
    checked = check_return(book.name, data=package_of(sheets, names))
    findings = [each for each in checked.findings if each.code not in UNSEEN]
    rated = sum(entry.rag is not None for entry in checked.entries)
    head = "Nothing to fix." if not findings else f"{len(findings)} to look at."
    lines = [f"{head} {rated} indicators have a RAG. {SCOPE}", *map(line_of, findings)]
    show(book, lines)
    return lines


def values_of(sheet: Any) -> Rows:
    """The values of a sheet from A1 to its last used cell."""
    last = sheet.used_range.last_cell
    rows: Rows = sheet.range((1, 1), (last.row, last.column)).options(ndim=2).value
    return rows


def line_of(finding: Finding) -> str:
    """A finding as one line: how urgent, where, and the message."""
    place = " ".join(part for part in (finding.sheet, finding.cell) if part)
    return f"{finding.severity.value}: {place + ': ' if place else ''}{finding.message}"


def explain(book: Book) -> list[str]:
    """Explain the indicator of the selected row; returns the lines that are shown."""
    sheet, row = book.selection.sheet, book.selection.row
    values = sheet.range((row, 1), (row, WIDEST_ROW)).options(ndim=2).value[0]
    lines = explanation_of([value for value in values if isinstance(value, str)])
    show(book, lines)
    return lines


def explanation_of(texts: Sequence[str]) -> list[str]:
    """Explain the first indicator whose code is in one of the texts."""
    catalogue = load_catalogue()
    # The longest code first: one code may be the beginning of another.
    codes = sorted(catalogue.indicators, key=len, reverse=True)
    plain = [" ".join(text.replace("_", " ").split()).casefold() for text in texts]
    code = next((code for text in plain for code in codes if is_named(code.casefold(), text)), "")
    if not code:
        example = next(iter(catalogue.indicators))
        return [f"There is no indicator in the selected row. Select a row with a code such as {example}."]
    return explanation(catalogue, catalogue.indicators[code]).splitlines()


def is_named(code: str, text: str) -> bool:
    """Tell whether a text contains a code as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(code)}(?!\w)", text) is not None


def show(book: Book, lines: Sequence[str]) -> None:
    """Print lines in xlwings Lite's pane, and write them to the sheet *KPI check* where there is one."""
    print("\n".join(lines))  # noqa: T201 - the pane of xlwings Lite shows what is printed
    for sheet in book.sheets:
        if sheet.name == RESULTS:
            sheet.range((1, 1), (LAST_ROW, 1)).clear_contents()
            sheet.range((1, 1)).value = [["'" + line] for line in lines[:LAST_ROW]]
