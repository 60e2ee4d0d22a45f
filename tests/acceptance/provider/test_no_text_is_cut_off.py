"""Promise: every row is high enough for what stands in it; the judge is the height LibreOffice itself would choose."""

from __future__ import annotations

import pytest

from tests.acceptance.provider.provider_workbooks import KINDS, built
from tests.judge.inside_office import row_heights
from tests.judge.real_returns import saved

SLACK = 60  # hundredths of a millimetre: a line is about 430


@pytest.mark.office
@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_high_enough(kind, calc, tmp_path):
    book = calc(saved(tmp_path / "return.xlsx", built(kind)))
    cut = []
    for name in book.sheet_names[:-1]:
        sheet = book.sheet(name)
        sheet.unprotect("")
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        rows = cursor.RangeAddress.EndRow + 1
        heights = row_heights(book, name, rows)
        sheet.Rows.OptimalHeight = True
        compared = enumerate(zip(heights, row_heights(book, name, rows), strict=True), start=1)
        cut += [(name, row, height, needed) for row, (height, needed) in compared if needed > height + SLACK]
    assert not cut
