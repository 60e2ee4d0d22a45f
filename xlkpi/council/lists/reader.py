"""The one reader of lists: the header found below whatever is above it, every sheet, and each row through a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from xlkpi.council.lists.columns import OVERFLOW, SEARCHED, ListColumns, ListHeader, best_header, find_header
from xlkpi.council.lists.csv_rows import ListRow
from xlkpi.council.lists.faults import CellFault, Fault
from xlkpi.council.lists.list_parts import LARGEST_LIST, MOST_ROWS, ListPart, list_parts
from xlkpi.council.lists.parse_values import ParseCache
from xlkpi.council.lists.places import ListPlaces
from xlkpi.council.lists.unread_sheets import hidden_rows_fault, unread_sheet_fault
from xlkpi.errors import RegisterError, Unreadable, UnreadableFile

NOTHING_MAPPED: Mapping[str, str] = {}
TORN = "opens a quotation mark that is not closed. Close or delete it; the lines below were read as rows of their own."


class ListedRow(NamedTuple):
    """A row below the header of its file or sheet.

    ``row`` is as a spreadsheet counts it, ``line`` runs through all files and sheets of the list (`ListPlaces`).
    ``sheet`` is empty for a CSV and the first sheet. ``fault`` says why its cells cannot be separated, if so.
    ``is_blank``: it has nothing but spaces in the columns that are read, and nothing to the right of the header.
    """

    row: int
    line: int
    cells: list[str]
    header: ListHeader
    sheet: str
    fault: CellFault | None
    is_blank: bool

    def cell(self, column: str) -> str:
        """Give the address of a column's cell in the row."""
        return self.header.cell(column, self.row)


class LineTally(NamedTuple):
    """What became of the lines of a list: each is above a table, a row, blank, or continues the cell of a row."""

    above: int = 0
    rows: int = 0
    blank: int = 0
    continued: int = 0

    @property
    def lines(self) -> int:
        """All lines together."""
        return sum(self)


