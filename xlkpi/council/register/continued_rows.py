"""Rows of a register that leave the provider's cells empty, because the row above names it already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlkpi.core.lot import fold_name
from xlkpi.council.lists.faults import Fault, place
from xlkpi.council.lists.reader import ListedRow
from xlkpi.findings import Severity

_PROVIDER_COLUMNS = ("provider_id", "provider")
_LOTS = ("lots", "transport")


@dataclass(frozen=True)
class NamedRow:
    """A row with a provider_id, or one that continues such a row, with its filled cells by column."""

    listed: ListedRow
    cells: Mapping[str, str]

    @property
    def provider_cells(self) -> Mapping[str, str]:
        """Give the cells that name the provider."""
        return {column: self.cells[column] for column in _PROVIDER_COLUMNS if column in self.cells}

    def is_continued_by(self, listed: ListedRow, cells: Mapping[str, str]) -> bool:
        """Tell whether the next row adds lots to this one: on the same sheet, without a number or another name."""
        if listed.fault or listed.sheet != self.listed.sheet or "provider_id" in cells:
            return False
        name = fold_name(cells.get("provider", ""))
        return any(column in cells for column in _LOTS) and name in ("", fold_name(self.cells.get("provider", "")))

    def note_continuation(self, listed: ListedRow) -> Fault:
        """Ask about a row that continues this one: its provider is a guess that nobody wrote down."""
        cell = listed.cell("provider_id")
        message = (
            f"{place(listed.row, 'provider_id', cell, listed.sheet)} is empty. The row is read as more lots of"
            f" {self.cells['provider_id']}, the provider above; enter its number."
        )
        return Fault(listed.row, "provider_id", message, Severity.QUERY, cell, listed.sheet)
