"""Every workbook: contrast, no meaning in colour alone, titles, language, headers, tables, described pictures."""

from __future__ import annotations

import re

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from tests.accessibility.open_output import BLACK, DRAWN, WHITE, contrast, fill_of, hue, ink_of, rgb
from tests.evidence import some

ENOUGH, ENOUGH_FOR_SHAPES = 4.5, 3.0
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
RAG = ("green", "amber", "red")
COLOURS_OF_FORMATS = re.compile(r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+)\]", re.IGNORECASE)


def test_the_judge_measures_contrast_as_wcag_does():
    assert contrast(BLACK, WHITE) == 21
    assert contrast("777777", WHITE) == pytest.approx(4.48, abs=0.005)
    assert contrast("FF0000", WHITE) == pytest.approx(4.0, abs=0.005), "the red of number formats is too pale"


@pytest.mark.parametrize(
    ("colour", "name"),
    [("C9E7CB", "green"), ("FFE3A1", "amber"), ("F6C0BE", "red"), ("EDEDED", ""), ("1F3864", ""), ("DCE9F7", "")],
)
def test_the_judge_names_colours_as_people_do(colour, name):
    assert hue(colour) == name


# --- contrast --------------------------------------------------------------------------------------------------------


def test_every_cell_stands_out_from_its_fill(output):
    styles = {}  # one cell of each: looking a cell's colours up costs more than going through all of them
    for sheet in output.sheets:
        for row in sheet.iter_rows():
            for cell in row:
                styles.setdefault(cell.style_id, cell)
    looks = {(ink_of(cell), fill_of(cell)): f"{cell.parent.title}!{cell.coordinate}" for cell in styles.values()}
    assert len(looks) > 4
    assert not {where: look for look, where in looks.items() if contrast(*look) < ENOUGH}


def test_every_rule_leaves_the_text_readable(output):
    """On each cell that a rule may colour: its ink or the cell's own, on its fill or the cell's own."""
    looks = {}
    for sheet in some(output.sheets):
        for area in sheet.conditional_formatting:
            cells = {(ink_of(cell), fill_of(cell)) for cell in cells_of(sheet, area.sqref)}
            for rule in (rule for rule in area.rules if rule.dxf is not None):
                ink = rgb(rule.dxf.font.color, None) if rule.dxf.font else None
                fill = rgb(rule.dxf.fill.bgColor, None) if rule.dxf.fill else None
                for own_ink, own_fill in cells:
                    looks[ink or own_ink, fill or own_fill] = f"{sheet.title}!{area.sqref}"
    assert not {where: look for look, where in looks.items() if contrast(*look) < ENOUGH}


def cells_of(sheet, spans):
    """The cells of some areas, each column of an area once below its first rows: they look alike."""
    for span in spans.ranges:
        for column in range(span.min_col, span.max_col + 1):
            for row in range(span.min_row, min(span.max_row, sheet.max_row, span.min_row + 400) + 1):
                yield sheet.cell(row, column)


def test_no_number_format_has_a_colour_of_its_own(output):
    formats = {cell.number_format for sheet in output.sheets for row in sheet.iter_rows() for cell in row}
    assert not [text for text in formats if COLOURS_OF_FORMATS.search(text)]


def test_text_and_lines_of_charts_stand_out(output):
    faint = []
    for name, chart in output.xml(r"xl/charts/chart\d+\.xml").items():
        texts = {node.get("val") for node in chart.iterfind(".//{*}txPr//{*}srgbClr")}
        texts |= {node.get("val") for node in chart.iterfind(".//{*}title//{*}rPr//{*}srgbClr")}
        # a data label may be on the part it counts, which tests/writing compares it with
        labels = {node.get("val") for node in chart.iterfind(".//{*}dLbls//{*}txPr//{*}srgbClr")}
        faint += [(name, colour) for colour in texts - labels if contrast(colour, WHITE) < ENOUGH]
        lines = {node.get("val") for node in chart.iterfind(".//{*}lineChart/{*}ser/{*}spPr/{*}ln//{*}srgbClr")}
        faint += [(name, colour) for colour in lines if contrast(colour, WHITE) < ENOUGH_FOR_SHAPES]
    assert not faint


# --- meaning is never in colour alone --------------------------------------------------------------------------------


def test_a_cell_in_the_colour_of_a_rag_has_a_word(output):
    coloured = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in output.sheets
        for row in sheet.iter_rows()
        for cell in row
        if hue(fill_of(cell)) in RAG and cell.protection.locked
    ]
    silent = [place for place in coloured if not re.search(r"[A-Za-z]{3}|^=|[✓✗]", str(place[2] or ""))]
    assert not silent


def test_a_rule_colours_a_cell_by_the_words_in_it(output):
    """A rule that gives the colour of a RAG looks at the very cell it colours, or at what the text of that is from."""
    for sheet in some(output.sheets):
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                if rule.dxf is not None and rule.dxf.fill and hue(rgb(rule.dxf.fill.bgColor, WHITE)) in RAG:
                    words = " ".join(rule.formula)
                    own = corners(area.sqref)
                    own |= {ref for corner in own for ref in words_about(sheet, sheet[corner])}
                    assert rule.type == "cellIs" or own & references(words), (sheet.title, str(area.sqref), words)


def corners(spans):
    """The first cell of each area: a rule is written for one of them, and moves with the others."""
    return {f"{get_column_letter(span.min_col)}{span.min_row}" for span in spans.ranges}


