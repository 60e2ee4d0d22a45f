"""Master workbooks: sheets of tables, words and charts planned as plain data, written with the help of XlsxWriter."""

from __future__ import annotations

from xlkpi.writing.workbook.chart_model import Bars, Chart, Columns, Line, Lines, Part, Run, Series, Sparkline
from xlkpi.writing.workbook.model import Book, Cell, Column, Formula, Link, Plain, Rule, Sheet, Table, Value
from xlkpi.writing.workbook.page_setup import HEADED, Paper
from xlkpi.writing.workbook.row_heights import height_of_text
from xlkpi.writing.workbook.skeleton import make_ready
from xlkpi.writing.workbook.writer import master_bytes

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
