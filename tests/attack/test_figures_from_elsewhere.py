"""Figures that come from elsewhere: another provider's sheet, a copy, a name, a second cell, a comment for something
else. None is used without a word, and nothing that honest people do is taken for it."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest

from tests.reading.return_edits import (
    ALL,
    PLAN_SHEET,
    WELLBEING,
    by_openpyxl,
    checked,
    clean,
    entries,
    filled,
    finding_marks,
    messages,
    planned,
    respelt,
)
from xlkpi.core.checks import Entry
from xlkpi.core.explanations import numbers_in
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.reading.returns.checked_return import Status
from xlkpi.writing.returns.write_return import write_return

OTHER = Provider("P09", "Hop Garden CIC", lots=("1a", "2b"), transport=True)


def loud(checked_return):
    """The findings that are not notes."""
    return [finding for finding in finding_marks(checked_return) if finding[1] != "note"]


def with_sheet_of(other, title):
    """The clean return with the cells of one sheet copied from another workbook."""

    def change(book):
        for row in openpyxl_of(other)[title].iter_rows():
            for cell in row:
                book[title][cell.coordinate].value = cell.value

    return by_openpyxl(change)


@cache
def openpyxl_of(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@cache
def of_another_provider():
    return write_return(planned(provider=OTHER))


@cache
def of_another_period():
    return write_return(planned(period=Period(2025, 4)))


# --- sheets of another provider or period ----------------------------------------------------------------------------


@pytest.mark.parametrize("title", [ALL, WELLBEING, PLAN_SHEET])
def test_a_sheet_of_another_provider_must_be_fixed(title):
    checked_return = checked(with_sheet_of(of_another_provider(), title))
    assert loud(checked_return) == [("SHEET_PROVIDER", "must fix", title, "A2")]
    assert messages(checked_return)[0] == (
        f"{title}: the heading says Hop Garden CIC (A2), but the workbook was made for Oak & Ash."
        " Copy your own figures into a fresh copy of the workbook."
    )


@pytest.mark.parametrize("title", [ALL, WELLBEING, PLAN_SHEET])
def test_a_sheet_of_another_period_must_be_fixed(title):
    checked_return = checked(with_sheet_of(of_another_period(), title))
    assert ("SHEET_PERIOD", "must fix", title, "A3") in loud(checked_return)
    assert messages(checked_return)[0].startswith(
        f"{title}: the heading says 2025-26 Q4 (A3), but the workbook was made for 2026-27 Q2. "
    )


@pytest.mark.parametrize("name", ["oak & ash", " Oak  &\xa0Ash ", "Oak & Ash\u200f", "–", None])
def test_a_name_that_reads_the_same_or_is_not_there_is_no_other_provider(name):
    assert loud(checked(by_openpyxl(lambda book: book[ALL].__setitem__("A2", name)))) == []


def test_a_row_above_the_heading_does_not_hide_whose_sheet_it_is():
    def change(book):
        book[ALL]["A1"], book[ALL]["A2"], book[ALL]["A3"], book[ALL]["A4"] = (
            "our own title", "All lots", "Hop Garden CIC", "2026-27 Q2 (1 July to 30 September 2026)",
        )  # fmt: skip

    assert loud(checked(by_openpyxl(change))) == [("SHEET_PROVIDER", "must fix", ALL, "A3")]


def test_what_all_sheets_say_is_one_finding():
    others = openpyxl_of(of_another_provider())

    def change(book):
        for title in (ALL, WELLBEING, PLAN_SHEET):
            book[title]["A2"].value = others[title]["A2"].value

    checked_return = checked(by_openpyxl(change))
    assert [finding[0] for finding in loud(checked_return)] == ["SHEET_PROVIDER"]
    assert messages(checked_return)[0].startswith(
        f"{ALL}, {WELLBEING}, {PLAN_SHEET}: the heading says Hop Garden CIC (A2), "
    )


# --- copies ----------------------------------------------------------------------------------------------------------


def copied(change_copy=lambda _: None, change_original=lambda _: None, state="visible"):
    def change(book):
        copy = book.copy_worksheet(book[ALL])
        copy.title, copy.sheet_state = "All lots (2)", state
        change_copy(copy)
        change_original(book[ALL])

    return by_openpyxl(change)


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_a_copy_with_other_figures_must_be_fixed_and_both_sheets_are_named(state):
    checked_return = checked(copied(lambda copy: copy.__setitem__("F6", 14), state=state))
    assert loud(checked_return) == [("COPY_DIFFERS", "must fix", "All lots (2)", "F6")]
    assert messages(checked_return)[0] == (
        "The sheet All lots (2) also has figures for KPI S1, and they differ: F6 on All lots, F6 on All lots (2)."
        + (
            " Correct them on All lots, which was read, and clear them on All lots (2)."
            if state == "visible"
            else " Copy the figures that are right into a fresh copy of the workbook (All lots was read)."
        )
    )
    assert entries(checked_return) == entries(checked(clean()))


def test_a_copy_that_was_filled_in_while_the_original_was_left_blank_is_named():
    checked_return = checked(copied(change_original=lambda sheet: sheet.__setitem__("F6", None)))
    assert [finding[0] for finding in loud(checked_return)] == ["COUNT_EMPTY", "COPY_DIFFERS"]


def test_clearing_the_figures_on_the_copy_as_the_message_says_makes_it_go():
    def change(copy):
        for row in copy.iter_rows(min_row=6, min_col=6, max_col=7):
            for cell in row:
                cell.value = None

    assert loud(checked(copied(change))) == []


def test_a_copy_with_the_same_figures_or_none_is_no_matter():
    assert loud(checked(copied())) == []
    assert loud(checked(copied(lambda copy: [copy.__setitem__(ref, None) for ref in ("F6", "G6")]))) == []


def test_a_sheet_of_notes_is_no_copy():
    def change(book):
        notes = book.create_sheet("Our notes")
        notes["A6"], notes["F6"], notes["G6"] = "KPI S1", 3, 30

    assert loud(checked(by_openpyxl(change))) == []


# --- names, rows and cells -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "seen"), [("x", "F6"), ("y", "G6"), ("comment", "L6")])
def test_a_name_that_points_beside_its_heading_is_not_followed(part, seen):
    def change(book):
        book.defined_names[f"KPI_S1.{part}"].attr_text = "'All lots'!$X$6"
        book[ALL]["X6"] = 0

    checked_return = checked(by_openpyxl(change))
    assert loud(checked_return) == [("NAME_ELSEWHERE", "query", ALL, seen)]
    assert messages(checked_return)[0] == (
        "KPI S1: the names of the cells point to X6, but the headings x, y and “Reason or comment” are above"
        f" {seen}. What is in {seen} was read: check it, or copy your figures into a fresh copy of the workbook."
    )
    assert entries(checked_return) == entries(checked(clean()))


def test_an_inserted_column_takes_names_and_headings_along_and_nothing_is_asked():
    def change(book):
        sheet = book[ALL]
        sheet.insert_cols(6)
        for name, defined in book.defined_names.items():
            if defined.attr_text.startswith("'All lots'!") and name.endswith((".x", ".y", ".comment")):
                letter = defined.attr_text.split("$")[1]
                defined.attr_text = defined.attr_text.replace(f"${letter}$", f"${chr(ord(letter) + 1)}$")

    checked_return = checked(by_openpyxl(change))
    assert loud(checked_return) == []
    assert entries(checked_return) == entries(checked(clean()))


def test_an_inserted_column_without_names_is_found_by_its_headings():
    def change(book):
        book[ALL].insert_cols(6)
        book.defined_names.clear()

    assert entries(checked(by_openpyxl(change))) == entries(checked(clean()))


@pytest.mark.parametrize("named", [True, False])
def test_a_code_in_two_rows_with_other_figures_is_unsure(named):
    def change(book):
        book[ALL]["A20"], book[ALL]["F20"], book[ALL]["G20"] = "KPI S1", 14, 40
        if not named:
            book.defined_names.clear()

    checked_return = checked(by_openpyxl(change))
    assert loud(checked_return) == [("ROW_TWICE", "must fix", ALL, "F6")]
    assert messages(checked_return)[0] == (
        "KPI S1 is in two rows (A6 and A20) with figures that differ, so we cannot be sure which are meant."
        " Copy your figures into a fresh copy of the workbook."
    )
    assert next(entry.x for entry in checked_return.entries if entry.code == "KPI S1") is None


def test_a_code_written_again_without_figures_is_no_second_row():
    assert loud(checked(by_openpyxl(lambda book: book[ALL].__setitem__("A20", "KPI S1")))) == []


def test_two_cells_of_one_address_are_refused_by_name():
    checked_return = checked(respelt("xl/worksheets/sheet2.xml", ('<c r="F6"', '<c r="F6"><v>14</v></c><c r="F6"')))
    assert checked_return.status is Status.UNREADABLE
    assert "sheet All lots: it has two cells F6. " in messages(checked_return)[0]


# --- comments for something else -------------------------------------------------------------------------------------


def y_finding(entry, code="CHANGE"):
    checked_return = checked(filled(KPI_S3=entry))
    return [(f.severity.value, f.message) for f in checked_return.findings if f.code.name == code]


def test_a_comment_for_another_reason_leaves_a_y_far_out_of_line_a_query():
    assert y_finding(Entry(400, 400, "Two of us were ill.")) == [
        ("query", "KPI S3 y is 400; in the last return it was 38. Check it, or explain in L8."
         " The comment does not mention 400.")
    ]  # fmt: skip


@pytest.mark.parametrize("comment", ["400 after the merger", "Now 400.", "There are 0400 of them"])
def test_a_comment_that_gives_the_figure_explains_it(comment):
    assert [severity for severity, _ in y_finding(Entry(400, 400, comment))] == ["note"]


@pytest.mark.parametrize(("x", "y"), [(379, 379), (4, 4), (0, 0)])
def test_any_comment_explains_less_than_ten_times_and_a_fall_to_nothing(x, y):
    assert [severity for severity, _ in y_finding(Entry(x, y, "The group from Deal joined or left us."))] == ["note"]


def test_a_tenth_is_as_far_out_as_ten_times():
    assert [severity for severity, _ in y_finding(Entry(3, 3, "Two of us were ill."))] == ["query"]


def test_rows_that_count_the_same_people_are_compared_likewise():
    checked_return = checked(filled(INFO_W2=Entry(10, 400, "Two of us were ill.")))
    assert ("SAME_Y", "query") in [finding[:2] for finding in finding_marks(checked_return)]
    checked_return = checked(filled(INFO_W2=Entry(10, 400, "400, with their carers")))
    assert [finding[1] for finding in finding_marks(checked_return) if finding[0] == "SAME_Y"] == ["note"]


def test_a_very_large_y_is_explained_by_its_figure_alone():
    assert [severity for severity, _ in y_finding(Entry(1, 120_000, "as every year"), "LARGE")] == ["query"]
    assert [severity for severity, _ in y_finding(Entry(1, 120_000, "120,000 calls"), "LARGE")] == ["note"]


def test_numbers_are_read_as_people_write_them():
    assert numbers_in("1,500 of 1 234 567, 007 and 0; 15.5") == {"1500", "1234567", "7", "0", "15", "5"}
    assert numbers_in("none") == frozenset()
