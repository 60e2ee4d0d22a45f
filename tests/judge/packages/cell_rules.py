"""Rules about rows, columns and cells, and the order of a sheet's elements."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from tests.judge.packages.package import MAIN, Fault, Package, Sheet, column_number
from tests.judge.packages.style_rules import how_many

_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks "
    "customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects "
    "controls webPublishItems tableParts extLst"
)
ORDER = _ORDER.split()
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA")
LAST_ROW, LAST_COLUMN, HIGHEST_ROW, WIDEST_COLUMN = 1_048_576, 16_384, 409.5, 255.71
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


def element_order(package: Package) -> Iterator[Fault]:
    """Elements of a sheet in an order in which Excel does not read them."""
    for sheet in package.sheets:
        names = [element.tag.removeprefix(MAIN) for element in sheet.tree if isinstance(element.tag, str)]
        known = [ORDER.index(name) for name in names if name in ORDER]
        if known != sorted(known):
            yield Fault("order of elements", sheet.name)


def columns(package: Package) -> Iterator[Fault]:
    """Columns described twice, too wide, or in an unknown style."""
    styles = how_many(package, "cellXfs")
    for sheet in package.sheets:
        last = 0
        for element in sheet.all("cols", "col"):
            first, end = int(element.get("min")), int(element.get("max"))
            if first <= last or end < first or end > LAST_COLUMN:
                yield Fault("columns that overlap", sheet.name, f"{first} to {end}")
            last = end
            if float(element.get("width", "0")) > WIDEST_COLUMN:
                yield Fault("width of a column", sheet.name, element.get("width"))
            if int(element.get("style", "0")) >= styles:
                yield Fault("style that is not there", sheet.name)


def rows(package: Package) -> Iterator[Fault]:
    """Rows and cells out of order, too high, or in an unknown style."""
    styles = how_many(package, "cellXfs")
    for sheet in package.sheets:
        last = 0
        for element in sheet.all("sheetData", "row"):
            number = int(element.get("r"))
            if number <= last or number > LAST_ROW:
                yield Fault("order of rows", sheet.name, str(number))
            last = number
            if float(element.get("ht", "0")) > HIGHEST_ROW:
                yield Fault("height of a row", f"{sheet.name}, {number}", element.get("ht"))
            if int(element.get("s", "0")) >= styles:
                yield Fault("style that is not there", f"{sheet.name}, {number}")
            yield from _cells_of(sheet, element, number, styles)


def _cells_of(sheet: Sheet, row: Any, number: int, styles: int) -> Iterator[Fault]:
    last = 0
    for element in row:
        place = f"{sheet.name}!{element.get('r')}"
        address = _ADDRESS.fullmatch(element.get("r") or "")
        column = column_number(address[1]) if address else 0
        if not address or int(address[2]) != number or not last < column <= LAST_COLUMN:
            yield Fault("order of cells", place)
        last = column
        if int(element.get("s", "0")) >= styles:
            yield Fault("style that is not there", place)


def values(package: Package) -> Iterator[Fault]:
    """Values that are not of their cell's type."""
    last_string = len(package.strings) - 1
    for sheet in package.sheets:
        for value in sheet.tree.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c/{MAIN}v"):
            element = value.getparent()
            has_formula = not value.text and element.find(MAIN + "f") is not None
            rule = _value_fault(element.get("t", "n"), value.text, last_string, has_formula=has_formula)
            if rule:
                yield Fault(rule, f"{sheet.name}!{element.get('r')}", value.text or "")


def _value_fault(kind: str, value: str | None, last_string: int, *, has_formula: bool) -> str:
    text = value or ""
    if kind == "n" and not text:
        # A reader that trusts the type shows an empty result as 0: Protected View may, before anything is calculated.
        return "empty result that reads as 0" if has_formula else "value without a value"
    checks = {
        "n": ("number", _is_finite),
        "s": ("string that is not there", lambda number: number.isdigit() and int(number) <= last_string),
        "b": ("truth value", lambda flag: flag in ("0", "1")),
        "e": ("error value", lambda error: error in ERRORS),
        "d": ("date", lambda _: False),
    }
    rule, fits = checks.get(kind, ("", lambda _: True))
    return "" if fits(text) else rule


def _is_finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
