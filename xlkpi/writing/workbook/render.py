"""A planned master as an .xlsx file, left open to sort and filter; the same bytes for the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlkpi.ooxml.addresses import LAST_ROW
from xlkpi.writing.workbook.assemble import woven
from xlkpi.writing.workbook.row_heights import fitted
from xlkpi.writing.workbook.skeleton import shell_of
from xlkpi.writing.workbook.workbook_plan import Sheet, WorkbookPlan


def render_workbook(book: WorkbookPlan, *, most_rows: int = LAST_ROW) -> bytes:
    """Write a plan. All text is written as text, whatever it begins with; only a Formula is one.

    A table longer than a sheet goes on in further sheets (``Data (2)``); ``most_rows`` is how many rows a sheet has.
    Raises PlanError where the plan contains what a workbook cannot, such as two tables of one name.
    """
    sheets = [fitted(part) for whole in book.sheets for part in _parts(whole, most_rows)]
    return woven(shell_of(book, sheets), sheets, with_units=book.with_units)


def _parts(sheet: Sheet, most_rows: int) -> Iterator[Sheet]:
    """The sheet, cut into as many as its table needs; only a sheet that is a single table from A1 is ever cut."""
    room = most_rows - 1
    if len(sheet.tables) != 1 or sheet.tables[0].row != 1 or len(sheet.tables[0].rows) <= room:
        yield sheet
        return
    table = sheet.tables[0]
    for number, start in enumerate(range(0, len(table.rows), room), start=1):
        more = "" if number == 1 else f"_{number}"
        part = replace(table, name=table.name + more, rows=table.rows[start : start + room])
        yield replace(sheet, name=sheet.name if number == 1 else f"{sheet.name} ({number})", tables=(part,))
