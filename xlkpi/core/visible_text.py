"""What a person sees of a text: signs that nobody sees do not count, and an error value is never words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from xlkpi.plain_text import ACTING_SIGNS, UNSEEN_SIGNS

FILLERS = r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0080-\U000e0fff"
"""Signs that fill or vary a place and show nothing; beside those that `xlkpi.plain_text` never lets out."""
LONGEST_CODE, LONGEST_NAME = 120, 4096
"""A longer text is not a code, or a file's name; to put a long row of accents in one form would take minutes."""

_INVISIBLE = re.compile(f"[{ACTING_SIGNS}{UNSEEN_SIGNS}{FILLERS}]")
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
