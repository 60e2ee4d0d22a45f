"""What a provider typed for x or y: the count, or the finding that says exactly what is there instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from xlkpi.core.cell_count import CountKind, Raw, read_count
from xlkpi.core.day import long_date
from xlkpi.core.problem import KIND_CODES
from xlkpi.core.visible_text import is_blank, is_error_value, tidy
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.findings import Code, shorten
from xlkpi.ooxml.limits import DIGIT_LIMIT
from xlkpi.ooxml.model import GENERAL, CellKind, CellValue, RawCell, RawSheet, StoredCell
from xlkpi.ooxml.shown_number import PERCENT, PLAIN, TEXT, shown_as
from xlkpi.reading.returns.shown_figures import shown_otherwise

NOT_A_COUNT = "#VALUE!"
WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
"""Digits, or digits in threes: “3,5” may be three and a half, and is left alone."""


POUNDS = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:[.][0-9]{1,2})?")
"""The same with pence."""


@dataclass(frozen=True)
class Asks:
    """What an indicator asks for in a cell: the rule of its outturn, and how many decimals the figure may have."""

    rule: OutturnRule = OutturnRule.X_OF_Y
    decimals: int = 0


WHOLE_COUNT = Asks()


@dataclass(frozen=True)
class Typed:
    """A cell of x or y: the value that core assesses, and the kind of finding with its facts if it is not a count."""

    value: Raw
    code: Code | None = None
    found: str = ""
    number: str = ""
    range: str = ""
    how: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether a number is there whose format shows it as it is: another cell can take its format from here."""
        return self.code is None and isinstance(self.value, float)


def read_typed(cell: RawCell, merged: str = "", array: str = "", asked: Asks = WHOLE_COUNT) -> Typed:
    """Read one cell of x or y; ``merged`` is the merged range it is in, ``array`` that of an array formula, if any.

    ``asked`` is what the indicator asks for there.
    A formula, a merged cell and a number that its format shows as anything but a count are not taken for one: what
    the person sees is what is judged.
    """
    if merged or array:
        return Typed(NOT_A_COUNT, Code.MERGED if merged else Code.ARRAY_AS_COUNT, range=merged or array)
    if cell.formula is not None:
        found = _short("=" + cell.formula) if cell.formula else "shared with others"
        return Typed(NOT_A_COUNT, Code.FORMULA_AS_COUNT, found, how=shown_as(cell.number_format, 1.0))
    if isinstance(cell.value, datetime):
        return Typed(NOT_A_COUNT, Code.DATE_AS_COUNT, long_date(cell.value.date()))
    if isinstance(cell.value, float) and (odd := _shown_otherwise(cell, cell.value, asked)):
        return odd
    if isinstance(cell.value, str) and cell.kind is CellKind.TEXT and not is_blank(cell.value):
        return _read_text(cell.value, asked, is_text_format=shown_as(cell.number_format, 1.0) == TEXT)
    value = cell.value if isinstance(cell.value, (float, str, bool)) else None
    count = read_count(value, asked.decimals)
    if count.kind is CountKind.WHOLE or count.kind is CountKind.EMPTY:
        return _plain(value)
    return Typed(value, KIND_CODES[count.kind], count.shown)


_plain = lru_cache(maxsize=1024, typed=True)(Typed)
"""A cell with a plain count, or an empty one; the same few counts are in every return."""


NO_FIGURE = Typed(None)
"""An empty cell, and one that is not asked for."""


def read_plain(cell: StoredCell | None, formats: Mapping[str, str]) -> Typed | None:
    """Read a cell that is in no merged range or array as `read_typed` does, if it is empty or has a plain count.

    Nearly every cell is or has, and `read_typed` takes ten times as long. None for any other.
    """
    if cell is None:
        return NO_FIGURE
    (_, number), formula, style = cell
    if formula is not None or not isinstance(number, float) or number < 0 or not number.is_integer():
        return None
    return _plain(number) if formats.get(style, GENERAL) in PLAIN else None


def _shown_otherwise(cell: RawCell, number: float, asked: Asks) -> Typed | None:
    """A number that its format shows as anything but the plain count."""
    how = shown_otherwise(cell.number_format, number, asked.rule)
    if how == PERCENT:
        return Typed(NOT_A_COUNT, Code.PERCENT_AS_COUNT, f"{number * 100:.15g}%")
    return Typed(NOT_A_COUNT, Code.SHOWN_OTHERWISE, read_count(number).shown, how=how) if how else None


def _read_text(text: str, asked: Asks, *, is_text_format: bool) -> Typed:
    """Text where a count should be: a number is named where exactly one can be read, ``12 visits``, ``1,200``."""
    words = _in_plain_digits(tidy(text)).split()
    if asked.decimals:
        words = [word.strip("£") for word in words if word != "£"]
    pattern = POUNDS if asked.decimals else WHOLE
    digits = [word.replace(",", "") for word in words if pattern.fullmatch(word)]
    others = [word for word in words if any(c.isdigit() for c in word)]
    shown = _short(text)
    if is_text_format:
        return Typed(text, Code.TEXT_FORMAT, shown)
    if len(digits) == 1 and len(others) == 1 and len(digits[0]) <= DIGIT_LIMIT:
        return Typed(text, Code.NUMBER_AS_TEXT, shown, number=_plain_number(digits[0]))
    return Typed(text, Code.COUNT_TEXT, shown)


def _plain_number(digits: str) -> str:
    whole, point, pence = digits.partition(".")
    return f"{int(whole)}{point}{pence}"


def _in_plain_digits(text: str) -> str:
    """A text with the digits of every script as 0 to 9; a superscript is not a digit of a number."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _short(text: str) -> str:
    seen = (char if char.isprintable() or char == "\xa0" else " " * char.isspace() for char in text)
    return shorten("".join(seen))


def read_comment(cell: RawCell | None) -> str:
    """A comment as its author sees it; empty for a blank cell, and for an error value, which is never words."""
    return _words_of(cell.kind, cell.value) if cell is not None else ""


def read_words(sheet: RawSheet, ref: str) -> str:
    """The words in a cell of a sheet, as `read_comment` has them."""
    stored = sheet.contents.cells.get(ref)
    return _words_of(*stored[0]) if stored is not None else ""


def _words_of(kind: CellKind, value: CellValue) -> str:
    if isinstance(value, str):
        text = value.strip()
        return "" if kind is CellKind.ERROR or is_error_value(text) else text
    if value is None:
        return ""
    if isinstance(value, datetime):
        return long_date(value.date())
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def read_error(cell: RawCell | None) -> str:
    """The error value that a cell shows; empty where it shows anything else."""
    if cell is None or not isinstance(cell.value, str):
        return ""
    text = cell.value.strip()
    return text if cell.kind is CellKind.ERROR or is_error_value(text) else ""
