"""The cells of a sheet as XML text: tables row by row, as fast as Python joins text, and the cells around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import getitem

from xlkpi.errors import PlanError
from xlkpi.ooxml.addresses import cell_address, column_letters
from xlkpi.writing.workbook.cell_xml import Spelling
from xlkpi.writing.workbook.links import Links
from xlkpi.writing.workbook.row_heights import fitted
from xlkpi.writing.workbook.workbook_plan import Cell, Link, Sheet, Table, Value

_AT_ONCE = 500
RowCells = dict[int, tuple[Value, str]]  # the cells of one row by column: value and style


class Spellings(dict[str, Spelling]):
    """The spelling of each style; all sheets of a workbook share them."""

    def __init__(self, numbers: Mapping[tuple[str, str], int], strings: Mapping[str, object]) -> None:
        """Spell with these style numbers, and collect texts in this table."""
        super().__init__()
        self._starts = {look: f'" s="{number}"' if number else '"' for look, number in numbers.items()}
        self._strings = strings

    def __missing__(self, style: str) -> Spelling:
        spelling = self[style] = Spelling(style, self._starts, self._strings)
        return spelling


class SheetText:
    """One sheet's cells. Its ``links`` are complete once ``chunks`` has come to its end."""

    def __init__(self, sheet: Sheet, spellings: Spellings) -> None:
        """Prepare the cells outside the tables; those of the tables are spelt as they are asked for."""
        self.links = Links()
        self._spellings = spellings
        self._tables = sorted(sheet.tables, key=lambda table: table.row)
        self._heights = dict(fitted(sheet).heights)
        self._loose: dict[int, RowCells] = {}
        for cell in sheet.cells:
            value = Link(str(cell.value), cell.link) if cell.link else cell.value
            self._loose.setdefault(cell.row, {})[cell.col] = (value, cell.style)

    def chunks(self) -> Iterator[str]:
        """The XML of all rows, from the first to the last."""
        apart = sorted(self._loose.keys() | self._heights.keys())
        at = 0
        last = 0
        for table in self._tables:
            if table.row <= last:
                message = f"The table {table.name} begins within another"
                raise PlanError(message)
            last = last_row(table)
            while at < len(apart) and apart[at] < table.row:
                yield self._row(apart[at], {})
                at += 1
            yield from self._table(table)
            while at < len(apart) and apart[at] <= last:
                at += 1
        yield "".join(self._row(number, {}) for number in apart[at:])

    def _table(self, table: Table) -> Iterator[str]:
        headers: RowCells = {
            col: (column.header, column.header_style) for col, column in enumerate(table.columns, start=1)
        }
        yield self._row(table.row, headers)
        width = len(table.columns)
        styles = [column.style for column in table.columns]
        spellings = [self._spellings[style] for style in styles]
        pattern = f'<row r="#"%s>{"".join(f"<c r=#{column_letters(col)}##%s" for col in range(1, width + 1))}</row>'
        pattern = pattern.replace("r=#", 'r="').replace("##", "#")
        rows = body_of(table)
        for start in range(0, len(rows), _AT_ONCE):
            part = []
            for number, row in enumerate(rows[start : start + _AT_ONCE], start=table.row + 1 + start):
                if len(row) != width:
                    message = f"Row {number} of the table {table.name} has {len(row)} values for {width} columns"
                    raise PlanError(message)
                if number in self._loose:
                    part.append(self._row(number, dict(enumerate(zip(row, styles, strict=True), start=1))))
                    continue
                tall = self._tall(number) if number in self._heights else ""
                part.append(pattern.replace("#", str(number)) % (tall, *map(getitem, spellings, row)))
                if Link in map(type, row):
                    self._links(number, row)
            yield "".join(part)

    def _links(self, number: int, row: Sequence[Value]) -> None:
        for col, value in enumerate(row, start=1):
            if isinstance(value, Link):
                self.links.add(cell_address(number, col), value)

    def _row(self, number: int, line: RowCells) -> str:
        """A row of whatever styles, a table's cells among them; a cell of its own comes before the table's."""
        cells = []
        line |= self._loose.get(number, {})
        for col in sorted(line):
            value, style = line[col]
            ref = cell_address(number, col)
            if isinstance(value, Link):
                self.links.add(ref, value)
                value = value.text  # what it says; where it leads is in few cells the same
            cells.append(f'<c r="{ref}{self._spellings[style][value]}')
        return f'<row r="{number}"{self._tall(number)}>{"".join(cells)}</row>'

    def _tall(self, number: int) -> str:
        """The height of a row as the attributes of its tag, empty where each program finds it out itself."""
        height = self._heights.get(number)
        return f' ht="{height:g}" customHeight="1"' if height else ""


def body_of(table: Table) -> Sequence[Sequence[Value]]:
    """The rows below the header: where there are none, the one that says so."""
    return table.rows or [[table.empty if at == table.empty_at else None for at in range(len(table.columns))]]


def last_row(table: Table) -> int:
    """The table's last row on the sheet."""
    return table.row + len(body_of(table))


def extent_of(sheet: Sheet) -> str:
    """The block that the sheet's cells take, as ``A1:U15001``."""
    rows, cols = _span(sheet.cells)
    for table in sheet.tables:
        rows += (table.row, last_row(table))
        cols += (1, len(table.columns))
    if not rows:
        return "A1"
    first, last = cell_address(min(rows), min(cols)), cell_address(max(rows), max(cols))
    return first if first == last else f"{first}:{last}"


def _span(cells: Sequence[Cell]) -> tuple[list[int], list[int]]:
    return [cell.row for cell in cells], [cell.col for cell in cells]
