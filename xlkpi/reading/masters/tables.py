"""A table found by its headers, wherever somebody has moved, sorted or filtered it to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from xlkpi.ooxml.addresses import column_number

if TYPE_CHECKING:
    from xlkpi.ooxml.model import CellValue, RawSheet

DEEPEST_HEADER = 30
"""Rows from the top in which a header row is looked for; people write titles above a table."""


@dataclass(frozen=True)
class TableRow:
    """One row of a table: the number of its row on the sheet, and its cells by header; an empty cell is not there."""

    row: int
    cells: Mapping[str, CellValue]

    def text(self, header: str) -> str:
        """A cell as text, without the spaces around it; a whole number without its point, an empty cell as ""."""
        value = self.cells.get(header)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def value(self, header: str) -> float | str | bool | None:
        """A cell's number, text or truth value, unchanged; None for an empty cell and for a date."""
        value = self.cells.get(header)
        return None if isinstance(value, datetime) else value

    def day(self, header: str) -> date | None:
        """A cell's date; None where it contains anything else."""
        value = self.cells.get(header)
        return value.date() if isinstance(value, datetime) else None


def table_rows(sheet: RawSheet, headers: Collection[str]) -> Iterator[TableRow] | None:
    """Find the rows below the first row that contains all these headers; None where no row does.

    Columns may be in any order, with others between them, and are given by their header. Empty rows are passed
    over. Hidden rows and columns are read like all others: a filter takes nothing away.
    """
    cells: defaultdict[str, dict[str, CellValue]] = defaultdict(dict)
    for ref, value in sheet.values():
        letters = ref.rstrip("0123456789")
        cells[ref[len(letters) :]][letters] = value
    rows = {int(number): row for number, row in cells.items()}
    for number in sorted(rows)[:DEEPEST_HEADER]:
        in_order = sorted(rows[number], key=column_number, reverse=True)
        columns = {str(rows[number][letters]).strip(): letters for letters in in_order}
        if columns.keys() >= set(headers):
            return _below(rows, number, columns)
    return None


def _below(rows: Mapping[int, Mapping[str, CellValue]], header: int, columns: Mapping[str, str]) -> Iterator[TableRow]:
    for number in sorted(rows):
        if number > header:
            row = rows[number]
            values = {name: row[letters] for name, letters in columns.items() if letters in row}
            if values:
                yield TableRow(number, values)
