"""Names get lost, columns are inserted, cells dragged: a figure counts under its heading beside its code."""

from __future__ import annotations

import pytest

from tests.field.returned import FRESH, figures, findings_at
from tests.reading.return_edits import ALL, by_openpyxl, checked, messages

ALL_ROWS = range(6, 9)
CODES = ("KPI S1", "KPI S2", "KPI S3")
RIGHT = [(1, 40), (1, 40), (40, 40)]
NAMES = tuple(f"{code.replace(' ', '_')}.{part}" for code in CODES for part in ("x", "y", "comment"))


def read(checked_return):
    return [figures(checked_return, code) for code in CODES]


def shift(book, names=NAMES, by=3, before=6):
    """Put columns before x, headed with months, into the sheet; names follow where they are not lost."""
    sheet = book[ALL]
    sheet.insert_cols(before, by)
    for number, month in enumerate(("January", "February", "March")[:by]):
        sheet.cell(5, before + number).value = month
        for row in ALL_ROWS:
            sheet.cell(row, before + number).value = 60 + number
    for name in NAMES:
        target = book.defined_names[name]
        old, row = target.attr_text.split("$")[1:]
        target.attr_text = f"'{ALL}'!${chr(ord(old) + by)}${row}" if name in names else "#REF!"


@pytest.mark.parametrize("by", [1, 3])
@pytest.mark.parametrize(
    "remaining",
    [NAMES, (), NAMES[:1], [name for name in NAMES if name.endswith(".x")], [n for n in NAMES if not n.endswith(".x")]],
)
def test_columns_inserted_before_x_are_never_read(remaining, by):
    checked_return = checked(by_openpyxl(lambda book: shift(book, remaining, by)))
    assert read(checked_return) == RIGHT
    assert {finding.code.name for finding in checked_return.findings} <= {"NAMES_LOST", "FORMULA_LOST"}


def test_columns_inserted_before_the_codes_take_everything_along():
    def change(book):
        book[ALL].insert_cols(1, 2)
        book.defined_names.clear()

    assert read(checked(by_openpyxl(change))) == RIGHT


@pytest.mark.parametrize("ref", ["F5", "G5"])
def test_without_its_heading_no_column_counts_even_where_names_point_to_it(ref):
    def change(book):
        book[ALL][ref].value = "January"

    checked_return = checked(by_openpyxl(change))
    assert read(checked_return) == [(None, None)] * 3
    assert [finding.code.name for finding in checked_return.findings] == ["HEADINGS_LOST"]
    assert messages(checked_return) == [
        f"All lots does not have one heading x and one heading y above the figures, so we cannot be sure which figures"
        f" are which. {FRESH}"
    ]


def test_headings_are_known_in_capitals_and_with_other_spaces():
    def change(book):
        book[ALL]["F5"].value, book[ALL]["G5"].value, book[ALL]["L5"].value = "X", "\xa0y ", "Reason  or\xa0comment"

    assert checked(by_openpyxl(change)).findings == ()


def add_last_year(book):
    for row, pair in ((5, ("x", "y")), (6, (7, 70)), (7, (8, 80)), (8, (9, 90))):
        for column, value in zip("YZ", pair, strict=True):
            book[ALL][f"{column}{row}"].value = value


def test_a_second_pair_of_columns_x_and_y_is_told_apart_by_the_names():
    assert read(checked(by_openpyxl(add_last_year))) == RIGHT

    def without_names(book):
        add_last_year(book)
        book[ALL].protection.sheet = False
        book.defined_names.clear()

    checked_return = checked(by_openpyxl(without_names))
    assert read(checked_return) == [(None, None)] * 3
    assert [finding.code.name for finding in checked_return.findings if finding.sheet == ALL] == ["HEADINGS_LOST"]


