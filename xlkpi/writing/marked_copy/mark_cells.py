"""Marking cells in the XML of one worksheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

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
        self._rows = dict(_numbered(self._data, "row", _row_number))
        self._cells: dict[int, dict[int, edit_xml.Element]] = {}
        self._merges = _merges(root)

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
        row = self._row(row_number)
        if row_number not in self._cells:
            self._cells[row_number] = dict(_numbered(row, "c", _column_number))
        cells = self._cells[row_number]
        if column in cells:
            return cells[column], edit_xml.number(cells[column].get("s"), 0)
        row.attrib.pop("spans", "")  # an optimisation only; wrong once a cell is added
        cells[column] = _insert(row, cells, column, "c", cell_address(*cell))
        self._grow(cell)
        return cells[column], self._inherited(row, column)

    def _row(self, number: int) -> edit_xml.Element:
        if number not in self._rows:
            self._rows[number] = _insert(self._data, self._rows, number, "row", str(number))
        return self._rows[number]

    def _inherited(self, row: edit_xml.Element, column: int) -> int:
        if truth(row.get("customFormat")):
            return edit_xml.number(row.get("s"), 0)
        for item in edit_xml.children(edit_xml.child(self._root, "cols"), "col"):
            if edit_xml.number(item.get("min"), 0) <= column <= edit_xml.number(item.get("max"), 0):
                return edit_xml.number(item.get("style"), 0)
        return 0

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


def _numbered(
    parent: edit_xml.Element, name: str, number_of: Callable[[str], int]
) -> Iterator[tuple[int, edit_xml.Element]]:
    """Rows or cells with their numbers; one without `r` follows the one before."""
    last = 0
    for element in edit_xml.children(parent, name):
        last = number_of(element.get("r", "")) or last + 1
        yield last, element


def _insert(
    parent: edit_xml.Element, known: Mapping[int, edit_xml.Element], number: int, name: str, ref: str
) -> edit_xml.Element:
    """A new row or cell before the next one in the XML, or after the last.

    Neighbours without `r` keep their places: one follows its forerunner at once, so nothing comes between.
    """
    element = parent.makeelement(edit_xml.tag(parent, name), {"r": ref})
    after = min((item for item in known if item > number), default=None)
    if after is not None:
        known[after].addprevious(element)
    elif known:
        known[max(known)].addnext(element)
    else:
        parent.insert(0, element)
    return element
