"""The annotated copy, judged by openpyxl: what is marked, what is listed, and that all else is untouched."""

from __future__ import annotations

import io
from itertools import product

import openpyxl
import pytest

from tests.writing import marked_copy_sources as sources
from xlkpi.writing.marked_copy.annotate import Mark, Remark, annotate

MARKS = [
    Mark("All lots", "F7", "query"),
    Mark("All lots", "F7", "must fix"),
    Mark("All lots", "F7", "note"),
    Mark("All lots", "F8", "note"),  # neither row nor cell in the XML
    Mark("all LOTS", "E7", "query"),  # a row, no cell
    Mark("It's odd", "C12", "query"),  # inside a merge
    Mark("Nowhere", "A1", "note"),
    Mark("All lots", "rubbish", "note"),
]
REMARKS = [
    Remark("must fix", "KPI S3", "All lots", "F7", "KPI S3 x (All lots, F7) is empty. Enter 0 if none."),
    Remark("query", "KPI W2", "It's odd", "F7:G7", "KPI W2 y is 41 and INFO W1 y is 38. Correct one."),
    Remark("note", "", "Nowhere", "A1", "This sheet is gone."),
    Remark("note", "", "", "", "A row was inserted above KPI I2."),
]
FILLS = {"must fix": "FFFFD9D9", "query": "FFFFF2CC", "note": "FFDDEBF7"}


def annotated(source: bytes, marks: list[Mark] = MARKS, remarks: list[Remark] = REMARKS) -> bytes:
    return annotate(source, marks, remarks, title="Findings: Oakfield", intro=["Correct your own file."])


def load(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(sources.respell(data, sources.loose)))


@pytest.fixture(params=product(sources.WRITERS, sources.SPELLINGS), ids=" ".join, scope="module")
def source(request: pytest.FixtureRequest) -> bytes:
    writer, spelling = request.param
    return sources.respell(sources.WRITERS[writer](), sources.SPELLINGS[spelling])


@pytest.fixture(scope="module")
def copy(source: bytes) -> openpyxl.Workbook:
    return load(annotated(source))


def test_a_marked_cell_has_the_worst_colour_and_keeps_the_rest(source, copy):
    before, after = load(source)["All lots"]["F7"], copy["All lots"]["F7"]
    assert after.fill.fgColor.rgb == FILLS["must fix"]
    assert {after.border.left.style, after.border.right.style, after.border.top.style} == {"medium"}
    assert after.border.bottom.color.rgb == "FFC00000"
    assert after.font.color.rgb == "FF1F1F1F"
    assert _kept(after) == _kept(before)
    assert (after.value, after.number_format, after.protection.locked) == (12, "0.0%", False)


def _kept(cell) -> tuple[object, ...]:
    return cell.value, cell.number_format, cell.font.name, repr(cell.protection), repr(cell.alignment)


def test_blank_cells_and_merges_are_marked(copy):
    assert copy["All lots"]["F8"].fill.fgColor.rgb == FILLS["note"]
    assert copy["All lots"]["E7"].fill.fgColor.rgb == FILLS["query"]
    assert copy["It's odd"]["B11"].fill.fgColor.rgb == FILLS["query"]
    assert copy["It's odd"]["B11"].value in {"joined", "text"}  # the inline spelling says "text" everywhere


def test_every_other_cell_is_as_it_was(source, copy):
    marked = {("All lots", "F7"), ("All lots", "F8"), ("All lots", "E7")}
    marked |= {("It's odd", f"{column}{row}") for column in "BCD" for row in (11, 12)}
    for sheet in load(source).worksheets:
        twin = copy[sheet.title]
        for row in sheet.iter_rows(max_row=25, max_col=12):
            for cell in row:
                other = twin[cell.coordinate]
                assert other.value == cell.value
                assert other.data_type == cell.data_type
                if (sheet.title, cell.coordinate) not in marked:
                    assert other._style == cell._style
                    assert repr(other.fill) == repr(cell.fill)
                    assert repr(other.font) == repr(cell.font)


