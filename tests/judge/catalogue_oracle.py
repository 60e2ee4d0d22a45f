"""What a catalogue folder asks for, read from its files alone: no line of the toolkit is used.

    for row in read_rows(folder):
        expected(row, "effective", 12, 40)

It knows the kinds of outturn (share, rest, count, amount, days), bands in their unit, two readings, and the change of x
that Green needs. Every number is a Fraction.
"""

from __future__ import annotations

import csv
import json
import math
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

SHARES = ("x/y", "(y - x)/y")
BLANK = " \xa0\u200b\ufeff"
_ONE = re.compile(r"(<=|>=|<|>|≤|≥)? ?([0-9.]+)")
_TWO = re.compile(r"(above )?([0-9.]+) ?(?:-|–|to) ?(below )?([0-9.]+)")


@dataclass(frozen=True)
class Answer:
    """The word of the state, the outturn, and the words of the change; None and empty where there are none."""

    state: str
    outturn: Fraction | None = None
    change: str = ""
    gap: Fraction | None = None


@dataclass(frozen=True)
class Band:
    """The outturns of a band, as percents, pounds, days or numbers; an end that is None is open for ever."""

    low: Fraction | None
    high: Fraction | None
    above: bool = False
    below: bool = False

    def has(self, value: Fraction) -> bool:
        """Whether a value is in it."""
        over = self.low is None or value > self.low or (value == self.low and not self.above)
        under = self.high is None or value < self.high or (value == self.high and not self.below)
        return over and under


def read_rows(folder: Path) -> list[dict[str, Any]]:
    """The indicators of every version in a folder, as its JSON or the list beside it has them."""
    rows: list[dict[str, Any]] = []
    for file in sorted(folder.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        if "version" in content:
            rows += content.get("indicators") or _listed(file.with_name(f"{file.stem} indicators.csv"))
    return rows


def _listed(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [{key: value.strip() for key, value in row.items() if key and value} for row in csv.DictReader(lines)]
    for row in rows:
        row["effective"] = {key[10:]: row[key] for key in row if key.startswith("effective_")}
        row["carried_over"] = row.get("carried_over", "") in ("yes", "true")
    return rows


def reading_of(row: dict[str, Any], reading: str) -> dict[str, Any]:
    """A row under one reading."""
    return {**row, **(row.get("effective") or {})} if reading == "effective" else row


def rule_of(row: dict[str, Any]) -> str:
    """The rule of the outturn."""
    return str(row.get("outturn") or "x/y")


def has_y(row: dict[str, Any]) -> bool:
    """Whether y is asked for."""
    return str(row["y"]) != "n/a"


def step_of(row: dict[str, Any]) -> Fraction:
    """The smallest change of x: a case or a day, a penny, a hundredth of a day where x is the outturn."""
    rule = rule_of(row)
    return Fraction(1, 100) if rule == "amount" or (rule == "days" and not has_y(row)) else Fraction(1)


def read_band(text: str) -> Band | None:
    """One band as it is printed, without its unit; None for n/a."""
    if text == "n/a":
        return None
    plain = re.sub("[%£,]| ?days?", "", text).strip()
    two = _TWO.fullmatch(plain)
    if two:
        return Band(Fraction(two[2]), Fraction(two[4]), bool(two[1]), bool(two[3]))
    band_match = _ONE.fullmatch(plain)
    assert band_match, text
    edge, sign = Fraction(band_match[2]), band_match[1] or ""
    if not sign:
        return Band(edge, edge)
    if sign in ("<", "<=", "≤"):
        return Band(None, edge, below=sign == "<")
    return Band(edge, None, above=sign == ">")


def bands_of(row: dict[str, Any]) -> dict[str, Band]:
    """The bands there are, best first; none for what is only reported."""
    results = {word: read_band(str(row[word.casefold()])) for word in ("Green", "Amber", "Red")}
    return {word: band for word, band in results.items() if band is not None}


def higher_is_better(row: dict[str, Any]) -> bool:
    """Whether Red is below Green."""
    bands = bands_of(row)
    red, green = bands["Red"].high, bands["Green"].low
    return red is not None and green is not None and red <= green


def as_figure(content: Any, step: Fraction) -> Fraction | str:
    """A cell's content: the number as it is asked for, or ``empty``, or ``odd``."""
    if content is None or (isinstance(content, str) and not content.strip(BLANK)):
        return "empty"
    if isinstance(content, (bool, str)):
        return "odd"
    number = Fraction(content) if isinstance(content, (int, Fraction)) else Fraction(f"{content:.15g}")
    return number if number >= 0 and (number / step).denominator == 1 else "odd"


def expected(row: dict[str, Any], reading: str, x: Any, y: Any) -> Answer:
    """What these two cells come to under one reading."""
    row = reading_of(row, reading)
    top, cases = as_figure(x, step_of(row)), as_figure(y, Fraction(1))
    if not has_y(row):
        cases = "empty" if top == "empty" else Fraction(1)
    if "empty" in (top, cases):
        return Answer("Not entered" if top == cases else "Incomplete")
    if isinstance(top, str) or isinstance(cases, str):
        return Answer("Check")
    share, carried = rule_of(row) in SHARES, bool(row.get("carried_over"))
    if cases == 0:
        return Answer("No cases" if top == 0 or carried else "Check")
    if share and top > cases and not carried:
        return Answer("Check")
    return _rated(row, top, cases)


def _rated(row: dict[str, Any], x: Fraction, y: Fraction) -> Answer:
    outturn = (y - x if rule_of(row) == "(y - x)/y" else x) / y
    bands, scale = bands_of(row), 100 if rule_of(row) in SHARES else 1
    if not bands:
        return Answer("Information", outturn)
    word = next((word for word, band in bands.items() if band.has(outturn * scale)), "Unrated")
    if word in ("Green", "Unrated"):
        change = "Target met" if word == "Green" else ""
        return Answer(word, outturn, change, Fraction(0) if word == "Green" else None)
    gap = _gap(row, bands["Green"], x, y, scale)
    return Answer(word, outturn, _change(row, gap), gap)


def _gap(row: dict[str, Any], green: Band, x: Fraction, y: Fraction, scale: int) -> Fraction:
    """By how much x must change: the nearest number of steps whose outturn is Green."""
    step, up = step_of(row), higher_is_better(row)
    edge = green.low if up else green.high
    assert edge is not None
    at = edge * y / scale / step
    steps = math.ceil(at) if up else math.floor(at)
    if at == steps and (green.above if up else green.below):
        steps += 1 if up else -1
    wanted = steps * step
    return (y - wanted if rule_of(row) == "(y - x)/y" else wanted) - x


def _change(row: dict[str, Any], gap: Fraction) -> str:
    rule, size = rule_of(row), abs(gap)
    fewer = "fewer" if rule in (*SHARES, "count") else "less"
    which_way = f"{'more' if gap > 0 else fewer} to Green"
    if rule == "amount":
        return f"£{float(size):,.2f} {which_way}"
    number = f"{float(size):.15g}"
    if rule == "days":
        return f"{number} {'day' if size == 1 else 'days'} {which_way}"
    return f"{number} {which_way}"
