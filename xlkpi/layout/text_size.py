"""How much room a text takes: the one measure behind every row height we write.

Excel finds the height of a row itself; LibreOffice does too, for the screen, and then prints at another scale, where
words wrap earlier: the last line is cut. A row whose text wraps therefore gets its height here, a little generously,
because no two programs set a text alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Iterator, List, Sequence

from xlkpi.layout.styles import STYLES, Style
from xlkpi.ooxml.limits import HIGHEST_ROW

STAMPED_LINES = 2
"""Lines reserved for a provider's own text, which is not known when a template's rows are planned."""


@dataclass(frozen=True)
class Spacing:
    """A line's height by the size of its type, and the points that a row has beyond its lines."""

    leading: float
    air: float


TABLE, FORM = Spacing(1.3, 4.0), Spacing(1.34, 6.0)
"""In a table of results, and in a sheet that people fill in, which is a little looser."""

_INDENT = 9.0  # points between a text and the line of its grid (writing.returns.formats)
_GENEROUS = 1.04
_BOLD = 1.04

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
_OTHER, _WIDEST, _SPACE = 527, 900, _WIDTHS[" "]


def row_height(lines: int, size: float = 10, spacing: Spacing = TABLE) -> float:
    """Give the height in points of a row of so many lines of this size of type."""
    return min(HIGHEST_ROW, round(lines * size * spacing.leading + spacing.air, 1))


def header_height(headers: Sequence[str], widths: Sequence[float]) -> float:
    """Give the height of a header row in which no header is cut off."""
    style = STYLES["header"]
    lines = max(count_lines(text, width, style) for text, width in zip(headers, widths))
    return row_height(lines, style.size, FORM)


def count_lines(text: str, width: float, style: Style, taken: float = 0.0) -> int:
    """Count the lines of a text that wraps in a column of this width, in digits.

    ``taken`` is how many points of the width something else needs.
    """
    room = _room(width, style.size, style.bold, bool(style.line) and style.align == "left", taken)
    if len(text) * _WIDEST <= room and "\n" not in text:
        return 1
    return _count(text, room)


def sure_length(width: float, style: Style) -> int:
    """Give how many characters take one line in a column of this width, whichever they are."""
    return int(_room(width, style.size, style.bold, bool(style.line) and style.align == "left", 0.0) // _WIDEST)


def fold(text: str, width: float, style: Style) -> List[str]:
    """Break a text into the lines it takes in a column of this width; at least one, empty text included.

    A word that is wider than the column stays whole.
    """
    room = _room(width, style.size, style.bold, False, 0.0)
    return [line for paragraph in text.split("\n") for line in _folded(paragraph, room)]


@lru_cache(maxsize=1_000)
def _room(width: float, size: float, bold: bool, indented: bool, taken: float) -> float:
    """How much of a line's text goes into a column, in thousandths of its type's size."""
    points = (width * 7 + 5) * 0.75 - 4 - taken - (_INDENT if indented else 0.0)
    return max(points, 1.0) / (size / 1000 * _GENEROUS * (_BOLD if bold else 1.0))


@lru_cache(maxsize=10_000)
def _count(text: str, room: float) -> int:
    return sum(_wrapped(paragraph, room) for paragraph in text.split("\n"))


@lru_cache(maxsize=10_000)
def _width(word: str) -> float:
    return float(sum(_WIDTHS.get(letter, _OTHER) for letter in word))


def _wrapped(paragraph: str, room: float) -> int:
    """Lines that a paragraph takes: words go down whole; one longer than a line is cut."""
    lines, used = 1, 0.0
    for word in paragraph.split(" "):
        width = _width(word)
        if used and used + _SPACE + width > room:
            lines, used = lines + 1, 0.0
        used += width + (_SPACE if used else 0.0)
        if used > room:
            more = int(used // room)
            lines, used = lines + more, used - more * room
    return lines


def _folded(paragraph: str, room: float) -> Iterator[str]:
    line = ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if line and _width(longer) > room:
            yield line
            line = word
        else:
            line = longer
    yield line
