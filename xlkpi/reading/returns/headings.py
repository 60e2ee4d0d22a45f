"""Which column of a section sheet is under which heading: what a person sees there is what counts."""

from __future__ import annotations

from collections.abc import Mapping

from xlkpi.layout.addresses import HEADER_ROW, Col
from xlkpi.layout.section import HEADERS
from xlkpi.ooxml.addresses import cell_address, column_letters
from xlkpi.ooxml.model import RawSheet

READ = (Col.X, Col.Y, Col.COMMENT)
"""The columns that figures and comments are read from."""
PLANNED: Mapping[Col, str] = {col: column_letters(col) for col in READ}
_LAST_ROW, _LAST_COLUMN = 20, 60
"""How far down and to the right headings are looked for once they are not in their place."""


def heading(col: Col) -> str:
    """Give the heading of a column."""
    return HEADERS[col - 1]


def find_columns(sheet: RawSheet) -> Mapping[Col, str] | None:
    """Find the letters of the columns under the headings; None where there is no x and y side by side in a row.

    A column whose own heading is lost is where it was planned, as far as x and y have moved.
    """
    if all(_text(sheet, HEADER_ROW, col) == heading(col) for col in READ):
        return PLANNED
    for row in (HEADER_ROW, *range(1, _LAST_ROW)):
        found = {text: col for col in range(_LAST_COLUMN, 0, -1) if (text := _text(sheet, row, col))}
        if heading(Col.X) in found and heading(Col.Y) in found:
            moved = found[heading(Col.Y)] - Col.Y
            return {col: column_letters(found.get(heading(col), col + moved)) for col in READ}
    return None


def _text(sheet: RawSheet, row: int, col: int) -> str:
    value = sheet.cell(cell_address(row, col)).value
    return value.strip() if isinstance(value, str) else ""
