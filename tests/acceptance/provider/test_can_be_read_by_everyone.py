"""Promise: titles and language are set, contrast is at least 4.5 : 1 everywhere, and no meaning is in colour alone."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.acceptance.provider.provider_workbooks import KINDS, built, hidden_columns, opened, parts, place, visible
from tests.accessibility.open_output import contrast, rgb
from tests.evidence import some
from tests.judge.oracle import due
from tests.judge.real_returns import CODES, slug

ENOUGH = 4.5
WHITE = "FFFFFF"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
RATED = ("Green", "Amber", "Red")

pytestmark = pytest.mark.parametrize("kind", KINDS)


def ground(cell):
    return rgb(cell.fill.fgColor, WHITE) if cell.fill.fill_type == "solid" else WHITE


def test_the_judge_measures_contrast_as_wcag_does(kind):
    assert contrast("000000", WHITE) == 21
    assert contrast("777777", WHITE) == pytest.approx(4.48, abs=0.005)
    assert contrast(WHITE, "1F3864") == contrast("1F3864", WHITE) > 10


def test_every_cell_can_be_read(kind):
    looks = set()
    for sheet in visible(opened(built(kind))):
        for row in sheet:
            looks |= {(rgb(cell.font.color, "000000"), ground(cell), cell.font.sz) for cell in row}
    assert len(looks) > 5
    assert not [(ink, fill) for ink, fill, _ in looks if contrast(ink, fill) < ENOUGH]
    assert min(size for _, _, size in looks) >= 10


def test_every_conditional_look_can_be_read_on_every_cell_it_may_fall_on(kind):
    seen = 0
    for sheet in visible(opened(built(kind))):
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                look, seen = rule.dxf, seen + 1
                for cell in (sheet.cell(*at) for span in area.sqref.ranges for at in span.cells):
                    fill = rgb(look.fill.bgColor, WHITE) if look.fill else ground(cell)
                    ink = rgb(look.font.color if look.font else None, rgb(cell.font.color, "000000"))
                    assert contrast(ink, fill) >= ENOUGH, (sheet.title, area.sqref, ink, fill)
    assert seen > 10


def looks_of(book, sheet, ref):
    """The words that give a cell a look of its own, with the fill of each."""
    results = {}
    for area in book[sheet].conditional_formatting:
        if ref in area.sqref:
            for rule in area.rules:
                words = re.findall(r'"([^"]+)"', rule.formula[0])
                results |= {word: rgb(rule.dxf.fill.bgColor, WHITE) for word in words}
    return results


def test_each_rag_is_a_word_with_a_fill_of_its_own(kind):
    """The fill follows from the word in the same cell, so whoever sees no colour loses nothing."""
    _, period, options = KINDS[kind]
    book = opened(built(kind))
    held = some(code for code in CODES if f"{slug(code)}.rag" in book.defined_names)
    for code in held:
        sheet, ref = place(book, f"{slug(code)}.rag")
        looks = looks_of(book, sheet, ref)
        fills = {word: looks[word] for word in (*RATED, "Information")}
        assert len(set(fills.values())) == 4
        if due(code, period, "as written" if options.get("as_written") else "effective"):
            formula = book[sheet][ref].value
            words = set(re.findall(r'"([^"]+)"', formula))
            assert words >= (set(RATED) if code.startswith("KPI") else {"Information"}), code


def test_the_help_explains_every_word_in_its_own_look(kind):
    book = opened(built(kind))
    details = {str(row[0].value): row for row in book["Help"]}
    for word in (*RATED, "Information", "No cases", "Not entered", "Incomplete", "Check", "Not due", "Unrated"):
        assert len(details[word][1].value) > 15
    sheet, ref = place(book, "KPI_S1.rag")
    looks = looks_of(book, sheet, ref)
    for word in RATED:
        assert ground(details[word][0]) == looks[word]


def test_title_language_and_author_are_set(kind):
    provider, period, _ = KINDS[kind]
    root = etree.fromstring(parts(built(kind))["docProps/core.xml"])
    assert root.findtext(f"{DUBLIN_CORE}title") == f"KPI return {period}: {provider.name}"
    assert root.findtext(f"{DUBLIN_CORE}language") == "en-GB"
    assert root.findtext(f"{DUBLIN_CORE}creator") == "Kent County Council"


def test_each_sheet_says_at_its_top_what_it_is(kind):
    for sheet in visible(opened(built(kind))):
        assert sheet["A1"].value
        assert len(sheet.title) <= 31


def test_a_table_has_one_header_row_without_gaps_and_no_merged_cells(kind):
    for sheet in visible(opened(built(kind))):
        assert not sheet.merged_cells.ranges
        if sheet.auto_filter.ref:
            last = sheet.auto_filter.ref.partition(":")[2].rstrip("0123456789")
            headers = [cell.value for cell in sheet[f"A5:{last}5"][0]]
            assert all(headers)
            assert len(set(headers)) == len(headers)
            assert sheet.auto_filter.ref.startswith("A5:")


def test_every_code_is_written_out_in_its_row(kind):
    """A screen reader that jumps down a column meets the code first."""
    book = opened(built(kind))
    for sheet in visible(book)[1:-2]:
        for row in range(6, sheet.max_row + 1):
            if sheet[f"B{row}"].value:
                assert sheet[f"A{row}"].value in CODES


def test_hidden_columns_hold_workings_only(kind):
    book = opened(built(kind))
    for sheet in visible(book)[1:-2]:
        assert hidden_columns(sheet) == set("OPQRSTUVWX")
    assert hidden_columns(book["Start here"]) == set("HIJKLM")
    assert hidden_columns(book["Action plan"]) == set("JKLMNO")
    assert hidden_columns(book["Help"]) == set()
