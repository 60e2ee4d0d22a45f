"""In what an outturn is counted: percent, a number, pounds or days; how bands are written and figures shown in it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Optional

from xlkpi.core.bands import PERCENT
from xlkpi.core.cell_count import Figure
from xlkpi.core.indicator import Definition
from xlkpi.core.shown_share import MOST_DECIMALS, decimals_to_show, round_as_shown
from xlkpi.core.vocabulary import OutturnRule

PERCENT_PLACES = 2
USUAL_DECIMALS = 2
"""Of a percent, a pound, or a day on average."""
BAND_EXAMPLES = {
    OutturnRule.COUNT: "<3, 3-5 or >5",
    OutturnRule.AMOUNT: "<£500, £500-£800 or >£800",
    OutturnRule.DAYS: "<5 days, 5-10 days or >10 days",
}
STRETCH_EXAMPLES = {
    OutturnRule.COUNT: "one number, as 12",
    OutturnRule.AMOUNT: "one amount with £, as £450.50",
    OutturnRule.DAYS: "one number with days, as 4.5 days",
}
_SIGNS = re.compile("%|£|days?")
_WRITTEN = {OutturnRule.COUNT: (), OutturnRule.AMOUNT: ("£",), OutturnRule.DAYS: ("day", "days")}
_ONE_OUTTURN = re.compile("£?([0-9]+(?:[.][0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?)(?:%| ?days?)?")


def scale_of(rule: OutturnRule) -> int:
    """Give in how many parts a band divides 1: percent of a share, whole numbers of anything else."""
    return PERCENT if rule.is_share else 1


def is_in_unit(text: str, rule: OutturnRule) -> bool:
    """Tell whether a band or an outturn is written in the unit of the rule: ``85%``, ``£500``, ``5 days``, ``5``."""
    signs, wanted = set(_SIGNS.findall(text)), _WRITTEN.get(rule, ("%",))
    return signs.issubset(wanted) and bool(signs) is bool(wanted)


def band_example(rule: OutturnRule) -> str:
    """Show how three bands of the rule are written."""
    return BAND_EXAMPLES.get(rule, "<85%, 85-95% or >95%")


def stretch_example(rule: OutturnRule) -> str:
    """Show how one outturn of the rule is written."""
    return STRETCH_EXAMPLES.get(rule, "one outturn with %, as 98%")


def highest_outturn(rule: OutturnRule, *, carried_over: bool = False) -> Optional[int]:
    """Give the highest outturn there can be; None where there is no limit."""
    return 1 if rule.is_share and not carried_over else None


def steps_of(rule: OutturnRule, *, has_y: bool) -> Optional[int]:
    """Give in how many steps outturns divide 1, where they are whole numbers of a step (``Bands.faults``)."""
    if rule is OutturnRule.COUNT:
        return 1
    return None if rule.is_share or has_y else 10**USUAL_DECIMALS


def parse_outturn(text: str, rule: OutturnRule) -> Optional[Fraction]:
    """Read one outturn, as a stretch target has it; None where it is none, or in another unit."""
    number = _ONE_OUTTURN.fullmatch(text)
    if number is None or not is_in_unit(text, rule):
        return None
    return Fraction(number[1].replace(",", "")) / scale_of(rule)


def show_edge(rule: OutturnRule, edge: Fraction) -> str:
    """Write an edge of a band with no more decimals than it has: ``97.5%``, ``£1,200``, ``4.5 days``, ``1 day``."""
    if rule.is_share:
        return f"{float(PERCENT * edge):.12g}%"
    is_odd_amount = rule is OutturnRule.AMOUNT and edge.denominator != 1 and (100 * edge).denominator == 1
    return _with_unit(rule, f"{float(edge):,.2f}" if is_odd_amount else _plain(edge))


def show_outturn(definition: Definition, outturn: Fraction) -> str:
    """Write an outturn as it is shown everywhere: ``91.20%``, ``12``, ``£1,234.50``, ``4.50 days``.

    It has more decimals where two would round it onto the edge of a band that it does not reach.
    """
    rule = definition.outturn
    if rule is OutturnRule.COUNT:
        return _plain(outturn)
    decimals = decimals_beside_edges(definition, outturn)
    shown = float(round_as_shown(outturn * scale_of(rule), decimals))
    return f"{shown:.{decimals}f}%" if rule.is_share else _with_unit(rule, f"{shown:,.{decimals}f}")


def decimals_beside_edges(definition: Definition, outturn: Fraction) -> int:
    """Give the decimals with which an outturn is not rounded onto an edge of its bands."""
    bands = [band for _, band in definition.bands.by_rag] if definition.bands else []
    edges = {edge for band in bands for edge in (band.lower, band.upper)} - {outturn}
    is_share = definition.outturn.is_share
    decimals = decimals_to_show(outturn, USUAL_DECIMALS) if is_share else USUAL_DECIMALS
    while decimals < MOST_DECIMALS and round_as_shown(outturn, decimals + PERCENT_PLACES * is_share) in edges:
        decimals += 1
    return decimals


def has_whole_percents(definition: Definition) -> bool:
    """Tell whether the outturn is a share whose bands have whole percents as edges."""
    bands = definition.bands
    return definition.outturn.is_share and (bands is None or all(band.scale == PERCENT for _, band in bands.by_rag))


def show_x(definition: Definition, x: Figure) -> str:
    """Write x with its unit where it is not a count: ``40``, ``£1,234.50``, ``30 days``."""
    if definition.outturn.is_share or definition.outturn is OutturnRule.COUNT:
        return str(x)
    if definition.outturn is OutturnRule.AMOUNT:
        return f"£{float(x):,.2f}"
    return _with_unit(definition.outturn, _plain(Fraction(x)))


def show_figures(definition: Definition, x: Figure, y: Optional[Figure]) -> str:
    """Write x and y for a sentence: ``x 40, y 50``, ``x £1,234.50``."""
    return f"x {show_x(definition, x)}, y {y}" if definition.has_y else f"x {show_x(definition, x)}"


def more_or_less(rule: OutturnRule, *, rises: bool) -> str:
    """Say which way x must change: things are fewer, pounds and days are less."""
    if rises:
        return "more"
    return "less" if rule in (OutturnRule.AMOUNT, OutturnRule.DAYS) else "fewer"


def describe_pair(x: Figure, y: Optional[Figure], definition: Definition) -> str:
    """Write both figures as a person says them: ``1,240 of 1,300``, ``30 days over 12``, ``£1,234.50``."""
    if definition.outturn.is_share:
        return f"{x:,} of {y:,}"
    return f"{show_x(definition, x)} over {y:,}" if definition.has_y else show_x(definition, x)


def _with_unit(rule: OutturnRule, number: str) -> str:
    if rule is OutturnRule.DAYS:
        return f"{number} {'day' if number == '1' else 'days'}"
    return f"£{number}" if rule is OutturnRule.AMOUNT else number


def _plain(number: Fraction) -> str:
    """Write a number with the decimals that it has, thousands apart."""
    if number.denominator == 1:
        return f"{number.numerator:,}"
    return f"{float(number):,.8f}".rstrip("0")
