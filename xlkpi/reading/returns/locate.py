"""Where each indicator's figures are in a file: by defined name and the code beside them, never by address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from xlkpi.core.checks import AskedIndicator
from xlkpi.core.visible_text import fold_code
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.addresses import PLAN, Col, Place
from xlkpi.layout.plan import ReturnLayout
from xlkpi.ooxml.addresses import cell_address
from xlkpi.ooxml.model import CellTarget, CellValue, RawSheet, RawWorkbook
from xlkpi.reading.returns.find_sheets import (
    MOST_ROWS,
    sheet_by_codes,
    sheet_by_first_line,
    sheet_by_names,
    sheet_titled,
)
from xlkpi.reading.returns.headings import PLANNED, find_columns
from xlkpi.reading.returns.moved_cells import MovedCells, column_of, row_of
from xlkpi.reading.returns.planned_rows import PlannedRow, planned_rows


@lru_cache(maxsize=8)
def _cells_down(letters: str) -> tuple[str, ...]:
    """The cells of a column that may have codes."""
    return tuple(f"{letters}{row}" for row in range(1, MOST_ROWS))


class Located(NamedTuple):
    """One indicator's row in the file: its sheet and the addresses of code, x, y and comment there.

    ``sure`` is False where the figures beside the code may be another indicator's; they are then not used.
    """

    sheet: RawSheet
    row: int
    code: str
    x: str
    y: str
    comment: str
    sure: bool = True

    def at(self, col: Col) -> str:
        """Address of another cell of the row."""
        return cell_address(self.row, col)


@dataclass
class Search:
    """The search through one file: what was found by code, and the findings on the way."""

    book: RawWorkbook
    located: dict[str, Located] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    moved: MovedCells = field(default_factory=MovedCells)
    _rows_of_layout: Sequence[PlannedRow] = ()
    _as_planned: dict[str, tuple[RawSheet | None, Mapping[str, list[int]]]] = field(default_factory=dict)
    _labels: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    _sheets: dict[str, RawSheet | None] = field(default_factory=dict)
    _columns: dict[str, Mapping[Col, str] | None] = field(default_factory=dict)

    def locate(self, layout: ReturnLayout) -> None:
        """Find every indicator's row; an indicator that isn't due is looked for without any complaint."""
        self._rows_of_layout = planned_rows(layout)
        self.moved = MovedCells(lambda: {row.code: self._targets(row) for row in self._rows_of_layout})
        for row in self._rows_of_layout:
            as_built = self._as_built(row)
            if as_built:
                self.located[row.code] = as_built
            else:
                self._locate(row, self.moved.named[row.code])
        if self.unnamed:
            first = self.located[self.unnamed[0]]
            codes = ", ".join(self.unnamed)
            self.findings.append(finding(Code.NAMES_LOST, {"codes": codes}, sheet=first.sheet.name, cell=first.x))
        self.findings.extend(self.moved.findings())

    def _targets(self, row: PlannedRow) -> dict[Col, CellTarget]:
        """The cells that the names of x and y still point to."""
        x, y, _ = map(self.book.target, row.names)
        if x and y:
            return {Col.X: x, Col.Y: y}
        return {Col.X: x} if x else {Col.Y: y} if y else {}

    def _as_built(self, row: PlannedRow) -> Located | None:
        """The row where it was planned, if its code and names are all still there: then nothing has to be reported."""
        title, number = row.place.sheet, row.place.row
        if title not in self._as_planned:
            self._as_planned[title] = self._with_planned_columns(title)
        sheet, rows = self._as_planned[title]
        if sheet is None or rows.get(row.folded) != [number]:
            return None
        x, y, comment = map(self.book.target, row.names)
        x_at, y_at, comment_at = row.targets
        if x != x_at or y != y_at or comment not in (None, comment_at):
            return None
        return Located(sheet, number, *row.cells)

    def _with_planned_columns(self, title: str) -> tuple[RawSheet | None, Mapping[str, list[int]]]:
        """The sheet of a section and its rows by their codes, if its title and its columns are as planned."""
        sheet = self.book.sheet(title)
        if sheet is None or sheet.name != title or self._columns_of(sheet) is not PLANNED:
            return None, {}
        return sheet, self._rows(sheet, PLANNED)

    def _locate(self, planned: PlannedRow, named: Mapping[Col, CellTarget]) -> None:
        wanted, place, code = planned.asked, planned.place, planned.code
        sheet = self._sheet(place.sheet, next(iter(named.values()), None))
        columns = self._columns_of(sheet) if sheet else None
        if sheet is None or columns is None:
            return
        if any(target.sheet != sheet.name for target in named.values()):
            named = {col: target for col, target in named.items() if target.sheet == sheet.name}
        rows = [row_of(target.ref) for target in named.values()]
        beside = self._rows(sheet, columns).get(planned.folded, ())
        # the row that a name points to and that has the code; else any a name points to; else the code's own
        row = next((row for row in rows if row in beside), None) or next(iter(rows or beside), None)
        if row is None:
            self._complain(wanted, Code.ROW_LOST, sheet)
            return
        cells = {col: f"{letters}{row}" for col, letters in columns.items()}
        spot = Located(sheet, row, cells[Col.CODE], cells[Col.X], cells[Col.Y], cells[Col.COMMENT])
        strange = next((pointed_to for pointed_to in rows if pointed_to != row), 0)
        self.located[code] = spot = self._verified(wanted, place, spot, named, strange, beside)
        if wanted.due and len(named) < len((Col.X, Col.Y)):
            self.unnamed.append(code)
        elif wanted.due and spot.sure:
            comment = self.book.target(planned.names[-1])
            if comment and comment.sheet == sheet.name and comment.ref != spot.comment:
                self.moved.compare(code, {**named, Col.COMMENT: comment}, cells)
            elif named[Col.X].ref != spot.x or named[Col.Y].ref != spot.y:
                self.moved.compare(code, named, cells)

    def _columns_of(self, sheet: RawSheet) -> Mapping[Col, str] | None:
        """The letters of the columns under the headings; a finding the first time where they are not sure."""
        if sheet.name not in self._columns:
            columns = self._columns[sheet.name] = find_columns(sheet, lambda: self.moved.columns_named(sheet.name))
            if columns is None:
                self.findings.append(finding(Code.HEADINGS_LOST, {"sheet": sheet.name}, sheet=sheet.name))
        return self._columns[sheet.name]

    def _verified(
        self,
        wanted: AskedIndicator,
        place: Place,
        spot: Located,
        named: Mapping[Col, CellTarget],
        strange: int,
        beside: Sequence[int],
    ) -> Located:
        """Compare the code beside the figures; a row that moved with its code is trusted, any other is not.

        ``strange`` is another row that a name points to, 0 for none; ``beside`` are the rows that have the code.
        """
        code, column = wanted.indicator.code, column_of(spot.code)
        if strange or not (spot.row in beside or self._has_code(spot, code)):
            at = f"{column}{strange or spot.row}"
            label = self._text(spot.sheet, at) or "nothing"
            self._complain(wanted, Code.ROW_UNSURE, spot.sheet, at=at, found=label, x=spot.x)
            return spot._replace(sure=False)
        for col, cell in ((Col.X, spot.x), (Col.Y, spot.y)):
            is_own = col in named and named[col].ref == cell
            other = "" if is_own else self.moved.owner(spot.sheet.name, cell)
            if other not in ("", code):
                self._complain(wanted, Code.CELL_BROUGHT, spot.sheet, at=cell, other=other, x=cell)
                return spot._replace(sure=False)
        twin = self._twin(spot, beside) if len(beside) > 1 else 0
        if twin:
            near = f"{column}{twin}"
            self._complain(wanted, Code.ROW_TWICE, spot.sheet, at=spot.code, near=near, x=spot.x)
            return spot._replace(sure=False)
        if spot.row != place.row and wanted.due:
            facts = {"code": code, "row": str(spot.row), "sheet": spot.sheet.name, "planned": str(place.row)}
            self.findings.append(finding(Code.ROW_MOVED, facts, indicator=code, sheet=spot.sheet.name, cell=spot.x))
        return spot

    def _has_code(self, spot: Located, code: str) -> bool:
        label = self._text(spot.sheet, spot.code)
        return label == code or fold_code(label) == fold_code(code)

    def _twin(self, spot: Located, rows: Sequence[int]) -> int:
        """Another row of those with the code and figures that differ, where it is not known which is meant."""
        figures = {row: self._figures(spot, row) for row in rows}
        empty, mine = (None, None), figures.get(spot.row)
        return next((row for row in rows if figures[row] not in (mine, empty)), 0)

    def _figures(self, spot: Located, row: int) -> tuple[CellValue, CellValue]:
        x, y = (spot.sheet.value(f"{column_of(cell)}{row}") for cell in (spot.x, spot.y))
        return x, y

    def _complain(self, wanted: AskedIndicator, kind: Code, sheet: RawSheet, **facts: str) -> None:
        if wanted.due:
            code = wanted.indicator.code
            cell = facts.get("x", "")
            self.findings.append(finding(kind, {"code": code, **facts}, indicator=code, sheet=sheet.name, cell=cell))

    def _sheet(self, planned: str, target: CellTarget | None) -> RawSheet | None:
        """The sheet of a section: the one of its title, else where its names point (a cell cut out takes its name)."""
        if planned not in self._sheets:
            named = self.book.sheet(target.sheet) if target else None
            sheet = self._sheets[planned] = sheet_titled(self.book, planned) or named or self._by_codes(planned)
            if sheet is None:
                self.findings.append(finding(Code.SHEET_LOST, {"sheet": planned}, sheet=planned))
            elif sheet.name != planned:
                facts = {"planned": planned, "sheet": sheet.name}
                self.findings.append(finding(Code.SHEET_RENAMED, facts, sheet=sheet.name))
        return self._sheets[planned]

    def _by_codes(self, planned: str) -> RawSheet | None:
        """The sheet with the codes of a section, where neither its title nor its names are left."""
        return sheet_by_codes(self.book, [row.code for row in self._rows_of_layout if row.place.sheet == planned])

    def _text(self, sheet: RawSheet, ref: str) -> str:
        value = sheet.value(ref)
        return str(value).strip() if value is not None else ""

    def _rows(self, sheet: RawSheet, columns: Mapping[Col, str]) -> Mapping[str, list[int]]:
        """The rows of a sheet by their text in the column of codes, as codes are compared."""
        if sheet.name not in self._labels:
            rows: dict[str, list[int]] = {}
            for ref in sheet.written(_cells_down(columns[Col.CODE])):  # most rows have no such cell
                rows.setdefault(fold_code(self._text(sheet, ref)), []).append(row_of(ref))
            rows.pop("", None)
            self._labels[sheet.name] = rows
        return self._labels[sheet.name]


def plan_sheet(book: RawWorkbook, asked: Iterable[AskedIndicator]) -> RawSheet | None:
    """Find the action plan, under whatever name it has now; None where it was deleted."""
    named = sheet_by_names(book, (f"{wanted.indicator.slug}.action" for wanted in asked), PLAN)
    return named or sheet_by_first_line(book, PLAN)
