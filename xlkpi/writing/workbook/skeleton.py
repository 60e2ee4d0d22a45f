"""A workbook without its cells, made by XlsxWriter: styles, columns, tables, charts, sparklines and print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from xlkpi.catalogue.load import load_terms
from xlkpi.layout.styles import LINE, NAVY
from xlkpi.ooxml.addresses import cell_address
from xlkpi.writing.remembered_formulas import remember_formulas
from xlkpi.writing.workbook.chart_values import ChartValues
from xlkpi.writing.workbook.charts import insert_chart, insert_sparklines
from xlkpi.writing.workbook.conditional_formats import Fills, add_live
from xlkpi.writing.workbook.page_setup import set_up
from xlkpi.writing.workbook.row_heights import ONE_LINE, fitted
from xlkpi.writing.workbook.sheet_xml import last_row
from xlkpi.writing.workbook.workbook_plan import Sheet, Table, WorkbookPlan
from xlkpi.writing.xlsxwriter_strict import check_status, raise_warnings

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from xlkpi.writing.unpacked_workbook import Parts


def load_writer() -> None:
    """Load what a workbook is written with, where there is time for it."""
    import xlkpi.writing.unpacked_workbook  # noqa: F401, PLC0415 - as in shell_of


def shell_of(book: WorkbookPlan, sheets: Sequence[Sheet]) -> Parts:
    """Every part of the workbook, without its cells and their looks (`look_styles`).

    Raises PlanError where the plan contains what a workbook cannot, such as two tables of one name.
    """
    from xlkpi.writing.unpacked_workbook import UnpackedWorkbook  # noqa: PLC0415 - 85 ms for those who write nothing

    values = ChartValues(sheets)
    with raise_warnings():
        out = UnpackedWorkbook()
        made_on = datetime.combine(book.made_on, time())
        out.set_properties(
            {
                "title": book.title,
                "author": book.author or load_terms().words.council,
                "company": "xlkpi",
                "created": made_on,
            }
        )
        # all four edges: LibreOffice takes the other three away where a rule names only one
        group_edge = out.add_format({"border": 1, "border_color": LINE, "top_color": NAVY})
        fills = Fills(out)
        for sheet in sheets:
            page = out.add_worksheet(sheet.name)
            remember_formulas(page)
            _columns(page, sheet)
            for table in sheet.tables:
                _table(page, table, group_edge)
            _quiet_marks(page, sheet)
            for chart in sheet.charts:
                insert_chart(out, page, sheet.name, chart, values)
            insert_sparklines(page, sheet.name, sheet.sparklines)
            add_live(page, sheet, fills)
            _set_up(page, sheet, book.title)
        check_status(out.worksheets()[0].write_string(0, 0, "-"))  # so that there's a table of texts
        return out.take_parts()


def _columns(out: Worksheet, sheet: Sheet) -> None:
    widths = sheet.widths or tuple(column.width for table in sheet.tables[:1] for column in table.columns)
    hidden = {col for table in sheet.tables for col, column in enumerate(table.columns) if column.hidden}
    for number, width in enumerate(widths):
        check_status(out.set_column(number, number, width, None, {"hidden": number in hidden}))
    if all(table.fitted for table in sheet.tables):  # else a program finds out itself how high each row must be
        out.set_default_row(ONE_LINE)
    for row, height in fitted(sheet).heights if sheet.charts else ():
        check_status(out.set_row(row - 1, height))  # a chart's lower edge is counted from the rows it is on


def _table(out: Worksheet, table: Table, group_edge: object) -> None:
    """The table as if it had one row: XlsxWriter walks through every cell of a table; `weave` says how long it is."""
    last, width = last_row(table), len(table.columns)
    headers = [{"header": column.header} for column in table.columns]
    options = {"name": table.name, "style": None, "autofilter": table.filtered, "columns": headers}
    check_status(out.add_table(table.row - 1, 0, table.row, width - 1, options))
    if table.grouped_by:
        here, above = (cell_address(row, table.grouped_by) for row in (table.row + 1, table.row))
        rule = {"type": "formula", "criteria": f"=${here}<>${above}", "format": group_edge}
        check_status(out.conditional_format(table.row, 0, last - 1, width - 1, rule))


def _quiet_marks(out: Worksheet, sheet: Sheet) -> None:
    """Leave out the green triangles: our texts of digits are meant so, and so are formulas that differ along a row."""
    areas = [f"A{table.row}:{cell_address(last_row(table), len(table.columns))}" for table in sheet.tables]
    if areas:
        out.ignore_errors({"number_stored_as_text": " ".join(areas), "formula_differs": " ".join(areas)})


def _set_up(out: Worksheet, sheet: Sheet, title: str) -> None:
    if sheet.freeze != (0, 0):
        out.freeze_panes(*sheet.freeze)
    if sheet.hidden:
        out.hide()
    widest = max((len(sheet.widths), *(len(table.columns) for table in sheet.tables)))
    longest = max((1, *(last_row(table) for table in sheet.tables)))
    set_up(out, sheet.paper, title, (longest, widest))
    if sheet.tab:
        out.set_tab_color(sheet.tab)
    out.hide_gridlines(2)
