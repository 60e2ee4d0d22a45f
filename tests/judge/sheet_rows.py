"""The cells of one sheet as openpyxl reads them, without loading what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl


def sheet_rows(path: Path, sheet: str, **options: Any) -> list[tuple[Any, ...]]:
    """The rows of a sheet: values, or formulas as they are written unless `data_only` is given."""
    return sheets_rows(path, (sheet,), **options)[sheet]


def sheets_rows(path: Path, sheets: Iterable[str], **options: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of some sheets by their names, from one reading of what they share."""
    with closing(openpyxl.load_workbook(path, read_only=True, **options)) as book:
        return {sheet: list(book[sheet].iter_rows(values_only=True)) for sheet in sheets}
