"""A cell's content as tidy text, whichever file it came from."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

from xlkpi.plain_text import ACTING_MARKS, IN_PLACE, UNSEEN_SIGNS, is_steered, make_visible

UNREADABLE = IN_PLACE
FIRST_INEXACT = 2**53
"""From here on a spreadsheet's number has lost digits: it is written as one that is cut short."""
_INVISIBLE = re.compile(f"[{UNSEEN_SIGNS}{ACTING_MARKS}]+")
_PIECE = re.compile(r"[\x00-\x7f]*[^\x00-\x7f]{0,100}")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class NumberText(str):
    """A number that is one in its workbook: its point is a decimal point, whatever the rest of its column has."""

    __slots__ = ()


def clean(text: str) -> str:
    """Tidy a text into one line: composed characters, single spaces, nothing invisible and no spaces at the ends.

    Control characters become spaces, because no workbook can contain them. Lines of one cell are joined by a
    space.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # most cells of most lists
    if not text.isascii():
        text = _INVISIBLE.sub("", _composed(text))
    return _SPACES.sub(" ", text).strip()


def clean_name(text: str) -> str:
    """Tidy a text as `clean` does, with U+FFFD where it would turn what follows or steer a terminal."""
    if isinstance(text, NumberText):
        return text  # to tidy it would make it a text like any other
    return clean(make_visible(text) if is_steered(text) else text)


def _composed(text: str) -> str:
    """Compose characters piece by piece: a row of accents without end would take minutes as a whole."""
    return "".join(unicodedata.normalize("NFC", piece) for piece in _PIECE.findall(text))


def cell_text(value: object) -> str:
    """Give a workbook's cell as a person reads it: dates in ISO, whole numbers without a point, TRUE as yes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        is_exact = value.is_integer() and abs(value) < FIRST_INEXACT
        return NumberText(str(int(value)) if is_exact else f"{value:.15g}")
    return clean(str(value))
