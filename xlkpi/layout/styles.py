"""Named styles; the contrast of their colours is at least 4.5 : 1 (tests/layout proves it)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Dict

from xlkpi.core.indicator import Definition
from xlkpi.core.vocabulary import OutturnRule

NAVY, INK, WHITE = "#1F3864", "#1A1A1A", "#FFFFFF"
GREY_FILL, GREY_INK, PALE, LINE = "#EDEDED", "#595959", "#F3F6FB", "#B7C0CE"
INPUT_FILL, INPUT_LINE = "#FFFBE0", "#7F6A00"
GREEN_FILL, GREEN_INK = "#C9E7CB", "#0B4F1C"
AMBER_FILL, AMBER_INK = "#FFE3A1", "#5C4300"
RED_FILL, RED_INK = "#F6C0BE", "#7A0A12"
INFO_FILL, INFO_INK = "#DCE9F7", "#12365C"


@dataclass(frozen=True)
class Style:
    """How a cell looks: colours as #RRGGBB, size in points, a spreadsheet number format, edges of the grid.

    ``line`` is the colour of its edges, empty for none; ``thick`` makes a frame of them.
    """

    fill: str = ""
    ink: str = INK
    size: float = 10
    bold: bool = False
    italic: bool = False
    wrap: bool = True
    align: str = "left"
    valign: str = "vcenter"
    numbers: str = ""
    line: str = ""
    underline: bool = False
    thick: bool = False


_TEXT = Style(line=LINE)
_CENTRE = replace(_TEXT, align="center", valign="vcenter")
_INPUT = replace(_TEXT, fill=INPUT_FILL, line=INPUT_LINE)

STYLES: Dict[str, Style] = {
    "plain": Style(),
    "title": Style(ink=NAVY, size=18, bold=True, wrap=False, valign="vcenter"),
    "subtitle": Style(ink=GREY_INK, size=11, wrap=False, valign="vcenter"),
    "heading": Style(ink=NAVY, size=13, bold=True, wrap=False, valign="vcenter"),
    "lead": Style(size=11, wrap=False, valign="vcenter"),
    "prose": Style(size=11),
    "header": Style(NAVY, WHITE, bold=True, valign="vcenter", line=LINE),
    "label": Style(PALE, NAVY, 11, bold=True, valign="vcenter", line=LINE),
    "value": Style(size=11, valign="vcenter", line=LINE),
    "code": replace(_TEXT, ink=NAVY, bold=True, size=11),
    "text": _TEXT,
    "link": replace(_TEXT, ink="#0B4EA2", underline=True, size=11, valign="vcenter"),
    "back": Style(ink="#0B4EA2", underline=True, size=11, wrap=False),
    "last": replace(_TEXT, ink=GREY_INK),
    "count": replace(_INPUT, size=12, align="center", valign="vcenter"),
    "comment": replace(_INPUT, numbers="@"),
    "field": replace(_INPUT, size=11, valign="vcenter", numbers="@"),
    "day": replace(_INPUT, size=11, valign="vcenter", numbers="dd/mm/yyyy"),
    "outturn": replace(_CENTRE, numbers="0.00%"),
    "rag": replace(_CENTRE, bold=True),
    "gap": replace(_CENTRE, valign="vcenter"),
    "message": _TEXT,
    "plan_date": replace(_TEXT, numbers="dd/mm/yyyy"),
    "plan_level": replace(_TEXT, numbers="0.00%"),
    "status": replace(_CENTRE, size=14, bold=True),
    "step": replace(_TEXT, size=11, valign="vcenter"),
    "step_status": replace(_TEXT, size=11, bold=True, valign="vcenter"),
    "closed": replace(_TEXT, fill=GREY_FILL, ink=GREY_INK),
    "closed_code": replace(_TEXT, fill=GREY_FILL, ink=GREY_INK, bold=True, size=11),
    "closed_centre": replace(_CENTRE, fill=GREY_FILL, ink=GREY_INK),
    "hidden": Style(ink=GREY_INK, wrap=False),
    "Green": Style(GREEN_FILL, GREEN_INK, bold=True),
    "Amber": Style(AMBER_FILL, AMBER_INK, bold=True),
    "Red": Style(RED_FILL, RED_INK, bold=True),
    "Information": Style(INFO_FILL, INFO_INK, bold=True),
    "Neutral": Style(GREY_FILL, GREY_INK, bold=True),
    "attention": Style(RED_FILL, RED_INK),
    "query": Style(AMBER_FILL, AMBER_INK),
    "quiet": Style(GREY_FILL, GREY_INK),
    "exact": Style(numbers="0.00000%"),
    "under": Style(numbers='"<"0.00%'),
    "over": Style(numbers='">"0.00%'),
}
_NUMBERS = {OutturnRule.COUNT: "#,##0", OutturnRule.AMOUNT: '"£"#,##0.00', OutturnRule.DAYS: '0.00" days"'}
_EXACT_NUMBERS = {OutturnRule.AMOUNT: '"£"#,##0.00000', OutturnRule.DAYS: '0.00000" days"'}
STYLES.update(
    {f"{base} {rule.value}": replace(STYLES[base], numbers=numbers)
     for rule, numbers in _NUMBERS.items() for base in ("outturn", "plan_level")}
)  # fmt: skip
STYLES.update({f"exact {rule.value}": Style(numbers=numbers) for rule, numbers in _EXACT_NUMBERS.items()})
STYLES["count amount"] = replace(STYLES["count"], size=11, numbers='"£"#,##0.00')


def outturn_style(base: str, definition: Definition) -> str:
    """Give the style of a cell with an outturn: percent, a number, pounds or days."""
    return base if definition.outturn.is_share else f"{base} {definition.outturn.value}"


def input_style(definition: Definition) -> str:
    """Give the style of the cell of x."""
    return "count amount" if definition.outturn is OutturnRule.AMOUNT else "count"
