"""A table found by its headers, wherever somebody has moved, sorted or filtered it to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from xlkpi.ooxml.addresses import column_number

if TYPE_CHECKING:
    from xlkpi.ooxml.model import CellValue, RawCell, RawSheet

DEEPEST_HEADER = 30
"""Rows from the top in which a header row is looked for; people write titles above a table."""


@dataclass(frozen=True)
class TableRow:
    """One row of a table: the number of its row on the sheet, and its cells by header; an empty cell is not there."""

    row: int
    cells: Mapping[str, RawCell]

    def text(self, header: str) -> str:
        """A cell as text, without the spaces around it; a whole number without its point, an empty cell as ""."""
        value = self._value(header)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def value(self, header: str) -> float | str | bool | None:
        """A cell's number, text or truth value, unchanged; None for an empty cell and for a date."""
        value = self._value(header)
        return None if isinstance(value, datetime) else value

    def day(self, header: str) -> date | None:
        """A cell's date; None where it contains anything else."""
        value = self._value(header)
        return value.date() if isinstance(value, datetime) else None

    def _value(self, header: str) -> CellValue:
        cell = self.cells.get(header)
        return cell.value if cell else None


def table_rows(sheet: RawSheet, headers: Collection[str]) -> Iterator[TableRow] | None:
    """Find the rows below the first row that contains all these headers; None where no row does.

    Columns may be in any order, with others between them, and are given by their header. Empty rows are passed
    over. Hidden rows and columns are read like all others: a filter takes nothing away.
    """
    rows: dict[int, dict[int, RawCell]] = {}
    for cell in sheet.cells():
        letters = cell.ref.rstrip("0123456789")
        rows.setdefault(int(cell.ref[len(letters) :]), {})[column_number(letters)] = cell
    for number in sorted(rows)[:DEEPEST_HEADER]:
        columns = {str(cell.value).strip(): col for col, cell in reversed(rows[number].items())}
        if columns.keys() >= set(headers):
            return _below(rows, number, columns)
    return None


def _below(rows: Mapping[int, Mapping[int, RawCell]], header: int, columns: Mapping[str, int]) -> Iterator[TableRow]:
    for number in sorted(rows):
        if number > header:
            row = rows[number]
            values = {name: row[col] for name, col in columns.items() if col in row}
            if values:
                yield TableRow(number, values)
