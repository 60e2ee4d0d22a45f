"""What people do to a return in LibreOffice, and how it then reads."""

from __future__ import annotations

import pytest

from tests.reading.return_edits import (
    ALL,
    COVER,
    DECLARED,
    INDEPENDENCE,
    PLAN_SHEET,
    TRANSPORT,
    WELLBEING,
    checked,
    clean,
    entries,
    filled,
    finding_marks,
    messages,
    place,
)
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.period import Period
from xlkpi.layout.cover.rows import Declaration
from xlkpi.reading.returns.checked_return import Status

pytestmark = pytest.mark.office
SECTIONS = (ALL, WELLBEING, INDEPENDENCE, TRANSPORT)


@pytest.fixture
def done(calc, tmp_path):
    """`done(change)` opens the return in LibreOffice, changes it, saves it as .xlsx and checks that file."""

    def doer(change, data=None):
        source, target = tmp_path / "return.xlsx", tmp_path / "saved.xlsx"
        source.write_bytes(data or clean())
        book = calc(source)
        change(book)
        book.save(target)
        return checked(target.read_bytes())

    return doer


def same_figures(checked_return, *but):
    return entries(checked_return, *but) == entries(checked(clean()), *but)


def unlocked(book, *sheets):
    for name in sheets:
        book.sheet(name).unprotect("")


def test_saved_by_libreoffice_it_reads_the_same(done):
    checked_return = done(lambda book: book.recalc())
    assert (finding_marks(checked_return), checked_return.status) == ([], Status.COMPLETE)
    assert same_figures(checked_return)
    assert (checked_return.manifest, checked_return.declared_on) == (
        checked(clean()).manifest,
        checked(clean()).declared_on,
    )
    assert checked_return.application.startswith("LibreOffice")


def test_every_odd_content_survives_libreoffice_and_is_told_alike(done):
    data = filled(
        period=Period(2026, 4),
        declared=Declaration(DECLARED.by, 46_500),
        KPI_S1=Entry("12 visits", 40), KPI_S2=Entry(0.5, -1), KPI_S3=Entry(" 12 ", "x"), KPI_S5=Entry("#N/A text", 1),
        KPI_S6=Entry(None, 7), INFO_W1=Entry(10**9, 10**9),
        KPI_I1=Entry(1, 40, "why", ActionPlanEntry("a", "b", "c", "d")),
        KPI_T1=Entry(0, 0),
    )  # fmt: skip
    checked_return, before = done(lambda book: book.recalc(), data), checked(data)
    assert finding_marks(checked_return) == finding_marks(before)
    assert messages(checked_return) == messages(before)
    assert entries(checked_return) == entries(before)
    assert {"NUMBER_AS_TEXT", "COUNT_DECIMAL", "COUNT_NEGATIVE", "COUNT_TEXT", "COUNT_EMPTY", "LARGE"} <= {
        mark[0] for mark in finding_marks(checked_return)
    }


def test_typed_at_the_keyboard_it_reads_as_typed(done):
    def change(book):
        book.type_text(ALL, "F6", "3")
        book.type_text(*place("KPI_S1.comment"), "Two of us ill")
        book.type_text(COVER, place("Return.declared_on")[1], "5/10/2026")

    checked_return = done(change)
    entry = next(e for e in checked_return.entries if e.code == "KPI S1")
    assert (entry.x, entry.y, entry.comment) == (3, 40, "Two of us ill")
    assert finding_marks(checked_return) == []
    assert str(checked_return.declared_on) in ("2026-10-05", "2026-05-10")  # the office's own language decides


def test_a_row_inserted_takes_names_along_and_is_read_where_it_now_stands(done):
    def change(book):
        unlocked(book, ALL)
        book.sheet(ALL).Rows.insertByIndex(6, 1)

    checked_return = done(change)
    assert finding_marks(checked_return) == [
        ("ROW_MOVED", "note", ALL, "F8"),
        ("ROW_MOVED", "note", ALL, "F9"),
        ("PROTECTION_OFF", "note", ALL, ""),
    ]
    assert messages(checked_return)[0] == (
        "KPI S2 is now in row 8 of All lots, not in row 7. Its figures were read there."
    )
    assert same_figures(checked_return)
    assert next(e.x_cell for e in checked_return.entries if e.code == "KPI S3") == "F9"
    assert checked_return.status is Status.COMPLETE


def test_a_row_deleted_is_lost_and_the_others_are_read(done):
    def change(book):
        unlocked(book, ALL)
        book.sheet(ALL).Rows.removeByIndex(5, 1)

    checked_return = done(change)
    assert finding_marks(checked_return) == [
        ("ROW_LOST", "must fix", ALL, ""),
        ("ROW_MOVED", "note", ALL, "F6"),
        ("ROW_MOVED", "note", ALL, "F7"),
        ("PROTECTION_OFF", "note", ALL, ""),
    ]
    assert same_figures(checked_return, "KPI S1")


