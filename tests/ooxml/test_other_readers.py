"""Other programs read the same as we do: openpyxl, calamine, and LibreOffice and openpyxl saving a copy."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus import raw_workbook as sample
from tests.reading.largest_return import whole_return
from xlkpi.ooxml.model import CellKind, RawWorkbook
from xlkpi.ooxml.workbook import open_workbook

GOOD = sample.sample()


def of_openpyxl(data: bytes) -> dict[tuple[str, str], tuple[object, object]]:
    """Value and formula of every cell that is not blank, as openpyxl reads them."""
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    results = {}
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                value = values[sheet.title][cell.coordinate].value
                formula = cell.value[1:] if cell.data_type == "f" else None
                if value is not None or formula is not None:
                    results[sheet.title, cell.coordinate] = value, formula
    return results


def ours(book: RawWorkbook) -> dict[tuple[str, str], tuple[object, object]]:
    """Value and formula of every cell; the empty text that a formula gives is nothing to openpyxl."""
    return {
        (s.name, c.ref): (None if c.formula and c.value == "" else c.value, c.formula)
        for s in book.sheets
        for c in s.cells()
    }


def test_openpyxl_reads_the_same_values_and_formulas_from_a_whole_return():
    data = whole_return()
    book = open_workbook("return.xlsx", data=data)
    assert ours(book) == of_openpyxl(data)
    formats = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.sheets:
        for cell in sheet.cells():
            assert cell.number_format == formats[sheet.name][cell.ref].number_format


def test_openpyxl_reads_the_same_facts_from_a_whole_return():
    data = whole_return()
    book = open_workbook("return.xlsx", data=data)
    other = openpyxl.load_workbook(io.BytesIO(data))
    ours_alone = {name for name in book.definitions if name.startswith("_xlnm.")}  # kept elsewhere by openpyxl
    assert set(book.definitions) - ours_alone == set(other.defined_names)
    for name, defined in other.defined_names.items():
        target = book.target(name)
        cells = [f"{sheet}!{ref.replace('$', '')}" for sheet, ref in defined.destinations]
        assert cells == ([f"{target.sheet}!{target.ref}"] if target else cells)
    assert sum(target is not None for target in book.names.values()) > 37 * 6
    for sheet in book.sheets:
        theirs = other[sheet.name]
        assert (sheet.protected, sheet.state) == (theirs.protection.sheet, theirs.sheet_state)
        assert set(sheet.merges) == {str(cell_range) for cell_range in theirs.merged_cells.ranges}
        ranges = [
            str(cell_range) for rule in theirs.data_validations.dataValidation for cell_range in rule.sqref.ranges
        ]
        assert sorted(sheet.validations) == sorted(ranges)
        assert sheet.hidden_rows == {row for row, dimensions in theirs.row_dimensions.items() if dimensions.hidden}


@pytest.mark.parametrize("make", [sample.sample, whole_return])
def test_calamine_reads_the_same_values(make):
    data = make()
    other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    book = open_workbook("return.xlsx", data=data)
    for sheet in book.sheets:
        if sheet.cell("XFD1048576").is_blank:  # else calamine would build the whole grid
            rows = other.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            theirs = {(r, c): v for r, row in enumerate(rows) for c, v in enumerate(row) if v != ""}
            known = (CellKind.ERROR, CellKind.UNCALCULATED)  # which calamine reads as ""
            mine = {at(cell.ref): cell.value for cell in sheet.cells() if cell.kind not in known and cell.value != ""}
            assert {k: plain(v) for k, v in mine.items()} == {k: plain(v) for k, v in theirs.items()}


def at(ref: str) -> tuple[int, int]:
    row, column = openpyxl.utils.cell.coordinate_to_tuple(ref)
    return row - 1, column - 1


def plain(value: object) -> object:
    return datetime.combine(value, time()) if type(value) is date else value


def test_a_copy_saved_by_openpyxl_reads_the_same():
    target = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(GOOD), rich_text=True).save(target)
    facts = sample.facts(open_workbook("return.xlsx", data=target.getvalue()))
    was = sample.facts(open_workbook("return.xlsx", data=GOOD))
    for key in ("names", "states", "protected", "hidden", "validations", "merges"):
        assert facts[key] == was[key], key
    for place, (kind, value, formula, shown) in sample.CELLS.items():
        expected = (kind, value, formula) if formula is None else ("uncalculated", None, formula)  # it keeps no results
        assert facts["cells"][place] == (*expected, shown), place


@pytest.mark.office
def test_a_copy_saved_by_libreoffice_reads_the_same(tmp_path, calc):
    for name, data in {"sample": sample.sample(last_cell=False), "return": whole_return()}.items():
        before, after = tmp_path / f"{name}.xlsx", tmp_path / f"{name} saved again.xlsx"
        before.write_bytes(data)
        calc(before).save(after)
        compare(before, after)


def compare(before: Path, after: Path) -> None:
    was, now = open_workbook(before), open_workbook(after)
    assert now.application is not None
    assert "LibreOffice" in now.application
    assert [sheet.name for sheet in now.sheets] == [sheet.name for sheet in was.sheets]
    for name, target in was.names.items():
        assert now.target(name) == target, name
    for sheet in was.sheets:
        other = now.sheet(sheet.name)
        assert other is not None
        assert other.protected == sheet.protected
        assert set(other.merges) == set(sheet.merges)
        for cell in sheet.cells():
            again = other.cell(cell.ref)
            if cell.formula is None:
                assert (again.kind, again.value) == (cell.kind, cell.value), cell
            else:
                assert again.formula is not None, cell
                if cell.kind in (CellKind.NUMBER, CellKind.DATE) and "NOW" not in cell.formula:
                    assert again.kind in (CellKind.NUMBER, CellKind.DATE, CellKind.TEXT), cell


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r"), min_size=1, max_size=40)
NUMBER = st.floats(allow_nan=False, min_value=-1e300, max_value=1e300) | st.integers(-(10**12), 10**12).map(float)


@given(st.dictionaries(st.tuples(st.integers(0, 60), st.integers(0, 40)), TEXT | NUMBER | st.booleans(), max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_written_is_read_whatever_it_is(cells):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Anything")
        for (row, column), value in cells.items():
            write = {str: sheet.write_string, float: sheet.write_number, bool: sheet.write_boolean}[type(value)]
            write(row, column, value)
    workbook = open_workbook("return.xlsx", data=target.getvalue()).sheets[0]
    read = {at(cell.ref): cell.value for cell in workbook.cells()}
    # XlsxWriter writes a number with 16 digits, as a spreadsheet does
    assert read == {k: float(f"{v:.16G}") if type(v) is float else v for k, v in cells.items()}
