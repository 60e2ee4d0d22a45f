"""What a master draws: charts and sparklines as plain data. Rows and columns count from 1, sizes are pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CellRun:
    """Cells in one column or one row, from ``first`` to ``last`` (row, column); no ``sheet``: the chart's own.

    An empty cell is a gap in a line and no column; hidden rows and columns are still drawn.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    sheet: str = ""


@dataclass(frozen=True)
class BarSeries:
    """One part of each bar: the column with its numbers, and its colour; its name is in the header row."""

    col: int
    colour: str
    ink: str


@dataclass(frozen=True)
class BarChart:
    """Stacked bars: a bar for each row of a block whose header row is ``header`` and whose names are in ``col``."""

    title: str
    description: str
    header: int
    last: int
    col: int
    series: tuple[BarSeries, ...]
    at: tuple[int, int]
    size: tuple[int, int]


@dataclass(frozen=True)
class ChartLine:
    """One line of a chart. ``dash`` and ``marker`` distinguish it without colour; no marker: a band's edge.

    ``dash`` is solid, dash, round_dot, long_dash or dash_dot; ``marker`` circle, diamond, square, triangle, x or none.
    """

    name: str
    values: CellRun
    colour: str
    dash: str = "solid"
    marker: str = "circle"
    width: float = 2.25


@dataclass(frozen=True)
class LineChart:
    """Lines over periods, the axis from ``low`` to ``high`` (None: as the numbers need) in the format ``numbers``.

    ``description`` is read out by a screen reader. ``small`` is for many side by side: smaller type, fewer labels.
    """

    title: str
    description: str
    categories: CellRun
    lines: tuple[ChartLine, ...]
    at: tuple[int, int]
    size: tuple[int, int] = (480, 280)
    low: float | None = 0
    high: float | None = 1
    numbers: str = "0%"
    legend: bool = True
    small: bool = False


@dataclass(frozen=True)
class ColumnSeries:
    """One series of columns: its name, its numbers, the colour of its columns and the ink of the numbers in them."""

    name: str
    values: CellRun
    colour: str
    ink: str


@dataclass(frozen=True)
class ColumnChart:
    """Columns side by side or, ``stacked``, upon each other, each with its number in the format ``numbers``."""

    title: str
    description: str
    categories: CellRun
    parts: tuple[ColumnSeries, ...]
    at: tuple[int, int]
    size: tuple[int, int] = (480, 280)
    stacked: bool = False
    numbers: str = "0;−0;"
    legend: bool = True


Chart = BarChart | LineChart | ColumnChart


@dataclass(frozen=True)
class Sparkline:
    """Small columns within one cell, or with ``line`` a small line; the last period in a colour of its own.

    LibreOffice shows both and prints columns only. ``low`` and ``high`` are the axis (None: its own).
    """

    row: int
    col: int
    values: CellRun
    low: float | None = 0
    high: float | None = 1
    line: bool = False
