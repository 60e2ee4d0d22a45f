"""The XML of the annotated copy, where Excel is stricter than the programs that judge it elsewhere."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.writing import marked_copy_sources as sources
from xlkpi.writing.marked_copy.annotate import Mark, Remark, annotate

X = f"{{{sources.MAIN}}}"
WORKBOOK = "fileVersion workbookPr workbookProtection bookViews sheets definedNames calcPr"
STYLES = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors"
FONT = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
SHEET = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter mergeCells "
    "conditionalFormatting dataValidations hyperlinks pageMargins pageSetup headerFooter drawing"
)


def parts(source: bytes, *cells: str, remarks: tuple[Remark, ...] = (), sheet: str = "One") -> dict[str, bytes]:
    marks = [Mark(sheet, cell, "query") for cell in cells]
    return sources.unpack(annotate(source, marks, remarks, title="t"))


def in_order(root: etree._Element, order: str) -> bool:
    names = order.split()
    places = [names.index(etree.QName(item).localname) for item in root]
    return places == sorted(places)


@pytest.mark.parametrize("writer", [*sources.WRITERS, "hand"])
def test_everything_stands_in_the_order_of_the_schema(writer):
    by_hand = writer == "hand"
    source = sources.by_hand("<sheetData/>") if by_hand else sources.WRITERS[writer]()
    parts_written = parts(
        source,
        "F7",
        "A1",
        remarks=(Remark("note", "", "One", "A1", "m"),),
        sheet="One" if by_hand else "All lots",
    )
    book = "xl/book.xml" if by_hand else "xl/workbook.xml"
    assert in_order(etree.fromstring(parts_written[book]), WORKBOOK)
    styles = etree.fromstring(parts_written["xl/styles.xml"])
    assert in_order(styles, STYLES)
    for table in styles:
        if table.get("count"):
            assert int(table.get("count")) == len(table)
    assert in_order(styles.findall(f"{X}fonts/{X}font")[1], FONT)
    for font in styles.iter(f"{X}font"):
        assert len(font.findall(f"{X}color")) <= 1
    for name, data in parts_written.items():
        if "/worksheets/sheet" in name:
            assert in_order(etree.fromstring(data), SHEET)


def test_rows_and_cells_rise_and_new_ones_stand_between():
    data = '<row r="3" spans="3:5"><c r="C3"><v>1</v></c><c><v>2</v></c></row>'
    data += '<row><c><v>3</v></c></row><row r="9"/>'
    parts_written = parts(
        sources.by_hand(f"<sheetData>{data}</sheetData>"), "A1", "A3", "F3", "D3", "B4", "B7", "B9", "C12"
    )
    rows = etree.fromstring(parts_written["xl/s.xml"]).findall(f".//{X}row")
    assert [row.get("r") for row in rows] == ["1", "3", None, "7", "9", "12"]
    assert [[cell.get("r") for cell in row] for row in rows] == [
        ["A1"], ["A3", "C3", None, "F3"], [None, "B4"], ["B7"], ["B9"], ["C12"],
    ]  # fmt: skip
    assert "".join(rows[1].itertext()) == "12"
    assert rows[1].get("spans") is None
    assert [cell.get("s") is not None for cell in rows[1]] == [True, False, True, True]


@pytest.mark.parametrize(
    ("before", "cell", "after"),
    [("B2:C3", "F7", "B2:F7"), ("B2:C3", "A1", "A1:C3"), ("B2:C9", "C4", "B2:C9"), ("A1", "B2", "A1:B2")],
)
def test_the_used_range_covers_a_new_cell(before, cell, after):
    parts_written = parts(sources.by_hand(f'<dimension ref="{before}"/><sheetData/>'), cell)
    assert etree.fromstring(parts_written["xl/s.xml"]).find(f"{X}dimension").get("ref") == after


@pytest.mark.parametrize(("merge", "count"), [("A1:B2", 4), ("A1:P16", 256), ("A1:A257", 1)])
def test_a_very_large_merge_is_marked_at_its_top_left_only(merge, count):
    sheet = f'<sheetData/><mergeCells><mergeCell ref="{merge}"/></mergeCells>'
    parts_written = parts(sources.by_hand(sheet), "A2")
    assert len(etree.fromstring(parts_written["xl/s.xml"]).findall(f".//{X}c")) == count


def test_a_relationship_id_that_is_taken_is_not_given_twice():
    source = sources.respell(
        sources.by_hand("<sheetData/>"),
        lambda text, part: text.replace("rId1", "RID2") if "book" in part else text,
    )
    parts_written = parts(source, "A1")
    ids = re.findall(r'\bId="(\w+)"', parts_written["xl/_rels/book.xml.rels"].decode())
    assert len({name.lower() for name in ids}) == len(ids) == 3
    listed = re.findall(r'r:id="(\w+)"', parts_written["xl/book.xml"].decode())
    assert set(listed) <= set(ids)
    assert len(set(listed)) == 2


@pytest.mark.parametrize(("ids", "expected"), [(["7"], 8), (["65534"], 1), (["1", "65534"], 2)])
def test_the_new_sheet_has_an_id_of_its_own(ids, expected):
    rows = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId1"/>' for i in ids)
    book = f'<workbook xmlns="{sources.MAIN}" xmlns:r="{sources.RELS}"><sheets>{rows}</sheets></workbook>'
    parts_written = parts(sources.by_hand("<sheetData/>", parts={"xl/book.xml": book}), sheet="none")
    sheets = etree.fromstring(parts_written["xl/book.xml"]).findall(f".//{X}sheet")
    assert [sheet.get("sheetId") for sheet in sheets] == [*ids, str(expected)]
