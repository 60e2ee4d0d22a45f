"""Whether the format of a cell shows x or y as the indicator asks for it: a plain count, pounds and pence, days."""

from __future__ import annotations

import re

from xlkpi.core.cell_count import round_to_fifteen_digits
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.ooxml.model import GENERAL
from xlkpi.ooxml.shown_number import MONEY, PLAIN, shown_as

ROUNDED = "rounded"
_POUNDS = re.compile(r"£|\[\$-0?809\]")
_DECIMALS = re.compile(r"\.([0#?]+)")
_PENCE = 2


def shown_otherwise(code: str, number: float, rule: OutturnRule = OutturnRule.X_OF_Y) -> str:
    """Say how a cell's format shows a number, where that is not what the indicator asks for; else empty."""
    # A number below 0 is reported as that, unless a number of 0 or more would not show as a count in its place.
    how = "" if code in PLAIN else shown_as(code, max(number, 0.0) or float(number < 0))
    if how == MONEY and rule is OutturnRule.AMOUNT and _POUNDS.search(code):
        how = ""
    return how or (ROUNDED if not rule.is_share and _is_rounded(code, number) else "")


def _is_rounded(code: str, number: float) -> bool:
    """Whether the format shows fewer decimals than the number has, so that the person does not see what is judged."""
    decimals = _DECIMALS.search(code)
    places = len(decimals[1]) if decimals else 0
    shown = round_to_fifteen_digits(number).scaleb(places)
    return code != GENERAL and places < _PENCE and shown != shown.to_integral_value()
