"""A small workbook with one of everything the raw reader must tell apart, and the truth about it, by hand."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlkpi.ooxml.model import RawWorkbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")
COVER = re.compile(r"xl/worksheets/sheet1\.xml")
TEXTS = re.compile(r"xl/sharedStrings\.xml")

# a cell's date has no time zone
DAY = datetime(2026, 10, 14)  # noqa: DTZ001
HALF_PAST_FOUR = DAY.replace(hour=16, minute=30)
CREATED = DAY.replace(hour=9, minute=30)

KPI = "Lot 1 Wellbeing"
QUOTED = "It's"

CELLS: Mapping[tuple[str, str], tuple[str, object, str | None, str]] = {
    ("Cover", "A1"): ("text", "Provider", None, "General"),
    ("Cover", "B1"): ("text", 'A & B <"C"> Ltd', None, "General"),
    ("Cover", "B2"): ("date", DAY, None, "dd/mm/yyyy"),
    ("Cover", "B3"): ("date", HALF_PAST_FOUR, None, "dd/mm/yyyy hh:mm"),
    ("Cover", "B4"): ("text", "  spaces kept  ", None, "General"),
    ("Cover", "B5"): ("text", "two\nlines – £5 − ünïcødé 🙂", None, "General"),
    ("Cover", "B6"): ("text", "plain bold plain", None, "General"),
    ("Cover", "B7"): ("uncalculated", None, "B8", "General"),  # XlsxWriter stores no empty text
    ("Cover", "XFD1048576"): ("text", "the last cell", None, "General"),
    (KPI, "B2"): ("text", "KPI S4a", None, "General"),
    (KPI, "F7"): ("number", 42.0, None, "0"),
    (KPI, "G7"): ("number", 50.0, None, "0"),
    (KPI, "F8"): ("number", 0.0, None, "0"),
    (KPI, "G8"): ("number", -1.5e-7, None, "General"),
    (KPI, "H7"): ("number", 0.84, 'IF(AND(F7="",G7=""),"",F7/G7)', "0.0%"),
    (KPI, "I7"): ("text", "Amber", 'IF(100*F7<85*G7,"Red","Amber")', "General"),
    (KPI, "I8"): ("error", "#REF!", "#REF!+1", "General"),
    (KPI, "J7"): ("boolean", True, "F7<>G7", "General"),
    (KPI, "J8"): ("boolean", False, None, "General"),
    (KPI, "K7"): ("uncalculated", None, "NOW()", "General"),
    (KPI, "L7"): ("text", " KPI S4a", 'B2&" "&"<b>"', "General"),
    (QUOTED, "F7"): ("number", 1.0, None, "General"),
    ("_meta", "A1"): ("text", "manifest", None, "General"),
}

NAMES = {
    "KPI_S4a.x": (KPI, "F7"),
    "KPI_S4a.y": (KPI, "G7"),
    "Quoted.cell": (QUOTED, "F7"),
    "Return.provider": ("Cover", "B1"),
    "One.cell.area": (KPI, "F8"),
    "An.area": None,
    "A.constant": None,
    "A.lost.cell": None,
}

_DEFINED = {
    "KPI_S4a.x": f"='{KPI}'!$F$7",
    "KPI_S4a.y": f"='{KPI}'!$G$7",
    "Quoted.cell": "='It''s'!$F$7",
    "Return.provider": "=Cover!$B$1",
    "One.cell.area": f"='{KPI}'!$F$8:$F$8",
    "An.area": f"='{KPI}'!$F$7:$G$8",
    "A.constant": "=42",
    "A.lost.cell": f"='{KPI}'!#REF!",
}


@cache
def sample(*, last_cell: bool = True) -> bytes:
    """The workbook as XlsxWriter writes it; without its last cell LibreOffice saves it in a second, not in twenty."""
    return respelt(_written(last_cell=True), _to_the_last_row, COVER) if last_cell else _written(last_cell=False)


def _to_the_last_row(sheet: str) -> str:
    """Move the cell of row 8: XlsxWriter takes a second to look through the million rows before the last."""
    sheet = re.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>', sheet)
    moved = r'<row r="1048576" spans="16384:16384"><c r="XFD1048576"\1'
    sheet, count = re.subn(r'<row r="8"[^>]*><c r="A8"(.*)', moved, sheet)
    assert count == 1, "the sample has no cell to move"
    return sheet


def _written(*, last_cell: bool) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        _cover(book, last_cell=last_cell)
        _kpi(book)
        book.add_worksheet(QUOTED).write_number("F7", 1)
        meta = book.add_worksheet("_meta")
        meta.write_string("A1", "manifest")
        meta.very_hidden()
        for name, text in _DEFINED.items():
            book.define_name(name, text)
    return target.getvalue()


def _cover(book: xlsxwriter.Workbook, *, last_cell: bool) -> None:
    sheet = book.add_worksheet("Cover")
    bold = book.add_format({"bold": True})
    sheet.write_string("A1", "Provider")
    sheet.write_string("B1", 'A & B <"C"> Ltd')
    sheet.write_datetime("B2", DAY, book.add_format({"num_format": "dd/mm/yyyy"}))
    timed = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_datetime("B3", HALF_PAST_FOUR, timed)
    sheet.write_string("B4", "  spaces kept  ")
    sheet.write_string("B5", "two\nlines – £5 − ünïcødé 🙂")
    sheet.write_rich_string("B6", "plain ", bold, "bold", " plain")
    sheet.write_formula("B7", "=B8", value="")
    if last_cell:
        sheet.write_string("A8", "the last cell")
    sheet.merge_range("D1:E2", "", bold)
    sheet.set_column("H:J", None, None, {"hidden": True})


def _kpi(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(KPI)
    whole = book.add_format({"num_format": "0", "locked": False})
    sheet.protect("secret")
    sheet.write_string("B2", "KPI S4a")
    sheet.write_number("F7", 42, whole)
    sheet.write_number("G7", 50, whole)
    sheet.write_number("F8", 0, whole)
    sheet.write_blank("F9", None, whole)
    sheet.write_number("G8", -1.5e-7)
    share = book.add_format({"num_format": "0.0%"})
    sheet.write_formula("H7", '=IF(AND(F7="",G7=""),"",F7/G7)', share, 0.84)
    sheet.write_formula("I7", '=IF(100*F7<85*G7,"Red","Amber")', None, "Amber")
    sheet.write_formula("I8", "=#REF!+1", None, "#REF!")
    sheet.write_formula("J7", "=F7<>G7", None, True)
    sheet.write_boolean("J8", False)
    sheet.write_formula("K7", "=NOW()", None, "")
    sheet.write_formula("L7", '=B2&" "&"<b>"', None, " KPI S4a")
    sheet.set_row(10, None, None, {"hidden": True})
    sheet.set_row(11, None, None, {"hidden": True})
    sheet.merge_range("B4:D4", "", share)
    sheet.data_validation("F7:G8", {"validate": "integer", "criteria": ">=", "value": 0})
    yes_no = {"validate": "list", "source": ["Yes", "No"], "other_cells": [[9, 8, 9, 9]]}
    sheet.data_validation("I9", yes_no)
    sheet.conditional_format("F7:G8", {"type": "cell", "criteria": "<", "value": 0, "format": whole})


def facts(book: RawWorkbook) -> dict[str, object]:
    """Everything a workbook says, in plain types, for comparing two of them."""
    return {
        "cells": {
            (sheet.name, cell.ref): (cell.kind.value, cell.value, cell.formula, cell.number_format)
            for sheet in book.sheets
            for cell in sheet.cells()
        },
        "names": {name: (target.sheet, target.ref) if target else None for name, target in book.names.items()},
        "states": [(sheet.name, sheet.state) for sheet in book.sheets],
        "protected": [sheet.name for sheet in book.sheets if sheet.protected],
        "hidden": {sheet.name: (sheet.hidden_rows, sheet.hidden_columns) for sheet in book.sheets},
        "merges": {sheet.name: sheet.merges for sheet in book.sheets},
        "validations": {sheet.name: sheet.validations for sheet in book.sheets},
        "saved": (book.modified, book.application, book.structure_locked, book.has_macros),
    }


def respelt(
    data: bytes, change: Callable[[str], str | bytes], only: re.Pattern[str] = SHEETS, *, stored: bool = False
) -> bytes:
    """A workbook file with the parts whose names match rewritten, text to text (or to bytes)."""
    target = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", method) as new:
        for info in old.infolist():
            content: str | bytes = old.read(info)
            if only.fullmatch(info.filename) and isinstance(content, bytes):
                content = change(content.decode())
            new.writestr(info.filename, content)
    return target.getvalue()


def renamed(data: bytes, change: Callable[[str], str]) -> bytes:
    """A workbook file whose members bear other names."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(change(info.filename), old.read(info))
    return target.getvalue()
