"""What is put together of parts written before is, part for part, what openpyxl writes."""

from __future__ import annotations

import io
import zipfile
from datetime import time

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.reading.return_edits import ALL, PLAN_SHEET, TRANSPORT, by_openpyxl, clean, named


def in_cells(book):
    named(book, "KPI_S1.x").value = "12 visits"
    named(book, "KPI_S1.y").number_format = "0.0[$kg]"
    named(book, "KPI_S2.x").value = time(12)
    named(book, "KPI_S2.y").hyperlink = "https://example.org"
    named(book, "KPI_S3.x").comment = Comment("See below", "A. Person")


def of_a_sheet(book):
    book[ALL].insert_cols(3)
    book[ALL].protection.sheet = False
    book[ALL].row_dimensions[40].hidden = book[ALL].column_dimensions["AA"].hidden = True
    book[PLAN_SHEET].sheet_state = "hidden"
    book[TRANSPORT].title = "Other"
    del book.defined_names["KPI_S1.x"]


def of_the_sheets(book):
    book.remove(book[TRANSPORT])
    book.move_sheet(PLAN_SHEET, -3)
    book.create_sheet("New", 1).append(["a", 1])
    book.copy_worksheet(book[ALL])


def in_every_sheet(book):
    for sheet in book:
        sheet["Z99"] = "a word"


def nothing(_):
    pass


CHANGES = (in_cells, of_a_sheet, of_the_sheets, in_every_sheet, nothing)


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


@pytest.mark.parametrize("change", CHANGES)
def test_every_part_is_as_openpyxl_writes_it(change):
    book = openpyxl.load_workbook(io.BytesIO(clean()))
    book.save(io.BytesIO())  # before any change, so that formats have the same numbers
    for sheet in book:
        sheet.column_dimensions.max_outline = None  # as before it was saved
    change(book)
    target = io.BytesIO()
    book.save(target)
    assert parts_of(by_openpyxl(change)) == parts_of(target.getvalue())


def test_each_change_has_a_copy_of_its_own():
    before = parts_of(by_openpyxl(nothing))
    for change in CHANGES:
        by_openpyxl(change)
    assert parts_of(by_openpyxl(nothing)) == before