def words_about(sheet, cell):
    """What the text of a cell is made from; of a cell to fill in, the texts in its row that say what is wanted."""
    if cell.protection.locked:
        return references(str(cell.value))
    row = sheet[cell.row]
    return {each.coordinate for each in row} | {ref for each in row for ref in references(str(each.value))}


def references(formula):
    return {ref.replace("$", "") for ref in re.findall(r"\$?[A-Z]{1,3}\$?\d+", formula)}


def test_the_parts_of_a_chart_have_names(output):
    for name, chart in output.xml(r"xl/charts/chart\d+\.xml").items():
        series = chart.findall(".//{*}ser")
        assert series, name
        assert all(series_item.find("{*}tx") is not None for series_item in series), name
        named = chart.find(".//{*}legend") is not None or chart.find(".//{*}dLbls") is not None
        assert named or len(series) == 1 or lines_are_told_apart_in_words(output, series), name


def lines_are_told_apart_in_words(output, series):
    """Small charts have no room for a legend: their lines differ in shape, and a cell says which shape is which."""
    dashes = [line.find("{*}spPr/{*}ln/{*}prstDash") for line in series]
    shapes = ["solid" if dash is None else dash.get("val") for dash in dashes]
    texts = (cell for sheet in output.sheets for row in sheet.iter_rows(max_row=10) for cell in row)
    explained = [cell.value for cell in texts if re.search(r"\bline\b.+\bdashes\b", str(cell.value))]
    return len(set(shapes)) == len(shapes) and bool(explained)


# --- what it is, in which language -----------------------------------------------------------------------------------


def test_title_language_and_author_are_set(output):
    core = output.xml(r"docProps/core\.xml")["docProps/core.xml"]
    assert len(core.findtext(f"{DUBLIN_CORE}title") or "") > 10
    assert core.findtext(f"{DUBLIN_CORE}language") == "en-GB"
    assert core.findtext(f"{DUBLIN_CORE}creator")


def test_each_sheet_has_a_name_that_tells_and_says_at_its_top_what_it_is(output):
    for sheet in some(output.sheets):
        assert not re.fullmatch(r"Sheet\d*", sheet.title)
        assert sheet["A1"].value, sheet.title


# --- tables ----------------------------------------------------------------------------------------------------------


def test_no_cell_is_merged(output):
    assert not {sheet.title: sheet.merged_cells.ranges for sheet in output.sheets if sheet.merged_cells.ranges}


def headers_of(output):
    """Each table or filtered area: the sheet, its first and last row, and its header cells."""
    for sheet in output.sheets:
        areas = [table.ref for table in sheet.tables.values()] or [sheet.auto_filter.ref]
        for ref in filter(None, areas):
            left, top, right, bottom = range_boundaries(ref)
            yield sheet, top, bottom, [sheet.cell(top, column) for column in range(left, right + 1)]


def test_every_column_of_a_table_has_a_header_of_its_own(output):
    for sheet, _, _, headers in headers_of(output):
        names = [str(cell.value or "").strip() for cell in headers]
        assert all(names), (sheet.title, names)
        assert len({name.casefold() for name in names}) == len(names), (sheet.title, names)
        assert all(cell.font.b for cell in headers), sheet.title


def test_tables_are_known_as_tables_with_a_header_row(output):
    for table in output.xml(r"xl/tables/table\d+\.xml").values():
        assert table.get("headerRowCount", "1") == "1"
        assert table.get("displayName")


def test_a_long_table_repeats_its_header_on_paper_and_keeps_it_in_view(output):
    """Where a sheet has one table of more than a page, its header is a print title and above the frozen edge."""
    for sheet in output.sheets:
        tables = [(top, bottom) for headed_sheet, top, bottom, _ in headers_of(output) if headed_sheet is sheet]
        if len(tables) == 1 and tables[0][1] - tables[0][0] > 40:
            top = tables[0][0]
            first, last = map(int, (sheet.print_title_rows or "$0:$0").replace("$", "").split(":"))
            assert first <= top <= last, sheet.title
            assert int(re.sub(r"\D", "", str(sheet.freeze_panes or "A1"))) > top, sheet.title


# --- pictures, charts and buttons ------------------------------------------------------------------------------------


def test_every_chart_and_picture_is_described(output):
    for name, drawing in output.xml(r"xl/drawings/drawing\d+\.xml").items():
        for shape in some(drawing.iter(DRAWN)):
            assert len(shape.get("descr") or "") > 20, (name, shape.get("name"))


def test_every_button_says_what_it_does(output):
    for name, drawing in output.xml(r"xl/drawings/vmlDrawing\d+\.vml").items():
        for shape in drawing.iter("{urn:schemas-microsoft-com:vml}shape"):
            if shape.find("{*}ClientData").get("ObjectType") == "Button":
                assert len(shape.get("alt") or "") > 10, name


def test_the_kinds_have_what_is_judged(outputs):
    """So that no test above passes for want of anything to judge."""
    charts = {kind: len(output.xml(r"xl/charts/chart\d+\.xml")) for kind, output in outputs.items()}
    assert charts["master"] > 5
    assert outputs["return with functions"].xml(r"xl/drawings/vmlDrawing\d+\.vml")
    assert len([*headers_of(outputs["master"])]) > 8
    rules = {
        kind: sum(len(sheet.conditional_formatting) for sheet in workbook.sheets) for kind, workbook in outputs.items()
    }
    assert min(rules[kind] for kind in ("return", "return with functions", "marked copy", "ledger template")) > 3
