"""What was done to the workbook around its figures: hidden sheets and rows, protection, formulas typed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlkpi.findings import Code, Finding, finding
from xlkpi.findings.return_file import SHOW_SHEET
from xlkpi.findings.severity import TYPE_IN_FRESH_COPY
from xlkpi.layout.addresses import COVER, PLAN
from xlkpi.layout.plan import ReturnLayout
from xlkpi.ooxml.addresses import column_number
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.reading.returns.cover import cover_sheet
from xlkpi.reading.returns.locate import Located, plan_sheet
from xlkpi.reading.returns.moved_cells import column_of, list_some
from xlkpi.reading.returns.planned_rows import PlannedRow, planned_rows


def structure_findings(book: RawWorkbook, layout: ReturnLayout, located: Mapping[str, Located]) -> Iterator[Finding]:
    """Findings on sheets, rows and columns: one a sheet and kind, however many cells it concerns."""
    sheets = {at.sheet.name: at.sheet for at in located.values()}
    others = []
    for planned, sheet in ((COVER, cover_sheet(book)), (PLAN, plan_sheet(book, layout.asked))):
        if sheet is None:
            yield finding(Code.SHEET_LOST, {"sheet": planned}, sheet=planned)
            continue
        others.append(sheet)
        if sheet.name != planned:
            yield finding(Code.SHEET_RENAMED, {"planned": planned, "sheet": sheet.name}, sheet=sheet.name)
    for sheet in (*others, *sheets.values()):
        if sheet.state != "visible":
            is_out_of_reach = book.structure_locked or sheet.state == "veryHidden"
            remedy = TYPE_IN_FRESH_COPY if is_out_of_reach else SHOW_SHEET
            yield finding(Code.SHEET_HIDDEN, {"sheet": sheet.name, "remedy": remedy}, sheet=sheet.name)
    unlocked = [sheet.name for sheet in (*others, *sheets.values()) if not sheet.protected]
    if unlocked:
        yield finding(Code.PROTECTION_OFF, {"sheets": ", ".join(unlocked)}, sheet=unlocked[0])
    rows: dict[str, list[tuple[PlannedRow, Located]]] = {name: [] for name in sheets}
    for row in planned_rows(layout):
        at = located.get(row.code)
        if at and at.sure and row.asked.due:
            rows[at.sheet.name].append((row, at))
    for name, sheet in sheets.items():
        yield from _hidden(sheet, rows[name])
        yield from _formulas(book, sheet, rows[name])


def _hidden(sheet: RawSheet, rows: Sequence[tuple[PlannedRow, Located]]) -> Iterator[Finding]:
    if sheet.hidden_rows:
        hidden = [(row.code, at) for row, at in rows if at.row in sheet.hidden_rows]
        if hidden:
            codes = ", ".join(code for code, _ in hidden)
            yield finding(Code.ROW_HIDDEN, {"codes": codes}, sheet=sheet.name, cell=hidden[0][1].x)
    if sheet.hidden_columns:
        for letters in dict.fromkeys(column_of(ref) for _, at in rows for ref in (at.x, at.y)):
            if column_number(letters) in sheet.hidden_columns:
                facts = {"sheet": sheet.name, "column": letters}
                yield finding(Code.COLUMN_HIDDEN, facts, sheet=sheet.name, cell=f"{letters}1")


def _formulas(book: RawWorkbook, sheet: RawSheet, rows: Iterable[tuple[PlannedRow, Located]]) -> Iterator[Finding]:
    """Live cells typed over; where their names are lost, it is not known which cells they were."""
    live = [book.target(name) for row, _ in rows for name in row.live]
    lost = [at.ref for at in live if at and at.sheet == sheet.name and not sheet.has_formula(at.ref)]
    if lost:
        facts = {"sheet": sheet.name, "cells": list_some(lost)}
        yield finding(Code.FORMULA_LOST, facts, sheet=sheet.name, cell=lost[0])
