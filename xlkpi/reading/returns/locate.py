"""Where each indicator's figures are in a file: by defined name and the code beside them, never by address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xlkpi.core.checks import Asked
from xlkpi.core.problem import Problem
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.addresses import PLAN, Col, Place
from xlkpi.ooxml.addresses import cell_address
from xlkpi.ooxml.model import CellTarget, RawSheet, RawWorkbook

MOST_ROWS = 200


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
    _labels: dict[str, dict[str, int]] = field(default_factory=dict)
    _sheets: dict[str, RawSheet | None] = field(default_factory=dict)

    def locate(self, asked: tuple[Asked, ...], places: Mapping[str, Place]) -> None:
        """Find every indicator's row; an indicator that isn't due is looked for without any complaint."""
        for wanted in asked:
            self._locate(wanted, places[wanted.indicator.code])
        if self.unnamed:
            first = self.located[self.unnamed[0]]
            codes = ", ".join(self.unnamed)
            self.findings.append(finding(Code.NAMES_LOST, {"codes": codes}, sheet=first.sheet.name, cell=first.x))

    def _locate(self, wanted: Asked, place: Place) -> None:
        code, slug = wanted.indicator.code, wanted.indicator.slug
        x, y = self.book.target(f"{slug}.x"), self.book.target(f"{slug}.y")
        sheet = self._sheet(place.sheet, x or y)
        if sheet is None:
            return
        if x and y and x.sheet == y.sheet == sheet.name:
            found = self._by_name(sheet, slug, x, y)
        else:
            row = self._rows(sheet).get(code)
            if row is None:
                self._complain(wanted, Code.ROW_LOST, sheet)
                return
            found = Located(
                sheet,
                row,
                cell_address(row, Col.X),
                cell_address(row, Col.Y),
                cell_address(row, Col.COMMENT),
                named=False,
            )
            if wanted.due:
                self.unnamed.append(code)
        self.located[code] = self._verified(wanted, place, found)

    def _by_name(self, sheet: RawSheet, slug: str, x: CellTarget, y: CellTarget) -> Located:
        row = _row(x.ref)
        comment = self.book.target(f"{slug}.comment")
        at = comment.ref if comment and comment.sheet == sheet.name else cell_address(row, Col.COMMENT)
        return Located(sheet, row, x.ref, y.ref, at, named=True, sure=_row(y.ref) == row)

    def _verified(self, wanted: Asked, place: Place, found: Located) -> Located:
        """Compare the code beside the figures; a row that moved with its code is trusted, any other is not."""
        code, label = wanted.indicator.code, self._text(found.sheet, found.row)
        if label != code or not found.sure:
            self._complain(
                wanted, Code.ROW_UNSURE, found.sheet, at=found.at(Col.CODE), found=label or "nothing", x=found.x
            )
            return Located(found.sheet, found.row, found.x, found.y, found.comment, found.named, sure=False)
        if found.row != place.row and wanted.due:
            facts = {"code": code, "row": str(found.row), "sheet": found.sheet.name, "planned": str(place.row)}
            self.findings.append(finding(Code.ROW_MOVED, facts, indicator=code, sheet=found.sheet.name, cell=found.x))
        return found

    def _complain(self, wanted: Asked, kind: Code, sheet: RawSheet, **facts: str) -> None:
        if wanted.due:
            code = wanted.indicator.code
            cell = facts.get("x", "")
            self.findings.append(finding(kind, {"code": code, **facts}, indicator=code, sheet=sheet.name, cell=cell))

    def _sheet(self, planned: str, target: CellTarget | None) -> RawSheet | None:
        """The sheet of a section: the one of its title, else where its names point (a cell cut out takes its name)."""
        if planned not in self._sheets:
            named = self.book.sheet(target.sheet) if target else None
            sheet = self._sheets[planned] = self.book.sheet(planned) or named
            if sheet is None:
                self.findings.append(finding(Code.SHEET_LOST, {"sheet": planned}, sheet=planned))
            elif sheet.name != planned:
                facts = {"planned": planned, "sheet": sheet.name}
                self.findings.append(finding(Code.SHEET_RENAMED, facts, sheet=sheet.name))
        return self._sheets[planned]

    def _text(self, sheet: RawSheet, row: int) -> str:
        value = sheet.cell(cell_address(row, Col.CODE)).value
        return str(value).strip() if value is not None else ""

    def _rows(self, sheet: RawSheet) -> Mapping[str, int]:
        """The rows of a sheet by their text in the column of codes; of two alike, the first."""
        if sheet.name not in self._labels:
            rows: dict[str, int] = {}
            for row in range(1, MOST_ROWS):
                rows.setdefault(self._text(sheet, row), row)
            rows.pop("", None)
            self._labels[sheet.name] = rows
        return self._labels[sheet.name]


def sheet_by_names(book: RawWorkbook, names: Iterable[str], title: str) -> RawSheet | None:
    """The sheet of this title, else the one that defined names point to, whatever it is called now."""
    targets = (book.target(name) for name in names)
    found = (book.sheet(target.sheet) for target in targets if target)
    return book.sheet(title) or next((sheet for sheet in found if sheet), None)


def plan_sheet(book: RawWorkbook, asked: Iterable[Asked]) -> RawSheet | None:
    """Find the action plan, under whatever name it has now; None where it was deleted."""
    return sheet_by_names(book, (f"{wanted.indicator.slug}.action" for wanted in asked), PLAN)


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
