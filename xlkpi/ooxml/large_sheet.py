"""A large worksheet part, unpacked piece by piece: rows of formatting alone are left out as they come.

Excel and other programs keep formats down to the last row once somebody has coloured a whole column. Such a sheet
unpacks to hundreds of megabytes and has the same few figures as before. What is left out here has no value, formula or
text in it, so nothing that anybody entered is lost; only the formats of empty cells are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.ooxml.limits import OversizePart

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGE = 4 << 20
"""Bytes of a part from which on it is read in this way; a section of a return has some tens of thousands."""
KEPT_LIMIT = 24 << 20
"""Bytes that may be left of it."""

_ROW, _END_ROW, _NEXT_ROW, _END_ROWS = b"<row", b"</row>", b"<row ", b"sheetData>"
# One rare letter is found ten times as fast as two signs, so it is looked for first.
_MARKS = ((b"v", (b"<v", b":v")), (b"f", (b"<f", b":f")), (b"i", (b"<is", b":is")), (b"!", (b"<!",)), (b"?", (b"<?",)))
_NO_NUMBER = re.compile(rb"<(?:\w+:)?row(?![^<>]*[ \t\r\n]r[ \t\r\n]*=)[ \t\r\n/>]")


def without_blank_rows(pieces: Iterable[bytes], kept_limit: int = KEPT_LIMIT) -> bytes:
    """Join the pieces of a worksheet part, without stretches of rows in which nothing was entered.

    Raises:
        OversizePart: more than the limit is left, or rows go by their order alone, which leaving some out would change.
    """
    kept: list[bytes] = []
    size = 0
    waiting = b""
    dropped = False
    for piece in pieces:
        waiting += piece
        end = _end_of_rows(waiting)
        if end and waiting.startswith(_ROW) and not _has_content(waiting, end):
            waiting = waiting[end:]
            dropped = True
        else:
            # Up to the end of a row, so that the next stretch begins with one.
            end = end or len(waiting)
            kept.append(waiting[:end])
            size += end
            waiting = waiting[end:]
        if size + len(waiting) > kept_limit:
            raise OversizePart(f"a sheet of it has over {kept_limit >> 20} MB of cells")
    data = b"".join((*kept, waiting))
    if dropped and _NO_NUMBER.search(data):
        raise OversizePart("a sheet of it has many rows without their numbers")
    return data


def _end_of_rows(waiting: bytes) -> int:
    """Where the last row that is whole ends, one without cells too; 0 where there is none."""
    at = waiting.rfind(_END_ROW)
    end = at + len(_END_ROW) if at >= 0 else 0
    begins = waiting.rfind(_NEXT_ROW, end)  # whatever is before it within the rows is whole
    return begins if begins > end and waiting.find(_END_ROWS, 0, begins) < 0 else end


def _has_content(stretch: bytes, end: int) -> bool:
    """Whether there may be a value, formula, text or comment before the end, with any prefix."""
    return any(
        stretch.find(letter, 0, end) >= 0 and any(stretch.find(mark, 0, end) >= 0 for mark in marks)
        for letter, marks in _MARKS
    )
