"""What is done to rows, sheets, names and formulas: said once, and figures are read only where they are sure."""

from __future__ import annotations

import pytest
from openpyxl.workbook.protection import WorkbookProtection

from tests.reading.return_edits import (
    ALL,
    COVER,
    HELP,
    INDEPENDENCE,
    PLAN_SHEET,
    TRANSPORT,
    WELLBEING,
    by_openpyxl,
    checked,
    clean,
    entries,
    filled,
    finding_marks,
    messages,
    place,
    planned,
    respelt,
)
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.reading.returns.checked_return import Status

FRESH = "Copy your figures into a fresh copy of the workbook."
SECTIONS = (ALL, WELLBEING, INDEPENDENCE, TRANSPORT)


def untouched(_book):
    """Load and save, nothing else."""


def same_figures(checked_return, *but):
    return entries(checked_return, *but) == entries(checked(clean()), *but)


def test_saved_again_by_a_script_it_reads_the_same():
    checked_return = checked(by_openpyxl(untouched))
    assert (finding_marks(checked_return), checked_return.status) == ([], Status.COMPLETE)
    assert same_figures(checked_return)


# --- names -----------------------------------------------------------------------------------------------------------


def test_without_any_names_rows_are_found_by_their_codes_and_the_cover_by_its_labels():
    checked_return = checked(by_openpyxl(lambda book: book.defined_names.clear()))
    assert finding_marks(checked_return) == [("NAMES_LOST", "note", ALL, "F6")]
    assert messages(checked_return)[0].startswith("KPI S1, KPI S2, KPI S3, INFO W1,")
    assert messages(checked_return)[0].endswith(
        "the named cells are missing. The figures were read from the rows with these codes."
    )
    assert same_figures(checked_return)
    assert checked_return.declared_by == "A. Person"
    assert checked_return.status is Status.COMPLETE


@pytest.mark.parametrize("name", ["KPI_I1.x", "KPI_I1.y"])
def test_without_one_name_its_row_is_found_by_its_code(name):
    sheet, ref = place("KPI_I1.x")
    checked_return = checked(by_openpyxl(lambda book: book.defined_names.pop(name)))
    assert finding_marks(checked_return) == [("NAMES_LOST", "note", sheet, ref)]
    assert messages(checked_return)[0].startswith("KPI I1: ")
    assert same_figures(checked_return)


def test_without_the_name_of_a_comment_the_comment_is_read_in_its_row():
    data = filled(KPI_S1=Entry(4, 40, "two staff left"))
    checked_return = checked(by_openpyxl(lambda book: book.defined_names.pop("KPI_S1.comment"), data))
    assert finding_marks(checked_return) == finding_marks(checked(data)) == []
    assert next(e for e in checked_return.entries if e.code == "KPI S1").comment == "two staff left"


@pytest.mark.parametrize("target", ["#REF!", "'All lots'!$F$6:$G$9", "'Nowhere'!$F$6", "1+1", "'Help'!$A$1"])
def test_a_name_that_points_elsewhere_is_no_name(target):
    def change(book):
        book.defined_names["KPI_S1.x"].attr_text = target

    checked_return = checked(by_openpyxl(change))
    assert [mark[0] for mark in finding_marks(checked_return)] == ["NAMES_LOST"]
    assert same_figures(checked_return)


def test_a_name_that_was_cut_and_pasted_into_another_row_is_not_trusted():
    def change(book):
        book.defined_names["KPI_S1.x"].attr_text = "'All lots'!$F$7"
        book.defined_names["KPI_S2.x"].attr_text = "#REF!"
        book[ALL]["F7"].value, book[ALL]["F6"].value = 1, None

    checked_return = checked(by_openpyxl(change))
    assert [(mark[0], mark[3]) for mark in finding_marks(checked_return)] == [
        ("ROW_UNSURE", "F6"),
        ("CELL_BROUGHT", "F7"),
        ("NAMES_LOST", "F7"),
    ]
    entry = next(e for e in checked_return.entries if e.code == "KPI S1")
    assert (entry.x, entry.y) == (None, None)
    assert same_figures(checked_return, "KPI S1", "KPI S2")


# --- rows ------------------------------------------------------------------------------------------------------------


