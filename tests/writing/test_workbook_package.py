"""The package as a whole: what Excel demands of it, and that a change in XlsxWriter cannot pass unnoticed."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from tests.evidence import some
from tests.writing import chart_sample as drawn_sample
from tests.writing import workbook_sample as master_sample
from xlkpi.errors import PlanError
from xlkpi.layout.styles import LINE, NAVY
from xlkpi.writing.returns.formats import properties_of
from xlkpi.writing.workbook import Cell, Column, Sheet, Table, WorkbookPlan, render_workbook
from xlkpi.writing.workbook.assemble import woven
from xlkpi.writing.workbook.cell_styles import every_look
from xlkpi.writing.workbook.look_styles import read_looks, show_looks, styles_of_looks
from xlkpi.writing.workbook.skeleton import shell_of
from xlkpi.writing.workbook.workbook_plan import Link

# ECMA-376, CT_Worksheet: the order in which a sheet's elements must stand
ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
DAY = date(2026, 9, 30)
LOOKS = styles_of_looks(with_units=False)
ROW = ("r", "spans", "ht", "customHeight")


@pytest.fixture(scope="module", params=["cells", "drawn", "both"])
def package(request):
    plan = {"cells": master_sample.book, "drawn": drawn_sample.book, "both": both}[request.param]()
    with zipfile.ZipFile(io.BytesIO(render_workbook(plan))) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def both():
    """Links, rules, sparklines, charts and a table on one sheet."""
    trends, charts = drawn_sample.book().sheets
    link = Cell(9, 1, Link("go", "'S'!A1", "a b.xlsx"), "link open")
    box_edges = Sheet("Trends", trends.tables, (link,), sparklines=trends.sparklines, charts=charts.charts[1:])
    return WorkbookPlan("Both", DAY, (box_edges,))


def sheets(package):
    names = [name for name in package if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    return {name: etree.fromstring(package[name]) for name in some(names)}


def test_the_elements_of_a_sheet_stand_in_the_order_of_the_standard(package):
    for sheet in sheets(package).values():
        names = [etree.QName(element).localname for element in sheet]
        assert names == sorted(names, key=ORDER.index)
        assert len(names) == len(set(names))


def test_rows_and_cells_stand_in_order_and_within_the_dimension(package):
    for sheet in sheets(package).values():
        rows = some(sheet.findall(".//{*}sheetData/{*}row"))
        numbers = [int(row.get("r")) for row in rows]
        assert numbers == sorted(set(numbers))
        for row in rows:
            columns = [openpyxl.utils.cell.coordinate_from_string(cell.get("r")) for cell in row]
            assert {number for _, number in columns} <= {int(row.get("r"))}
            places = [openpyxl.utils.column_index_from_string(letters) for letters, _ in columns]
            assert places == sorted(set(places))
            assert set(row.attrib) <= set(ROW)


def test_every_style_and_text_that_a_cell_names_exists(package):
    looks = len(etree.fromstring(package["xl/styles.xml"]).find("{*}cellXfs"))
    texts = len(etree.fromstring(package["xl/sharedStrings.xml"]))
    cells = [cell for sheet in sheets(package).values() for cell in sheet.iter("{*}c")]
    assert max(int(cell.get("s", 0)) for cell in cells) < looks
    named = {int(cell.findtext("{*}v")) for cell in cells if cell.get("t") == "s"}
    assert named == set(range(texts))


def test_every_relationship_leads_to_a_part_and_every_id_is_declared(package):
    for name, content in package.items():
        if not name.endswith(".rels"):
            continue
        folder, own = posixpath.split(name)
        base = posixpath.dirname(folder)
        ids = []
        for relation in etree.fromstring(content):
            ids.append(relation.get("Id"))
            if relation.get("TargetMode") != "External":
                target = relation.get("Target")
                assert posixpath.normpath(posixpath.join("/", base, target)).lstrip("/") in package
        assert len(ids) == len(set(ids))
        used = set(re.findall(r'\br:(?:id|embed)="([^"]+)"', package.get(f"{base}/{own[:-5]}", b"").decode()))
        assert used <= set(ids)


def test_every_part_has_a_content_type_and_stands_once(package):
    types = etree.fromstring(package["[Content_Types].xml"])
    overrides = {entry.get("PartName") for entry in types if etree.QName(entry).localname == "Override"}
    defaults = {entry.get("Extension") for entry in types if etree.QName(entry).localname == "Default"}
    for name in package:
        assert f"/{name}" in overrides or name.rsplit(".", 1)[1] in defaults
    assert overrides <= {f"/{name}" for name in package}


def test_tables_cover_their_rows_and_their_headers_are_the_cells(package):
    book = openpyxl.load_workbook(io.BytesIO(zipped(package)))
    for page in book:
        for table in page.tables.values():
            first, last = table.ref.split(":")
            assert table.autoFilter.ref == table.ref
            header = [cell.value for cell in page[table.ref][0]]
            assert header == [column.name for column in table.tableColumns]
            assert page[last].row > page[first].row


def zipped(package):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        for name, content in package.items():
            out.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("plan", [master_sample.book, drawn_sample.book, both])
def test_the_same_plan_gives_the_same_bytes(plan):
    assert render_workbook(plan()) == render_workbook(plan())


def test_a_long_table_is_as_long_as_it_says():
    rows = [[number, f"text {number % 7}"] for number in range(2345)]
    table = Table("T", (Column("n", 9, "whole"), Column("t", 9)), rows, row=4)
    page = openpyxl.load_workbook(io.BytesIO(render_workbook(WorkbookPlan("B", DAY, (Sheet("S", (table,)),)))))["S"]
    assert page.tables["T"].ref == page.dimensions == "A4:B2349"
    assert [list(row) for row in page.iter_rows(min_row=5, values_only=True)] == rows


def test_tables_upon_each_other_are_a_fault_of_the_plan():
    box_edges = Table("A", (Column("a", 9),), [["x"]] * 5)
    other = Table("B", (Column("b", 9),), [["x"]], row=4)
    with pytest.raises(PlanError, match="The table B begins within another"):
        render_workbook(WorkbookPlan("B", DAY, (Sheet("S", (box_edges, other)),)))


@pytest.mark.parametrize(
    ("part", "was", "becomes"),
    [
        ("xl/worksheets/sheet1.xml", rb"<sheetData>", b"<sheetRows>"),
        ("xl/styles.xml", rb"<dxfs ", b"<formats "),
        ("xl/worksheets/sheet2.xml", rb"<dimension [^>]*>", b""),
        ("xl/worksheets/sheet2.xml", rb"<pageMargins", b"<margins"),
        ("xl/tables/table1.xml", rb'<autoFilter ref="[^"]*"', b"<autoFilter"),
    ],
)
def test_a_shell_that_is_not_what_we_expect_stops_the_writing(part, was, becomes):
    plan = master_sample.book()
    with pytest.raises(PlanError, match="XlsxWriter"):
        woven(changed(shell_of(plan, plan.sheets), part, was, becomes), plan.sheets, LOOKS)


def changed(parts, part, was, becomes):
    content, times = re.subn(was, becomes, parts[part])
    assert times
    return {**parts, part: content}


@pytest.mark.parametrize(
    ("part", "was", "becomes"),
    [
        ("xl/worksheets/sheet1.xml", rb'<c r="B1" s="\d+"/>', b""),
        ("xl/styles.xml", rb"<dxfs ", b"<formats "),
    ],
)
def test_looks_that_are_not_written_as_we_expect_stop_the_writing(part, was, becomes):
    with pytest.raises(PlanError, match="XlsxWriter"):
        read_looks(changed(show_looks(with_units=False), part, was, becomes), with_units=False)


def test_styles_are_those_that_xlsxwriter_writes_for_the_looks_and_the_rules_in_one_workbook():
    """The looks are made once in a process, and a workbook's own rules are added to them: together as from one pen."""
    plan = both()
    with zipfile.ZipFile(io.BytesIO(render_workbook(plan))) as parts:
        ours = parts.read("xl/styles.xml")
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for col, look in enumerate(every_look().values()):
            page.write_blank(0, col, None, book.add_format(properties_of(look)))
        edge = book.add_format({"border": 1, "border_color": LINE, "top_color": NAVY})
        page.conditional_format("A2:A3", {"type": "formula", "criteria": "=$A2<>$A1", "format": edge})
    with zipfile.ZipFile(target) as parts:
        assert ours == parts.read("xl/styles.xml")


@pytest.mark.parametrize("lost", ["xl/tables/table2.xml", "xl/sharedStrings.xml"])
def test_a_part_that_xlsxwriter_no_longer_writes_stops_the_writing(lost):
    plan = master_sample.book()
    shell = dict(shell_of(plan, plan.sheets))
    del shell[lost]
    with pytest.raises(PlanError, match="no longer writes"):
        woven(shell, plan.sheets, LOOKS)
