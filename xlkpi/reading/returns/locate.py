"""Where each indicator's figures are in a file: by defined name and the code beside them, never by address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlkpi.core.checks import Asked
from xlkpi.core.problem import Problem
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.addresses import PLAN, Col, Place
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

MOST_NAMED = 6
_CODE_CELLS = tuple(cell_address(row, Col.CODE) for row in range(1, MOST_ROWS))


@dataclass(frozen=True)
class Located:
    """One indicator's row in the file: its sheet and the addresses of x, y and comment there.

    ``sure`` is False where the figures beside these names may be another indicator's; they are then not used.
    """

    sheet: RawSheet
    row: int
    x: str
    y: str
    comment: str
    named: bool
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
    redirected: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    _places: Mapping[str, Place] = field(default_factory=dict)
    _labels: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    _sheets: dict[str, RawSheet | None] = field(default_factory=dict)
    _columns: dict[str, Mapping[Col, str]] = field(default_factory=dict)

    def locate(self, asked: tuple[Asked, ...], places: Mapping[str, Place]) -> None:
        """Find every indicator's row; an indicator that isn't due is looked for without any complaint."""
        self._places = places
        for wanted in asked:
            self._locate(wanted, places[wanted.indicator.code])
        if self.unnamed:
            first = self.located[self.unnamed[0]]
            codes = ", ".join(self.unnamed)
            self.findings.append(finding(Code.NAMES_LOST, {"codes": codes}, sheet=first.sheet.name, cell=first.x))
        self.findings.extend(_redirected(sheet, cells) for sheet, cells in self.redirected.items())

    def _locate(self, wanted: Asked, place: Place) -> None:
        code, slug = wanted.indicator.code, wanted.indicator.slug
        x, y = self.book.target(f"{slug}.x"), self.book.target(f"{slug}.y")
        sheet = self._sheet(place.sheet, x or y)
        if sheet is None:
            return
        if x and y and x.sheet == y.sheet == sheet.name:
            found = self._by_name(sheet, wanted, x, y)
        else:
            row = next(iter(self._rows(sheet).get(code, ())), None)
            if row is None:
                self._complain(wanted, Code.ROW_LOST, sheet)
                return
            cells = self._cells(sheet, row)
            found = Located(sheet, row, cells[Col.X], cells[Col.Y], cells[Col.COMMENT], named=False)
            if wanted.due:
                self.unnamed.append(code)
        self.located[code] = self._verified(wanted, place, found)

    def _by_name(self, sheet: RawSheet, wanted: Asked, x: CellTarget, y: CellTarget) -> Located:
        """The row that the names of x and y point to; in it, the cells under the headings, not wherever names point."""
        row = _row(x.ref)
        cells = self._cells(sheet, row)
        comment = self.book.target(f"{wanted.indicator.slug}.comment")
        named = {Col.X: x.ref, Col.Y: y.ref}
        if comment and comment.sheet == sheet.name:
            named[Col.COMMENT] = comment.ref
        astray = [(wanted.indicator.code, ref, cells[col]) for col, ref in named.items() if ref != cells[col]]
        sure = _row(y.ref) == row
        if astray and sure and wanted.due:
            self.redirected.setdefault(sheet.name, []).extend(astray)
        return Located(sheet, row, cells[Col.X], cells[Col.Y], cells[Col.COMMENT], named=True, sure=sure)

    def _cells(self, sheet: RawSheet, row: int) -> Mapping[Col, str]:
        """The addresses of x, y and comment in a row, under their headings."""
        if sheet.name not in self._columns:
            self._columns[sheet.name] = find_columns(sheet) or PLANNED
        return {col: f"{letters}{row}" for col, letters in self._columns[sheet.name].items()}

    def _verified(self, wanted: Asked, place: Place, found: Located) -> Located:
        """Compare the code beside the figures; a row that moved with its code is trusted, any other is not."""
        code, label = wanted.indicator.code, self._text(found.sheet, found.row)
        if label != code or not found.sure:
            self._complain(
                wanted, Code.ROW_UNSURE, found.sheet, at=found.at(Col.CODE), found=label or "nothing", x=found.x
            )
            return replace(found, sure=False)
        twin = self._twin(found, code)
        if twin:
            at = cell_address(twin, Col.CODE)
            self._complain(wanted, Code.ROW_TWICE, found.sheet, at=found.at(Col.CODE), near=at, x=found.x)
            return replace(found, sure=False)
        if found.row != place.row and wanted.due:
            facts = {"code": code, "row": str(found.row), "sheet": found.sheet.name, "planned": str(place.row)}
            self.findings.append(finding(Code.ROW_MOVED, facts, indicator=code, sheet=found.sheet.name, cell=found.x))
        return found

    def _twin(self, found: Located, code: str) -> int:
        """Another row of the sheet with this code and figures that differ, where it is not known which is meant."""
        rows = self._rows(found.sheet).get(code, ())
        if len(rows) < 2:
            return 0
        figures = {row: self._figures(found.sheet, row) for row in rows}
        empty, mine = (None, None), figures.get(found.row)
        return next((row for row in rows if figures[row] not in (mine, empty)), 0)

    def _figures(self, sheet: RawSheet, row: int) -> tuple[CellValue, CellValue]:
        cells = self._cells(sheet, row)
        return sheet.cell(cells[Col.X]).value, sheet.cell(cells[Col.Y]).value

    def _complain(self, wanted: Asked, kind: Code, sheet: RawSheet, **facts: str) -> None:
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
        return sheet_by_codes(self.book, [code for code, place in self._places.items() if place.sheet == planned])

    def _text(self, sheet: RawSheet, row: int) -> str:
        value = sheet.cell(cell_address(row, Col.CODE)).value
        return str(value).strip() if value is not None else ""

    def _rows(self, sheet: RawSheet) -> Mapping[str, list[int]]:
        """The rows of a sheet by their text in the column of codes."""
        if sheet.name not in self._labels:
            rows: dict[str, list[int]] = {}
            for ref in sheet.written(_CODE_CELLS):  # most rows have no such cell
                row = _row(ref)
                rows.setdefault(self._text(sheet, row), []).append(row)
            rows.pop("", None)
            self._labels[sheet.name] = rows
        return self._labels[sheet.name]


def _redirected(sheet: str, cells: Sequence[tuple[str, str, str]]) -> Finding:
    """One finding per sheet on names that point beside the columns of figures."""
    codes, named, seen = (list(dict.fromkeys(column)) for column in zip(*cells, strict=True))
    facts = {"codes": ", ".join(codes), "named": list_some(named), "seen": list_some(seen)}
    return finding(Code.NAME_ELSEWHERE, facts, indicator=codes[0], sheet=sheet, cell=seen[0])


def list_some(cells: Sequence[str]) -> str:
    """List cells, or other places, in a message: the first few, and how many more there are."""
    more = f" and {len(cells) - MOST_NAMED} more" if len(cells) > MOST_NAMED else ""
    return ", ".join(cells[:MOST_NAMED]) + more


def plan_sheet(book: RawWorkbook, asked: Iterable[Asked]) -> RawSheet | None:
    """Find the action plan, under whatever name it has now; None where it was deleted."""
    named = sheet_by_names(book, (f"{wanted.indicator.slug}.action" for wanted in asked), PLAN)
    return named or sheet_by_first_line(book, PLAN)


def _row(ref: str) -> int:
    return int(ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def which_cell(problem: Problem, located: Located) -> str:
    """The cell that a problem's finding points to."""
    which = dict(problem.facts).get("which")
    if problem.code.name in ("REASON", "PLAN"):
        return located.comment
    return (
        located.x
        if which == "x" or problem.code.name in ("X_OVER_Y", "SUM_OF_X", "PART_OF_X", "CARRIED_OVER")
        else located.y
    )
