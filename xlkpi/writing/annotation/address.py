"""Cell addresses as numbers, inside the grid of a sheet (1,048,576 rows, columns to XFD)."""

from __future__ import annotations

import re

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")

Cell = tuple[int, int]
"""A place in a sheet: row, column; both count from 1."""


def parse_cell(text: str) -> Cell | None:
    """`"F7"` or `"$F$7"` as (7, 6); None when the text is no single cell of the grid."""
    match = _CELL.fullmatch(text.strip())
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if row <= MAX_ROW and column <= MAX_COLUMN else None


def parse_range(text: str) -> tuple[Cell, Cell] | None:
    """`"F7:G9"` as its top left and bottom right cell; a single cell is both; None when it is neither."""
    first, _, last = text.partition(":")
    start = parse_cell(first)
    end = parse_cell(last) if last else start
    if start is None or end is None:
        return None
    (top, left), (bottom, right) = start, end
    return (min(top, bottom), min(left, right)), (max(top, bottom), max(left, right))


def column_name(column: int) -> str:
    """The letters of a column: 1 is A, 16,384 is XFD."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(cell: Cell) -> str:
    """(7, 6) as `"F7"`."""
    return f"{column_name(cell[1])}{cell[0]}"


def range_name(first: Cell, last: Cell) -> str:
    """Two corners as `"F7:G9"`, or `"F7"` when they are one cell."""
    return cell_name(first) if first == last else f"{cell_name(first)}:{cell_name(last)}"


def quoted(sheet: str) -> str:
    """A sheet name as formulas and links write it: always in quotes, a quote inside doubled."""
    return "'" + sheet.replace("'", "''") + "'"


def link(sheet: str, cell: str) -> str | None:
    """The target of a link, `"'It''s'!F7"`; None when `cell` is no cell and no range."""
    area = parse_range(cell)
    return f"{quoted(sheet)}!{range_name(*area)}" if area else None
