"""Single values as the XML of a cell, so that nothing is lost, rounded or run as a formula."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from xlkpi.errors import PlanError
from xlkpi.ooxml.serial_days import FIRST_EXACT_DAY, to_serial
from xlkpi.writing.workbook.cell_styles import STYLES_BY_WORD, look_of
from xlkpi.writing.workbook.quantity import BY_STYLE
from xlkpi.writing.workbook.shared_strings import escaped, fitting
from xlkpi.writing.workbook.workbook_plan import Formula, Link, PlainValue, Value

LARGEST_NUMBER = 10**15  # beyond this a cell no longer keeps every digit
_DAY_SECONDS = 86_400
_MOST_RETURNS = 50_000


class Spelling(dict[Value, str]):
    """The cells of one style: for a value, what follows the cell's address in the XML.

    A value met before costs one look-up. What no two rows share (fractions, other decimals) is not kept, and whole
    numbers too large for a cell are not, since a text and a number that are equal must not be mistaken for each other.
    Nor is any number of a style that shows units in this workbook: 5 and £5 are equal too.
    """

    def __init__(self, style: str, starts: Mapping[tuple[str, str], str], strings: Mapping[str, object]) -> None:
        """Spell in this style; ``starts`` is how a cell of each look of the workbook goes on after its address."""
        super().__init__()
        self._style = style
        self._starts = starts
        self._strings = strings
        self._start_of_text = "" if style in STYLES_BY_WORD else self._starts[look_of(style)]
        self._has_units = any((style, unit) in starts for unit in BY_STYLE.get(style, ()))

    def __missing__(self, value: Value) -> str:
        if isinstance(value, Link):
            return self[value.text]
        if self._start_of_text and type(value) is str:  # most values are, and all in one look
            return self._kept(value, self._start_of_text + _plain(value, self._strings))
        shown = value.value if isinstance(value, Formula) else value
        start = self._starts[look_of(self._style, shown)]
        text = start + (_formula(value) if isinstance(value, Formula) else _plain(value, self._strings))
        return self._kept(value, text) if isinstance(value, str) or self._is_kept(value) else text

    def _kept(self, value: Value, text: str) -> str:
        if len(self) >= _MOST_RETURNS:
            self.clear()
        self[value] = text
        return text

    def _is_kept(self, value: Value) -> bool:
        if isinstance(value, int):
            return abs(value) < LARGEST_NUMBER and not self._has_units
        return not isinstance(value, Fraction | float)


def _plain(value: PlainValue, strings: Mapping[str, object]) -> str:
    """Text always as text, a count of more than 15 digits as text, a share as a number."""
    if isinstance(value, str):
        return f' t="s"><v>{strings[fitting(value)]}</v></c>' if value else "/>"
    if value is None:
        return "/>"
    number = spelt_number(value)
    if number is not None:
        return f"><v>{number}</v></c>"
    return f' t="s"><v>{strings[fitting(str(value))]}</v></c>'


def _formula(formula: Formula) -> str:
    value = "" if formula.value is None else formula.value
    number = None if isinstance(value, str) else spelt_number(value)
    if number is not None:
        return f"><f>{escaped(formula.text)}</f><v>{number}</v></c>"
    return f' t="str"><f>{escaped(formula.text)}</f><v>{escaped(fitting(str(value)))}</v></c>'


def spelt_number(value: float | Fraction | date) -> str | None:
    """A number or a date as a cell keeps it, with every digit; None for what only a text can say in full.

    Raises PlanError for what is not a number at all.
    """
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, int):
        return str(int(value)) if abs(value) < LARGEST_NUMBER else None
    try:
        number = float(value)
    except OverflowError:
        return None
    if not math.isfinite(number):
        message = f"{number} cannot be in a cell"
        raise PlanError(message)
    return str(int(number)) if number.is_integer() and abs(number) < LARGEST_NUMBER else repr(number)


def _day(value: date) -> str | None:
    moment = value if isinstance(value, datetime) else None
    day = moment.date() if moment else value
    if day < FIRST_EXACT_DAY:
        return None
    days = to_serial(day)
    if moment is None:
        return str(days)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return repr(days + seconds / _DAY_SECONDS) if seconds else str(days)
