"""What a cell's stored text means: number, text, truth, error value or date, never guessed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from math import isfinite
from typing import TYPE_CHECKING

from xlkpi.ooxml.limits import TEXT_LIMIT, OversizePart
from xlkpi.ooxml.model import CellKind
from xlkpi.ooxml.serial_days import DAYS_TO_1904, moment_from_serial
from xlkpi.ooxml.strings import decoded
from xlkpi.ooxml.xml import BrokenPart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlkpi.ooxml.model import StoredCell, TypedValue

_TEXT, _NUMBER, _BLANK = CellKind.TEXT, CellKind.NUMBER, CellKind.BLANK  # to look one up costs more than a call
NOTHING: TypedValue = (_BLANK, None)
_UNCALCULATED: TypedValue = (CellKind.UNCALCULATED, None)

_TRUTHS = {
    text: (CellKind.BOOLEAN, value) for text, value in {"1": True, "true": True, "0": False, "false": False}.items()
}


class LongText(ValueError):
    """A text is longer than any cell's; the message is the `detail` of an `UnreadableFile`."""


class ValueParser:
    """Turns the type, the style and the text of a cell into a kind and a value.

    Args:
        strings: The shared strings.
        dates: The styles that show a number as a calendar date.
        from_1904: Whether the workbook counts its days from 1 January 1904.
    """

    def __init__(self, strings: Sequence[str], dates: frozenset[str], *, from_1904: bool) -> None:
        self._shared = strings
        self._dates = dates
        self._shift = DAYS_TO_1904 if from_1904 else 0
        self._readers: dict[str, Callable[[str], TypedValue]] = {
            "n": _number,
            "s": self._shared_text,
            "str": _text,
            "inlineStr": _text,
            "e": lambda text: (CellKind.ERROR, text.strip()) if text.strip() else NOTHING,
            "b": lambda text: _TRUTHS[text.strip()] if text.strip() else NOTHING,
            "d": lambda text: _iso_date(text.strip()) if text.strip() else NOTHING,
        }

    def reader(self, kind: str, style: str) -> Callable[[str], TypedValue]:
        """What reads the text of such cells.

        The reader returns `NOTHING` for empty text where the cell does not contain text, and raises ValueError
        or LookupError for text that is not what the type promises.

        Args:
            kind: The cell's `t`: "n", "s", "str", "inlineStr", "b", "e" or "d".
            style: The cell's `s`.

        Raises:
            LookupError: there is no such type.
        """
        return self._date if kind == "n" and style in self._dates else self._readers[kind]

    def read(self, kind: str, style: str, text: str) -> TypedValue:
        """The value of one cell.

        Raises:
            BrokenPart: the text is not what the type promises.
            OversizePart: it is longer than any text of a cell.
        """
        try:
            return self.reader(kind, style)(text)
        except LongText as problem:
            raise OversizePart(str(problem)) from problem
        except (ValueError, LookupError) as problem:
            raise BrokenPart(f"{text[:40]!r} cannot be in a cell of type {kind[:12]}") from problem

    def _shared_text(self, text: str) -> TypedValue:
        if text.isdecimal():
            return _TEXT, _bounded(self._shared[int(text)])
        if text.strip().isdecimal():
            return _TEXT, _bounded(self._shared[int(text.strip())])
        if text.strip():
            raise ValueError(text)
        return NOTHING

    def _date(self, text: str) -> TypedValue:
        typed = _number(text)
        number = typed[1]
        if not isinstance(number, float):
            return typed
        moment = moment_from_serial(number + self._shift)
        return typed if moment is None else (CellKind.DATE, moment)


def stored_cell(typed: TypedValue, formula: str | None, style: str) -> StoredCell | None:
    """What is stored of a cell: None when it is empty, a formula without a value as UNCALCULATED."""
    if typed[0] is not _BLANK:
        return typed, formula, style
    return None if formula is None else (_UNCALCULATED, formula, style)


def _number(text: str) -> TypedValue:
    try:
        number = float(text)
    except ValueError:
        if text.strip():
            raise
        return NOTHING
    # float() also takes "1_000", "nan" and the digits of every script
    if "_" in text or not isfinite(number) or not text.isascii():
        raise ValueError(text)
    return _NUMBER, number


def _text(text: str) -> TypedValue:
    return _TEXT, _bounded(decoded(text))


def _bounded(text: str) -> str:
    if len(text) > TEXT_LIMIT:
        raise LongText(f"a text in it has {len(text):,} characters")
    return text


def _iso_date(text: str) -> TypedValue:
    """A date, or a time of day alone, which spreadsheets keep as a fraction of a day."""
    if "-" in text:
        return CellKind.DATE, datetime.fromisoformat(text).replace(tzinfo=None)
    clock = time.fromisoformat(text)
    since = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)
    return CellKind.NUMBER, since / timedelta(days=1)
