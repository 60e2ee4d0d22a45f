"""A planned master as an .xlsx file, left open to sort and filter; the same bytes for the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlkpi.ooxml.addresses import LAST_ROW
from xlkpi.second_core import can_copy, on_second_core
from xlkpi.writing.workbook.assemble import woven
from xlkpi.writing.workbook.look_styles import styles_of_looks
from xlkpi.writing.workbook.skeleton import shell_of
from xlkpi.writing.workbook.spell_apart import Apart, first_apart, spell_apart
from xlkpi.writing.workbook.workbook_plan import Sheet, WorkbookPlan


def render_workbook(book: WorkbookPlan, *, most_rows: int = LAST_ROW, two_cores: bool = False) -> bytes:
    """Write a plan. All text is written as text, whatever it begins with; only a Formula is one.

    A table longer than a sheet goes on in further sheets (``Data (2)``); ``most_rows`` is how many rows a sheet has.
    With ``two_cores`` another process may spell some of a large workbook's sheets; the bytes are the same.
    Raises PlanError where the plan contains what a workbook cannot, such as two tables of one name.
    """
    sheets = [part for whole in book.sheets for part in _parts(whole, most_rows)]
    looks = styles_of_looks(with_units=book.with_units)
    first = first_apart(sheets) if two_cores and can_copy() else len(sheets)
    if first == len(sheets):
        return woven(shell_of(book, sheets), sheets, looks)
    with on_second_core(lambda: spell_apart(sheets[first:], looks.numbers)) as spelt:
        return woven(shell_of(book, sheets), sheets, looks, Apart(first, spelt))


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
