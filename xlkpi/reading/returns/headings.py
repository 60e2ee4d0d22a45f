"""Which column of a section sheet is under which heading: what a person sees there is what counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache

from xlkpi.core.visible_text import fold_code
from xlkpi.layout.addresses import HEADER_ROW, Col
from xlkpi.layout.section import HEADERS
from xlkpi.ooxml.addresses import cell_address, column_letters
from xlkpi.ooxml.model import RawSheet

READ = (Col.CODE, Col.X, Col.Y, Col.COMMENT)
"""The columns that codes, figures and comments are read from."""
_LAST_ROW, _LAST_COLUMN = 20, 60
"""How far down and to the right headings are looked for once they are not in their place."""
_SEEN_AT_ONCE = 40
"""How far to the right a second column x or y is looked for beside headings that are in their place."""

NamedColumns = Callable[[], Mapping[Col, Collection[str]]]
"""Gives the columns that the names of x and y point to; asked only where a heading is there twice."""


def heading(col: Col) -> str:
    """Give the heading of a column."""
    return HEADERS[col - 1]


PLANNED: Mapping[Col, str] = {col: column_letters(col) for col in READ}
_FOLDED = {fold_code(heading(col)): col for col in READ}
_HEADER_CELLS = tuple(cell_address(HEADER_ROW, col) for col in range(1, _SEEN_AT_ONCE + 1))
_X_OR_Y = frozenset(case for col in (Col.X, Col.Y) for case in (heading(col), heading(col).upper()))
_PLANNED_CELLS = tuple((cell_address(HEADER_ROW, col), heading(col)) for col in READ)


def find_columns(sheet: RawSheet, named: NamedColumns = dict) -> Mapping[Col, str] | None:
    """Find the letters of the columns under the headings; None where there is not one x and one y in a row.

    Where a heading is there twice, the names decide. A column of codes or comments whose own heading is lost is where
    it was planned, as far as x has moved.
    """
    if all(_text(sheet, ref) == text for ref, text in _PLANNED_CELLS) and (sheet.protected or _count_seen(sheet) == 2):
        return PLANNED
    for refs in _searched_cells():
        places: dict[Col, list[int]] = {}
        for number, ref in enumerate(refs, start=1):
            text = _text(sheet, ref)
            if text and (col := _FOLDED.get(fold_code(text))):
                places.setdefault(col, []).append(number)
        if Col.X in places and Col.Y in places:
            return _choose(places, named)
    return None


@cache
def _searched_cells() -> tuple[tuple[str, ...], ...]:
    """Give the cells that may be headings, row by row, the row where they were planned first."""
    rows = (HEADER_ROW, *range(1, _LAST_ROW))
    return tuple(tuple(cell_address(row, number) for number in range(1, _LAST_COLUMN + 1)) for row in rows)


def _count_seen(sheet: RawSheet) -> int:
    """Count the headings x and y in the header row of a sheet without protection: a locked one gets no others."""
    stored = map(sheet.contents.cells.get, _HEADER_CELLS)
    return sum(1 for cell in stored if cell is not None and str(cell[0][1]).strip() in _X_OR_Y)


def _choose(places: Mapping[Col, list[int]], named: NamedColumns) -> Mapping[Col, str] | None:
    chosen: dict[Col, int] = {}
    for col in (Col.X, Col.Y):
        numbers = places[col]
        if len(numbers) > 1:
            pointed_to = named().get(col, ())
            numbers = [number for number in numbers if column_letters(number) in pointed_to]
        if len(numbers) != 1:
            return None
        chosen[col] = numbers[0]
    moved = chosen[Col.X] - Col.X
    for col in (Col.CODE, Col.COMMENT):
        numbers = places.get(col, [])
        chosen[col] = numbers[0] if numbers else max(col + moved, 1)
    return {col: column_letters(number) for col, number in chosen.items()}


def _text(sheet: RawSheet, ref: str) -> str:
    value = sheet.value(ref)
    return value.strip() if isinstance(value, str) else ""
