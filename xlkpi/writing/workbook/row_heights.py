"""How high a row must be for the text that wraps in it.

Excel finds that out itself; LibreOffice does too, for the screen, and then prints at another scale, where words wrap
earlier: the last line is cut. So rows of more than one line get a height here, counted a little generously.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from xlkpi.layout.styles import Style
from xlkpi.writing.workbook.model import Formula, Link, Sheet, Table, Value
from xlkpi.writing.workbook.styles import MASTER_STYLES

ONE_LINE = 15.75  # points of a row of one line, the same in every program
HIGHEST = 409.0  # points; a row cannot be higher
FILTER_BUTTON = 13.0  # points that the button takes from a header
INDENT = 9.0  # points between a text and the line of its grid (formats.properties_of)
LINE, ROOM = 1.3, 4.0  # a line's height by its type, and points of air in a row
GENEROUS = 1.04  # no two programs set a text alike

# Widths of Calibri's letters in thousandths of the type's size
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'’‘| ", 252),
    **dict.fromkeys("frt-()[]{}/J!", 349),
    **dict.fromkeys('sczvxyk"“”*`gLF', 455),
    **dict.fromkeys("aeESTZY?_", 498),
    **dict.fromkeys("PBKRXC", 544),
    **dict.fromkeys("AVDGHU&", 642),
    **dict.fromkeys("NOQw%…", 715),
    **dict.fromkeys("mMW@—", 900),
}
_OTHER, _WIDEST = 527, 900
_BOLD = 1.04


def fitted(sheet: Sheet) -> Sheet:
    """The sheet with a height for every row whose text wraps, where the plan says none."""
    given = {row for row, _ in sheet.heights}
    needed: dict[int, float] = {}
    widths = sheet.widths or tuple(column.width for table in sheet.tables[:1] for column in table.columns)
    tables = (one for table in sheet.tables for one in _of_table(table, widths))
    for row, height in chain(_of_cells(sheet, widths), tables):
        if row not in given:
            needed[row] = max(height, needed.get(row, 0.0))
    return replace(sheet, heights=(*sheet.heights, *sorted(needed.items()))) if needed else sheet


def _of_cells(sheet: Sheet, widths: Sequence[float]) -> Iterator[tuple[int, float]]:
    for cell in sheet.cells:
        if cell.col <= len(widths):
            height = _height(cell.value, cell.style, widths[cell.col - 1])
            if height:
                yield cell.row, height


def _of_table(table: Table, widths: Sequence[float]) -> Iterator[tuple[int, float]]:
    room = FILTER_BUTTON if table.filtered else 0.0
    shown = [(at, one) for at, one in enumerate(table.columns) if not one.hidden]
    header = max(_height(one.header, one.header_style, widths[at], room) for at, one in shown)
    if header:
        yield table.row, header
    wrapping = [(at, one.style, widths[at]) for at, one in shown if table.fitted and _look(one.style).wrap]
    if wrapping:
        for number, row in enumerate(table.rows, start=table.row + 1):
            whole = len(row) == len(table.columns)  # another length is a fault of the plan, told where rows are spelt
            height = max(_height(row[at], style, width) for at, style, width in wrapping) if whole else 0.0
            if height:
                yield number, height


def height_of_text(text: str, style: str, width: float) -> float:
    """Points of a row that holds this text in a column of this width."""
    return _height(text, style, width) or ONE_LINE


def _height(value: Value, style: str, width: float, taken: float = 0.0) -> float:
    """Points for the value's lines, 0 where a single line will do; ``taken`` is width that something else needs."""
    text = value.text if isinstance(value, Link) else value.value if isinstance(value, Formula) else value
    if not isinstance(text, str) or not text:
        return 0.0
    room = _room(style, width, taken)
    if not room or (len(text) * _WIDEST <= room and "\n" not in text):
        return 0.0
    lines = _lines(text, room)
    return 0.0 if lines < 2 else min(HIGHEST, round(lines * _look(style).size * LINE + ROOM, 1))


def _look(style: str) -> Style:
    return MASTER_STYLES.get(style, MASTER_STYLES["line"])


@lru_cache(maxsize=1_000)
def _room(style: str, width: float, taken: float) -> float:
    """How much of a line's text goes into a column, in thousandths of its type's size; 0 for text that never wraps."""
    look = _look(style)
    room = (width * 7 + 5) * 0.75 - 4 - taken - (INDENT if look.line and look.align == "left" else 0.0)
    unit = look.size / 1000 * GENEROUS * (_BOLD if look.bold else 1.0)
    return max(room, 1.0) / unit if look.wrap else 0.0


@lru_cache(maxsize=10_000)
def _lines(text: str, room: float) -> int:
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    """Lines that a paragraph takes: words go down whole; one longer than a line is cut."""
    lines, used = 1, 0.0
    for word in line.split(" "):
        width = float(sum(_WIDTHS.get(letter, _OTHER) for letter in word))
        if used and used + _WIDTHS[" "] + width > room:
            lines, used = lines + 1, 0.0
        used += width + (_WIDTHS[" "] if used else 0.0)
        if used > room:
            more = int(used // room)
            lines, used = lines + more, used - more * room
    return lines
