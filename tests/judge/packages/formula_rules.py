"""Rules about formulas, wherever they are: in cells, validation, conditional formats and defined names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tests.judge.packages.package import MAIN, Fault, Package

LONGEST, DEEPEST, MOST_ARGUMENTS, LONGEST_TEXT = 8192, 64, 255, 255
_FUNCTIONS = (
    "BINOMDIST CHAR ABS AND AVERAGE AVERAGEIF AVERAGEIFS CHOOSE COLUMN COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS DATE "
    "DAY EDATE EOMONTH EXACT FIND HLOOKUP HYPERLINK IF IFERROR INDEX INDIRECT INT ISBLANK ISERR ISERROR ISLOGICAL ISNA "
    "ISNUMBER ISTEXT LEFT LEN LOOKUP LOWER MATCH MAX MEDIAN MID MIN MOD MONTH N NA NOT OR REPLACE REPT RIGHT ROUND "
    "ROUNDDOWN ROUNDUP ROW ROWS SEARCH SIGN SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT TEXT TRIM TRUNC UPPER "
    "VALUE VLOOKUP YEAR TRUE FALSE KPI_OUTTURN KPI_RAG KPI_CHECK KPI_GAP KPI_DUE KPI_ABOUT KPI_S2"
)
FUNCTIONS = frozenset(_FUNCTIONS.split())
"""What Excel 2007 knows without a prefix, as far as we could want it, and our own functions."""

_NUMBER = re.compile(r"\d+")
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_SHEET = re.compile(r"'((?:[^']|'')+)'!|(?<![\w.\]'])([A-Za-z_][\w.]*)!")
_CALL = re.compile(r"([A-Za-z_][\w.]*)\(")
_OPERATORS_MEET = re.compile(r"[-+*/^&=<>,(]\s*[*/^&=,)]|[-+*/^&=<>,]\s*$|\(\s*$|^\s*[*/^&=<>,)]|\)\s*[\w(]")
_FINE = ("(,", ",,", ",)", "()", "<=", ">=", "<>")


def formulas_of_cells(package: Package) -> Iterator[Fault]:
    """The formulas of the cells; of those that differ in numbers alone, as filled down a column, the longest."""
    for sheet, cells in package.cells.items():
        longest: dict[str, tuple[int, str]] = {}
        for address, cell in cells.items():
            if cell.formula:
                shape = _NUMBER.sub("0", cell.formula)
                longest[shape] = max(longest.get(shape, (0, "")), (len(cell.formula), address))
        for _, address in longest.values():
            yield from faults_of(cells[address].formula or "", f"{sheet}!{address}", package.sheet_names)


def formulas_of_rules(package: Package) -> Iterator[Fault]:
    """The formulas of validation and of conditional formats."""
    for sheet in package.sheets:
        for name in ("formula1", "formula2", "formula"):
            for element in sheet.tree.iter(MAIN + name):
                yield from faults_of(element.text or "", f"{sheet.name}, a rule", package.sheet_names)


def faults_of(formula: str, place: str, sheets: list[str]) -> Iterator[Fault]:
    """What is wrong with one formula."""
    yield from (Fault(rule, place, detail) for rule, detail in wrong_anywhere(formula))
    yield from (Fault("sheet that is not there", place, name) for name in quoted_sheets(formula) if name not in sheets)


@lru_cache(maxsize=10_000)  # each fault is planted in a package that is otherwise the same
def wrong_anywhere(formula: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with a formula in whatever workbook: the rule and a detail."""
    return tuple(_wrong(formula))


def _wrong(formula: str) -> Iterator[tuple[str, str]]:
    if formula.startswith("="):
        yield "formula begins with =", ""
    if len(formula) > LONGEST:
        yield "long formula", str(len(formula))
    if any(len(text.replace('""', '"')) > LONGEST_TEXT for text in _TEXT.findall(formula)):
        yield "long text in a formula", ""
    bare = without_texts(formula)
    yield from _brackets(bare)
    for name in _CALL.findall(bare):
        if name not in FUNCTIONS:
            yield "function not of Excel 2010", name
    if "#REF!" in bare or "[" in re.sub(r"\w+\[[^\[\]]*(\[[^\[\]]*\][^\[\]]*)*\]", "", bare):
        yield "reference to nothing or to another file", bare[:60]
    for pair in _OPERATORS_MEET.finditer(_without_sheets(bare)):
        if pair[0].replace(" ", "") not in _FINE:
            yield "operators that meet", pair[0]


def _brackets(bare: str) -> Iterator[tuple[str, str]]:
    open_calls, deepest, most = [0], 0, 0
    for sign in bare:
        if sign == "(":
            open_calls.append(1)
        elif sign == ")" and len(open_calls) > 1:
            open_calls.pop()
        elif sign == ")":
            yield "brackets", ""
            return
        elif sign == ",":
            open_calls[-1] += 1
        deepest, most = max(deepest, len(open_calls) - 1), max(most, open_calls[-1])
    if len(open_calls) > 1:
        yield "brackets", ""
    if deepest > DEEPEST:
        yield "brackets too deep", str(deepest)
    if most > MOST_ARGUMENTS:
        yield "arguments", str(most)


def without_texts(formula: str) -> str:
    """The formula with its texts emptied."""
    return _TEXT.sub('""', formula)


def _without_sheets(bare: str) -> str:
    """The formula without the names of its sheets, which may contain any sign, and without array constants."""
    return re.sub(r"\{[^}]*\}", "0", _SHEET.sub("", bare))


def quoted_sheets(formula: str) -> list[str]:
    """The sheets that a formula names."""
    if "!" not in formula:
        return []
    return [(quoted or plain).replace("''", "'") for quoted, plain in _SHEET.findall(without_texts(formula))]
