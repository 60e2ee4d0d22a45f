"""What a master is made of: plain data that knows nothing of a spreadsheet library. Rows and columns count from 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Self

from xlkpi.writing.workbook.chart_model import Chart, Sparkline
from xlkpi.writing.workbook.page_setup import PageSetup

PLAIN = PageSetup()


class StyledText(str):
    """A text that looks like a word that the styles know: the contract names it as it likes."""

    __slots__ = ("looks_like",)
    looks_like: str

    def __new__(cls, text: str, looks_like: str) -> Self:
        """Make the text ``text`` with the look of ``looks_like``."""
        styled = super().__new__(cls, text)
        styled.looks_like = looks_like
        return styled

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Say how to make it again from its two parts, so that another process can send it."""
        return type(self), (str(self), self.looks_like)


PlainValue = str | int | float | Fraction | date | None


@dataclass(frozen=True)
class Link:
    """A text that leads to a ``place`` in this workbook (``'Data'!F12``), or to a ``file`` and a place in it.

    ``file`` is a path from the master's folder with ``/`` between its parts (``inbox/x.xlsx``), as it is on the disk:
    it is escaped when it is written. Beyond 65,530 links on a sheet Excel knows no more: from there on, the text alone.
    """

    text: str
    place: str = ""
    file: str = ""


@dataclass(frozen=True)
class Formula:
    """A formula in English and with commas, without its ``=``, and its value: what a reader sees unrecalculated."""

    text: str
    value: PlainValue


Value = PlainValue | Link | Formula


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its width in digits, the styles of cells and header (`looks.MASTER_STYLES`).

    A ``hidden`` one is for charts and formulas.
    """

    header: str
    width: float
    style: str = "text"
    header_style: str = "header"
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """A table with one header row, at ``row`` from the sheet's first column.

    ``name`` is how formulas refer to it. Without rows it gets one empty row, or one that contains ``empty`` in the
    column with the index ``empty_at``, since a table of no rows cannot be saved. ``grouped_by`` is a column (from 1)
    whose change from row to row is drawn as a strong line, also after sorting and filtering. ``filtered`` puts a button
    into each header, which a page made to be printed does without. ``fitted`` counts the height of every row whose text
    wraps; a very long table does without, and leaves it to the program that opens it.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    row: int = 1
    empty: str = ""
    empty_at: int = 0
    filtered: bool = True
    fitted: bool = True
    grouped_by: int = 0


@dataclass(frozen=True)
class Cell:
    """One cell outside the tables; ``link``, short for a value that is a Link, is a place in this workbook."""

    row: int
    col: int
    value: Value
    style: str = "plain"
    link: str = ""


@dataclass(frozen=True)
class EntryRule:
    """What may be typed into ``cells`` (``A2:A90``): one of ``words``, or with none a day or, ``whole``, a count.

    ``source`` is a range that has the words (``=Lists!$A$2:$A$9``), where they are more than a rule can list itself.

    Anything else is asked about, not refused; ``title`` (32 characters) and ``message`` (255) say what belongs there.
    """

    cells: str
    title: str
    message: str
    words: tuple[str, ...] = ()
    whole: bool = False
    source: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet. Widths are those of the columns from A on, where no table sets them; heights are points by row.

    Rows without a height that contain text of several lines get one (`fitting`).
    ``freeze`` counts the rows and columns that stay in view; ``paper`` is how the sheet is printed.
    ``live_words`` are ranges (``N2:N25``) whose cells get the fill of the word that their formula shows.
    """

    name: str
    tables: tuple[Table, ...] = ()
    cells: tuple[Cell, ...] = ()
    charts: tuple[Chart, ...] = ()
    sparklines: tuple[Sparkline, ...] = ()
    widths: tuple[float, ...] = ()
    heights: tuple[tuple[int, float], ...] = ()
    freeze: tuple[int, int] = (0, 0)
    paper: PageSetup = PLAIN
    tab: str = ""
    hidden: bool = False
    live_words: tuple[str, ...] = ()
    rules: tuple[EntryRule, ...] = ()


@dataclass(frozen=True)
class WorkbookPlan:
    """A workbook: its document title, the day it counts as made on (so that bytes repeat) and its sheets in order."""

    title: str
    made_on: date
    sheets: tuple[Sheet, ...]
    author: str = ""
    with_units: bool = False
    """Whether a figure may have another unit than percent: only then does the workbook have the formats for it."""
