"""Promise: the workbook opens and works in Excel 2010 and later, on the web, on a Mac and in LibreOffice."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.acceptance.provider.provider_workbooks import KINDS, built, formulas, opened, parts, without_texts

LISTED = """
    ABS AND AVERAGE BINOMDIST CEILING CHAR CHOOSE COLUMN COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS DATE EXACT FIND
    FLOOR HLOOKUP IF IFERROR INDEX INT ISBLANK ISERROR ISLOGICAL ISNA ISNUMBER ISTEXT LEFT LEN LOWER MATCH
    MAX MID MIN MOD N NA NOT OR PROPER REPT RIGHT ROUND ROUNDDOWN ROUNDUP ROW ROWS SEARCH SIGN SUBSTITUTE SUM SUMIF
    SUMIFS SUMPRODUCT T TEXT TRIM TRUNC UPPER VALUE VLOOKUP"""
EXCEL_2010 = frozenset(LISTED.split())
"""Functions that Excel 2010, Excel for the web and LibreOffice 7.4 all have, none of them volatile."""

MOST_CHARACTERS, MOST_LEVELS, MOST_ARGUMENTS, LONGEST_TEXT = 8192, 64, 255, 255
FUNCTION = re.compile(r"([A-Za-z_][\w.]*)\(")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
KNOWN_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml"
    r"|xl/(workbook|styles|sharedStrings|theme/theme1)\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml"
    r"|xl/worksheets/_rels/sheet\d+\.xml\.rels"
)

pytestmark = pytest.mark.parametrize("kind", KINDS)


def depth_and_arguments(formula):
    """The deepest nesting of brackets and the most arguments of any call; texts and sheet names are emptied before."""
    levels, deepest, most = [0], 0, 0
    for letter in re.sub(r"'[^']*'", "", without_texts(formula)):
        if letter == "(":
            levels.append(1)
        elif letter == ")":
            most = max(most, levels.pop())
        elif letter == ",":
            levels[-1] += 1
        deepest = max(deepest, len(levels) - 1)
    assert len(levels) == 1
    return deepest, most


def test_it_holds_no_macro_no_link_to_elsewhere_and_nothing_unusual(kind):
    content = parts(built(kind))
    assert [name for name in content if not KNOWN_PARTS.fullmatch(name)] == []
    types = content["[Content_Types].xml"].decode()
    assert "macroEnabled" not in types
    assert "spreadsheetml.sheet.main+xml" in types
    for name, data in content.items():
        root = etree.fromstring(data)
        tags = {etree.QName(element).localname for element in root.iter(etree.Element)}
        assert not tags & {"extLst", "externalReferences", "oleObjects", "controls", "legacyDrawing", "drawing"}, name
        if name.endswith(".rels"):
            assert {element.get("TargetMode") for element in root} <= {None, "Internal"}, name


def test_every_formula_uses_only_functions_that_all_of_them_have(kind):
    results = list(formulas(opened(built(kind))))
    assert len(results) > 50
    for where, formula in results:
        bare = re.sub(r"'[^']*'", "", without_texts(formula))
        assert set(FUNCTION.findall(bare)) <= EXCEL_2010, where
        assert not re.search(r"_xl|[\[\]@#{}]", bare), where


def test_every_formula_keeps_within_their_limits(kind):
    for where, formula in formulas(opened(built(kind))):
        assert len(formula) <= MOST_CHARACTERS, where
        deepest, most = depth_and_arguments(formula)
        assert deepest <= MOST_LEVELS, where
        assert most <= MOST_ARGUMENTS, where
        assert max(map(len, re.findall(r'"(?:[^"]|"")*"', formula)), default=0) <= LONGEST_TEXT + 2, where


def test_formulas_are_ordinary_ones_of_one_cell(kind):
    """No array formulas, no metadata of dynamic arrays: Excel would show @ or {} and older ones would fail."""
    for name, data in parts(built(kind)).items():
        if name.startswith("xl/worksheets/sheet"):
            root = etree.fromstring(data)
            assert {f.get("t") for f in root.iter(f"{MAIN}f")} <= {None}
            assert not [cell.get("r") for cell in root.iter(f"{MAIN}c") if cell.get("cm") or cell.get("vm")]
            assert not list(root.iter(f"{MAIN}mergeCell"))


def test_links_lead_to_cells_of_the_workbook(kind):
    book = opened(built(kind))
    links = [cell.hyperlink for sheet in book for row in sheet for cell in row if cell.hyperlink]
    assert len(links) > 5
    for link in links:
        sheet, _, cell = link.location.rpartition("!")
        assert not link.target
        assert book[sheet.strip("'").replace("''", "'")][cell]


def test_libreoffice_and_its_neighbours_read_every_part_as_xml_of_utf_8(kind):
    for name, data in parts(built(kind)).items():
        assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"'), name
