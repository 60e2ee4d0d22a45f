"""The workbooks that providers get, and what stands in their packages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from tests.evidence import some
from tests.judge.real_returns import ANOTHER, CODES, EVERYTHING, stamped

PERIODS = tuple(f"2026-27 Q{quarter}" for quarter in (1, 2, 3, 4))
LAST_TIME = {code: (3, 7 + number) for number, code in enumerate(CODES)}
LONGEST_NAME = replace(EVERYTHING, name="The East Kent Day Opportunities and Supported Employment Trust CIC")

KINDS: Mapping[str, tuple[Any, str, Mapping[str, Any]]] = {
    "everything, Q4": (EVERYTHING, "2026-27 Q4", {}),
    "everything, Q1": (EVERYTHING, "2026-27 Q1", {}),
    "everything, Q2, last time known": (EVERYTHING, "2026-27 Q2", {"previous": LAST_TIME}),
    "everything, Q3, as written": (EVERYTHING, "2026-27 Q3", {"as_written": CODES}),
    "one lot, Q4": (ANOTHER, "2026-27 Q4", {}),
    "one lot, Q1": (ANOTHER, "2026-27 Q1", {}),
    "a long name, Q2": (LONGEST_NAME, "2026-27 Q2", {}),
}
"""The kinds of return that promises are judged on, by a name for the test's id."""


@cache
def built(kind: str) -> bytes:
    """The workbook of one kind, stamped as `xlkpi build` does."""
    provider, period, options = KINDS[kind]
    return stamped(provider, period, **options)


@lru_cache(maxsize=16)
def opened(data: bytes, **options: Any) -> Any:
    """A workbook in openpyxl, to look at and not to change: the promises share it."""
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of the package, unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in some(package.namelist())}


def place(book: Any, name: str) -> tuple[str, str]:
    """Sheet and cell of a defined name."""
    ((sheet, ref),) = book.defined_names[name].destinations
    return sheet, ref.replace("$", "")


def visible(book: Any) -> list[Any]:
    """The sheets that a person sees."""
    return some(sheet for sheet in book if sheet.sheet_state == "visible")


def hidden_columns(sheet: Any) -> set[str]:
    """Letters of the hidden columns; a file may describe several columns at once."""
    spans = [(column.min, column.max) for column in sheet.column_dimensions.values() if column.hidden]
    return {get_column_letter(number) for first, last in spans for number in range(first, last + 1)}


def formulas(book: Any) -> Iterator[tuple[str, str]]:
    """Every formula of a workbook with where it stands: cells, conditional formats, rules and names."""
    for sheet in book:
        for row in sheet:
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", cell.value
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                yield from ((f"{sheet.title}!{area.sqref}", text) for text in rule.formula)
        for rule in sheet.data_validations.dataValidation:
            yield from ((f"{sheet.title}!{rule.sqref}", text) for text in (rule.formula1, rule.formula2) if text)
    yield from ((name, defined_name.value) for name, defined_name in book.defined_names.items())


def without_texts(formula: str) -> str:
    """A formula with every text literal emptied."""
    return re.sub(r'"(?:[^"]|"")*"', '""', formula)
