"""People duplicate a tab and go on in the copy: the copy is never passed over where its figures differ."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.reading.return_edits import ALL, TRANSPORT, WELLBEING, by_openpyxl, checked, clean, entries, respelt
from xlkpi.findings import Code

TITLES = ["Copy of All lots", "All lots (2)", "All lots_2", "Sheet1", "DRAFT"]


def duplicated(title, original=ALL, change=None):
    def duplicate(book):
        copy = book.copy_worksheet(book[original])
        copy.title = title
        if change:
            change(copy)

    return checked(by_openpyxl(duplicate))


@pytest.mark.parametrize("title", TITLES)
def test_other_figures_in_a_copy_are_named_with_both_sheets(title):
    statuses = duplicated(title, change=lambda copy: copy.__setitem__("F6", 9))
    (about,) = (each for each in statuses.findings if each.code is Code.COPY_DIFFERS)
    assert title in about.message
    assert "KPI S1" in about.message
    assert f"F6 on {ALL}, F6 on {title}" in about.message
    assert entries(statuses) == entries(checked(clean()))


@pytest.mark.parametrize("original", [WELLBEING, TRANSPORT])
@pytest.mark.parametrize("value", [9, "9", 9.5, 0])
def test_whatever_is_there_instead_and_on_whichever_sheet(original, value):
    statuses = duplicated("Copy", original, lambda copy: copy.__setitem__("G6", value))
    assert Code.COPY_DIFFERS in {each.code for each in statuses.findings}


def test_a_copy_moved_down_and_aside():
    def change(copy):
        copy.insert_rows(1, 3)
        copy["F9"] = 9

    statuses = duplicated("Copy", change=change)
    (about,) = (each for each in statuses.findings if each.code is Code.COPY_DIFFERS)
    assert (about.sheet, about.cell) == ("Copy", "F9")


def test_a_copy_with_the_same_figures_needs_nothing():
    assert [each for each in duplicated("Copy of All lots").findings if each.severity.value != "note"] == []


BESIDE = {
    "a count each": [["KPI S1", 9], ["KPI S2", 8]],
    "under headings of their own": [["KPI", "Numerator", "Denominator"], ["kpi s1", 9, 77], ["KPI\u00a0S2", 8, 77]],
    "months": [["Apr", "May", "Jun"], [None, "KPI S1", "packages", 1, 2, 1], [None, "KPI S2", "invoices", 3, 3, 3]],
}


@pytest.mark.parametrize("rows", BESIDE.values(), ids=BESIDE)
def test_numbers_beside_our_codes_without_headings_are_asked_about(rows):
    def add(book):
        sheet = book.create_sheet("working")
        for row in rows:
            sheet.append(row)

    statuses = checked(by_openpyxl(add))
    (about,) = (each for each in statuses.findings if each.code is Code.COPY_UNREAD)
    assert about.message == (
        "The sheet working has numbers beside KPI S1, KPI S2, and they were not read, as it has no headings x and y."
        f" Check that the figures on {ALL} are those that count, and clear the others."
    )
    assert (about.severity.value, entries(statuses)) == ("query", entries(checked(clean())))


def test_damage_in_a_sheet_without_headings_is_of_no_account():
    def add(book):
        sheet = book.create_sheet("working")
        for row in (["KPI S1", 9], ["KPI S2", 8], ["a", 4711]):
            sheet.append(row)

    data = by_openpyxl(add)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (part,) = (name for name in archive.namelist() if b"4711" in archive.read(name))
    statuses = checked(respelt(part, ('t="n"><v>4711<', 't="s"><v>4711<'), data=data))
    assert entries(statuses) == entries(checked(clean()))
    assert not [each for each in statuses.findings if each.sheet == "working"]


def test_the_same_numbers_one_other_and_codes_in_a_text_need_nothing():
    def add(book):
        original, sheet = book[ALL], book.create_sheet("working")
        for row in (6, 7):
            sheet.append([original[f"{column}{row}"].value for column in "AFG"])
        sheet.append(["KPI S3", 99])
        sheet.append(["See KPI S2 and KPI S3", 9])

    assert [each for each in checked(by_openpyxl(add)).findings if each.code is Code.COPY_UNREAD] == []
