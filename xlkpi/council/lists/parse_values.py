"""Single cells of a ledger as people and systems write them: days, sums, counts, texts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from pydantic import ValidationInfo

from xlkpi.core.day import FIRST_YEAR, LAST_YEAR, NotADay, in_contract_years, parse_day, short_date
from xlkpi.core.period import QUARTERS, Period, PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.visible_text import is_error_value
from xlkpi.council.lists.cell_text import UNREADABLE, clean
from xlkpi.council.lists.faults import rejection
from xlkpi.council.lists.number_columns import join_thousands
from xlkpi.findings import shorten

NO_DAY = 0
LONGEST_TEXT = 200
MOST_CACHED = 200_000
_NOTHING = frozenset(("", "-", "–", "n/a", "na", "none", "null", "00/00/0000", "00.00.0000", "0000-00-00"))
LONGEST_SUM = 12
"""Digits of pounds: as many pence as this are exact in a column of numbers, and nobody is owed more."""
_SUM = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?")
_POUNDS_AND_PENCE = re.compile(r"£?([0-9]{1,12})\.([0-9]{2})")
_WHOLE = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0*)?")
_LONG_NUMBER = re.compile(r"[0-9]{1,9}\.[0-9]{7,20}")
ENTER_PROVIDER = "Enter the provider's number."
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class ParseCache(Generic[K, T]):
    """Reads texts, or several as one, that repeat, each once, which is most of a ledger's cells."""

    def __init__(self, read: Callable[[K], T]) -> None:
        """Read texts with this function."""
        self._read = read
        self._known: dict[K, T] = {}

    def __call__(self, text: K) -> T:
        """Read a text, or give what it was read as before. Raises what reading it raises."""
        try:
            return self._known[text]
        except KeyError:
            value = self._read(text)
            if len(self._known) < MOST_CACHED:
                self._known[text] = value
            return value


def read_text(text: str) -> str:
    """Read a text into one line of at most 200 characters.

    Raises what a model reports for an error value, and for characters that were lost.
    """
    tidy = text if text.isalnum() else clean(text)
    if is_error_value(tidy):
        raise rejection(f"shows {tidy}. Type what belongs there over it.")
    if tidy.startswith("=") and len(tidy) > 1:
        raise rejection(f"has the formula {shorten(tidy)}, never calculated. Open the list in Excel and save it.")
    if UNREADABLE in tidy:
        raise rejection(f"says “{shorten(tidy)}”, with a character that was lost. Save the list as CSV UTF-8 or .xlsx.")
    if len(tidy) > LONGEST_TEXT:
        raise rejection(f"is {len(tidy)} characters long. Shorten it to {LONGEST_TEXT}.")
    return tidy


def required(remedy: str, read: Callable[[str], str] = read_text) -> Callable[[str], str]:
    """Make a reader of a text that must be there; ``remedy`` says what to do where it is not."""

    def read_required(text: str) -> str:
        tidy = read(text)
        if not tidy:
            raise rejection(f"is empty. {remedy}")
        return tidy

    return read_required


def read_period(text: str, scheme: PeriodScheme = QUARTERS) -> Period:
    """Read a reporting period. Raises what a model reports for anything else."""
    tidy = read_text(text)
    period = parse_period(tidy, scheme)
    if period is None:
        raise rejection(f"says “{tidy}”, which is not a reporting period. Write it as {scheme.example}.")
    return period


def scheme_of(info: ValidationInfo) -> PeriodScheme:
    """Give the contract's reporting periods, by which the rows of a list are read."""
    scheme: PeriodScheme = (info.context or {}).get("scheme", QUARTERS)
    return scheme


def period_of_row(text: str, info: ValidationInfo) -> Period:
    """Read a reporting period of the scheme that a row's context names. Raises what a model reports otherwise."""
    return read_period(text, scheme_of(info))


def describe_cell(text: str) -> str:
    """Say what a cell has, as a message goes on after its place: ``says “12”``, or ``is empty``."""
    return f"says “{shorten(text)}”" if text else "is empty"


def read_reason(text: str) -> str:
    """Read the reason of a dispute: any text, cut at 200 characters, because nothing is counted by it."""
    return shorten(clean(text), LONGEST_TEXT)


