"""The parts that we take from XlsxWriter are those that it would have packed."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from xlkpi.errors import PlanError
from xlkpi.writing import unpacked_workbook
from xlkpi.writing.unpacked_workbook import UnpackedWorkbook

ON = datetime(2026, 4, 1)  # noqa: DTZ001 - as stored
PROJECT = b"\xd0\xcf\x11\xe0 not text: \xff"


def fill_in(book):
    book.set_properties({"title": "Ünpacked", "created": ON})
    sheet = book.add_worksheet("Émile")
    sheet.write_string(0, 0, "a text")
    sheet.write_url(1, 0, "internal:Émile!A1")
    sheet.add_table(3, 0, 5, 1, {"name": "Rows"})
    book.add_vba_project(io.BytesIO(PROJECT), is_stream=True)


def test_the_parts_are_those_of_a_packed_workbook_in_their_order():
    packed, ours = io.BytesIO(), UnpackedWorkbook()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as theirs:
        fill_in(theirs)
    fill_in(ours)
    with zipfile.ZipFile(packed) as source:
        wanted = {name: source.read(name) for name in source.namelist()}
    assert list(ours.take_parts().items()) == list(wanted.items())
    assert wanted["xl/vbaProject.bin"] == PROJECT


def test_a_version_that_packs_in_another_way_stops_the_writing(monkeypatch):
    monkeypatch.setattr(unpacked_workbook.UnpackedWorkbook, "_get_packager", xlsxwriter.Workbook._get_packager)
    with pytest.raises(PlanError, match="no longer asks"):
        UnpackedWorkbook().take_parts()
