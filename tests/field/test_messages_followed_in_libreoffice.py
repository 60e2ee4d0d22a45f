"""Each message about a pasted or dragged cell is followed word for word in the locked sheet: the finding goes."""

from __future__ import annotations

import re

import pytest

from tests.field.returned import figures, in_named
from tests.field.test_formulas_that_fill_several_cells import with_formula
from tests.reading.return_edits import (
    ALL,
    INDEPENDENCE,
    PLAN_SHEET,
    by_openpyxl,
    checked,
    clean,
    filled,
    messages,
)
from xlkpi.core.checks import ActionPlanEntry, Entry

pytestmark = pytest.mark.office

PASTE = re.compile(r"\((\w+)\).*: copy (\w+), paste it onto (\w+) and enter the count, or type ")
ENTER = re.compile(r"\((\w+)\)\. Enter (\d+), in digits only\.")
CLEAR = re.compile(r"\((\w+)\).* Select all of (\w+:\w+), press Delete, and enter each count as a number\.")
AGAIN = re.compile(r"\((?:Action plan, )?(\w+)\) shows .* Type it again, beginning with a letter\.")
FRESH = "Type your figures into a fresh copy of the workbook."


@pytest.fixture(autouse=True)
def overwriting_is_confirmed(office):
    """Whoever pastes onto a cell with content says OK to LibreOffice's question; here it is not asked."""
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    node = office.properties(nodepath="/org.openoffice.Office.Calc/Input")
    settings = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", node)
    settings.setPropertyValue("ReplaceCellsWarning", False)
    settings.commitChanges()


def select(book, sheet, cells):
    controller = book.document.CurrentController
    controller.setActiveSheet(book.sheet(sheet))
    controller.select(book.cell(sheet, cells))


def follow(book, finding, count):
    """Do what the message says, with the keys and menus of a person; ``count`` is what belongs there."""
    sheet, message = finding.sheet, finding.message
    if match := PASTE.search(message):
        select(book, sheet, match[2])
        book.dispatch(".uno:Copy")
        select(book, sheet, match[3])
        book.dispatch(".uno:Paste")
        book.type_text(sheet, match[3], str(count))
    elif match := ENTER.search(message):
        book.type_text(sheet, match[1], match[2])
    elif match := CLEAR.search(message):
        if book.formula(sheet, match[1]).startswith("{"):
            select(book, sheet, match[2])
            book.dispatch(".uno:ClearContents")
        book.type_text(sheet, match[1], str(count))
    elif match := AGAIN.search(message):
        book.type_text(sheet, match[1], "Two carers left in March")
    else:
        raise AssertionError(f"nobody knows how to follow: {message}")


def followed(calc, tmp_path, data, counts):
    """The return after every message was followed, saved and checked again."""
    path = tmp_path / "return.xlsx"
    path.write_bytes(data)
    checked_return = checked(data)
    book = calc(path)
    assert book.sheet(ALL).isProtected()
    for finding in checked_return.findings:
        if finding.severity.value == "must fix":
            follow(book, finding, counts.get(finding.cell, 0))
    return checked(book.save(tmp_path / "again.xlsx").read_bytes())


def test_pasted_formats(calc, tmp_path):
    def change(book):
        for ref, value, form in (("F6", 46_082, "dd/mm/yyyy"), ("F7", "2", "@"), ("F8", 2, "[h]:mm")):
            book[ALL][ref].value, book[ALL][ref].number_format = value, form
        for number, (value, form) in enumerate(((0.5, "0%"), (4000, "#,##0,"), (40, '0" people"'), ("40", "@"))):
            ref = f"G{6 + number}"
            book[INDEPENDENCE][ref].value, book[INDEPENDENCE][ref].number_format = value, form

    data = by_openpyxl(change)
    assert len(messages(checked(data))) == 7
    checked_return = followed(
        calc, tmp_path, data, {"F6": 1, "F7": 1, "F8": 40, **dict.fromkeys(("G6", "G7", "G8", "G9"), 40)}
    )
    assert messages(checked_return) == []
    assert [figures(checked_return, code) for code in ("KPI S1", "KPI S2", "KPI S3")] == [(1, 40), (1, 40), (40, 40)]


def test_text_in_a_cell_of_ours_and_signs_that_nobody_sees(calc, tmp_path):
    checked_return = followed(
        calc, tmp_path, in_named(KPI_S1__x="1\u200b", KPI_S2__x="1", KPI_S3__y="\u202d40\u202c"), {}
    )
    assert messages(checked_return) == []
    assert [figures(checked_return, code) for code in ("KPI S1", "KPI S2", "KPI S3")] == [(1, 40), (1, 40), (40, 40)]


def test_a_formula_over_several_cells(calc, tmp_path):
    data = with_formula("F6", '<f t="array" ref="F6:F8" aca="false">1*{1;1;40}</f>')
    checked_return = followed(calc, tmp_path, data, {"F6": 1, "F7": 1, "F8": 40})
    assert messages(checked_return) == []
    assert figures(checked_return, "KPI S3") == (40, 40)


def test_error_values_as_words(calc, tmp_path):
    data = filled(KPI_S3=Entry(20, 40, "Two left", ActionPlanEntry("", "Recruit two", "Full team", "March")))
    data = in_named(data, KPI_S3__comment="#NAME?", KPI_S3__action="#REF!", Return__declared_by="#NAME?")
    assert {finding.sheet for finding in checked(data).findings} == {ALL, PLAN_SHEET, "Start here"}
    assert messages(followed(calc, tmp_path, data, {})) == []


def test_where_only_a_fresh_copy_helps_typing_into_one_does(calc, tmp_path):
    def change(book):
        for ref in ("F6", "G6"):
            book[ALL][ref].value, book[ALL][ref].number_format = "4", "@"

    assert all(message.endswith(FRESH) for message in messages(checked(by_openpyxl(change))))
    path = tmp_path / "fresh.xlsx"  # the workbook as it was sent
    path.write_bytes(clean())
    book = calc(path)
    for ref in ("F6", "G6"):
        book.type_text(ALL, ref, "4" if ref == "F6" else "40")
    checked_return = checked(book.save(tmp_path / "typed.xlsx").read_bytes())
    assert figures(checked_return, "KPI S1") == (4, 40)