def test_a_row_inserted_by_a_script_leaves_the_rows_below_unsure():
    checked_return = checked(by_openpyxl(lambda book: book[ALL].insert_rows(7)))
    assert finding_marks(checked_return) == [
        ("ROW_UNSURE", "must fix", ALL, "F7"),
        ("ROW_UNSURE", "must fix", ALL, "F8"),
    ]
    assert messages(checked_return) == [
        f"KPI S2: its figures should be beside its code, but A7 says “nothing”, so we cannot be sure which figures"
        f" belong to it. {FRESH}",
        f"KPI S3: its figures should be beside its code, but A8 says “KPI S2”, so we cannot be sure which figures"
        f" belong to it. {FRESH}",
    ]
    assert same_figures(checked_return, "KPI S2", "KPI S3")
    assert {(e.x, e.y) for e in checked_return.entries if e.code in ("KPI S2", "KPI S3")} == {(None, None)}


def test_a_row_deleted_by_a_script_leaves_its_place_and_the_rows_below_unsure():
    checked_return = checked(by_openpyxl(lambda book: book[ALL].delete_rows(6)))
    assert finding_marks(checked_return) == [("ROW_UNSURE", "must fix", ALL, ref) for ref in ("F6", "F7", "F8")]
    assert same_figures(checked_return, "KPI S1", "KPI S2", "KPI S3")


def test_two_rows_swapped_are_both_unsure():
    def change(book):
        for col in "AFGL":
            first_cell, other = book[ALL][f"{col}6"], book[ALL][f"{col}7"]
            first_cell.value, other.value = other.value, first_cell.value

    checked_return = checked(by_openpyxl(change))
    assert [(first_cell[0], first_cell[3]) for first_cell in finding_marks(checked_return)] == [
        ("ROW_UNSURE", "F6"),
        ("ROW_UNSURE", "F7"),
    ]


def test_a_row_that_is_lost_is_said_to_be_lost():
    def change(book):
        for part in ("x", "y", "comment"):
            book.defined_names.pop(f"KPI_S1.{part}")
        book[ALL]["A6"].value = None

    checked_return = checked(by_openpyxl(change))
    assert finding_marks(checked_return) == [("ROW_LOST", "must fix", ALL, "")]
    assert messages(checked_return) == [f"The row for KPI S1 is missing from this file. {FRESH}"]
    assert same_figures(checked_return, "KPI S1")


def test_rows_not_due_are_not_complained_about():
    checked_return = checked(by_openpyxl(lambda book: book[ALL].delete_rows(9)))  # KPI S4a, annual
    assert finding_marks(checked_return) == []
    assert same_figures(checked_return)


@pytest.mark.parametrize("text", [" KPI S1 ", "KPI S1\xa0"])
def test_a_code_with_spaces_around_it_is_the_code(text):
    assert finding_marks(checked(by_openpyxl(lambda book: book[ALL].__setitem__("A6", text)))) == []


# --- sheets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [ALL, WELLBEING, INDEPENDENCE, TRANSPORT, PLAN_SHEET, COVER])
def test_a_deleted_sheet_is_said_once(name):
    checked_return = checked(by_openpyxl(lambda book: book.remove(book[name])))
    assert finding_marks(checked_return) == [("SHEET_LOST", "must fix", name, "")]
    assert messages(checked_return) == [f"The sheet {name} is missing. {FRESH}"]
    gone = [e.code for e in checked_return.entries if e.sheet == name]
    assert same_figures(checked_return, *gone)
    assert {e.x for e in checked_return.entries if e.code in gone} <= {None}


def test_without_help_nothing_is_missing():
    assert finding_marks(checked(by_openpyxl(lambda book: book.remove(book[HELP])))) == []


@pytest.mark.parametrize(
    ("state", "locked", "remedy"),
    [
        ("hidden", False, "Show it, check its figures, and save again."),
        ("hidden", True, "Type your figures into a fresh copy of the workbook."),
        ("veryHidden", False, "Type your figures into a fresh copy of the workbook."),
    ],
)
@pytest.mark.parametrize("name", [COVER, ALL, PLAN_SHEET])
def test_a_hidden_sheet_is_asked_about_and_read(name, state, locked, remedy):
    def change(book):
        book.active = 2
        book[name].sheet_state = state
        book.security.lockStructure = locked

    checked_return = checked(by_openpyxl(change))
    assert finding_marks(checked_return) == [("SHEET_HIDDEN", "query", name, "")]
    assert messages(checked_return) == [f"The sheet {name} is hidden. {remedy}"]
    assert same_figures(checked_return)


