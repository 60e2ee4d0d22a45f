"""People duplicate a tab and go on in the copy: the copy is never passed over where its figures differ."""

from __future__ import annotations

import pytest

from tests.reading.return_edits import ALL, TRANSPORT, WELLBEING, by_openpyxl, checked, clean, entries
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
