"""A planned master as an .xlsx file, left open to sort and filter; the same bytes for the same plan."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from xlkpi.writing.finish import finish
from xlkpi.writing.master.cells import Pen
from xlkpi.writing.master.chart import insert_chart, insert_sparkline
from xlkpi.writing.master.looks import Looks
from xlkpi.writing.master.model import Book, Link, Rule, Sheet, Table
from xlkpi.writing.strict import done, strictly

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
MOST_ROWS = 1_048_576
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "max_url_length": 255,
}


def master_bytes(book: Book, *, most_rows: int = MOST_ROWS) -> bytes:
    """Write a plan. All text is written as text, whatever it begins with; formulas there are none.

    A table longer than a sheet goes on in further sheets (``Data (2)``); ``most_rows`` is how many rows a sheet has.
    Raises PlanError where the plan holds what a workbook cannot, such as two tables of one name.
    """
    import xlsxwriter  # noqa: PLC0415 - 85 ms that commands which write nothing should not pay

    target = io.BytesIO()
    with strictly():
        out = xlsxwriter.Workbook(target, OPTIONS)
        made_on = datetime.combine(book.made_on, time())
        out.set_properties(
            {"title": book.title, "author": "Kent County Council", "company": "xlkpi", "created": made_on}
        )
        looks = Looks(out)
        for sheet in (part for whole in book.sheets for part in _parts(whole, most_rows)):
            _write_sheet(out, sheet, looks, book.title)
        out.close()
    return finish(target.getvalue(), lock=False)


def _parts(sheet: Sheet, most_rows: int) -> Iterator[Sheet]:
    """The sheet, cut into as many as its table needs; only a sheet that is a single table from A1 is ever cut."""
    room = most_rows - 1
    if len(sheet.tables) != 1 or sheet.tables[0].row != 1 or len(sheet.tables[0].rows) <= room:
        yield sheet
        return
    table = sheet.tables[0]
    for number, start in enumerate(range(0, len(table.rows), room), start=1):
        more = "" if number == 1 else f"_{number}"
        part = replace(table, name=table.name + more, rows=table.rows[start : start + room])
        yield replace(sheet, name=sheet.name if number == 1 else f"{sheet.name} ({number})", tables=(part,))


def _write_sheet(book: Workbook, sheet: Sheet, looks: Looks, title: str) -> None:
    out = book.add_worksheet(sheet.name)
    hidden = {col for table in sheet.tables for col, column in enumerate(table.columns) if column.hidden}
    for number, width in enumerate(_widths(sheet)):
        done(out.set_column(number, number, width, None, {"hidden": number in hidden}))
    for row, height in sheet.heights:
        done(out.set_row(row - 1, height))
    pen = Pen(out, looks)
    for table in sheet.tables:
        _write_table(out, table, looks, pen)
    for cell in sheet.cells:
        pen.put(cell.row, cell.col, Link(str(cell.value), cell.link) if cell.link else cell.value, cell.style)
    for chart in sheet.charts:
        insert_chart(book, out, sheet.name, chart)
    for line in sheet.sparklines:
        insert_sparkline(out, sheet.name, line)
    for cells in sheet.live_words:
        for word, look in looks.live():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
            done(out.conditional_format(cells, rule))
    for given in sheet.rules:
        done(out.data_validation(given.cells, _validation(given)))
    _set_up(out, sheet, title)


def _validation(given: Rule) -> dict[str, object]:
    words = {"error_title": given.title, "error_message": given.message, "error_type": "warning"}
    if given.words:
        return {"validate": "list", "source": list(given.words), **words}
    if given.whole:
        return {"validate": "integer", "criteria": ">=", "value": 0, **words}
    days = {"minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)}
    return {"validate": "date", "criteria": "between", **days, **words}


def _widths(sheet: Sheet) -> tuple[float, ...]:
    return sheet.widths or tuple(column.width for table in sheet.tables[:1] for column in table.columns)


def _write_table(out: Worksheet, table: Table, looks: Looks, pen: Pen) -> None:
    rows = table.rows or [[table.empty if at == table.empty_at else None for at in range(len(table.columns))]]
    styles = [column.style for column in table.columns]
    for number, row in enumerate(rows, start=table.row + 1):
        for col, (value, style) in enumerate(zip(row, styles, strict=True), start=1):
            pen.put(number, col, value, style)
    header = looks.of("header")
    options = {
        "name": table.name,
        "style": None,
        "columns": [{"header": column.header, "header_format": header} for column in table.columns],
    }
    last = table.row + len(rows)
    done(out.add_table(table.row - 1, 0, last - 1, len(table.columns) - 1, options))


def _set_up(out: Worksheet, sheet: Sheet, title: str) -> None:
    if sheet.freeze != (0, 0):
        out.freeze_panes(*sheet.freeze)
    out.set_paper(A4)
    out.set_landscape()
    out.fit_to_pages(1, 0)
    out.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    out.set_footer(f"&L{title.replace('&', '&&')}&C&A&RPage &P of &N")
    if sheet.repeat:
        out.repeat_rows(sheet.repeat - 1)
    if sheet.tab:
        out.set_tab_color(sheet.tab)
    out.hide_gridlines(2)
