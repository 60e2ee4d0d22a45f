"""Marking cells in the XML of one worksheet."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from xlkpi.ooxml.addresses import CellPosition, cell_address, parse_cell, parse_range, range_address
from xlkpi.ooxml.xml import truth
from xlkpi.writing.marked_copy import edit_xml
from xlkpi.writing.marked_copy.mark_styles import Stylesheet
from xlkpi.writing.marked_copy.marks import worse

_HEAD = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
         "sheetProtection")  # fmt: skip
_MERGE_LIMIT = 256  # a larger merge is marked at its top left only


class MarkedSheet:
    """One worksheet part, addressed by row and column however its XML spells them."""

    def __init__(self, root: edit_xml.Element) -> None:
        """Index the rows of the part; its cells are looked at only where a mark falls."""
        self._root = root
        self._data = edit_xml.ensure(root, "sheetData", _HEAD)
        self._rows = _Numbered(self._data, "row", _row_number)
        self._cells: dict[int, _Numbered] = {}
        self._merges = _merges(root)
        self._column_formats: dict[int, int] = {}

    def mark(self, marks: Mapping[CellPosition, str], styles: Stylesheet) -> None:
        """Give each cell the look of its severity; a blank one that is not in the XML is made."""
        spread: dict[CellPosition, str] = {}
        for cell, severity in marks.items():
            for part in self._whole(cell):
                spread[part] = worse(spread.get(part), severity)
        for cell, severity in sorted(spread.items()):
            element, base = self._cell(cell)
            element.set("s", str(styles.marked(base, severity)))

    def _whole(self, cell: CellPosition) -> Iterator[CellPosition]:
        """All cells of the merge that a cell is in, so that the border closes; else the cell alone."""
        (top, left), (bottom, right) = next((area for area in self._merges if _contains(area, cell)), (cell, cell))
        if (bottom - top + 1) * (right - left + 1) > _MERGE_LIMIT:
            bottom, right = top, left
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield row, column

    def _cell(self, cell: CellPosition) -> tuple[edit_xml.Element, int]:
        """The element of a cell and the format it has now (its own, its row's or its column's)."""
        row_number, column = cell
        row = self._rows.get(row_number)
        if row is None:
            row = self._rows.insert(row_number, str(row_number))
        if row_number not in self._cells:
            self._cells[row_number] = _Numbered(row, "c", _column_number)
        cells = self._cells[row_number]
        element = cells.get(column)
        if element is not None:
            return element, edit_xml.number(element.get("s"), 0)
        row.attrib.pop("spans", "")  # an optimisation only; wrong once a cell is added
        self._grow(cell)
        return cells.insert(column, cell_address(*cell)), self._inherited(row, column)

    def _inherited(self, row: edit_xml.Element, column: int) -> int:
        if truth(row.get("customFormat")):
            return edit_xml.number(row.get("s"), 0)
        if column not in self._column_formats:
            formats = (style for first, last, style in self._columns if first <= column <= last)
            self._column_formats[column] = next(formats, 0)
        return self._column_formats[column]

    @cached_property
    def _columns(self) -> list[tuple[int, int, int]]:
        """The first and last column of each range of columns, and its format."""
        items = edit_xml.children(edit_xml.child(self._root, "cols"), "col")
        return [
            (edit_xml.number(item.get("min"), 0), edit_xml.number(item.get("max"), 0),
             edit_xml.number(item.get("style"), 0))
            for item in items
        ]  # fmt: skip

    def _grow(self, cell: CellPosition) -> None:
        dimension = edit_xml.child(self._root, "dimension")
        area = None if dimension is None else parse_range(dimension.get("ref", ""))
        if dimension is None or area is None or _contains(area, cell):
            return
        (top, left), (bottom, right) = area
        first = min(top, cell[0]), min(left, cell[1])
        last = max(bottom, cell[0]), max(right, cell[1])
        dimension.set("ref", range_address(first, last))


def _contains(area: tuple[CellPosition, CellPosition], cell: CellPosition) -> bool:
    (top, left), (bottom, right) = area
    return top <= cell[0] <= bottom and left <= cell[1] <= right


def _merges(root: edit_xml.Element) -> list[tuple[CellPosition, CellPosition]]:
    merges = edit_xml.children(edit_xml.child(root, "mergeCells"), "mergeCell")
    return [area for item in merges if (area := parse_range(item.get("ref", "")))]


def _row_number(text: str) -> int:
    return edit_xml.number(text, 0)


def _column_number(text: str) -> int:
    cell = parse_cell(text)
    return cell[1] if cell else 0


class _Numbered:
    """Rows or cells by their numbers; one without `r` follows the one before. There may be a great many."""

    def __init__(self, parent: edit_xml.Element, name: str, number_of: Callable[[str], int]) -> None:
        self._parent, self._name = parent, name
        self._elements: dict[int, edit_xml.Element] = {}
        last = 0
        for element in edit_xml.children(parent, name):
            last = number_of(element.get("r", "")) or last + 1
            self._elements[last] = element
        self._order = sorted(self._elements)

    def get(self, number: int) -> edit_xml.Element | None:
        """Find the one of this number."""
        return self._elements.get(number)

    def insert(self, number: int, ref: str) -> edit_xml.Element:
        """Add one before the next one in the XML, or after the last.

        Neighbours without `r` keep their places: one follows its forerunner at once, so nothing comes between.
        """
        element = self._parent.makeelement(edit_xml.tag(self._parent, self._name), {"r": ref})
        place = bisect_right(self._order, number)
        if place < len(self._order):
            self._elements[self._order[place]].addprevious(element)
        elif self._order:
            self._elements[self._order[-1]].addnext(element)
        else:
            self._parent.insert(0, element)
        insort(self._order, number)
        self._elements[number] = element
        return element
