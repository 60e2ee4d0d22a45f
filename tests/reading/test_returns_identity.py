"""Whose return a file is, for which period, of which template, and who declares it."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from tests.reading.return_edits import (
    ALL,
    COVER,
    DECLARED,
    MANIFEST,
    PERIOD,
    by_openpyxl,
    checked,
    clean,
    entries,
    filled,
    finding_marks,
    messages,
    place,
    remade,
    respelt,
    typed,
)
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Reading, State
from xlkpi.layout.cover.rows import Declaration
from xlkpi.reading.returns.checked_return import Status

FRESH = "Copy your figures into a fresh copy of the workbook."


def test_a_sound_return_says_whose_it_is():
    checked_return = checked(clean())
    assert (checked_return.status, checked_return.findings, checked_return.unreadable) == (Status.COMPLETE, (), False)
    manifest = checked_return.manifest
    assert (manifest.provider_id, manifest.provider, manifest.period) == ("P01", "Oak & Ash", PERIOD)
    assert (manifest.sections, manifest.template) == (("all", "wellbeing", "independence", "transport"), "2026-27.2/2")
    assert manifest.previous_y == {"KPI S3": 38}
    assert (checked_return.declared_by, checked_return.declared_on) == ("A. Person", date(2026, 10, 3))
    assert checked_return.saved_at.startswith("2026-09-30")
    assert len(checked_return.sha256) == 64
    not_due = [e.code for e in checked_return.entries if e.state is State.NOT_DUE]
    assert not_due == ["KPI S4a", "KPI S4b", "KPI S4c", "KPI S5", "KPI S6", "KPI W1"]


def test_the_reading_it_was_made_with_is_the_reading_it_is_rated_by():
    checked_return = checked(filled(as_written=("KPI S2",)))
    ours = next(e for e in checked_return.entries if e.code == "KPI S2")
    assert (ours.reading, ours.rag.value, ours.rag_as_written.value) == (Reading.AS_WRITTEN, "Red", "Red")
    theirs = next(e for e in checked(clean()).entries if e.code == "KPI S2")
    assert (theirs.reading, theirs.rag.value, theirs.rag_as_written.value) == (Reading.EFFECTIVE, "Green", "Red")


# --- the manifest ----------------------------------------------------------------------------------------------------


def test_a_template_with_none_of_our_sections_is_refused_with_what_to_do():
    checked_return = checked(remade(sections=["lot 9"]))
    assert finding_marks(checked_return) == [("TEMPLATE_UNKNOWN", "must fix", "", "")]
    assert messages(checked_return) == [
        "This workbook was made with template 2026-27.2/2, and this version of xlkpi knows none of its sections."
        " Update xlkpi, or copy the figures into a fresh copy of the workbook."
    ]
    assert (checked_return.status, checked_return.manifest, checked_return.entries) == (Status.UNREADABLE, None, ())


LOST = (
    "return.xlsx has lost its hidden sheet, so we cannot tell whose return it is."
    " Copy your figures into a fresh copy of the workbook."
)
BROKEN = [None, "", 17, "hello", "[]", "{}", "{", '{"xlkpi": "return"}', "[" * 100_000]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_manifest_that_says_nothing_is_lost(content):
    content = content[:32_000] if isinstance(content, str) else content
    checked_return = checked(by_openpyxl(lambda book: book[MANIFEST].__setitem__("A2", content)))
    assert (finding_marks(checked_return), messages(checked_return)) == (
        [("MANIFEST_LOST", "must fix", "", "")],
        [LOST],
    )


@pytest.mark.parametrize(
    "change",
    [
        {"provider_id": None}, {"period": "2026-28 Q2"}, {"period": "9999-00 Q4"}, {"period": 7}, {"send_by": "x"},
        {"xlkpi": "master"}, {"layout": "one"}, {"previous_y": [1]}, {"previous_y": {"KPI S1": "few"}}, {"sections": 3},
    ],
    ids=str,
)  # fmt: skip
def test_a_manifest_with_a_part_missing_or_odd_is_lost(change):
    checked_return = checked(remade(**change))
    assert (finding_marks(checked_return), messages(checked_return)) == (
        [("MANIFEST_LOST", "must fix", "", "")],
        [LOST],
    )


def test_a_manifest_whose_sheet_was_deleted_is_lost():
    checked_return = checked(by_openpyxl(lambda book: book.remove(book[MANIFEST])))
    assert (finding_marks(checked_return), messages(checked_return)) == (
        [("MANIFEST_LOST", "must fix", "", "")],
        [LOST],
    )


def test_a_manifest_whose_name_is_lost_is_found_on_its_sheet():
    checked_return = checked(by_openpyxl(lambda book: book.defined_names.pop("Return.manifest")))
    assert finding_marks(checked_return) == []
    assert checked_return.manifest.provider_id == "P01"


def test_an_edited_manifest_is_asked_about_and_still_read():
    checked_return = checked(remade(sealed=False, provider="Somebody Else"))
    assert finding_marks(checked_return) == [
        ("PROVIDER_CHANGED", "must fix", *place("Return.provider")),
        ("SHEET_PROVIDER", "must fix", ALL, "A2"),  # for the headings still say whose it was
        ("MANIFEST_CHANGED", "query", MANIFEST, "A2"),
    ]
    assert messages(checked_return)[2:] == [
        "The hidden sheet of this workbook was edited. Check that the provider and the period are right."
    ]
    assert entries(checked_return) == entries(checked(clean()))


def test_a_foreign_workbook_is_told_from_a_return_that_lost_its_manifest():
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    checked_return = checked(target.getvalue(), "budget.xlsx")
    assert finding_marks(checked_return) == [("NOT_A_RETURN", "must fix", "", "")]
    assert messages(checked_return) == [
        "budget.xlsx is a workbook, but not one of our KPI returns. Copy your figures into the workbook we sent."
    ]
    assert checked_return.status is Status.UNREADABLE


# --- the cover -------------------------------------------------------------------------------------------------------


def test_another_providers_number_on_the_cover_must_be_put_right():
    checked_return = checked(typed(**{"Return.provider_id": "P99", "Return.provider": "Elm"}))
    assert finding_marks(checked_return) == [("PROVIDER_CHANGED", "must fix", *place("Return.provider_id"))]
    assert messages(checked_return) == [
        "Start here says this is the return of Elm (P99), but the workbook was made for Oak & Ash (P01)."
        " Copy your figures into the workbook that was made for you."
    ]
    assert entries(checked_return) == entries(checked(clean()))
    assert checked_return.manifest.provider_id == "P01"  # the cover never decides whose it is


def test_another_period_on_the_cover_must_be_put_right():
    checked_return = checked(typed(**{"Return.period": "2026-27 Q3"}))
    assert finding_marks(checked_return) == [("PERIOD_CHANGED", "must fix", *place("Return.period"))]
    assert messages(checked_return) == [
        "Start here says 2026-27 Q3, but this workbook was made for 2026-27 Q2. Use the workbook for your period."
    ]
    assert checked_return.manifest.period == PERIOD


@pytest.mark.parametrize("name", ["Return.provider_id", "Return.period", "Return.provider"])
def test_an_emptied_cover_cell_changes_nothing(name):
    assert finding_marks(checked(typed(**{name: None}))) == []


DAYS = [
    ("3/10/2026", date(2026, 10, 3)),
    ("03.10.26", date(2026, 10, 3)),
    ("3-10-2026", date(2026, 10, 3)),
    ("2026-10-03", date(2026, 10, 3)),
    ("3 October 2026", date(2026, 10, 3)),
    (" 3  Oct 2026\xa0", date(2026, 10, 3)),
    (46_298, date(2026, 10, 3)),
    (46_298.75, date(2026, 10, 3)),
    (datetime(2026, 10, 3, 17, 30), date(2026, 10, 3)),  # noqa: DTZ001 - a cell
]


@pytest.mark.parametrize(("content", "day"), DAYS, ids=str)
def test_a_declaration_is_dated_in_any_usual_spelling(content, day):
    checked_return = checked(typed(**{"Return.declared_on": content}))
    assert (finding_marks(checked_return), checked_return.declared_on) == ([], day)


NO_DAYS = [
    ("yesterday", "yesterday"),
    ("31/9/2026", "31/9/2026"),
    ("10/3", "10/3"),
    (5, "5"),
    (10**9, "1000000000"),
    (-1, "-1"),
    (True, "True"),
    ("#N/A", "#N/A"),
]


@pytest.mark.parametrize(("content", "shown"), NO_DAYS)
def test_what_is_no_day_must_be_put_right(content, shown):
    def change(book):
        sheet, ref = place("Return.declared_on")
        book[sheet][ref].value, book[sheet][ref].number_format = content, "General"

    checked_return = checked(by_openpyxl(change))
    sheet, ref = place("Return.declared_on")
    assert finding_marks(checked_return) == [("DECLARED_ON_TEXT", "must fix", sheet, ref)]
    assert f"({ref})" in messages(checked_return)[0]
    assert f"“{shown}”" in messages(checked_return)[0]
    assert messages(checked_return)[0].endswith("Enter it as day/month/year.")
    assert checked_return.declared_on is None


@pytest.mark.parametrize(("name", "kind"), [("declared_by", "DECLARED_BY"), ("declared_on", "DECLARED_ON")])
@pytest.mark.parametrize("content", [None, " \xa0"])
def test_a_declaration_that_is_empty_must_be_filled(name, kind, content):
    sheet, ref = place(f"Return.{name}")
    checked_return = checked(typed(**{f"Return.{name}": content}))
    assert finding_marks(checked_return) == [(kind, "must fix", COVER, ref)]
    assert (sheet, f"({ref})" in messages(checked_return)[0]) == (COVER, True)


@pytest.mark.parametrize(("day", "early"), [(46_294, True), (46_295, False)])
def test_a_declaration_before_the_period_ended_is_asked_about(day, early):
    checked_return = checked(filled(declared=Declaration("A. Person", day)))
    assert finding_marks(checked_return) == (
        [("DECLARED_EARLY", "query", *place("Return.declared_on"))] if early else []
    )
    if early:
        assert messages(checked_return) == [
            "The figures were declared on 29 September 2026, before the period ended on 30 September 2026."
            " Check the date."
        ]


def test_a_workbook_of_the_1904_calendar_means_the_same_day():
    part = "xl/workbook.xml"
    data = respelt(part, ("<workbookPr ", '<workbookPr date1904="1" '))
    assert checked(data).declared_on == date(2030, 10, 4)  # the same number, four years and a day later


def test_a_return_of_another_period_reads_alike():
    checked_return = checked(filled(period=Period(2026, 4), declared=Declaration(DECLARED.by, 46_500)))
    assert finding_marks(checked_return) == []
    assert all(e.due for e in checked_return.entries)
