"""The figures behind the charts: blocks of rows whose header names the due periods they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlkpi.core.period import Period
from xlkpi.writing.workbook.chart_model import CellRun
from xlkpi.writing.workbook.workbook_plan import Cell, Value

FIRST_COL = 3
"""The column of the first period; the two before it say whose figures they are and of which indicator or line."""

HEADER_HEIGHT = 28.0
"""Points of a header of two lines."""


@dataclass
class ChartDataArea:
    """A growing area of figures from ``row`` on; each line added returns its cells, which charts refer to."""

    row: int
    cells: list[Cell] = field(default_factory=list)
    heights: list[tuple[int, float]] = field(default_factory=list)

    def title(self, text: str) -> None:
        """Add a heading above what follows."""
        self.cells.append(Cell(self.row, 1, text, "heading"))
        self.heights.append((self.row, 20.0))
        self.row += 1

    def header(self, labels: tuple[str, str], periods: Sequence[Period]) -> CellRun:
        """Add a header row; return the cells with the periods' names."""
        words = [str(period).replace(" ", "\n") for period in periods]
        for col, text in enumerate((*labels, *words), start=1):
            self.cells.append(Cell(self.row, col, text, "header" if col == 1 else "header centre"))
        self.heights.append((self.row, HEADER_HEIGHT))
        return self._next_row(len(periods))

    def line(self, labels: tuple[str, str], values: Sequence[Value]) -> CellRun:
        """Add a row of figures; return their cells."""
        self.cells.append(Cell(self.row, 1, labels[0], "line"))
        self.cells.append(Cell(self.row, 2, labels[1], "centre"))
        self.cells += [Cell(self.row, col, value, "share") for col, value in enumerate(values, start=FIRST_COL)]
        return self._next_row(len(values))

    def _next_row(self, count: int) -> CellRun:
        row, self.row = self.row, self.row + 1
        return CellRun((row, FIRST_COL), (row, FIRST_COL + count - 1))