def test_a_hidden_row_is_noted_and_read():
    def change(book):
        for row in (6, 8, 9):  # 9 is not due
            book[ALL].row_dimensions[row].hidden = True

    checked_return = checked(by_openpyxl(change))
    assert finding_marks(checked_return) == [("ROW_HIDDEN", "note", ALL, "F6")]
    assert messages(checked_return)[0].startswith("KPI S1, KPI S3: ")
    assert same_figures(checked_return)


def test_a_hidden_column_of_figures_is_noted_and_others_are_not():
    part = "xl/worksheets/sheet2.xml"
    width = '<col min="6" max="7" width="9.7109375" customWidth="1"/>'
    hidden_columns = (
        '<col min="6" max="6" width="9" hidden="1" customWidth="1"/><col min="7" max="7" width="9" customWidth="1"/>'
    )
    checked_return = checked(respelt(part, (width, hidden_columns)))
    assert finding_marks(checked_return) == [("COLUMN_HIDDEN", "note", ALL, "F1")]
    assert messages(checked_return) == ["All lots: column F is hidden. It was still read."]
    assert same_figures(checked_return)

    def change(book):
        book[ALL].column_dimensions["B"].hidden = True

    assert finding_marks(checked(by_openpyxl(change))) == []


def test_protection_taken_off_is_noted_once_for_all_sheets():
    def change(book):
        book.security = WorkbookProtection()
        for sheet in book:
            sheet.protection.sheet = False

    checked_return = checked(by_openpyxl(change))
    assert finding_marks(checked_return) == [("PROTECTION_OFF", "note", COVER, "")]
    assert messages(checked_return) == [
        f"The protection is off on {', '.join((COVER, PLAN_SHEET, *SECTIONS))}. Figures were read by name, and all"
        " results were recalculated."
    ]
    assert same_figures(checked_return)
    assert checked_return.status is Status.COMPLETE


# --- formulas --------------------------------------------------------------------------------------------------------


def test_an_overtyped_result_is_noted_and_never_used():
    def change(book):
        book[ALL]["I6"].value, book[ALL]["H6"].value = "Red", 0.99

    checked_return = checked(by_openpyxl(change))
    assert finding_marks(checked_return) == [("FORMULA_LOST", "note", ALL, "H6")]
    assert "the formula is missing from H6, I6. " in messages(checked_return)[0]
    assert same_figures(checked_return)


def test_values_pasted_over_everything_are_noted_once_a_sheet():
    plan = planned()

    def change(book):
        for page in plan.sheets:
            for slot in page.slots:
                if slot.formula and slot.kind.name == "LIVE":
                    book[page.name][slot.ref].value = slot.value

    checked_return = checked(by_openpyxl(change))
    assert [(mark[0], mark[2]) for mark in finding_marks(checked_return)] == [
        ("FORMULA_LOST", name) for name in SECTIONS
    ]
    assert "the formula is missing from H6, I6, K6, H7, I7, K7 and 3 more. " in messages(checked_return)[0]
    assert same_figures(checked_return)
    assert checked_return.status is Status.COMPLETE


def test_stale_results_in_the_file_are_never_used():
    data = by_openpyxl(lambda book: book[ALL].__setitem__("F6", 40))
    entry = next(e for e in checked(data).entries if e.code == "KPI S1")
    assert (entry.x, entry.rag.value) == (40, "Red")


def test_the_action_plan_is_read_by_name_and_without_names_by_place():
    plan = ActionPlanEntry("Staff left", "Recruit two", "Full team", "March")
    data = filled(KPI_S1=Entry(20, 40, "", plan))
    for change in (untouched, lambda book: book.defined_names.clear()):
        checked_return = checked(by_openpyxl(change, data))
        assert next(e for e in checked_return.entries if e.code == "KPI S1").plan == plan
        assert {mark[1] for mark in finding_marks(checked_return)} <= {"note"}