def read_date(text: str) -> date:
    """Read a day of any year, as core.day does; a spreadsheet's number is one too.

    Raises what a model reports for anything else.
    """
    tidy = clean(text)
    try:
        return parse_day(tidy, serials=True)
    except NotADay as problem:
        raise rejection(f"says “{shorten(tidy)}”, {problem}") from None


def read_day(text: str) -> int:
    """Read a day of 2000 to 2099 into its ordinal (date.toordinal), or NO_DAY from an empty cell.

    Raises what a model reports for anything else.
    """
    tidy = clean(text)
    if tidy.casefold() in _NOTHING:
        return NO_DAY
    day = read_date(tidy)
    if not in_contract_years(day):
        raise rejection(f"says “{shorten(tidy)}”, which is outside {FIRST_YEAR} to {LAST_YEAR}. Correct the year.")
    return day.toordinal()


def read_optional_day(text: str) -> date | None:
    """Read a day of 2000 to 2099, or None from an empty cell. Raises what a model reports for anything else."""
    return day_from_ordinal(read_day(text))


def required_date(remedy: str) -> Callable[[str], date]:
    """Make a reader of a day that must be there; ``remedy`` says what to do where it is not."""

    def read_required(text: str) -> date:
        day = read_optional_day(text)
        if day is None:
            raise rejection(f"is empty. {remedy}")
        return day

    return read_required


def read_amount(text: str) -> float:
    """Read pounds into whole pence, negative for a credit, or NaN from an empty cell.

    Reads ``£1,234.50``, ``(12.00)``, ``-£12``, ``12.00-``, ``12.00 CR``, ``GBP 5``, ``1'234.50``. Raises what a model
    reports for anything else.
    """
    tidy = clean(text)
    if tidy.casefold() in _NOTHING:
        return math.nan
    pence = parse_pence(tidy)
    if pence is None:
        raise rejection(f"says “{shorten(tidy)}”, which is not a sum of money. Write pounds and pence in digits.")
    return float(pence)


def parse_pence(text: str) -> int | None:
    """Read pounds into whole pence, negative for a credit; None where it is not a sum of money."""
    match = _POUNDS_AND_PENCE.fullmatch(text)
    if match is not None:  # most sums of most ledgers
        return int(match[1]) * 100 + int(match[2])
    plain = join_thousands(text).replace("−", "-").replace(" ", "").upper().removeprefix("GBP").removesuffix("GBP")
    credit = plain.endswith("CR") or (plain.startswith("(") and plain.endswith(")"))
    plain = plain.removesuffix("CR").removesuffix("DR").removeprefix("(").removesuffix(")")
    signs = plain.count("-")
    plain = plain.removesuffix("-") if plain.endswith("-") else plain.removeprefix("£").removeprefix("-")
    plain = plain.removeprefix("£")
    if signs > 1 or _SUM.fullmatch(plain) is None or not any(c.isdigit() for c in plain):
        return None
    plain = plain.replace(",", "").lstrip("0") or "0"
    if len(plain.partition(".")[0]) > LONGEST_SUM:
        return None
    pence = int((Decimal(plain) * 100).to_integral_value(ROUND_HALF_UP))  # as a spreadsheet shows half a penny
    return -pence if credit or signs else pence


def read_whole(text: str) -> int:
    """Read a count of 0 or more, also as ``5.00``, ``1,234`` or ``1 234``. Raises what a model reports else."""
    tidy = clean(text)
    match = _WHOLE.fullmatch(_as_shown(join_thousands(tidy)))
    digits = match[1].replace(",", "") if match else ""
    if not 0 < len(digits) < 10:
        raise rejection(f"{describe_cell(tidy)}. Enter a whole number of 0 or more.")
    return int(digits)


def _as_shown(text: str) -> str:
    """A number of more digits than a spreadsheet shows, as it shows it: 195.99999999999997 is 196."""
    return f"{float(text):.15g}" if _LONG_NUMBER.fullmatch(text) else text


def ordinal_text(ordinal: int) -> str:
    """Write the day of an ordinal as people here do: ``01/04/2026``; empty for none."""
    return short_date(date.fromordinal(ordinal)) if ordinal else ""


def day_from_ordinal(ordinal: int) -> date | None:
    """Give the day of an ordinal; None for none."""
    return date.fromordinal(ordinal) if ordinal else None
