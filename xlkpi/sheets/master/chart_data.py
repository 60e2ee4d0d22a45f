"""The figures behind the charts: blocks of rows whose header names the due periods they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from xlkpi.consolidation.series import IndicatorSeries
from xlkpi.core.bands import Bands
from xlkpi.core.period import Period
from xlkpi.writing.workbook.chart_model import CellRun
from xlkpi.writing.workbook.model import Cell, Value

FIRST_COL = 3
"""The column of the first period; before it stand whose figures they are, and the indicator or the line."""


def band_edges(bands: Bands) -> tuple[Fraction, Fraction]:
    """Where Green begins and where Red begins, as shares."""
    green = bands.green.high if bands.green.low is None else bands.green.low
    red = bands.red.high if bands.red.low is None else bands.red.low
    return Fraction(green or 0, 100), Fraction(red or 0, 100)


HEADER_HEIGHT = 28.0
"""Points of a header of two lines."""


@dataclass
class ChartDataArea:
    """A growing area of figures from ``row`` on; each line added gets its place, which charts refer to."""

    row: int
    cells: list[Cell] = field(default_factory=list)
    heights: list[tuple[int, float]] = field(default_factory=list)

    def title(self, text: str) -> None:
        """A heading above what follows."""
        self.cells.append(Cell(self.row, 1, text, "heading"))
        self.heights.append((self.row, 20.0))
        self.row += 1

    def header(self, labels: tuple[str, str], periods: Sequence[Period]) -> CellRun:
        """A header row; returns the cells with the periods' names."""
        words = [str(period).replace(" ", "\n") for period in periods]
        for col, text in enumerate((*labels, *words), start=1):
            self.cells.append(Cell(self.row, col, text, "header" if col == 1 else "header centre"))
        self.heights.append((self.row, HEADER_HEIGHT))
        return self._done(len(periods))

    def line(self, labels: tuple[str, str], values: Sequence[Value]) -> CellRun:
        """A row of figures; returns their cells."""
        self.cells.append(Cell(self.row, 1, labels[0], "line"))
        self.cells.append(Cell(self.row, 2, labels[1], "centre"))
        self.cells += [Cell(self.row, col, value, "share") for col, value in enumerate(values, start=FIRST_COL)]
        return self._done(len(values))

    def _done(self, count: int) -> CellRun:
        row, self.row = self.row, self.row + 1
        return CellRun((row, FIRST_COL), (row, FIRST_COL + count - 1))


def outturns(path: IndicatorSeries, periods: Sequence[Period]) -> list[Fraction | None]:
    """A path's outturn in each period, None where there is none: a gap in the line."""
    found = {figure.period: figure.assessed.outturn for figure in path.points}
    return [found.get(period) for period in periods]


def by_periods(
    paths: Sequence[tuple[IndicatorSeries, tuple[Period, ...]]],
) -> Iterator[tuple[tuple[Period, ...], list[IndicatorSeries]]]:
    """Paths grouped by the due periods they share, in the order in which the groups are first met."""
    groups: dict[tuple[Period, ...], list[IndicatorSeries]] = {}
    for path, periods in paths:
        groups.setdefault(periods, []).append(path)
    yield from groups.items()
