"""Outturns, x and changes as cells show them: in percent, or with the unit that the indicator has."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from xlkpi.core.cell_count import Figure
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.outturn_units import decimals_beside_edges, has_whole_percents
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.writing.workbook import Quantity, Value


def outturn_value(definition: Definition, outturn: Fraction | None) -> Value:
    """Give an outturn as its cell has it; a share of whole percents is the plain fraction."""
    if outturn is None or has_whole_percents(definition):
        return outturn
    unit = "share" if definition.outturn.is_share else definition.outturn.value
    return Quantity(outturn, unit, decimals_beside_edges(definition, outturn))


def outturn_values(definition: Definition, outturns: Iterable[Fraction | None]) -> list[Value]:
    """Give the outturns of a line as its cells have them."""
    return [outturn_value(definition, each) for each in outturns]


def change_value(definition: Definition, change: Fraction | None) -> Value:
    """Give the change of an outturn: in percentage points, or in the unit of the indicator."""
    if change is None:
        return None
    return change * 100 if definition.outturn.is_share else Quantity(change, definition.outturn.value)


def figure_value(definition: Definition, figure: Figure | None) -> Figure | None:
    """Give x, or the change of x for Green: a whole number, or an amount or days with decimals."""
    if figure is None or not definition.decimals:
        return figure
    return Quantity(Fraction(figure), definition.outturn.value)


def width_of(text: str) -> float:
    """Give the width of a column in which a figure fits, in type of the usual size or smaller."""
    return 0.8 * len(text) + 0.4


def axis_format(definition: Definition) -> str:
    """Give the number format of a chart's axis."""
    return {OutturnRule.COUNT: "#,##0", OutturnRule.AMOUNT: '"£"#,##0', OutturnRule.DAYS: "#,##0.#"}.get(
        definition.outturn, "0%"
    )


def needs_units(indicators: Iterable[Indicator]) -> bool:
    """Tell whether any of these indicators is something else than a share."""
    return any(not indicator.effective.outturn.is_share for indicator in indicators)
