"""A plan with every kind of value, and the same cells written by XlsxWriter alone: the oracle of the cells we spell."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import xlsxwriter

from xlkpi.layout.styles import STYLES
from xlkpi.plain_text import make_visible
from xlkpi.writing.returns.formats import properties_of
from xlkpi.writing.workbook import REPEAT_HEADER, Cell, Column, Formula, Link, Sheet, Table, WorkbookPlan
from xlkpi.writing.workbook.cell_styles import MASTER_STYLES

ODD_TEXTS = (
    "plain", "=1+1", "+44 1622", "-late", "@SUM(1)", "\t=1", "a\nb", " led and trailed ", "x & y < z > w \"q\" 'p'",
    "_x0041_", "_x000D_", "__x0041_", "a\r\nb", "\x00\x07\x1f",
    "é ü 中文 🦉", "Green", "2026-27 Q2", "1E5", "007", "{#}%s%d", "#REF!", "TRUE", "http://x.test/a", "]]>",
)  # fmt: skip
WHOLE = (0, 1, -1, 999_999_999_999_999)
NUMBERS = (*WHOLE, 0.1, -0.0, 1e-300, 1.5e300, 2 / 3, Fraction(1, 3), Fraction(19, 20), Fraction(4))
MOMENT = datetime(2026, 9, 30, 18, 0)  # noqa: DTZ001 - a cell knows no time zone
DAYS = (date(2026, 9, 30), date(1900, 3, 1), MOMENT, date(9999, 12, 31))
STYLES_SHOWN = ("text", "line", "code", "whole", "share", "day", "word", "link", "gap", "quiet")
VALUES = (*ODD_TEXTS, *NUMBERS, *DAYS, None, "", "Red", "must fix", "Nobody knows")
TO_DATA = Link("to Data", "'Data'!A2")
FILES = {
    "inbox/a.xlsx": "inbox/a.xlsx",
    "inbox/a b #1 100%.xlsx": "inbox/a%20b%20%231%20100%25.xlsx",
    'inbox/R & D\'s <q> "x"?.xlsx': "inbox/R%20&%20D's%20%3Cq%3E%20%22x%22%3F.xlsx",
    "mailto:evil.xlsx": "mailto%3Aevil.xlsx",
    "inbox/Zoë 中文.xlsx": "inbox/Zoë%20中文.xlsx",
    "../other/[1] {2} ^`|.xlsx": "../other/%5B1%5D%20%7B2%7D%20%5E%60%7C.xlsx",
    "a%20b.xlsx": "a%2520b.xlsx",
}


def book():
    """Data: a column for each style, a row for each value. Links: where cells lead. Apart: cells without a table."""
    columns = tuple(Column(style, 12, style) for style in STYLES_SHOWN)
    data = Table("T_Data", columns, [[value] * len(columns) for value in VALUES])
    rows = [(str(number), Link(f"F{number}", "'Sheet 1'!F9", file), TO_DATA) for number, file in enumerate(FILES)]
    links = Table("T_Links", (Column("n", 8), Column("file", 12, "link"), Column("place", 12, "link")), rows, row=3)
    apart = [Cell(2 + at, 2 + 3 * (at % 3), value, "plain") for at, value in enumerate(VALUES)]
    apart += [Cell(1, 1, "Title", "title"), Cell(1, 3, "go", "heat", "'Data'!B3")]
    apart += [Cell(60, 2, Formula("1+2", 3), "whole"), Cell(61, 2, Formula('"a"&"<b>"', "a<b>"), "text")]
    sheets = (
        Sheet("Data", (data,), freeze=(1, 1), paper=REPEAT_HEADER),
        Sheet("Links", (links,), (Cell(1, 1, "Above", "heading"), Cell(4, 6, "beside", "note"))),
        Sheet("Apart", cells=tuple(apart), widths=(20.0, 10.0), heights=((1, 28.0), (5, 40.5), (70, 15.0))),
    )
    return WorkbookPlan("Everything & more", date(2026, 9, 30), sheets)


def by_xlsxwriter(plan):
    """The cells of a plan through XlsxWriter's own calls: text, number, date, formula, blank; each with its format."""
    target = io.BytesIO()
    out = xlsxwriter.Workbook(target, {"in_memory": True})
    for sheet in plan.sheets:
        page = out.add_worksheet(sheet.name)
        for table in sheet.tables:
            for col, column in enumerate(table.columns):
                _write(out, page, table.row - 1, col, column.header, "header")
                for number, row in enumerate(table.rows, start=table.row):
                    _write(out, page, number, col, row[col], column.style)
        for cell in sheet.cells:
            _write(out, page, cell.row - 1, cell.col - 1, cell.value, cell.style)
    out.close()
    return target.getvalue()


def _write(out, page, row, col, value, style):
    value = value.text if isinstance(value, Link) else value
    shown = value.value if isinstance(value, Formula) else value
    look = MASTER_STYLES.get(style) or _look_of_word(style, shown)
    cell_format = out.add_format(properties_of(look))
    if isinstance(value, Formula):
        page.write_formula(row, col, "=" + value.text, cell_format, "" if value.value is None else value.value)
    elif value is None or value == "":
        page.write_blank(row, col, None, cell_format)
    elif isinstance(value, str):
        page.write_string(row, col, make_visible(value), cell_format)
    elif isinstance(value, date):
        page.write_datetime(row, col, value, cell_format)
    else:
        page.write_number(row, col, float(value), cell_format)


def _look_of_word(style, value):
    """The fills that a reader must see, said once more by hand."""
    from xlkpi.layout.styles import GREY_FILL, GREY_INK, LINE, WHITE, Style

    words = {"Green": STYLES["Green"], "Red": STYLES["Red"], "must fix": replace(STYLES["attention"], bold=True)}
    if style == "small word":
        return replace(words.get(value, Style()), align="center", line=LINE, wrap=False, size=9)
    if style == "heat":
        if not value:
            return Style(GREY_FILL, GREY_INK, line=WHITE)
        return replace(words.get(value, Style()), align="center", line=WHITE, size=9, wrap=True)
    return replace(words.get(value, Style()), align="center", line=LINE, wrap=False)
