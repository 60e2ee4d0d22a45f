"""Single cells of a ledger as people and systems write them: days, sums, counts, texts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from pydantic_core import PydanticCustomError

from xlkpi.core.cell_count import is_error_value
from xlkpi.core.period import Period, parse_period
from xlkpi.council.lists.cell_text import UNREADABLE, clean
from xlkpi.council.lists.faults import told
from xlkpi.council.register.parse_cells import parse_day
from xlkpi.ooxml.serial_days import from_serial

NO_DAY = 0
FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_TEXT = 200
MOST_REMEMBERED = 200_000
_NOTHING = frozenset(("", "-", "–", "n/a", "na", "none", "null", "00/00/0000", "00.00.0000", "0000-00-00"))
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?Z?$")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-](\d{2}|\d{4})")
_SUM = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?")
T = TypeVar("T")


class Remembered(Generic[T]):
    """A reading of texts that repeat, each read once; also what was wrong is remembered and raised again."""

    def __init__(self, read: Callable[[str], T]) -> None:
        """Read texts with this function."""
        self._read = read
        self._known: dict[str, T] = {}

    def __call__(self, text: str) -> T:
        """The reading of a text. Raises what reading it raises."""
        try:
            return self._known[text]
        except KeyError:
            value = self._read(text)
            if len(self._known) < MOST_REMEMBERED:
                self._known[text] = value
            return value


def read_text(text: str) -> str:
    """A text in one line, at most 200 characters. Raises what a model reports for an error value or lost characters."""
    tidy = text if text.isalnum() else clean(text)
    if is_error_value(tidy):
        raise told(f"shows {tidy}. Type what belongs there over it.")
    if UNREADABLE in tidy:
        raise told(f"says “{_cut(tidy)}”, with a character that was lost. Save the list as CSV UTF-8 or .xlsx.")
    if len(tidy) > LONGEST_TEXT:
        raise told(f"is {len(tidy)} characters long. Shorten it to {LONGEST_TEXT}.")
    return tidy


def given(remedy: str, read: Callable[[str], str] = read_text) -> Callable[[str], str]:
    """A reading of a text that must be there; ``remedy`` says what to do where it isn't."""

    def read_given(text: str) -> str:
        tidy = read(text)
        if not tidy:
            raise told(f"is empty. {remedy}")
        return tidy

    return read_given


def read_period(text: str) -> Period:
    """A reporting period. Raises what a model reports for anything else."""
    tidy = read_text(text)
    period = parse_period(tidy)
    if period is None:
        raise told(f"says “{tidy}”, which is no reporting period. Write it as 2026-27 Q2.")
    return period


def read_reason(text: str) -> str:
    """The reason of a dispute: any text, cut at 200 characters, since nothing is counted by it."""
    return _cut(clean(text), LONGEST_TEXT)


def read_day(text: str) -> int:
    """A day as its ordinal (date.toordinal), NO_DAY where nothing stands.

    Reads ISO, UK day first (``1/4/2026``, ``01-Apr-26``, ``1 April 2026``), each with or without a time, and the
    serial numbers of a spreadsheet (from 1 January 2000). Raises what a model reports for anything else.
    """
    tidy = clean(text)
    if tidy.casefold() in _NOTHING:
        return NO_DAY
    day = _serial(tidy) or _day(tidy)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise told(f"says “{_cut(tidy)}”, {_why_no_day(tidy, day)}")
    return day.toordinal()


def _day(text: str) -> date | None:
    plain = _TIME.sub("", text).strip()
    if re.search("[A-Za-z]", plain):
        plain = re.sub(r"[-/. ]+", " ", plain)
    try:
        return date.fromisoformat(parse_day(plain))
    except (PydanticCustomError, ValueError):
        return None


def _serial(text: str) -> date | None:
    return from_serial(float(text)) if _SERIAL.fullmatch(text) else None


def _why_no_day(text: str, day: date | None) -> str:
    if day is not None:
        return f"which lies outside {FIRST_YEAR} to {LAST_YEAR}. Correct the year."
    if _MONTH_FIRST.fullmatch(_TIME.sub("", text)):
        return "which is a date only with the month first. Write day/month/year."
    return "which is no date. Write day/month/year."


def read_amount(text: str) -> float:
    """Pounds as whole pence, negative for a credit; NaN where nothing stands.

    Reads ``£1,234.50``, ``(12.00)``, ``-£12``, ``12.00-``, ``12.00 CR``, ``GBP 5``. Raises what a model reports for
    anything else.
    """
    tidy = clean(text)
    if tidy.casefold() in _NOTHING:
        return math.nan
    plain = tidy.replace("−", "-").replace(" ", "").upper().removeprefix("GBP").removesuffix("GBP")
    credit = plain.endswith("CR") or (plain.startswith("(") and plain.endswith(")"))
    plain = plain.removesuffix("CR").removesuffix("DR").removeprefix("(").removesuffix(")")
    signs = plain.count("-")
    plain = plain.removesuffix("-") if plain.endswith("-") else plain.removeprefix("£").removeprefix("-")
    plain = plain.removeprefix("£")
    match = _SUM.fullmatch(plain)
    if signs > 1 or match is None or not any(c.isdigit() for c in plain):
        raise told(f"says “{_cut(tidy)}”, which is no sum of money. Write pounds and pence in digits.")
    pence = round(Decimal(plain.replace(",", "")) * 100)
    return float(-pence if credit or signs else pence)


def read_whole(text: str) -> int:
    """A count of 0 or more. Raises what a model reports for anything else."""
    tidy = clean(text).replace(",", "")
    tidy = tidy.removesuffix(".0")
    if not (tidy.isascii() and tidy.isdecimal() and len(tidy) < 10):
        shown = f"says “{_cut(clean(text))}”" if tidy else "is empty"
        raise told(f"{shown}. Enter a whole number of 0 or more.")
    return int(tidy)


def shown_day(ordinal: int) -> str:
    """A day as people here write it: ``01/04/2026``; empty for none."""
    return date.fromordinal(ordinal).strftime("%d/%m/%Y") if ordinal else ""


def day_of(ordinal: int) -> date | None:
    """A day from its ordinal; None for none."""
    return date.fromordinal(ordinal) if ordinal else None


def _cut(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
