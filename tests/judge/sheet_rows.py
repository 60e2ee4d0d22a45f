"""The cells of one sheet as openpyxl reads them, without loading what stands beside it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl


def sheet_rows(path: Path, sheet: str, **options: Any) -> list[tuple[Any, ...]]:
    """The rows of a sheet: values, or formulas as they are written unless `data_only` is given."""
    with closing(openpyxl.load_workbook(path, read_only=True, **options)) as book:
        return list(book[sheet].iter_rows(values_only=True))
