"""A figure with its unit, and the number formats that show it: a count, pounds or days beside the usual percentages."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Self

USUAL_DECIMALS = 2
_SHARE = {"count": "#,##0", "amount": '"£"#,##0.00', "days": '0.00" days"'}
_WHOLE = {"amount": '"£"#,##0.00', "days": "#,##0.00"}
_GAP = {"amount": '+"£"#,##0.00;−"£"#,##0.00;0', "days": "+#,##0.00;−#,##0.00;0"}
_POINTS = {"count": "+#,##0;−#,##0;0", "amount": '+"£"#,##0.00;−"£"#,##0.00;0', "days": "+0.00;−0.00;0.00"}
_EXACT = {"amount": '"£"#,##0.00000', "days": '0.00000" days"'}
BY_STYLE = {
    "share": _SHARE, "small share": _SHARE, "share rounded": _SHARE, "whole": _WHOLE, "small whole": _WHOLE,
    "gap": _GAP, "points": _POINTS,
}  # fmt: skip
"""The formats of each style that shows a figure, by unit; a unit that is not here is shown as the style shows it."""
EXACT_STYLES = ("share", "small share")


class Quantity(Fraction):
    """A number with its unit: ``count``, ``amount``, ``days``, or ``share``; ``decimals`` keep it beside an edge."""

    __slots__ = ("decimals", "unit")
    decimals: int
    unit: str

    def __new__(cls, number: Fraction, unit: str, decimals: int = USUAL_DECIMALS) -> Self:
        """Make the number with its unit."""
        quantity = super().__new__(cls, number)
        quantity.unit, quantity.decimals = unit, decimals
        return quantity

    def __reduce__(self) -> tuple[type[Self], tuple[Fraction, str, int]]:
        """Say how to make it again from its parts, so that another process can send it."""
        return type(self), (Fraction(self.numerator, self.denominator), self.unit, self.decimals)

    @property
    def look(self) -> str:
        """The name of its look within a style."""
        return f"{self.unit} exact" if self.decimals > USUAL_DECIMALS else self.unit


def list_unit_formats() -> Iterator[tuple[str, str, str]]:
    """List every style with the name of a look and its number format."""
    for style, formats in BY_STYLE.items():
        yield from ((style, unit, numbers) for unit, numbers in formats.items())
        if style in EXACT_STYLES:
            yield from ((style, f"{unit} exact", numbers) for unit, numbers in _EXACT.items())
