"""What a master is made of: plain data that knows nothing of a spreadsheet library. Rows and columns count from 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

Value = str | int | float | Fraction | date | None


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its width in digits, the styles of cells and header (`looks.MASTER_STYLES`)."""

    header: str
    width: float
    style: str = "text"
    header_style: str = "header"


@dataclass(frozen=True)
class Table:
    """A table with one header row, at ``row`` from the sheet's first column.

    ``name`` is how formulas refer to it. Without rows it gets one empty row, or one that holds ``empty`` in the
    column with the index ``empty_at``, since a table of no rows cannot be saved. ``filtered`` puts a button into each
    header, which a page made to be printed does without.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    row: int = 1
    empty: str = ""
    empty_at: int = 0
    filtered: bool = True


@dataclass(frozen=True)
class Cell:
    """One cell outside the tables; ``link`` is a place in this workbook, ``'Data'!F12``."""

    row: int
    col: int
    value: Value
    style: str = "plain"
    link: str = ""


@dataclass(frozen=True)
class Series:
    """One part of each bar: the column that holds its numbers, with its colour; its name stands in the header row."""

    col: int
    colour: str
    ink: str


@dataclass(frozen=True)
class Bars:
    """Stacked bars: a bar for each row of a block whose header row is ``header`` and whose names stand in ``col``."""

    title: str
    description: str
    header: int
    last: int
    col: int
    series: tuple[Series, ...]
    at: tuple[int, int]
    size: tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet. Widths are those of the columns from A on, where no table sets them; heights are points by row.

    ``freeze`` counts the rows and columns that stay in view; ``repeat`` is the row printed on top of every page.
    A sheet prints across as many pages as it needs; ``portrait`` turns it upright, ``one_page`` keeps it on one.
    """

    name: str
    tables: tuple[Table, ...] = ()
    cells: tuple[Cell, ...] = ()
    charts: tuple[Bars, ...] = ()
    widths: tuple[float, ...] = ()
    heights: tuple[tuple[int, float], ...] = ()
    freeze: tuple[int, int] = (0, 0)
    repeat: int = 0
    tab: str = ""
    portrait: bool = False
    one_page: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A workbook: its document title, the day it counts as made on (so that bytes repeat) and its sheets in order."""

    title: str
    made_on: date
    sheets: tuple[Sheet, ...]
