"""Cell addresses: letters and numbers of columns, cells, ranges, and sheet names in front of them.

Rows and columns count from 1; a sheet has 1,048,576 rows and columns up to XFD.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Optional, Tuple

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")

CellPosition = Tuple[int, int]
"""A place in a sheet: row, column."""


@cache
def column_letters(number: int) -> str:
    """The letters of a column: 1 is A, 27 is AA, 16,384 is XFD."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column: A is 1, XFD is 16,384. The letters are capitals."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_address(row: int, column: int) -> str:
    """A cell's address: row 7, column 6 is ``F7``."""
    return f"{column_letters(column)}{row}"


def range_address(first: CellPosition, last: CellPosition) -> str:
    """Two corners as ``F7:G9``, or ``F7`` when they are one cell."""
    return cell_address(*first) if first == last else f"{cell_address(*first)}:{cell_address(*last)}"


def parse_cell(text: str) -> Optional[CellPosition]:
    """``F7`` or ``$F$7`` as (7, 6); None when the text is not a single cell of a sheet."""
    match = _CELL.fullmatch(text.strip())
    if match is None:
        return None
    column, row = column_number(match[1].upper()), int(match[2])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def parse_range(text: str) -> Optional[Tuple[CellPosition, CellPosition]]:
    """``F7:G9`` as its top left and bottom right cell; a single cell is both; None when it is neither."""
    first, _, last = text.partition(":")
    start = parse_cell(first)
    end = parse_cell(last) if last else start
    if start is None or end is None:
        return None
    (top, left), (bottom, right) = start, end
    return (min(top, bottom), min(left, right)), (max(top, bottom), max(left, right))


def quoted_sheet(sheet: str) -> str:
    """A sheet's name as formulas and links write it: in quotation marks, one inside it doubled."""
    return "'" + sheet.replace("'", "''") + "'"


def link_target(sheet: str, cell: str) -> Optional[str]:
    """The target of a link, ``'It''s'!F7``; None when ``cell`` is neither a cell nor a range."""
    area = parse_range(cell)
    return f"{quoted_sheet(sheet)}!{range_address(*area)}" if area else None


def covering_range(ranges: Tuple[str, ...], ref: str) -> str:
    """Find the range, of merged cells or of an array formula, that contains the cell; empty text where none does."""
    place = parse_cell(ref) if ranges else None
    if place is None:
        return ""
    row, col = place
    for area, ((top, left), (bottom, right)) in _areas(ranges):
        if top <= row <= bottom and left <= col <= right:
            return area
    return ""


@lru_cache(maxsize=2)  # every figure of a sheet asks; more sheets would stay in memory
def _areas(ranges: Tuple[str, ...]) -> Tuple[Tuple[str, Tuple[CellPosition, CellPosition]], ...]:
    """Each range with its corners."""
    areas = ((text, parse_range(text)) for text in ranges)
    return tuple((text, area) for text, area in areas if area)
