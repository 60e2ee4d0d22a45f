"""Master workbooks: sheets of tables, words and charts planned as plain data, written with the help of XlsxWriter."""

from __future__ import annotations

from xlkpi.writing.master.book import master_bytes
from xlkpi.writing.master.drawn import Bars, Chart, Columns, Line, Lines, Part, Run, Series, Sparkline
from xlkpi.writing.master.fitting import height_of_text
from xlkpi.writing.master.model import Book, Cell, Column, Formula, Link, Plain, Rule, Sheet, Table, Value
from xlkpi.writing.master.paper import HEADED, Paper
from xlkpi.writing.master.shell import make_ready

__all__ = [
    "HEADED",
    "Bars",
    "Book",
    "Cell",
    "Chart",
    "Column",
    "Columns",
    "Formula",
    "Line",
    "Lines",
    "Link",
    "Paper",
    "Part",
    "Plain",
    "Rule",
    "Run",
    "Series",
    "Sheet",
    "Sparkline",
    "Table",
    "Value",
    "height_of_text",
    "make_ready",
    "master_bytes",
]
