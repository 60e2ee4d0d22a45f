"""What a person sees of a text: signs that nobody sees do not count, and an error value is never words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e0fff"
)
"""Signs that show nothing, as a class of a pattern: control signs, marks of direction and order, joiners, fillers."""
LONGEST_CODE, LONGEST_NAME = 120, 4096
"""A longer text is not a code, or a file's name; to put a long row of accents in one form would take minutes."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_ERROR_VALUE = re.compile(r"#(?:N/A|DIV/0!|GETTING_DATA|[A-Z]+[!?])|(?:Err|#ERR):[0-9]{3}")
"""``#REF!`` and its kind, whichever program adds a new one; ``Err:502`` as LibreOffice shows it."""


def tidy(text: str) -> str:
    """Reduce a text to what can be seen, in one line with single spaces."""
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Return whether a text looks empty: nothing but spaces of any kind and signs that show nothing."""
    return not tidy(text)


def is_error_value(text: str) -> bool:
    """Return whether the text is one of the error values that a worksheet shows."""
    return text[:1] in ("#", "E") and _ERROR_VALUE.fullmatch(text) is not None


def fold_file(name: str) -> str:
    """Reduce a file's name to what is compared: a Mac spells é as e and an accent, and lists lose doubled spaces."""
    return tidy(unicodedata.normalize("NFC", name) if len(name) <= LONGEST_NAME else name)


def fold_code(text: str) -> str:
    r"""Reduce an indicator's code, or a heading, to what is compared: no case, no spaces, no signs that show nothing.

    >>> fold_code("kpi\u00a0 S3\u200b") == fold_code("KPI S3")
    True
    """
    return _fold(text) if len(text) <= LONGEST_CODE else _without_spaces(text)


@lru_cache(maxsize=2048)  # the same codes and headings are in every return
def _fold(text: str) -> str:
    return _without_spaces(unicodedata.normalize("NFKC", text))


def _without_spaces(text: str) -> str:
    return tidy(text).replace(" ", "").casefold()
