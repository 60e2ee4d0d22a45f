"""The content of a run of cells of the plan: a chart carries its numbers along, for readers that don't look them up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from xlkpi.errors import PlanError
from xlkpi.writing.workbook.cell_xml import spelt_number
from xlkpi.writing.workbook.chart_model import CellRun
from xlkpi.writing.workbook.sheet_xml import body_of, last_row
from xlkpi.writing.workbook.workbook_plan import Formula, Link, PlainValue, Sheet, Value


class ChartValues:
    """The planned values of all sheets by place."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        """Look into these sheets."""
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._loose: dict[str, dict[tuple[int, int], Value]] = {}

    def numbers(self, run: CellRun, sheet: str) -> list[str | None]:
        """The numbers in a run, as their cells spell them; None where there is none."""
        return [_number(value) for value in self._of(run, sheet)]

    def texts(self, run: CellRun, sheet: str) -> list[str]:
        """The texts in a run; empty where there is none."""
        return ["" if value is None else str(value) for value in self._of(run, sheet)]

    def _of(self, run: CellRun, sheet: str) -> list[PlainValue]:
        (first, left), (last, right) = run.first, run.last
        name = run.sheet or sheet
        if name not in self._sheets:
            message = f"A chart on {sheet} draws cells of {name}, a sheet that isn't there"
            raise PlanError(message)
        return [self._at(name, row, col) for row in range(first, last + 1) for col in range(left, right + 1)]

    def _at(self, name: str, row: int, col: int) -> PlainValue:
        sheet = self._sheets[name]
        if name not in self._loose:
            self._loose[name] = {(cell.row, cell.col): cell.value for cell in sheet.cells}
        value = self._loose[name].get((row, col))
        for table in sheet.tables:
            if value is None and table.row <= row <= last_row(table) and col <= len(table.columns):
                header = row == table.row
                value = table.columns[col - 1].header if header else body_of(table)[row - table.row - 1][col - 1]
        return value.text if isinstance(value, Link) else value.value if isinstance(value, Formula) else value


def _number(value: PlainValue) -> str | None:
    return spelt_number(value) if isinstance(value, int | float | Fraction | date) else None
