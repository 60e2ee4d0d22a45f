"""People paste cells from a rota, a price list or another sheet: the format comes along and shows something else.

What the person sees is what is judged. 48:00 is 2 days, and "4" may be 4,000 in thousands.
"""

from __future__ import annotations

import pytest

from tests.field.returned import check_cell, figures, findings_at, in_cell
from tests.reading.return_edits import ALL, by_openpyxl, checked, messages

PASTE = (
    "The cell keeps that format: copy G6, paste it onto F6 and enter the count, or type your figures into a fresh copy"
    " of the workbook."
)
FRESH = "Type your figures into a fresh copy of the workbook."

SHOWN = [
    (2, "[h]:mm:ss", "as a date or time"),
    (1, "[h]:mm", "as a date or time"),
    (3, "[mm]:ss", "as a date or time"),
    (1, "hh:mm", "as a date or time"),
    (8, "h:mm AM/PM", "as a date or time"),
    (4000, "0,", "in thousands"),
    (4000, "#,##0,", "in thousands"),
    (4_000_000, '0.0,,"m"', "in thousands"),
    (4, "[$£-809]#,##0.00", "as money"),
    (4, '"£"#,##0', "as money"),
    (4, "#,##0 [$€-1]", "as money"),
    (4, "# ?/?", "as a fraction"),
    (4, "0.00E+00", "as a power of ten"),
    (4, "@", "as text"),
    (4, ";;;", "as nothing"),
    (0, "#,###", "as nothing"),
    (4, '0" hours"', "with other signs"),
]


@pytest.mark.parametrize(("number", "form", "how"), SHOWN)
def test_a_number_that_is_not_shown_as_a_count_does_not_count(number, form, how):
    cell = check_cell("F6", number, form)
    assert findings_at(cell, "F6") == [("SHOWN_OTHERWISE", "must fix")]
    assert messages(cell) == [f"KPI S1 x (F6) is {number}, but the cell's format shows it {how}. {PASTE}"]
    assert figures(cell, "KPI S1") == (None, 40)


@pytest.mark.parametrize(
    "form", ["General", "0", "#,##0", "0.00", "#,##0_);[Red](#,##0)", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "0_ "]
)
@pytest.mark.parametrize("number", [0, 3])
def test_a_format_that_shows_the_plain_count_is_read(number, form):
    cell = check_cell("F6", number, form)
    assert messages(cell) == []
    assert figures(cell, "KPI S1") == (number, 40)


@pytest.mark.parametrize(("number", "form"), [(46_082, "dd/mm/yyyy"), (196, "d mmm yy"), (0.5, "0%"), (12, "0.00%")])
def test_a_date_and_a_percentage_name_the_way_out_of_a_locked_sheet(number, form):
    assert messages(check_cell("F6", number, form))[0].endswith(PASTE)


def test_where_both_cells_of_a_row_came_with_a_format_only_a_fresh_copy_helps():
    def change(book):
        for ref in ("F6", "G6"):
            book[ALL][ref].value, book[ALL][ref].number_format = 4, "[h]:mm"

    assert [message.rpartition(". ")[2] for message in messages(checked(by_openpyxl(change)))] == [FRESH, FRESH]


def test_a_number_below_zero_or_with_a_fraction_is_reported_as_that():
    assert [finding.code.name for finding in check_cell("F6", -4, "0;-0").findings] == ["COUNT_NEGATIVE"]
    assert [finding.code.name for finding in check_cell("F6", 195.6, "0").findings] == ["COUNT_DECIMAL"]


def test_y_names_x_as_the_cell_to_copy():
    (message,) = messages(checked(in_cell("G6", 40, "[h]:mm")))
    assert ": copy F6, paste it onto G6 and enter the count, or " in message


def test_a_formula_that_came_with_a_format_names_the_way_out_too():
    assert messages(check_cell("F6", "=SUM(A1:A2)", "[h]:mm"))[0].endswith(PASTE)
    assert messages(check_cell("F6", "=SUM(A1:A2)"))[0].endswith("Enter its result as a number.")


def test_a_number_below_0_in_such_a_cell_is_reported_with_the_way_out():
    (message,) = messages(check_cell("F6", -4, "[h]:mm"))
    assert message == f"KPI S1 x (F6) is -4, but the cell's format shows it as a date or time. {PASTE}"
