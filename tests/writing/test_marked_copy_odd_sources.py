"""The annotated copy of odd sources: minimal and macro workbooks, windows, charts, hostile text."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils import get_column_letter

from tests.writing import marked_copy_sources as sources
from xlkpi.plain_text import IN_PLACE
from xlkpi.writing.marked_copy.annotate import SEVERITIES, Mark, Remark, annotate
from xlkpi.writing.marked_copy.mark_styles import INK, LOOKS

ROWS = '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>'
X = f"{{{sources.MAIN}}}"


def run(source: bytes, *marks: Mark, remarks: tuple[Remark, ...] = ()) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(annotate(source, marks, remarks, title="Findings")))


def test_a_workbook_without_styles_or_window_gets_both():
    book = run(sources.by_hand(ROWS), Mark("One", "B2", "must fix"), Mark("One", "A1", "note"))
    assert book["One"]["B2"].fill.fgColor.rgb == LOOKS["must fix"].fill
    assert book["One"]["A1"].fill.fgColor.rgb == LOOKS["note"].fill
    assert book["One"]["C3"].fill.patternType is None
    assert book["One"]["B2"].value == 1
    assert book.active.title == "Findings"


def test_an_empty_sheet_can_be_marked():
    book = run(sources.by_hand("<sheetData/>"), Mark("One", "XFD1048576", "note"))
    assert book["One"]["XFD1048576"].fill.fgColor.rgb == LOOKS["note"].fill


def test_no_findings_is_said_in_words():
    sheet = run(sources.by_hand(ROWS))["Findings"]
    assert [cell.value for cell in sheet[sheet.max_row]] == [None] * 5 + ["Nothing to fix."]


def test_a_blank_cell_takes_the_format_of_its_row_or_column():
    source = sources.by_xlsxwriter()
    marks = [Mark("All lots", "J3", "query"), Mark("All lots", "C20", "query"), Mark("Chart", "A1", "note")]
    book = run(source, *marks)
    for cell in ("J3", "C20"):
        assert book["All lots"][cell].number_format == "0.0%"
        assert book["All lots"][cell].protection.locked is False
    assert book["All lots"]["C3"].fill.patternType is None


def test_a_chart_or_a_hidden_sheet_is_listed_without_a_link():
    rows = (Remark("note", "", "Chart", "A1", "m"), Remark("note", "", "Hidden", "A1", "m"))
    sheet = run(sources.by_xlsxwriter(), remarks=rows)["Findings"]
    assert [sheet.cell(sheet.max_row - back, 4).value for back in (1, 0)] == ["Chart", "Hidden"]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_text_is_never_a_formula_and_holds_only_what_xml_allows():
    hostile = ["=1+1", "+1", "-1", "@x", "\ttab", "\x00\x0b\x1f\ud800\ufffekept", "<a>&amp;"]
    hostile += ["a" * 40_000, "two\r\nlines"]
    rows = tuple(Remark("query", text[:20], text[:20], text[:20], text) for text in hostile)
    data = annotate(sources.by_hand(ROWS), [], rows, title="=title", intro=["=intro", "@intro"])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Findings"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}  # openpyxl calls a formula f
    assert all(cell.column == 1 for cell in cells if cell.data_type == "n")
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[0] in "=+-@")
    texts = [row[5].value for row in sheet.iter_rows(min_row=sheet.max_row - len(hostile) + 1)]
    assert texts[:5] == hostile[:5]
    assert texts[5:7] == [f"{IN_PLACE}\n{IN_PLACE * 3}kept", "<a>&amp;"]
    assert (len(texts[7]), texts[7][-1], texts[8]) == (32_767, "…", "two\nlines")


def test_a_name_that_is_taken_gets_a_number_and_a_part_never_overwrites():
    source = sources.by_hand(ROWS, name="FINDINGS", parts={"xl/worksheets/sheet1.xml": "<kept/>"})
    data = annotate(source, [], [], title="t")
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["FINDINGS", "Findings (2)"]
    assert sources.unpack(data)["xl/worksheets/sheet1.xml"].endswith(b"<kept/>")


def test_every_window_opens_on_the_findings():
    source = sources.respell(sources.by_xlsxwriter(), lambda text, _: re.sub(r"(<workbookView[^>]*/>)", r"\1\1", text))
    parts = sources.unpack(annotate(source, [], [], title="t"))
    views = etree.fromstring(parts["xl/workbook.xml"]).findall(f".//{X}workbookView")
    assert [view.get("activeTab") for view in views] == ["5", "5"]
    shown = etree.fromstring(parts["xl/worksheets/sheet5.xml"]).findall(f".//{X}sheetView")
    assert [(view.get("workbookViewId"), view.get("tabSelected")) for view in shown] == [
        ("0", "1"),
        ("1", "1"),
    ]


def test_macros_ribbon_and_extensions_stay_byte_for_byte():
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts = sources.unpack(sources.by_xlsxwriter())
    types = parts["[Content_Types].xml"].decode()
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    extra = {"xl/vbaProject.bin": bytes(range(256)) * 9, "customUI/customUI14.xml": b"<customUI  a='1' />"}
    source = sources.pack({**parts, **extra, "[Content_Types].xml": types.replace(plain, macro).encode()})
    after = sources.unpack(annotate(source, [Mark("All lots", "F7", "query")], [], title="t"))
    assert {name: after[name] for name in extra} == extra
    assert macro in after["[Content_Types].xml"].decode()
    assert plain not in after["[Content_Types].xml"].decode()


def test_prefixes_named_in_an_attribute_are_still_declared():
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac"'
    ac = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    source = sources.respell(
        sources.by_hand(ROWS), lambda text, _: text.replace("<worksheet ", f"<worksheet {mc} {ac} ")
    )
    parts = sources.unpack(annotate(source, [Mark("One", "B2", "note")], [], title="t"))
    assert "x14ac" in etree.fromstring(parts["xl/s.xml"]).nsmap


@pytest.mark.parametrize("name", ["A" * 31, "It''s", "a&amp;b", "ß", "1!2"])
def test_links_survive_any_sheet_name(name):
    real = name.replace("&amp;", "&")
    rows = (Remark("note", "", real.upper() if real.isascii() else real, "$B$2", "m"),)
    sheet = run(sources.by_hand(ROWS, name=name), remarks=rows)["Findings"]
    quoted = real.replace("'", "''")
    assert sheet.cell(sheet.max_row, 5).hyperlink.location == f"'{quoted}'!B2"


def test_an_unknown_severity_is_our_own_mistake():
    with pytest.raises(ValueError, match="fatal"):
        Mark("One", "B2", "fatal")


@pytest.mark.parametrize("severity", SEVERITIES)
def test_words_and_marked_cells_can_be_read(severity):
    look = LOOKS[severity]
    assert _contrast(look.ink, look.fill) >= 4.5
    assert _contrast(INK, look.fill) >= 4.5
    assert _contrast("FFFFFFFF", "FF1F3864") >= 4.5


def _contrast(colour_text: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (2, 4, 6)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(colour_text), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


PLACES = st.sets(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=25)


@settings(max_examples=60, deadline=None)
@given(filled=PLACES, marked=PLACES, addressed=st.booleans())
def test_any_cells_in_any_spelling_stay_where_they_are(filled, marked, addressed):
    rows = []
    for row in range(1, 10):
        here = [column for number, column in sorted(filled) if number == row]
        cells = [f'<c r="{get_column_letter(c)}{row}"><v>{row * 100 + c}</v></c>' for c in here]
        rows.append(f'<row r="{row}">{"".join(cells)}</row>' if cells else "")
    source = sources.by_hand(f"<sheetData>{''.join(rows)}</sheetData>")
    source = source if addressed else sources.respell(_sheet_folder(source), sources.bare)
    sheet = run(source, *(Mark("One", f"{get_column_letter(c)}{r}", "query") for r, c in marked))["One"]
    cells = {(cell.row, cell.column): cell for row in sheet.iter_rows() for cell in row}
    assert {place: cell.value for place, cell in cells.items() if cell.value is not None} == {
        (r, c): r * 100 + c for r, c in filled
    }
    assert {place for place, cell in cells.items() if cell.fill.patternType} == marked


def _sheet_folder(source: bytes) -> bytes:
    """The same with its sheet where other programs keep it, for a re-speller that looks there."""
    old, new = "xl/s.xml", "xl/worksheets/s.xml"
    parts = {name.replace(old, new): data for name, data in sources.unpack(source).items()}
    return sources.respell(sources.pack(parts), lambda text, _: text.replace(old, new))
