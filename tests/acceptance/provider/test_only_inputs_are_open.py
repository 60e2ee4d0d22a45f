"""Promise: you can type only where something is asked of you, and you are led from one such place to the next."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.acceptance.provider.provider_workbooks import KINDS, built, opened, parts, place, visible
from tests.evidence import some
from tests.judge.oracle import due
from tests.judge.real_returns import CODES, slug

ENTRY, PLAN = ("x", "y", "comment"), ("issue", "action", "outcomes", "timescale")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

pytestmark = pytest.mark.parametrize("kind", KINDS)


def held(book):
    return some(code for code in CODES if f"{slug(code)}.x" in book.defined_names)


def inputs(book, kind):
    """Where something is asked: by defined name, for every indicator held that is due."""
    _, period, options = KINDS[kind]
    reading = "as written" if options.get("as_written") else "effective"
    names = ["Return.declared_by", "Return.declared_on"]
    names += [f"Return.contact_{n}.{part}" for n in (1, 2, 3) for part in ("name", "position", "email", "telephone")]
    for code in held(book):
        if due(code, period, reading):
            names += [f"{slug(code)}.{part}" for part in (*ENTRY, *(PLAN if code.startswith("KPI") else ()))]
    return {place(book, name) for name in names}


def unlocked(sheet):
    return [cell.coordinate for row in sheet for cell in row if not cell.protection.locked]


def test_only_what_is_asked_is_unlocked(kind):
    book = opened(built(kind))
    codes_found = {(sheet.title, ref) for sheet in book for ref in unlocked(sheet)}
    assert codes_found == inputs(book, kind)


def test_every_sheet_is_protected_but_may_be_filtered_and_widened(kind):
    for sheet in opened(built(kind)):
        guard = sheet.protection
        assert guard.sheet
        assert not guard.password
        assert (guard.autoFilter, guard.formatColumns, guard.formatRows) == (False, False, False)  # not kept from it
        assert (guard.insertRows, guard.deleteRows, guard.insertColumns, guard.sort) == (True, True, True, True)
        assert (guard.selectLockedCells, guard.selectUnlockedCells) == (False, False)


def test_no_column_or_row_is_unlocked_beyond_the_cells(kind):
    """A cell that isn't in the file takes its column's or row's lock."""
    for name, data in parts(built(kind)).items():
        if name.startswith("xl/worksheets/sheet"):
            root = etree.fromstring(data)
            assert {element.get("style") for element in root.iter(f"{MAIN}col")} <= {None, "0"}
            assert {element.get("s") for element in root.iter(f"{MAIN}row")} <= {None}


def test_sheets_cannot_be_added_renamed_or_deleted(kind):
    assert opened(built(kind)).security.lockStructure


def test_the_hidden_manifest_is_no_sheet_one_can_show_by_a_click(kind):
    book = opened(built(kind))
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["_xlkpi"]
    assert book["_xlkpi"].sheet_state == "veryHidden"
    assert place(book, "Return.manifest") == ("_xlkpi", "A2")


def test_the_cursor_stands_on_the_first_input_of_each_sheet(kind):
    book = opened(built(kind))
    assert book.active.title == "Start here"
    for sheet in visible(book):
        open_cells = unlocked(sheet)
        if open_cells:
            assert sheet.sheet_view.selection[-1].activeCell == open_cells[0]
        assert [bool(view.tabSelected) for view in sheet.views.sheetView] == [sheet.title == "Start here"]


def test_a_frozen_pane_keeps_headings_and_codes_in_sight(kind):
    book = opened(built(kind))
    for sheet in visible(book)[1:-1]:
        assert sheet.freeze_panes == "B6"
        assert sheet.auto_filter.ref.startswith("A5:")


def test_inputs_of_a_sheet_stand_side_by_side(kind):
    """Tab goes from x to y to the reason, and on to the next row."""
    book = opened(built(kind))
    for code in held(book):
        refs = [place(book, f"{slug(code)}.{part}")[1] for part in ENTRY]
        assert len({ref[1:] for ref in refs}) == 1
        assert [ref[0] for ref in refs] == ["F", "G", "L"]
