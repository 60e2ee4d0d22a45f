"""Where the master's cells lead: places in it, and cells of the returns beside it, whatever a file is called."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from lxml import etree

from tests.writing.workbook_sample import FILES, book
from xlkpi.writing.workbook import Cell, Column, Link, Sheet, Table, WorkbookPlan, links, render_workbook

DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def data():
    return render_workbook(book())


def sheet_of(*rows, style="link"):
    table = Table("T", (Column("a", 9, style),), [[row] for row in rows])
    return openpyxl.load_workbook(io.BytesIO(render_workbook(WorkbookPlan("B", DAY, (Sheet("S", (table,)),)))))["S"]


def test_every_file_is_led_to_by_the_address_it_needs(data):
    page = openpyxl.load_workbook(io.BytesIO(data))["Links"]
    shown = {page.cell(row, 2).value: page.cell(row, 2).hyperlink for row in range(4, 4 + len(FILES))}
    assert [link.target for link in shown.values()] == list(FILES.values())
    assert {link.location for link in shown.values()} == {"'Sheet 1'!F9"}
    assert {page.cell(row, 3).hyperlink.location for row in range(4, 4 + len(FILES))} == {"'Data'!A2"}


@pytest.mark.parametrize("file", [file for file in FILES if ":" not in file and not file.startswith("/")])
def test_an_address_read_as_rfc_3986_says_is_the_files_own_path(file):
    parts = urlsplit(FILES[file])
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert PurePosixPath(unquote(parts.path)) == PurePosixPath(file)


def test_cells_that_lead_to_one_file_share_its_relationship():
    links = [Link(f"F{n}", f"'All lots'!F{n}", "in/a.xlsx") for n in range(1, 9)]
    page = Sheet("S", cells=tuple(Cell(n, 1, link, "link") for n, link in enumerate(links, start=1)))
    with zipfile.ZipFile(io.BytesIO(render_workbook(WorkbookPlan("B", DAY, (page,))))) as parts:
        relations = etree.fromstring(parts.read("xl/worksheets/_rels/sheet1.xml.rels"))
        sheet = etree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    (relation,) = relations
    assert (relation.get("Target"), relation.get("TargetMode")) == ("in/a.xlsx", "External")
    links = sheet.findall(".//{*}hyperlink")
    assert {link.get(f"{{{sheet.nsmap['r']}}}id") for link in links} == {relation.get("Id")}
    assert [link.get("location") for link in links] == [f"'All lots'!F{n}" for n in range(1, 9)]


def test_a_place_with_quotes_and_signs_stays_itself():
    place = "'Bob''s \"R&D\" <1>'!A1"
    assert sheet_of(Link("go", place))["A2"].hyperlink.location == place


@pytest.mark.parametrize("link", [Link("", "'S'!A1"), Link("no place"), Link("long", "'S'!A1", "a" * 2080)])
def test_what_cannot_lead_anywhere_is_plain_text(link):
    cell = sheet_of(link)["A2"]
    assert (cell.value or "", cell.hyperlink) == (link.text, None)


def test_beyond_what_excel_takes_links_become_plain_text(monkeypatch):
    assert links.MOST_LINKS == 65_530, "Excel's own limit"
    most = 50
    monkeypatch.setattr(links, "MOST_LINKS", most)
    page = sheet_of(*[Link("go", "'S'!A1")] * (most + 3))
    assert page.cell(most + 1, 1).hyperlink is not None
    assert [page.cell(most + more, 1).value for more in (2, 3, 4)] == ["go"] * 3
    assert [page.cell(most + more, 1).hyperlink for more in (2, 3, 4)] == [None] * 3


def test_a_linked_word_keeps_its_fill():
    cell = sheet_of(Link("Red", "'S'!A1"), style="word")["A2"]
    assert cell.fill.fgColor.rgb == "FFF6C0BE"


@pytest.mark.office
def test_libreoffice_follows_them(calc, data, tmp_path):
    path = tmp_path / "master.xlsx"
    path.write_bytes(data)
    page = calc(path).sheet("Links")
    for number, file in enumerate(FILES):
        fields = page.getCellByPosition(1, 3 + number).TextFields
        address = fields.getByIndex(0).URL
        target, place = address.rsplit("#", 1)
        assert unquote(place) in ("'Sheet 1'!F9", "'Sheet 1'.F9", "$'Sheet 1'.F9")
        parts = urlsplit(target)
        read = f"//{parts.netloc}{unquote(parts.path)}" if parts.netloc else unquote(parts.path)
        assert parts.scheme == "file"
        assert read.endswith(file.replace("\\", "/").removeprefix(".."))
    inside = page.getCellByPosition(2, 3).TextFields.getByIndex(0).URL
    assert inside in ("#Data.A2", "#'Data'!A2", "#$Data.A2", "#'Data'.A2")
