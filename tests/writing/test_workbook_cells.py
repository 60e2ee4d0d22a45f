"""The cells we spell ourselves are, cell by cell, those that XlsxWriter writes for the same plan."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from fractions import Fraction

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.writing.workbook_sample import VALUES, book, by_xlsxwriter
from xlkpi.errors import PlanError
from xlkpi.plain_text import make_visible
from xlkpi.writing.workbook import Cell, Column, Formula, Link, Quantity, Sheet, Table, WorkbookPlan, render_workbook

SHEETS = ("Data", "Links", "Apart")


@pytest.fixture(scope="module")
def ours():
    return render_workbook(book())


@pytest.fixture(scope="module")
def theirs():
    return by_xlsxwriter(book())


def opened(data, **options):
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def cell_read_back(value, style="text"):
    """What openpyxl reads back of one value in a table and beside it."""
    table = Table("T", (Column("a", 10, style),), [[value]])
    plan = WorkbookPlan("B", date(2026, 9, 30), (Sheet("S", (table,), (Cell(2, 3, value, style),)),))
    sheet = opened(render_workbook(plan))["S"]
    assert sheet["A2"].value == sheet["C2"].value
    return sheet["A2"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_cell_has_the_value_type_and_look_that_xlsxwriter_gives_it(ours, theirs, sheet):
    mine, oracle = opened(ours)[sheet], opened(theirs)[sheet]
    assert mine.max_row >= oracle.max_row
    compared = 0
    for row in oracle.iter_rows():
        for cell in row:
            other = mine[cell.coordinate]
            value = cell.value
            same = pytest.approx(value, rel=1e-15) if isinstance(value, float) else value
            assert other.value == same, cell.coordinate
            for fact in ("data_type", "number_format", "font", "fill", "border", "alignment"):
                if cell.has_style or fact == "data_type":
                    assert repr(getattr(other, fact)) == repr(getattr(cell, fact)), (cell.coordinate, fact)
            compared += 1
    assert compared > 20


@pytest.mark.parametrize("sheet", SHEETS)
def test_calamine_and_pandas_read_what_they_read_of_xlsxwriters_file(ours, theirs, sheet):
    files = [io.BytesIO(data) for data in (ours, theirs)]
    mine, oracle = (CalamineWorkbook.from_filelike(file).get_sheet_by_name(sheet).to_python() for file in files)
    assert mine == [[pytest.approx(v, rel=1e-15) if isinstance(v, float) else v for v in row] for row in oracle]
    frames = [pd.read_excel(file, sheet_name=sheet, header=None, engine="openpyxl") for file in files]
    pd.testing.assert_frame_equal(*frames)


def test_a_formulas_value_is_there_without_recalculation(ours):
    values, formulas = opened(ours, data_only=True)["Apart"], opened(ours)["Apart"]
    assert [values[ref].value for ref in ("B60", "B61")] == [3, "a<b>"]
    assert [formulas[ref].value for ref in ("B60", "B61")] == ["=1+2", '="a"&"<b>"']


def test_a_formula_whose_value_is_an_empty_text_keeps_it():
    plan = WorkbookPlan(
        "B", date(2026, 9, 30), (Sheet("S", cells=(Cell(1, 1, Formula('""', None), "text"), Cell(2, 2, 1))),)
    )
    (row, *_) = CalamineWorkbook.from_filelike(io.BytesIO(render_workbook(plan))).get_sheet_by_name("S").to_python()
    assert row == ["", ""]


def test_a_decimal_keeps_every_bit():
    for value in (0.1, 2 / 3, 1 / 7 * 10**-9, Fraction(1, 3)):
        assert cell_read_back(value, "share").value == float(value)


def test_numbers_beyond_what_a_cell_holds_and_days_before_its_calendar_become_text():
    assert cell_read_back(10**15).value == "1000000000000000"
    assert cell_read_back(Fraction(10**400, 3)).value == f"{10**400}/3"
    assert cell_read_back(date(1899, 12, 31), "day").value == "1899-12-31"
    assert cell_read_back(1e15, "whole").value == 1e15


def test_equal_values_of_different_kinds_are_not_mistaken_for_each_other():
    values = [10**15, 1e15, 10**15, 1, 1.0, Fraction(1), "1", 0.0, -0.0, 0, date(2026, 1, 1), "2026-01-01", None, ""]
    table = Table("T", (Column("a", 10, "line"),), [[value] for value in values])
    sheet = opened(render_workbook(WorkbookPlan("B", date(2026, 9, 30), (Sheet("S", (table,)),))))["S"]
    kinds = [cell.data_type for (cell,) in sheet.iter_rows(min_row=2)]
    assert "".join(kinds) == "snsnnnsnnnns" + "nn"
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=13, max_row=15)] == ["2026-01-01", None, None]


@pytest.mark.parametrize("style", ["whole", "gap", "points"])
def test_a_quantity_keeps_its_unit_after_a_number_of_its_size(style):
    values = [5, Quantity(Fraction(5), "amount"), 5, Quantity(Fraction(5), "days"), 0, Quantity(Fraction(0), "amount")]
    table = Table("T", (Column("a", 10, style),), [[value] for value in values])
    plan = WorkbookPlan("B", date(2026, 9, 30), (Sheet("S", (table,)),), with_units=True)
    cells = [row[0] for row in opened(render_workbook(plan))["S"]["A2:A7"]]
    assert [cell.value for cell in cells] == [5, 5, 5, 5, 0, 0]
    formats = [cell.number_format for cell in cells]
    assert formats[0] == formats[2] == formats[4] != formats[1] == formats[5]
    assert ("£" in formats[1], "£" in formats[3]) == (True, False)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_a_fault_of_the_plan(value):
    with pytest.raises(PlanError, match="cannot be in a cell"):
        cell_read_back(value)


def test_text_is_cut_at_excels_limit_as_excel_counts():
    assert len(cell_read_back("a" * 32_767).value) == 32_767
    assert cell_read_back("a" * 32_768).value == "a" * 32_766 + "…"
    assert cell_read_back("🦉" * 20_000).value == "🦉" * 16_383 + "…"


def texts_of(data):
    """The table of texts as Excel shows them, escapes undone; openpyxl undoes only some."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        items = etree.fromstring(parts.read("xl/sharedStrings.xml"))
    texts = ["".join(item.itertext()) for item in items]
    assert not any(len(item) != 1 or not item[0].tag.endswith("}t") for item in items)
    return [re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match.group(1), 16)), text) for text in texts]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=8, unique=True))
