"""Registers made by hand, for the tests to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADER = "provider_id,provider,type,lots,transport,contract_start,contract_value,email,contact_1"


def csv_of(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "register.csv"
    path.write_bytes("\r\n".join((header, *rows, "")).encode(encoding))
    return path


def xlsx_of(folder: Path, *rows: Sequence[object], name: str = "register.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name
