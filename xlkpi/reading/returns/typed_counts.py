"""What a provider typed for x or y: the count, or the finding that says exactly what is there instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from xlkpi.core.cell_count import CountKind, Raw, is_blank, read_count
from xlkpi.core.day import long_date
from xlkpi.core.problem import KIND_CODES
from xlkpi.findings import Code, shorten
from xlkpi.ooxml.limits import DIGIT_LIMIT
from xlkpi.ooxml.model import CellKind, RawCell

NOT_A_COUNT = "#VALUE!"
WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
"""Digits, or digits in threes: “3,5” may be three and a half, and is left alone."""


@dataclass(frozen=True)
class Typed:
    """A cell of x or y: the value that core assesses, and the kind of finding with its facts if it is not a count."""

    value: Raw
    code: Code | None = None
    found: str = ""
    number: str = ""
    range: str = ""


def read_typed(cell: RawCell, merged: str = "") -> Typed:
    """Read one cell of x or y; ``merged`` is the merged range it is in, if any.

    A formula, a date, a percentage and a merged cell are not taken for a count even where a number shows.
    """
    if merged:
        return Typed(NOT_A_COUNT, Code.MERGED, range=merged)
    if cell.formula is not None:
        return Typed(
            NOT_A_COUNT, Code.FORMULA_AS_COUNT, _short("=" + cell.formula) if cell.formula else "shared with others"
        )
    if isinstance(cell.value, datetime):
        return Typed(NOT_A_COUNT, Code.DATE_AS_COUNT, long_date(cell.value.date()))
    if isinstance(cell.value, float) and "%" in cell.number_format:
        return Typed(NOT_A_COUNT, Code.PERCENT_AS_COUNT, f"{cell.value * 100:.15g}%")
    if isinstance(cell.value, str) and cell.kind is CellKind.TEXT and not is_blank(cell.value):
        return _read_text(cell.value)
    value = cell.value if isinstance(cell.value, (float, str, bool)) else None
    count = read_count(value)
    if count.kind in (CountKind.EMPTY, CountKind.WHOLE):
        return Typed(value)
    return Typed(value, KIND_CODES[count.kind], count.shown)


def _read_text(text: str) -> Typed:
    """Text where a count should be: a number is named where exactly one can be read, ``12 visits``, ``1,200``."""
    words = text.replace("\xa0", " ").split()
    digits = [word.replace(",", "") for word in words if WHOLE.fullmatch(word)]
    others = [word for word in words if any(c.isdigit() for c in word)]
    shown = _short(text)
    if len(digits) == 1 and len(others) == 1 and len(digits[0]) <= DIGIT_LIMIT:
        return Typed(text, Code.NUMBER_AS_TEXT, shown, number=str(int(digits[0])))
    return Typed(text, Code.COUNT_TEXT, shown)


def _short(text: str) -> str:
    text = "".join(char if char.isprintable() or char == "\xa0" else " " for char in text)
    return shorten(text)


def read_comment(cell: RawCell | None) -> str:
    """A comment as its author sees it; empty for a blank cell."""
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, datetime):
        return long_date(cell.value.date())
    if isinstance(cell.value, float):
        return f"{cell.value:.15g}"
    return str(cell.value).strip()