class OpenList:
    """A list whose first header is found. Its rows can be gone through once; then ``remarks`` and ``tally`` are whole.

    ``remarks`` are about the list as a whole: sheets that were not read, rows that are hidden.
    """

    def __init__(
        self,
        path: Path,
        columns: ListColumns,
        mapped: Mapping[str, str],
        parts: Iterator[ListPart],
        places: ListPlaces,
        *,
        name: str,
        again: Callable[[], OpenList],
    ) -> None:
        """Look through the sheets up to the first with the columns. Raises what the columns say where none has them.

        ``again`` opens the list once more, with the same numbers of lines.
        """
        self.path = path
        self.name = name
        self.places = places
        self.again = again
        self.remarks: list[Fault] = []
        self.tally = LineTally()
        self._columns, self._mapped, self._parts = columns, mapped, parts
        self._may_begin_header = ParseCache(self._begins_header)  # most rows begin with one of few providers
        self._problems: list[RegisterError] = []
        self._sheets_read = 0
        first = self._next_table()
        if first is None:
            raise [*self._problems, columns.missing(path, columns.required, ())][0]
        self._table = first
        self.header = first.header

    def __iter__(self) -> Iterator[ListedRow]:
        """Read the rows of every sheet that has the columns, blank ones too."""
        table: _Table | None = self._table
        while table is not None:
            yield from self._rows_of(table)
            table = self._next_table()

    def _rows_of(self, table: _Table) -> Iterator[ListedRow]:
        part, header = table.part, table.header
        sheet = part.sheet if self._sheets_read else ""
        self._sheets_read += 1
        before = self.places.begin(f"sheet {sheet} of {self.name}" if sheet else self.name)
        hidden: list[int] = []
        above, rows, blank, continued = self.tally
        for listed in chain(table.first, part.rows):
            header = self._header_again(listed) or header
            if listed.row <= header.row:
                above += listed.lines
                continue
            fault = _fault(listed, header, self._columns)
            is_blank = fault is None and _is_blank(listed.cells, header)
            row = ListedRow(listed.row, before + listed.line, listed.cells, header, sheet, fault, is_blank)
            self.places.last = before + listed.line + listed.lines - 1
            if is_blank:
                blank += listed.lines
            else:
                rows, continued = rows + 1, continued + listed.lines - 1
            if listed.row in part.hidden_rows and not is_blank:
                hidden.append(listed.row)
            yield row
        self.tally = LineTally(above, rows, blank, continued)
        self._refuse_lost_lines(part)
        if hidden:
            self.remarks.append(hidden_rows_fault(hidden, sheet))

    def _header_again(self, listed: ListRow) -> ListHeader | None:
        """Read a row as a further header: exports pasted below each other each have their own, in any order."""
        first = next(filter(str.strip, listed.cells), "")
        if not self._may_begin_header(first):
            return None
        header, _ = best_header([listed], self._columns, self._mapped)
        return None if self._columns.lacking(header.at) else header

    def _begins_header(self, first: str) -> bool:
        return self._columns.meant_by(first) is not None or first in self._mapped.values()

    def _refuse_lost_lines(self, part: ListPart) -> None:
        """Raise UnreadableFile where the lines of a CSV and what became of them do not add up."""
        if part.lines is not None and part.lines.count != self.tally.lines:
            detail = f"it has {part.lines.count:,} lines, of which {self.tally.lines:,} were read"
            raise UnreadableFile(self.path, Unreadable.DAMAGED, detail)

    def _next_table(self) -> _Table | None:
        """Find the next sheet that is shown and has the columns; say of others why they are not read."""
        for part in self._parts:
            first = list(islice(part.rows, SEARCHED))
            try:
                header = find_header(self.path, first, self._columns, self._mapped)
            except RegisterError as problem:
                if not part.is_hidden:
                    self._problems.append(problem)
                header = None
            if header is not None and not part.is_hidden:
                return _Table(part, first, header)
            remark = unread_sheet_fault(part, first, header, self._columns, self._mapped)
            if remark is not None:
                self.remarks.append(remark)
        return None


class _Table(NamedTuple):
    part: ListPart
    first: list[ListRow]
    header: ListHeader


def open_list(
    path: Path,
    columns: ListColumns,
    mapped: Mapping[str, str] = NOTHING_MAPPED,
    *,
    largest: int = LARGEST_LIST,
    most_rows: int = MOST_ROWS,
    what: str = "list",
    places: ListPlaces | None = None,
    name: str = "",
) -> OpenList:
    """Find the header of a list, CSV or .xlsx, and give the rows below it, and those of its other sheets.

    ``places`` are those of the files read before it as parts of one list, ``name`` is what findings call it
    (else the file's name). Raises UnreadableFile where the file is not
    a list, or is larger than a list of this kind (``what``); what ``columns.missing`` says where it lacks a column.
    """
    places = places or ListPlaces()
    before = places.last

    def open_again() -> OpenList:
        same = ListPlaces()
        same.last = before
        return open_list(path, columns, mapped, largest=largest, most_rows=most_rows, what=what, places=same, name=name)

    parts = list_parts(path, largest=largest, most_rows=most_rows, what=what)
    return OpenList(path, columns, mapped, parts, places, name=name or path.name, again=open_again)


def _is_blank(cells: list[str], header: ListHeader) -> bool:
    width = len(cells)
    for place in header.at.values():  # noqa: SIM110 - a loop, because every row of every list comes here
        if place < width and cells[place].strip():
            return False
    return True


def _fault(listed: ListRow, header: ListHeader, columns: ListColumns) -> CellFault | None:
    """Why the cells of a row cannot be separated, if so."""
    if listed.is_torn:
        place = len(listed.cells) - 1
        column = next((name for name, at in header.at.items() if at == place), "")
        return CellFault(column, header.cell(column, listed.row), TORN)
    if not columns.may_overflow and header.overflows(listed.cells):
        return CellFault("", "", OVERFLOW)
    return None
