"""The content of a cell of x or y, before it is interpreted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Union

Raw = Union[int, float, str, bool, None]


class CountKind(IntEnum):
    """Kinds of content; the hidden columns of a return contain these numbers, so they never change."""

    EMPTY = 0
    WHOLE = 1
    TEXT = 2
    DECIMAL = 3
    NEGATIVE = 4
    OTHER = 5


@dataclass(frozen=True)
class Count:
    """A cell's content: its kind, the whole number where it is one (else 0), and how a message shows it."""

    kind: CountKind
    number: int = 0
    shown: str = ""


def read_count(raw: Raw) -> Count:
    """Read x or y as found. Only a whole number of 0 or more counts; 5.0 is 5, text such as "12" is text.

    None, empty text and spaces alone are EMPTY. True, False and error values such as "#N/A" are OTHER.
    """
    # The same few counts are read again and again; a text may be as long as a page, and is seldom met twice.
    return _read(raw) if isinstance(raw, str) else _read_again(raw)


def _read(raw: Raw) -> Count:
    if raw is None:
        return Count(CountKind.EMPTY)
    if isinstance(raw, bool):
        return Count(CountKind.OTHER, shown=str(raw).upper())
    if isinstance(raw, str):
        if is_blank(raw):
            return Count(CountKind.EMPTY)
        return Count(CountKind.OTHER if is_error_value(raw) else CountKind.TEXT, shown=raw)
    if isinstance(raw, float) and not math.isfinite(raw):
        return Count(CountKind.OTHER, shown=str(raw))
    whole = int(raw) == raw
    shown = str(int(raw)) if whole else f"{raw:.15g}"
    if raw < 0:
        return Count(CountKind.NEGATIVE, shown=shown)
    return Count(CountKind.WHOLE, int(raw), shown) if whole else Count(CountKind.DECIMAL, shown=shown)


_read_again = lru_cache(maxsize=2048, typed=True)(_read)  # typed, because 1 == 1.0 == True


def is_blank(text: str) -> bool:
    """Return whether a text looks empty: nothing, spaces, no-break spaces."""
    return not text.strip(" \xa0")


def is_error_value(text: str) -> bool:
    """Return whether the text is one of the error values that a worksheet shows."""
    return text in ERROR_VALUES


ERROR_VALUES = frozenset(
    ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
