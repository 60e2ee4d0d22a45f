"""A return that another program saved without names and hidden sheets, perhaps under other tabs: it is still ours."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from tests.reading.return_edits import (
    ALL,
    COVER,
    INDEPENDENCE,
    MANIFEST,
    PERIOD,
    TRANSPORT,
    WELLBEING,
    by_openpyxl,
    checked,
    clean,
    entries,
    filled,
    respelt,
)
from xlkpi.consolidation.which_return import doubts_of
from xlkpi.core.checks import Entry
from xlkpi.findings import Code, Severity
from xlkpi.reading.returns.checked_return import Status
from xlkpi.reading.returns.council_seal_check import check_council_seal


def exported(rename=lambda title: title, change=None, data=None):
    """The return without its hidden sheet and names, its tabs renamed, as programs export it that know neither."""

    def export(book):
        book.remove(book[MANIFEST])
        book.defined_names.clear()
        if change:
            change(book)
        for sheet in book.worksheets:
            sheet.title = rename(sheet.title)

    return by_openpyxl(export, data)


def codes(checked_return):
    return {each.code for each in checked_return.findings}


RENAMED = {
    "as they were": lambda title: title,
    "Numbers": lambda title: f"{title} - Table 1",
    "Numbers, cut at 31 characters": lambda title: f"{title} - Table 1 of the workbook"[:31],
    "numbered": lambda title: f"Tab {abs(hash(title)) % 10_000}",
}


@pytest.mark.parametrize("name", RENAMED)
def test_it_is_read_by_its_codes_and_that_is_asked_about(name):
    checked_return = checked(exported(RENAMED[name]))
    assert entries(checked_return) == entries(checked(clean()))
    assert (checked_return.manifest.provider_id, checked_return.manifest.provider, checked_return.manifest.period) == (
        "P01",
        "Oak & Ash",
        PERIOD,
    )
    (query,) = (each for each in checked_return.findings if each.severity is not Severity.NOTE)
    assert (query.code, query.severity) == (Code.MANIFEST_REBUILT, Severity.QUERY)
    assert "Oak & Ash (P01) for 2026-27 Q2" in query.message
    assert doubts_of(checked_return) == (query,)
    assert check_council_seal(checked_return, bytes(32)) == checked_return


def test_the_reading_it_was_made_with_is_seen_in_its_rows():
    data = filled(as_written=("KPI S2", "KPI T1"))
    checked_return = checked(exported(RENAMED["Numbers"], data=data))
    assert set(checked_return.manifest.as_written) == set(checked(data).manifest.as_written)
    assert entries(checked_return) == entries(checked(data))


def test_red_rows_keep_their_action_plan():
    red = Entry(20, 40, "No minibus")
    data = filled(KPI_S1=red)
    checked_return, whole = checked(exported(RENAMED["Numbers"], data=data)), checked(data)
    assert entries(checked_return) == entries(whole)
    assert Code.PLAN in codes(checked_return) & codes(whole)


def cleared(*refs):
    def change(book):
        for ref in refs:
            book[COVER][ref].value = None

    return change


@pytest.mark.parametrize("ref", ["C5", "C7"])  # the provider's number, the period
def test_where_it_does_not_say_whose_it_is_it_is_ours_with_what_to_do(ref):
    where = {"C5": "Provider number", "C7": "Reporting period"}
    book = openpyxl.load_workbook(io.BytesIO(clean()))
    rows = [row for row in range(1, 60) if book[COVER][f"B{row}"].value == where[ref]]
    checked_return = checked(exported(change=cleared(*(f"C{row}" for row in rows))))
    assert rows
    assert (checked_return.status, codes(checked_return)) == (Status.UNREADABLE, {Code.MANIFEST_LOST})
    assert "Copy your figures into a fresh copy of the workbook." in checked_return.findings[0].message


def test_only_its_sheets_of_figures_are_still_ours():
    checked_return = checked(exported(change=lambda book: book.remove(book[COVER])))
    assert codes(checked_return) == {Code.MANIFEST_LOST}


def test_only_its_cover_is_still_ours():
    def change(book):
        for title in (ALL, WELLBEING, INDEPENDENCE, TRANSPORT):
            book.remove(book[title])

    assert codes(checked(exported(change=change))) == {Code.MANIFEST_LOST}


def test_one_sheet_pasted_into_a_workbook_of_their_own():
    book, target = openpyxl.Workbook(), io.BytesIO()
    source = openpyxl.load_workbook(io.BytesIO(clean()))[ALL]
    for row in source.iter_rows():
        for cell in row:
            book.active[cell.coordinate].value = cell.value
    book.save(target)
    assert codes(checked(target.getvalue())) == {Code.MANIFEST_LOST}


def test_a_section_twice_is_not_chosen_by_chance():
    def change(book):
        other = book.copy_worksheet(book[ALL])
        other.title, other["F6"] = "Tab A", 30
        book[ALL].title = "Tab B"

    checked_return = checked(exported(change=change))
    assert checked_return.status is not Status.COMPLETE
    assert Code.SHEET_LOST in codes(checked_return) or checked_return.manifest.sections[:1] != ("all",)


def test_a_list_with_our_codes_is_not_a_return():
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row, code in enumerate(("KPI S1", "KPI S2", "KPI S3"), start=6):
        book.active.cell(row, 1, code)
        book.active.cell(row, 6, 4)
    book.save(target)
    assert codes(checked(target.getvalue())) == {Code.NOT_A_RETURN}


def test_a_large_workbook_is_not_looked_through(monkeypatch):
    monkeypatch.setattr("xlkpi.reading.returns.rebuilt_manifest.LARGEST_RETURN", 10_000)
    assert codes(checked(exported())) == {Code.NOT_A_RETURN}


def test_a_damaged_tab_of_others_does_not_matter():
    def change(book):
        book.create_sheet("Broken")["A1"] = "broken"

    data = exported(change=change)
    parts = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.startswith("xl/worksheets/sheet")]
    last = max(parts, key=lambda name: (len(name), name))
    checked_return = checked(respelt(last, ("<sheetData>", "<sheetData><row"), data=data))
    assert Code.MANIFEST_REBUILT in codes(checked_return)
