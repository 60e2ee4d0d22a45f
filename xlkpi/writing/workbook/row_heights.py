"""How high a row must be for the text that wraps in it.

Excel finds that out itself; LibreOffice does too, for the screen, and then prints at another scale, where words wrap
earlier: the last line is cut. So rows of more than one line get a height here, counted a little generously.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from xlkpi.layout.styles import Style
from xlkpi.layout.text_size import count_lines, row_height, sure_length
from xlkpi.writing.workbook.cell_styles import MASTER_STYLES
from xlkpi.writing.workbook.workbook_plan import Formula, Link, Sheet, Table, Value

ONE_LINE = 15.75  # points of a row of one line, the same in every program
FILTER_BUTTON = 13.0  # points that the button takes from a header


def fitted(sheet: Sheet) -> Sheet:
    """The sheet with a height for every row whose text wraps, where the plan says none."""
    given = {row for row, _ in sheet.heights}
    needed: dict[int, float] = {}
    widths = sheet.widths or tuple(column.width for table in sheet.tables[:1] for column in table.columns)
    tables = (row for table in sheet.tables for row in _of_table(table, widths))
    for row, height in chain(_of_cells(sheet, widths), tables):
        if row not in given:
            needed[row] = max(height, needed.get(row, 0.0))
    return replace(sheet, heights=(*sheet.heights, *sorted(needed.items()))) if needed else sheet


def _of_cells(sheet: Sheet, widths: Sequence[float]) -> Iterator[tuple[int, float]]:
    heights: dict[tuple[Value, str, int], float] = {}  # a heat map has a few words in all of its cells
    for cell in sheet.cells:
        if cell.value and cell.col <= len(widths):
            at = (cell.value, cell.style, cell.col)
            height = heights.get(at)
            if height is None:
                height = heights[at] = _height(cell.value, cell.style, widths[cell.col - 1])
            if height:
                yield cell.row, height


def _of_table(table: Table, widths: Sequence[float]) -> Iterator[tuple[int, float]]:
    room = FILTER_BUTTON if table.filtered else 0.0
    shown = [(at, column) for at, column in enumerate(table.columns) if not column.hidden]
    header = max(_height(column.header, column.header_style, widths[at], room) for at, column in shown)
    if header:
        yield table.row, header
    wrapping = [
        (at, column.style, widths[at], sure_length(widths[at], _look(column.style)))
        for at, column in shown
        if table.fitted and _look(column.style).wrap
    ]
    for number, row in enumerate(table.rows if wrapping else (), start=table.row + 1):
        if len(row) != len(table.columns):  # that is reported where rows are written
            continue
        heights = [
            _height(row[at], style, width)
            for at, style, width, sure in wrapping
            if row[at] and not _is_short(row[at], sure)
        ]
        if any(heights):
            yield number, max(heights)


def _is_short(value: Value, sure: int) -> bool:
    """Tell whether a value takes one line whatever letters it has, as most do; to count lines takes longer."""
    return isinstance(value, str) and len(value) <= sure and "\n" not in value


def height_of_text(text: str, style: str, width: float) -> float:
    """Points of a row that contains this text in a column of this width."""
    return _height(text, style, width) or ONE_LINE


def _height(value: Value, style: str, width: float, taken: float = 0.0) -> float:
    """Points for the value's lines, 0 where a single line will do; ``taken`` is width that something else needs."""
    text = value.text if isinstance(value, Link) else value.value if isinstance(value, Formula) else value
    if not isinstance(text, str) or not text:
        return 0.0
    look = _look(style)
    lines = count_lines(text, width, look, taken) if look.wrap else 1
    return 0.0 if lines < 2 else row_height(lines, look.size)


def _look(style: str) -> Style:
    return MASTER_STYLES.get(style, MASTER_STYLES["line"])
