"""The band that somebody probably meant: ``under 92,5 %`` is ``<92.5%``, and ``0.95`` of a share is ``95%``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Optional

from xlkpi.core.bands import PERCENT, Interval, parse_interval
from xlkpi.core.indicator import NO_Y
from xlkpi.core.outturn_units import band_example, is_in_unit
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.findings import shorten

_WORDS = (
    (r"\b(at least|no less than|not less than|minimum( of)?)\b", ">="),
    (r"\b(at most|no more than|not more than|up to|maximum( of)?)\b", "<="),
    (r"\b(below|under|less than|fewer than)\b", "<"),
    (r"\b(above|over|more than|greater than)\b", ">"),
    (r"\b(per ?cent|percent)\b|％", "%"),
    (r"\b(pounds?|gbp)\b", "£"),
    (r"\b(working |calendar )days?\b", " days"),
    (r"=>", ">="),
    (r"=<", "<="),
    (r"\b(between|from)\b", ""),
    (r"–|—|\bto\b|\band\b", "-"),
)
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?|[0-9]+(?:[.][0-9]+)?")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?")
_AND_MORE = re.compile(r"(.*[0-9][^+]*)(?:\+|or (?:more|higher|better))")
_NOT_RATED = ("n/a", "na", "n.a.", "none", "not applicable", "-", "–", "—", "nil", "")


def find_near_band(text: str, rule: OutturnRule) -> str:
    """Find the band, or ``n/a``, that a text is a slip of; empty where nobody can tell."""
    if text.strip().casefold() in _NOT_RATED:
        return NO_Y
    plain = _DECIMAL_COMMA.sub(".", text.strip().casefold())
    for spelling, sign in _WORDS:
        plain = re.sub(spelling, sign, plain)
    more = _AND_MORE.fullmatch(plain.strip())
    plain = f">={more[1]}" if more else plain
    numbers = re.sub("[%£]|days?", "", "".join(plain.split()))
    near = _in_unit(numbers, rule, has_percent="%" in plain)
    return near if near != text and _interval(near) and is_in_unit(near, rule) else ""


def find_retyped_band(text: str, rule: OutturnRule) -> str:
    """Find what was typed into a cell that a spreadsheet program made a number or a day of; empty where it did not.

    It makes 1 of ``100%`` and 2 May of ``2-5``; only a cell that is formatted as text keeps what is typed.
    """
    if _DAY.fullmatch(text):
        _, month, day = text[:10].split("-")
        band = f"{int(day)}-{int(month)}"
        return find_near_band(band, rule) or band  # with its unit
    return find_near_band(text, rule) if _NUMBER.fullmatch(text) else ""


def _in_unit(plain: str, rule: OutturnRule, *, has_percent: bool) -> str:
    """Write the numbers of a band in the unit of the rule; of a share without a percent sign, up to 1 is a fraction."""
    if rule.is_share:
        if not has_percent and all(Fraction(number.replace(",", "")) <= 1 for number in _NUMBER.findall(plain)):
            plain = _NUMBER.sub(lambda number: f"{float(Fraction(number[0]) * PERCENT):.12g}", plain)
        return f"{plain}%"
    if rule is OutturnRule.AMOUNT:
        return _NUMBER.sub(lambda number: f"£{number[0]}", plain)
    return f"{plain} days" if rule is OutturnRule.DAYS else plain


def _interval(text: str) -> Optional[Interval]:
    try:
        return parse_interval(text)
    except ValueError:
        return None


def describe_unread(name: str, text: str, rule: OutturnRule) -> str:
    """Say what is wrong with a band that cannot be read; empty where it can be."""
    interval = _interval(text)
    if interval is not None:
        if interval.low is not None and interval.high is not None and interval.low > interval.high:
            return f"{name} is “{shorten(text)}”. Write the lower edge first"
        if is_in_unit(text, rule):
            return ""
    near, there = find_near_band(text, rule), f"{name} is “{shorten(text)}”."
    return f"{there} " + (f"Did you mean {near}?" if near else f"Write a band as {band_example(rule)}")
