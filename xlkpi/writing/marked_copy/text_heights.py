"""How much room text takes: rows get their height from here, because wrapped text has no height of its own.

Widths are in the unit of column widths, the digit of Calibri 11, and rounded up by classes of characters, so
that a row is rather too high than too low (also where Calibri is missing and a wider font stands in).
"""

from __future__ import annotations

from collections.abc import Sequence

_NARROW = frozenset(" !'()*,-./:;I[]`fijlrt|")
_WIDE = frozenset("%&@MWmw—…")
_LINE = 15.0
_AIR = 6.0
_HIGHEST = 409.0  # a row cannot be higher


def width(text: str) -> float:
    """The width of one line of text in digits."""
    return sum(map(_character, text))


def fold(text: str, room: float) -> list[str]:
    """Text as the lines it takes in a cell of that width; at least one, empty text included."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width(longer) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def row_height(cells: Sequence[tuple[str, float]]) -> float:
    """The height in points for a row of wrapped texts, each with the width of its column."""
    return min(_HIGHEST, _AIR + _LINE * max((_lines(text, room) for text, room in cells), default=1))


def _lines(text: str, room: float) -> int:
    """Lines of a cell; a word wider than the column is broken by the program, so it counts for more."""
    return sum(max(1, -int(-width(line) // room)) for line in fold(text, room))


def _character(character: str) -> float:
    if character in _NARROW:
        return 0.6
    if character in _WIDE or character > "\u2e80":
        return 2.0
    return 1.2 if character.isupper() else 1.05
