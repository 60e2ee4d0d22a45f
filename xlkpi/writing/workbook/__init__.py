"""Our workbooks: sheets of tables, words and charts planned as plain data, written with the help of XlsxWriter."""

from __future__ import annotations

from xlkpi.writing.workbook.chart_model import (
    BarChart,
    BarSeries,
    CellRun,
    Chart,
    ChartLine,
    ColumnChart,
    ColumnSeries,
    LineChart,
    Sparkline,
)
from xlkpi.writing.workbook.page_setup import REPEAT_HEADER, PageSetup
from xlkpi.writing.workbook.quantity import Quantity
from xlkpi.writing.workbook.render import render_workbook
from xlkpi.writing.workbook.row_heights import height_of_text
from xlkpi.writing.workbook.skeleton import load_writer
from xlkpi.writing.workbook.workbook_plan import (
    Cell,
    Column,
    EntryRule,
    Formula,
    Link,
    PlainValue,
    Sheet,
    StyledText,
    Table,
    Value,
    WorkbookPlan,
)

__all__ = [
    "REPEAT_HEADER",
    "BarChart",
    "BarSeries",
    "Cell",
    "CellRun",
    "Chart",
    "ChartLine",
    "Column",
    "ColumnChart",
    "ColumnSeries",
    "EntryRule",
    "Formula",
    "LineChart",
    "Link",
    "PageSetup",
    "PlainValue",
    "Quantity",
    "Sheet",
    "Sparkline",
    "StyledText",
    "Table",
    "Value",
    "WorkbookPlan",
    "height_of_text",
    "load_writer",
    "render_workbook",
]
