"""The fills a person sees on a sheet, conditional formats applied: read from LibreOffice's HTML export.

LibreOffice's own interface tells a cell's fixed fill only. The export writes the fill in force, but starts at
the first row and column in use and leaves hidden ones out, so the grid is walked with the sheet beside it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.judge.open_workbook import Book

_HTML = "HTML (StarCalc)"


def shown_fills(book: Book, sheet: str | int) -> dict[str, str]:
    """Cell to fill ("F7": "FFD9D9") of each visible cell that has one; merged cells count as their first."""
    with tempfile.TemporaryDirectory() as folder:
        page = book.save(Path(folder) / "book.html", _HTML)
        tables = html.parse(str(page)).xpath("//body/table")
    name = book.sheet(sheet).Name
    anchors = [name for name in book.sheet_names if book.sheet(name).IsVisible]
    if name not in anchors:
        return {}
    table = tables[anchors.index(name)]
    rows, columns = _visible(book.sheet(sheet))
    return {
        f"{columns[column]}{rows[row]}": colour.lstrip("#").upper() for row, column, colour in _walk(table) if colour
    }


def _walk(table: Any) -> Iterator[tuple[int, int, str]]:
    """Each `td` with the row and column where its top left stands, counting the places that spans cover."""
    covered: set[tuple[int, int]] = set()
    for row, line in enumerate(table.xpath(".//tr")):
        column = 0
        for data in line.xpath("./td"):
            while (row, column) in covered:
                column += 1
            down, across = int(data.get("rowspan", 1)), int(data.get("colspan", 1))
            covered |= {(row + r, column + c) for r in range(down) for c in range(across)}
            yield row, column, data.get("bgcolor", "")


def _visible(sheet: Any) -> tuple[list[int], list[str]]:
    """Numbers of the visible rows and letters of the visible columns, from the first ones in use."""
    cursor = sheet.createCursor()
    cursor.gotoStartOfUsedArea(False)
    top, left = cursor.RangeAddress.StartRow, cursor.RangeAddress.StartColumn
    cursor.gotoEndOfUsedArea(True)
    end = cursor.RangeAddress
    rows = [n + 1 for n in range(top, end.EndRow + 1) if sheet.Rows.getByIndex(n).IsVisible]
    columns = [sheet.Columns.getByIndex(n) for n in range(left, end.EndColumn + 1)]
    return rows, [column.Name for column in columns if column.IsVisible]
