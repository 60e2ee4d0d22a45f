"""Formulas prepared by XlsxWriter once for each text.

It searches every formula for each of 130 function names, which took two thirds of the time in which a return is
written. The returns of a period have the same formulas, row for row.
"""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def remember_formulas(sheet: Worksheet) -> None:
    """Let a sheet take a formula that was prepared before, for this workbook or another, as it was then."""
    future: bool = sheet.use_future_functions

    def prepare(formula: str, expand_future_functions: bool = False) -> str:
        return _prepared(formula, future, expand_future_functions)

    sheet._prepare_formula = prepare  # there is no public way in; a test compares what both give


@lru_cache(maxsize=8_192)
def _prepared(formula: str, future: bool, expand: bool) -> str:
    from xlsxwriter import worksheet  # noqa: PLC0415 - loaded with the sheet that asks

    settings = SimpleNamespace(use_future_functions=future)
    prepared: str = worksheet.Worksheet._prepare_formula(settings, formula, expand)
    return prepared
