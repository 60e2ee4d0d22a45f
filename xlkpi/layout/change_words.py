"""By how much x must change for Green, with its unit: as a text, and as the formula of the same text."""

from __future__ import annotations

from xlkpi.core.cell_count import Figure, distance
from xlkpi.core.indicator import Definition
from xlkpi.core.outturn_units import more_or_less, show_x
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.layout.expression import literal


def change_words(definition: Definition, change: Figure) -> str:
    """Write a change that is not 0: ``3 more to Green``, ``£12.50 less to Green``, ``1 day less to Green``."""
    which_way = more_or_less(definition.outturn, rises=change > 0)
    number = show_x(definition, distance(change, 0))
    if definition.outturn is OutturnRule.DAYS:
        number = number.replace(",", "")  # the formula joins the bare number, as it does for a count
    return f"{number} {which_way} to Green"


def change_words_formula(rule: OutturnRule, change: str, *, rises: bool) -> str:
    """Write the formula of these words, where an expression gives the change without its sign."""
    ending = f"{more_or_less(rule, rises=rises)} to Green"
    if rule is OutturnRule.AMOUNT:
        return f"{literal('£')}&FIXED({change},2)&{literal(f' {ending}')}"
    if rule is OutturnRule.DAYS:
        return f"{change}&IF({change}=1,{literal(f' day {ending}')},{literal(f' days {ending}')})"
    return f"{change}&{literal(f' {ending}')}"
