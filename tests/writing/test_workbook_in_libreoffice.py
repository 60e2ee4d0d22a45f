"""LibreOffice sees no difference between the cells we spell and those that XlsxWriter writes; its tables filter."""

from __future__ import annotations

import pytest

from tests.writing.workbook_sample import STYLES_SHOWN, VALUES, book, by_xlsxwriter
from xlkpi.ooxml.addresses import cell_address, column_letters
from xlkpi.writing.workbook import render_workbook

pytestmark = pytest.mark.office
LAST = f"{column_letters(len(STYLES_SHOWN))}{len(VALUES) + 1}"


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alike")
    (folder / "ours.xlsx").write_bytes(render_workbook(book()))
    (folder / "theirs.xlsx").write_bytes(by_xlsxwriter(book()))
    return folder / "ours.xlsx", folder / "theirs.xlsx"


def test_values_texts_and_fills_are_the_same(calc, paths):
    ours, theirs = (calc(path) for path in paths)
    block = f"A1:{LAST}"
    assert list(ours.values("Data", block)) == [
        tuple(pytest.approx(value, rel=1e-15) if isinstance(value, float) else value for value in row)
        for row in theirs.values("Data", block)
    ]
    for row in range(2, len(VALUES) + 2):
        for col in (2, 4, 5, 6, 7):
            assert ours.text("Data", cell_address(row, col)) == theirs.text("Data", cell_address(row, col))
        assert ours.fill("Data", cell_address(row, 7)) == theirs.fill("Data", cell_address(row, 7))


def test_text_is_never_run(calc, paths):
    book = calc(paths[0])
    formulas = book.office.uno.getConstantByName("com.sun.star.sheet.CellFlags.FORMULA")
    assert book.sheet("Data").queryContentCells(formulas).Count == 0


def test_a_table_is_filtered_by_its_own_buttons(calc, paths):
    shown = calc(paths[0])
    ranges = shown.document.DatabaseRanges
    (table,) = [ranges.getByIndex(n) for n in range(ranges.Count) if ranges.getByIndex(n).Name == "T_Data"]
    assert table.AutoFilter
    area = table.DataArea
    assert (area.StartRow, area.StartColumn, area.EndRow, area.EndColumn) == (0, 0, len(VALUES), len(STYLES_SHOWN) - 1)
