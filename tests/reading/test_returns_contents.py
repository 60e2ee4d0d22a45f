"""What people type for x and y: each content its own finding, and nothing else changes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time

import pytest

from tests.reading.return_edits import (
    ALL,
    INDEPENDENCE,
    by_openpyxl,
    checked,
    clean,
    entries,
    filled,
    finding_marks,
    messages,
    place,
    respelt,
    typed,
)
from xlkpi.core.checks import Entry
from xlkpi.reading.returns.checked_return import Status

DIGITS = "Enter the count in digits only."
PASTE = (
    "The cell keeps that format: copy G6, paste it onto F6 and enter the count, or type your figures into a fresh copy"
    " of the workbook."
)
LONG = "see the e-mail of the fourteenth of September about the three packages we had to refuse"

TYPED = [
    # content, kind, message after “KPI S1 x”
    ("=12+5", "FORMULA_AS_COUNT", " (F6) contains a formula, =12+5. Enter its result as a number."),
    ("=SUM(A1:A9)", "FORMULA_AS_COUNT", " (F6) contains a formula, =SUM(A1:A9). Enter its result as a number."),
    ("12 visits", "NUMBER_AS_TEXT", " is the text “12 visits” (F6). Enter 12, in digits only."),
    (" 12 ", "NUMBER_AS_TEXT", " is the text “ 12 ” (F6). Enter 12, in digits only."),
    ("12\xa0", "NUMBER_AS_TEXT", " is the text “12\xa0” (F6). Enter 12, in digits only."),
    ("about 12", "NUMBER_AS_TEXT", " is the text “about 12” (F6). Enter 12, in digits only."),
    ("1,200", "NUMBER_AS_TEXT", " is the text “1,200” (F6). Enter 1200, in digits only."),
    ("1,234,567 in all", "NUMBER_AS_TEXT", " is the text “1,234,567 in all” (F6). Enter 1234567, in digits only."),
    ("007", "NUMBER_AS_TEXT", " is the text “007” (F6). Enter 7, in digits only."),
    ("twelve", "COUNT_TEXT", f" is the text “twelve” (F6). {DIGITS}"),
    ("n/a", "COUNT_TEXT", f" is the text “n/a” (F6). {DIGITS}"),
    ("3,5", "COUNT_TEXT", f" is the text “3,5” (F6). {DIGITS}"),
    ("12 of 40", "COUNT_TEXT", f" is the text “12 of 40” (F6). {DIGITS}"),
    ("12%", "COUNT_TEXT", f" is the text “12%” (F6). {DIGITS}"),
    ("-3", "COUNT_TEXT", f" is the text “-3” (F6). {DIGITS}"),
    ("10-12", "COUNT_TEXT", f" is the text “10-12” (F6). {DIGITS}"),
    ("½", "COUNT_TEXT", f" is the text “½” (F6). {DIGITS}"),
    ("one\ntwo", "COUNT_TEXT", f" is the text “one two” (F6). {DIGITS}"),
    (LONG, "COUNT_TEXT", f" is the text “{LONG[:59]}…” (F6). {DIGITS}"),
    (datetime(2026, 3, 1), "DATE_AS_COUNT", f" (F6) is a date, 1 March 2026. {PASTE}"),  # noqa: DTZ001 - a cell
    (date(2026, 12, 31), "DATE_AS_COUNT", f" (F6) is a date, 31 December 2026. {PASTE}"),
    (time(12, 0), "SHOWN_OTHERWISE", f" (F6) is 0.5, but the cell's format shows it as a date or time. {PASTE}"),
    ("196\u200b", "NUMBER_AS_TEXT", " is the text “196” (F6). Enter 196, in digits only."),
    ("\u202d196\u202c", "NUMBER_AS_TEXT", " is the text “196” (F6). Enter 196, in digits only."),
    ("１９６", "NUMBER_AS_TEXT", " is the text “１９６” (F6). Enter 196, in digits only."),
    ("19²", "COUNT_TEXT", f" is the text “19²” (F6). {DIGITS}"),
    (12.5, "COUNT_DECIMAL", " is 12.5 (F6). It is a count: enter a whole number."),
    (0.1 + 0.2, "COUNT_DECIMAL", " is 0.3 (F6). It is a count: enter a whole number."),
    (-3, "COUNT_NEGATIVE", " is -3 (F6). A count cannot be below 0: enter 0 or more."),
    (True, "COUNT_OTHER", f" (F6) does not contain a number. {DIGITS}"),
    ("#N/A", "COUNT_OTHER", f" (F6) does not contain a number. {DIGITS}"),
    ("#REF!", "COUNT_OTHER", f" (F6) does not contain a number. {DIGITS}"),
    ("", "COUNT_EMPTY", " (F6) is empty. Enter the number of packages refused; if there were none, enter 0."),
    (None, "COUNT_EMPTY", " (F6) is empty. Enter the number of packages refused; if there were none, enter 0."),
    (" \xa0", "COUNT_EMPTY", " (F6) is empty. Enter the number of packages refused; if there were none, enter 0."),
]


@pytest.mark.parametrize(("content", "kind", "says"), TYPED)
def test_what_is_typed_for_x_has_its_own_finding_and_nothing_else_changes(content, kind, says):
    checked_return = checked(typed(**{"KPI_S1.x": content}))
    assert finding_marks(checked_return) == [(kind, "must fix", ALL, "F6")]
    assert messages(checked_return) == [f"KPI S1 x{says}"]
    assert checked_return.findings[0].indicator == "KPI S1"
    entry = next(e for e in checked_return.entries if e.code == "KPI S1")
    assert (entry.x, entry.y, entry.rag, entry.outturn) == (None, 40, None, None)
    assert entry.state.value == ("Incomplete" if kind == "COUNT_EMPTY" else "Check")
    assert (entry.x_cell, entry.y_cell, entry.sheet) == ("F6", "G6", ALL)
    assert entries(checked_return, "KPI S1") == entries(checked(clean()), "KPI S1")
    assert checked_return.status is Status.MUST_FIX


def test_a_finding_for_y_names_y_and_its_cell():
    sheet, ref = place("KPI_I1.y")
    checked_return = checked(typed(**{"KPI_I1.y": "40 people"}))
    assert (
        finding_marks(checked_return)
        == [("NUMBER_AS_TEXT", "must fix", INDEPENDENCE, ref)]
        == [("NUMBER_AS_TEXT", "must fix", sheet, ref)]
    )
    assert messages(checked_return) == [f"KPI I1 y is the text “40 people” ({ref}). Enter 40, in digits only."]


def test_one_odd_cell_hides_no_other():
    odd = {"KPI_S1.x": "x", "KPI_S1.y": -1, "KPI_S2.x": None, "KPI_S2.y": "=1", "KPI_I1.x": 0.5}
    checked_return = checked(typed(**odd))
    assert [(f.code.name, f.cell) for f in checked_return.findings] == [
        ("COUNT_TEXT", "F6"),
        ("COUNT_NEGATIVE", "G6"),
        ("FORMULA_AS_COUNT", "G7"),
        ("COUNT_EMPTY", "F7"),
        ("COUNT_DECIMAL", place("KPI_I1.x")[1]),
    ]


@pytest.mark.parametrize(("number", "shown"), [(0.45, "45%"), (1, "100%"), (0.125, "12.5%"), (12, "1200%")])
@pytest.mark.parametrize("form", ["0%", "0.00%"])
def test_a_percentage_is_no_count_even_where_it_is_a_whole_number(number, shown, form):
    def change(book):
        book[ALL]["F6"].value, book[ALL]["F6"].number_format = number, form

    checked_return = checked(by_openpyxl(change))
    assert messages(checked_return) == [f"KPI S1 x (F6) is a percentage, {shown}. {PASTE}"]
    assert finding_marks(checked_return) == [("PERCENT_AS_COUNT", "must fix", ALL, "F6")]


@pytest.mark.parametrize("form", ["dd/mm/yyyy", "d mmm yy", "yyyy-mm-dd hh:mm"])
def test_a_number_that_a_format_shows_as_a_date_is_a_date(form):
    def change(book):
        book[ALL]["F6"].value, book[ALL]["F6"].number_format = 46_082, form

    checked_return = checked(by_openpyxl(change))
    assert finding_marks(checked_return) == [("DATE_AS_COUNT", "must fix", ALL, "F6")]
    assert "1 March 2026" in messages(checked_return)[0]


@pytest.mark.parametrize("form", ["0.00", "#,##0", "General", "0;[Red]-0", "#,##0_ "])
def test_a_count_is_a_count_in_any_format_that_shows_it_as_it_is(form):
    def change(book):
        book[ALL]["F6"].number_format = form

    assert finding_marks(checked(by_openpyxl(change))) == []


def test_a_merged_input_is_not_read():
    checked_return = checked(by_openpyxl(lambda book: book[ALL].merge_cells("F6:F7")))
    assert finding_marks(checked_return) == [("MERGED", "must fix", ALL, "F6"), ("MERGED", "must fix", ALL, "F7")]
    fresh = "Type your figures into a fresh copy of the workbook."
    assert messages(checked_return) == [
        f"KPI S1 x (F6) is part of the merged cells F6:F7. {fresh}",
        f"KPI S2 x (F7) is part of the merged cells F6:F7. {fresh}",
    ]
    beside = checked(by_openpyxl(lambda book: book[ALL].merge_cells("D6:E6")))
    assert finding_marks(beside) == []


def test_a_huge_count_is_read_exactly_and_asked_about():
    checked_return = checked(typed(**{"KPI_S2.x": 1, "KPI_S2.y": 10**12}))
    assert finding_marks(checked_return) == [("LARGE", "query", ALL, "G7")]
    assert messages(checked_return) == [
        "KPI S2 y is 1000000000000 (G7), a very large count. Check it, or explain in L7."
    ]
    entry = next(e for e in checked_return.entries if e.code == "KPI S2")
    assert (entry.y, entry.outturn.denominator) == (10**12, 10**12)


def test_both_cells_empty_is_one_finding():
    checked_return = checked(typed(**{"KPI_S1.x": None, "KPI_S1.y": " "}))
    assert messages(checked_return) == [
        "KPI S1 (F6, G6) is empty. Enter x and y; if there was nothing to count, enter 0 and 0."
    ]
    assert finding_marks(checked_return) == [("ENTRY_EMPTY", "must fix", ALL, "F6")]


def test_no_cases_is_no_finding():
    checked_return = checked(filled(KPI_S1=Entry(0, 0)))
    assert finding_marks(checked_return) == []
    assert next(e for e in checked_return.entries if e.code == "KPI S1").state.value == "No cases"


def test_a_formula_is_told_though_its_result_is_kept_or_kept_elsewhere():
    sheet = "xl/worksheets/sheet2.xml"
    for formula, shown in (("12+5", "=12+5"), ("A1&amp;B1", "=A1&B1"), ("", "shared with others")):
        checked_return = checked(respelt(sheet, (cell_of(sheet, "F6"), f'<c r="F6"><f>{formula}</f><v>17</v></c>')))
        assert messages(checked_return) == [f"KPI S1 x (F6) contains a formula, {shown}. Enter its result as a number."]


def cell_of(part, ref):
    """The XML of a cell of the clean return."""
    text = zipfile.ZipFile(io.BytesIO(clean())).read(part).decode()
    return re.search(rf'<c r="{ref}"[^>]*>.*?</c>', text)[0]


def test_a_comment_may_hold_anything():
    sheet, ref = place("KPI_S1.comment")
    for content, comment in ((12, "12"), (" why ", "why"), (datetime(2026, 3, 1), "1 March 2026"), (True, "True")):  # noqa: DTZ001 - a cell
        checked_return = checked(typed(**{"KPI_S1.comment": content}))
        assert finding_marks(checked_return) == [], (sheet, ref)
        assert next(e for e in checked_return.entries if e.code == "KPI S1").comment == comment
