"""IronCalc, a second spreadsheet engine that shares no code with LibreOffice: recalculates our formulas.

    values = recalculate("return.xlsx")
    assert values["All lots", "H9"] == "Green"

    book = Ironbook("return.xlsx")               # for many inputs: load once, change, calculate, look
    book.set(*book.named("KPI_S1.x"), 12)
    book.calculate()
    assert book.get(*book.named("KPI_S1.rag")) == "Amber"

It computes some constructs otherwise than Excel does (test_engine_facts.py keeps the list): formulas that
both engines are to judge stay clear of those.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tests.judge.libreoffice_files import MissingTool

Value = float | str | bool | None
"""What a cell holds; an error value is its text, as "#DIV/0!"."""

Place = tuple[str, str]
"""Sheet and cell, as ("All lots", "F9")."""

_NAMED_CELL = re.compile(r"'?(.+?)'?!\$?([A-Z]+)\$?(\d+)")


def _import_ironcalc() -> Any:
    try:
        import ironcalc
    except ImportError as problem:
        raise MissingTool("ironcalc is not installed; pip install ironcalc") from problem
    return ironcalc


def column_letters(column: int) -> str:
    """A, B … Z, AA for 1, 2 … 26, 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def row_and_column(ref: str) -> tuple[int, int]:
    """(9, 6) for "F9"."""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", ref).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


class Ironbook:
    """A workbook in IronCalc, every formula calculated afresh on loading.

    Raises MissingTool without ironcalc, and OSError or ironcalc's WorkbookError for a file it cannot load.
    """

    def __init__(self, path: Path | str) -> None:
        engine = _import_ironcalc()
        self.model = engine.load_from_xlsx(str(Path(path).resolve(strict=True)))
        self.sheets = tuple(sheet["name"] for sheet in self.model.get_worksheets_properties())
        self.calculate()

    def calculate(self) -> None:
        """Calculate everything; changes show only then."""
        self.model.evaluate()

    def named(self, name: str) -> Place:
        """Where a defined name of the whole workbook points; LookupError when it is no single cell."""
        try:
            return self._places[name.lower()]
        except KeyError:
            raise LookupError(f"{name} names no cell") from None

    @cached_property
    def _places(self) -> dict[str, Place]:
        """The cells by name in small letters, looked up once: nobody changes names here."""
        places: dict[str, Place] = {}
        for name in self.model.get_defined_name_list():
            match = _NAMED_CELL.fullmatch(name["formula"].lstrip("="))
            if name["scope"] is None and match:
                places.setdefault(name["name"].lower(), (match[1].replace("''", "'"), match[2] + match[3]))
        return places

    def _at(self, sheet: str, ref: str) -> tuple[int, int, int]:
        return (self.sheets.index(sheet), *row_and_column(ref))

    def get(self, sheet: str, ref: str) -> Value:
        """The value as of the last calculation; None for an empty cell."""
        value: Value = self.model.get_cell_value(*self._at(sheet, ref))
        return value

    def formula(self, sheet: str, ref: str) -> str | None:
        """The formula as IronCalc understood it ("=…", @ where it takes one cell of a range), or None."""
        formula: str | None = self.model.get_cell_formula(*self._at(sheet, ref))
        return formula

    def set(self, sheet: str, ref: str, value: Value) -> None:
        """Put a value ("=…" is a formula, None empties the cell) past protection and validation."""
        at = self._at(sheet, ref)
        if value is None:
            self.model.clear_cell_contents(*at)
        elif isinstance(value, bool):
            self.model.update_cell_with_bool(*at, value)
        elif isinstance(value, int | float):
            self.model.update_cell_with_number(*at, float(value))
        elif value.startswith("="):
            self.model.update_cell_with_formula(*at, value)
        else:
            self.model.update_cell_with_text(*at, value)

    def values(self) -> dict[Place, Value]:
        """Every cell that holds something."""
        results: dict[Place, Value] = {}
        for sheet, row, column in self.model.get_all_cells():
            value = self.model.get_cell_value(sheet, row, column)
            if value is not None:
                results[self.sheets[sheet], f"{column_letters(column)}{row}"] = value
        return results


def recalculate(path: Path | str, changes: Mapping[Place, Value] | None = None) -> dict[Place, Value]:
    """The workbook's values with every formula calculated afresh, after `changes` to its inputs if any."""
    book = Ironbook(path)
    for (sheet, ref), value in (changes or {}).items():
        book.set(sheet, ref, value)
    if changes:
        book.calculate()
    return book.values()
