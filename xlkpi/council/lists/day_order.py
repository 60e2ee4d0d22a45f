"""Whether the dates of a list have the day or the month first, from all of its columns together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum

from xlkpi.council.lists.day_forms import DayForm

FormCounts = Mapping[DayForm, int]
ENOUGH = 3
"""Dates that can only be read in one order and decide for their column, whatever the other columns say."""
SLIPS = 20
"""Of so many dates in one order, one in the other is a slip of the hand, and no order of its own."""
FEWEST_SWAPPED = 2


class DayOrder(Enum):
    """How the dates of a column are to be read."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNSURE = "some with the day first, some with the month first"
    SWAPPED = "day and month of the first twelve days of each month are swapped"


def find_orders(columns: Mapping[str, FormCounts]) -> dict[str, DayOrder]:
    """Find the order of each column, from how often each form is in it.

    A column that shows no order follows the others; where those differ, it is unsure.
    """
    orders = {}
    for column, forms in columns.items():
        others: Counter[DayForm] = Counter()
        for name, counts in columns.items():
            others.update(counts if name != column else {})
        order = _own_order(forms, others)
        if order is not None:
            orders[column] = order
    following = _follow(set(orders.values()))
    return {column: orders.get(column, following) for column in columns}


def _follow(shown: set[DayOrder]) -> DayOrder:
    """The order of a column that shows none, from those that the others show."""
    if DayOrder.SWAPPED in shown:
        return DayOrder.SWAPPED
    if len(shown) > 1:
        return DayOrder.UNSURE
    return next(iter(shown), DayOrder.DAY_FIRST)


def _own_order(forms: FormCounts, others: FormCounts) -> DayOrder | None:
    """The order that a column shows; None where it shows none."""
    if is_half_swapped(forms):
        return DayOrder.SWAPPED
    day, month = forms[DayForm.DAY_FIRST], forms[DayForm.MONTH_FIRST]
    if not day and not month:
        return None
    if max(day, month) < ENOUGH:  # too few to decide against the other columns
        day, month = day + others[DayForm.DAY_FIRST], month + others[DayForm.MONTH_FIRST]
    if min(day, month) * SLIPS > max(day, month):
        return DayOrder.UNSURE
    return DayOrder.DAY_FIRST if day > month else DayOrder.MONTH_FIRST


def is_half_swapped(forms: FormCounts) -> bool:
    """Tell whether a program took 3/9 for 9 March and left 13/9, which it cannot read so, as text.

    Then the date cells are all of the first twelve days of a month, and the texts all of later days, in one order.
    """
    texts = sorted((forms[DayForm.DAY_FIRST], forms[DayForm.MONTH_FIRST]))
    others = forms[DayForm.STORED_HIGH] + forms[DayForm.EITHER] + texts[0]
    return not others and min(forms[DayForm.STORED_LOW], texts[1]) >= FEWEST_SWAPPED