def test_rules_protection_names_and_order_are_as_they_were(source, copy):
    before = load(source)
    assert copy.sheetnames == [*before.sheetnames, "Findings"]
    assert {n: d.attr_text for n, d in copy.defined_names.items()} == {
        n: d.attr_text for n, d in before.defined_names.items()
    }
    assert repr(copy.security) == repr(before.security)
    for sheet in before.worksheets:
        twin = copy[sheet.title]
        assert twin.sheet_state == sheet.sheet_state
        assert twin.protection.__dict__ == sheet.protection.__dict__
        assert twin.merged_cells.ranges == sheet.merged_cells.ranges
        assert [str(rule.sqref) for rule in twin.data_validations.dataValidation] == [
            str(rule.sqref) for rule in sheet.data_validations.dataValidation
        ]
        assert [str(area.sqref) for area in twin.conditional_formatting] == [
            str(area.sqref) for area in sheet.conditional_formatting
        ]
        assert dict(twin.defined_names) == dict(sheet.defined_names)


def test_it_opens_on_the_findings_and_no_other_tab_is_selected(copy):
    assert copy.active.title == "Findings"
    selected = [sheet.title for sheet in [*copy.worksheets, *copy.chartsheets] if _selected(sheet)]
    assert selected == ["Findings"]


def _selected(sheet) -> bool:
    views = sheet.views if hasattr(sheet, "views") else sheet.sheetViews
    return any(view.tabSelected for view in views.sheetView)


def test_the_list_has_words_and_links(copy):
    sheet = copy["Findings"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Findings: Oakfield"
    assert rows[1][0] == "Correct your own file."
    header = next(number for number, row in enumerate(rows, 1) if row[0] == "No.")
    assert rows[header - 1] == ["No.", "Severity", "Indicator", "Sheet", "Cell", "What to do"]
    assert rows[header:] == [
        [number, remark.severity.capitalize(), *(text or None for text in _texts(remark))]
        for number, remark in enumerate(REMARKS, 1)
    ]
    links = [sheet.cell(header + number, 5).hyperlink for number in range(1, 5)]
    assert [link and link.location for link in links] == ["'All lots'!F7", "'It''s odd'!F7:G7", None, None]
    assert sheet.auto_filter.ref == f"A{header}:F{header + 4}"
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.print_title_rows == f"${header}:${header}"
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    for number, remark in enumerate(REMARKS, 1):
        assert sheet.cell(header + number, 2).fill.fgColor.rgb == FILLS[remark.severity]


def _texts(remark: Remark) -> tuple[str, ...]:
    return remark.indicator, remark.sheet, remark.cell, remark.message


def test_parts_nobody_needed_to_change_are_the_same_bytes(source):
    before, after = sources.unpack(source), sources.unpack(annotated(source))
    changed = {name for name in before if after[name] != before[name]}
    added = set(after) - set(before)
    assert list(before) == [name for name in after if name in before]
    assert len(added) == 1
    assert {name for name in changed if "/worksheets/" not in name and "/chartsheets/" not in name} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    }  # fmt: skip
    marked = {f"xl/worksheets/sheet{number}.xml" for number in (2, 3)}
    for name in changed:
        if "/worksheets/" in name:
            assert name in marked or b"tabSelected" in before[name]


def test_the_same_input_gives_the_same_bytes(source):
    once = annotated(source)
    assert once == annotated(source)
    assert once != source


def test_annotated_again_it_gets_a_second_list(source):
    again = load(annotated(annotated(source)))
    assert again.sheetnames[-2:] == ["Findings", "Findings (2)"]
    assert again.active.title == "Findings (2)"
    assert [sheet.title for sheet in again.worksheets if _selected(sheet)] == ["Findings (2)"]
