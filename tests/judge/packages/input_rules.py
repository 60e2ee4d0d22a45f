"""Rules about data validation and conditional formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.judge.packages.formula_rules import quoted_sheets, without_texts
from tests.judge.packages.package import MAIN, Fault, Package, Sheet, box, boxes_meet
from tests.judge.packages.style_rules import how_many

LONGEST = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 225}
LONGEST_FORMULA, LONGEST_LIST, MOST_RULES = 255, 257, 65_534


def validation(package: Package) -> Iterator[Fault]:
    """Rules for what may be typed: texts and formulas too long, counts, ranges that are none or overlap."""
    for sheet in package.sheets:
        for group in sheet.all("dataValidations"):
            if (group.get("count") and int(group.get("count")) != len(group)) or len(group) > MOST_RULES:
                yield Fault("count of rules", sheet.name)
            for rule in group:
                yield from _rule(sheet, rule)
            yield from _overlapping(sheet, group)


def _rule(sheet: Sheet, rule: Any) -> Iterator[Fault]:
    place = f"{sheet.name}!{rule.get('sqref')}"
    for attribute, most in LONGEST.items():
        if len(rule.get(attribute, "")) > most:
            yield Fault(f"long {attribute} of a rule", place, str(len(rule.get(attribute))))
    for name in ("formula1", "formula2"):
        text = rule.findtext(MAIN + name) or ""
        if len(text) > LONGEST_FORMULA and not (text.startswith('"') and len(text) <= LONGEST_LIST):
            yield Fault("long formula of a rule", place, str(len(text)))
    if not rule.get("sqref") or not all(box(reference) for reference in rule.get("sqref").split()):
        yield Fault("rule of no cell", place)


def _overlapping(sheet: Sheet, group: Any) -> Iterator[Fault]:
    boxes = [(box(each), number) for number, rule in enumerate(group) for each in (rule.get("sqref") or "").split()]
    usable = sorted((place, number) for place, number in boxes if place)
    for position, (cell_range, number) in enumerate(usable):
        for other, another in usable[position + 1 :]:
            if other[0] > cell_range[2]:
                break  # they are in the order of their first rows
            if number != another and boxes_meet(cell_range, other):
                yield Fault("rules that overlap", sheet.name, f"{cell_range} {other}")


def conditional_formats(package: Package) -> Iterator[Fault]:
    """Formats that depend on values: ranks used twice, unknown styles, other sheets."""
    styles = how_many(package, "dxfs")
    for sheet in package.sheets:
        ranks: Counter[str] = Counter()
        for group in sheet.all("conditionalFormatting"):
            if not group.get("sqref") or not all(box(reference) for reference in group.get("sqref").split()):
                yield Fault("format of no cell", sheet.name)
            for rule in group.findall(MAIN + "cfRule"):
                ranks[rule.get("priority")] += 1
                if rule.get("dxfId") and int(rule.get("dxfId")) >= styles:
                    yield Fault("style of a format", sheet.name, rule.get("dxfId"))
                for formula in rule.findall(MAIN + "formula"):
                    text = without_texts(formula.text or "")
                    if quoted_sheets(text) or "{" in text:
                        yield Fault("format that Excel 2007 refuses", sheet.name, text)
        if any(uses > 1 for uses in ranks.values()):
            yield Fault("rank of a format twice", sheet.name)