def test_a_column_inserted_before_the_figures_changes_nothing(done):
    def change(book):
        unlocked(book, ALL)
        book.sheet(ALL).Columns.insertByIndex(5, 1)

    checked_return = done(change)
    assert finding_marks(checked_return) == [("PROTECTION_OFF", "note", ALL, "")]
    assert same_figures(checked_return)
    assert next((e.x_cell, e.y_cell) for e in checked_return.entries if e.code == "KPI S1") == ("G6", "H6")


def test_rows_sorted_leave_every_row_that_moved_unsure(done):
    def change(book):
        unlocked(book, WELLBEING)
        rows = book.cell(WELLBEING, "A6:N10")
        content = [tuple(row) for row in rows.getDataArray()]
        rows.setDataArray(tuple(sorted(content, key=lambda row: str(row[5]), reverse=True)))

    checked_return = done(change)
    unsure = [f.indicator for f in checked_return.findings if f.code.name == "ROW_UNSURE"]
    assert unsure
    assert same_figures(checked_return, *unsure, "KPI W1")
    assert {(e.x, e.y) for e in checked_return.entries if e.code in unsure} == {(None, None)}
    assert checked_return.status is Status.MUST_FIX


def test_sheets_renamed_are_found_by_their_names(done):
    def change(book):
        for old, new in ((ALL, "Everyone"), (COVER, "Begin"), (PLAN_SHEET, "Actions")):
            book.sheet(old).Name = new

    plan = ActionPlanEntry("Staff left", "b", "c", "d")
    checked_return = done(change, filled(KPI_S1=Entry(20, 40, "", plan)))
    assert finding_marks(checked_return) == [
        ("SHEET_RENAMED", "note", name, "") for name in ("Everyone", "Begin", "Actions")
    ]
    assert messages(checked_return)[0] == "The sheet All lots is now called Everyone. Its figures were read there."
    assert same_figures(checked_return, "KPI S1")
    assert next(e.plan for e in checked_return.entries if e.code == "KPI S1") == plan
    assert checked_return.declared_by == "A. Person"


def test_a_sheet_copied_within_the_workbook_changes_nothing(done):
    def change(book):
        book.document.Sheets.copyByName(ALL, "All lots (2)", 1)
        book.set("All lots (2)", "F6", 39)

    assert same_figures(done(change))


def test_sheets_moved_about_change_nothing(done):
    checked_return = done(lambda book: book.document.Sheets.moveByName(TRANSPORT, 0))
    assert (finding_marks(checked_return), same_figures(checked_return)) == ([], True)


def test_a_hidden_sheet_row_and_column_are_told(done):
    def change(book):
        book.sheet(INDEPENDENCE).IsVisible = False
        book.sheet(ALL).Rows.getByIndex(5).IsVisible = False
        book.sheet(ALL).Columns.getByIndex(5).IsVisible = False

    checked_return = done(change)
    assert finding_marks(checked_return) == [
        ("SHEET_HIDDEN", "query", INDEPENDENCE, ""),
        ("ROW_HIDDEN", "note", ALL, "F6"),
        ("COLUMN_HIDDEN", "note", ALL, "F1"),
    ]
    assert same_figures(checked_return)


def test_values_pasted_over_everything_change_no_figure(done):
    def change(book):
        unlocked(book, *SECTIONS)
        for name in SECTIONS:
            cells = book.cell(name, "A1:W20")
            cells.setDataArray(cells.getDataArray())

    checked_return = done(change)
    kinds = [(mark[0], mark[2]) for mark in finding_marks(checked_return)]
    assert sorted(kinds) == sorted([*(("FORMULA_LOST", name) for name in SECTIONS), ("PROTECTION_OFF", ALL)])
    assert same_figures(checked_return)


def test_names_removed_are_noted_and_rows_found_by_their_codes(done):
    def change(book):
        for name in book.document.NamedRanges.ElementNames:
            book.document.NamedRanges.removeByName(name)

    checked_return = done(change)
    assert finding_marks(checked_return) == [("NAMES_LOST", "note", ALL, "F6")]
    assert same_figures(checked_return)
    assert checked_return.declared_by == "A. Person"


def test_cells_merged_over_an_input_are_told(done):
    def change(book):
        unlocked(book, ALL)
        book.cell(ALL, "F6:G6").merge(True)

    checked_return = done(change)
    assert [mark for mark in finding_marks(checked_return) if mark[1] == "must fix"] == [
        ("MERGED", "must fix", ALL, "F6"),
        ("MERGED", "must fix", ALL, "G6"),
    ]
    assert same_figures(checked_return, "KPI S1")


def test_a_formula_typed_into_an_input_is_told_and_its_result_not_used(done):
    checked_return = done(lambda book: book.set(ALL, "F6", "=1+1"))
    assert finding_marks(checked_return) == [("FORMULA_AS_COUNT", "must fix", ALL, "F6")]
    assert "contains a formula, =1+1." in messages(checked_return)[0]


def test_true_comes_back_as_a_formula_and_is_no_count_either_way(done):
    checked_return = done(lambda book: book.recalc(), filled(KPI_S1=Entry(True, 40)))
    assert finding_marks(checked_return) == [("FORMULA_AS_COUNT", "must fix", ALL, "F6")]