@example(["<r>not rich</r>", "<r><t>x</t></r>", "_x0041_", "__x005F_", "_x000D_", "\r", "\ufffe\uffff", "_X0041_"])
def test_whatever_text_comes_back_as_it_is_shown(texts):
    table = Table("T", (Column("the header", 10),), [[text] for text in texts])
    data = render_workbook(WorkbookPlan("B", date(2026, 9, 30), (Sheet("S", (table,)),)))
    assert texts_of(data) == list(dict.fromkeys(["the header", *map(make_visible, texts)]))


def test_a_text_stands_once_in_the_table_of_texts(ours):
    texts = texts_of(ours)
    assert len(texts) == len(set(texts))
    assert {make_visible(text) for text in VALUES if isinstance(text, str) and text} <= set(texts)


def test_a_row_of_the_wrong_length_is_a_fault_of_the_plan():
    for row in (["a"], ["a", "b", "c"]):
        table = Table("T", (Column("a", 9), Column("b", 9)), [["x", "y"], row])
        with pytest.raises(PlanError, match=f"Row 3 of the table T has {len(row)} values for 2 columns"):
            render_workbook(WorkbookPlan("B", date(2026, 9, 30), (Sheet("S", (table,)),)))


def test_a_cell_beside_a_table_and_a_tall_row_within_it_stand_in_their_rows():
    table = Table("T", (Column("a", 9), Column("b", 9, "link")), [[n, Link(f"go {n}", "'S'!A1")] for n in range(5)])
    sheet = Sheet("S", (table,), (Cell(3, 5, "beside"), Cell(9, 1, "below")), heights=((4, 33.0),))
    page = opened(render_workbook(WorkbookPlan("B", date(2026, 9, 30), (sheet,))))["S"]
    assert [page.cell(row, 1).value for row in range(2, 7)] == [0, 1, 2, 3, 4]
    assert (page["E3"].value, page["A9"].value, page.row_dimensions[4].height) == ("beside", "below", 33)
    assert [page.cell(row, 2).hyperlink.location for row in range(2, 7)] == ["'S'!A1"] * 5
    assert page.dimensions == "A1:E9"


def test_a_formula_in_a_table_and_its_value():
    rows = [[n, Formula(f"A{n + 2}*2", n * 2)] for n in range(1200)]
    plan = WorkbookPlan(
        "B", date(2026, 9, 30), (Sheet("S", (Table("T", (Column("a", 9), Column("b", 9, "whole")), rows),)),)
    )
    data = render_workbook(plan)
    assert opened(data)["S"]["B1201"].value == "=A1201*2"
    assert opened(data, data_only=True)["S"]["B1201"].value == 1199 * 2
