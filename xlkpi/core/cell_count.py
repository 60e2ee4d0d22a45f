"""The content of a cell of x or y, before it is interpreted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar, Union

from xlkpi.core.visible_text import is_blank, is_error_value

Figure = Union[int, Fraction]
"""x or y as a number: whole, or exact to the penny where the indicator is asked for with decimals."""
Raw = Union[Figure, float, str, bool, None]
Content = TypeVar("Content")


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
    """A cell's content: its kind, the number where it is one that is asked for (else 0), and how a message shows it."""

    kind: CountKind
    number: Figure = 0
    shown: str = ""


def read_count(raw: Raw, decimals: int = 0) -> Count:
    """Read x or y as found. Only a whole number of 0 or more counts; 5.0 is 5, text such as "12" is text.

    With ``decimals`` a number with at most so many decimals counts too, and its kind is WHOLE.

    A number has 15 significant digits, as spreadsheets show and compare it: 195.99999999999997, which is left over
    from a calculation, is 196. None and text in which nothing can be seen are EMPTY. True, False and error values
    such as "#N/A" are OTHER.
    """
    # The same few counts are read again and again; a text may be as long as a page, and is seldom met twice.
    return _read(raw, decimals) if isinstance(raw, str) else _read_again(raw, decimals)


def _read(raw: Raw, decimals: int) -> Count:
    if raw is None:
        return Count(CountKind.EMPTY)
    if isinstance(raw, bool):
        return Count(CountKind.OTHER, shown=str(raw).upper())
    if isinstance(raw, str):
        if is_blank(raw):
            return Count(CountKind.EMPTY)
        return Count(CountKind.OTHER if is_error_value(raw) else CountKind.TEXT, shown=raw)
    return _read_number(float(raw) if isinstance(raw, Fraction) else raw, decimals)


def _read_number(raw: Union[int, float], decimals: int) -> Count:  # noqa: PYI041 - not every int is a float
    if isinstance(raw, float) and not math.isfinite(raw):
        return Count(CountKind.OTHER, shown=str(raw))
    exact = Decimal(raw) if int(raw) == raw else round_to_fifteen_digits(raw)
    whole = exact == exact.to_integral_value()
    shown = str(int(exact)) if whole else f"{raw:.15g}"
    if raw < 0:
        return Count(CountKind.NEGATIVE, shown=shown)
    if whole:
        return Count(CountKind.WHOLE, int(exact), shown)
    scaled = exact.scaleb(decimals)
    if scaled == scaled.to_integral_value():
        return Count(CountKind.WHOLE, Fraction(exact), shown)
    return Count(CountKind.DECIMAL, shown=shown)


def round_to_fifteen_digits(number: float) -> Decimal:
    """Round a finite number to 15 significant digits, which are all that a spreadsheet shows and compares."""
    return Decimal(f"{number:.15g}")


def distance(figure: Figure, other: Figure) -> Figure:
    """Give how far two figures are apart."""
    return figure - other if figure > other else other - figure


def as_number(content: Union[Fraction, Content]) -> Union[float, Content]:
    """Give x, y or another content of a cell as files have it: a fraction with its decimals, all else as it is."""
    return float(content) if isinstance(content, Fraction) else content


_read_again = lru_cache(maxsize=2048, typed=True)(_read)  # typed, because 1 == 1.0 == True