def test_two_columns_exchanged_with_their_headings_are_read_under_them():
    def change(book):
        for row in (5, *ALL_ROWS):
            x, y = book[ALL][f"F{row}"], book[ALL][f"G{row}"]
            x.value, y.value = y.value, x.value
        for name in NAMES:
            if not name.endswith("comment"):
                target = book.defined_names[name]
                target.attr_text = target.attr_text.translate({ord("F"): "G", ord("G"): "F"})

    checked_return = checked(by_openpyxl(change))
    assert read(checked_return) == RIGHT
    assert checked_return.findings == ()


def point(book, **targets):
    for name, target in targets.items():
        text = f"'{ALL}'!${target[0]}${target[1:]}" if target else "#REF!"
        book.defined_names[name.replace("__", ".")].attr_text = text


def test_x_and_y_dragged_to_each_others_place_are_what_the_sheet_shows():
    checked_return = checked(by_openpyxl(lambda book: point(book, KPI_S1__x="G6", KPI_S1__y="F6")))
    assert read(checked_return) == RIGHT
    assert findings_at(checked_return, "F6") == [("CELLS_SWAPPED", "note")]
    assert messages(checked_return) == [
        "KPI S1: the cells of x and y were moved to each other's place. What is under the headings x and y was read"
        " (F6, G6)."
    ]


def test_x_dragged_onto_y_leaves_x_to_be_filled_in():
    def change(book):
        point(book, KPI_S1__x="G6", KPI_S1__y="")
        book[ALL]["F6"].value, book[ALL]["G6"].value = None, 1

    checked_return = checked(by_openpyxl(change))
    assert figures(checked_return, "KPI S1") == (None, 1)
    assert ("COUNT_EMPTY", "must fix") in findings_at(checked_return, "F6")


def test_x_dragged_into_another_row_leaves_both_rows_unsure():
    def change(book):
        point(book, KPI_S1__x="F8", KPI_S3__x="")
        book[ALL]["F8"].value, book[ALL]["F6"].value = 1, None

    checked_return = checked(by_openpyxl(change))
    assert read(checked_return) == [(None, None), (1, 40), (None, None)]
    assert findings_at(checked_return, "F6") == [("ROW_UNSURE", "must fix")]
    assert [name for name, _ in findings_at(checked_return, "F8")] == ["CELL_BROUGHT", "NAMES_LOST"]
    assert "KPI S3: F8 was moved there from the row of KPI S1" in messages(checked_return)[1]


def test_a_whole_row_of_cells_dragged_away_from_its_code_is_not_read():
    def change(book):
        point(book, KPI_S1__x="F8", KPI_S1__y="G8", KPI_S3__x="", KPI_S3__y="")

    checked_return = checked(by_openpyxl(change))
    assert read(checked_return)[0] == read(checked_return)[2] == (None, None)


@pytest.mark.parametrize("lost", ["KPI_S1__x", "KPI_S1__y"])
def test_one_good_name_is_used_where_the_other_is_lost(lost):
    def change(book):
        point(book, **{lost: ""})
        book[ALL].insert_rows(6)
        for row, code in ((6, "KPI S1"), (7, "KPI S1"), (8, "KPI S2"), (9, "KPI S3")):
            book[ALL][f"A{row}"].value = code
        for name in NAMES:
            target = book.defined_names[name]
            if "#REF!" not in target.attr_text:
                start, row = target.attr_text.rsplit("$", 1)
                target.attr_text = f"{start}${int(row) + 1}"

    assert read(checked(by_openpyxl(change))) == RIGHT


def test_the_action_plan_without_names_is_read_beside_its_code():
    from tests.reading.return_edits import filled
    from xlkpi.core.checks import ActionPlanEntry, Entry

    plan = ActionPlanEntry("Staff left", "Recruit two", "Full team", "March")
    data = filled(KPI_S1=Entry(20, 40, "", plan))

    def change(book):
        book.defined_names.clear()
        book["Action plan"].insert_rows(6)
        book["Action plan"]["A6"].value, book["Action plan"]["G6"].value = "KPI S9", "Somebody else's action"
        book["Action plan"]["A7"].value = "KPI S1"

    checked_return = checked(by_openpyxl(change, data))
    assert next(entry.plan for entry in checked_return.entries if entry.code == "KPI S1") == plan
