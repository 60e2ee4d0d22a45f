"""A return saved by Google Sheets, Numbers, WPS Office, OnlyOffice or Excel for the web is read, with its figures."""

from __future__ import annotations

import pytest

from tests.field.other_programs import PROGRAMS
from tests.house.project_files import ROOT
from tests.judge.packages.package import Package
from tests.reading.return_edits import checked, clean, entries, filled
from xlkpi.core.checks import Entry
from xlkpi.findings import Code, Severity
from xlkpi.reading.returns.checked_return import Status

RED = {"KPI_S1": Entry(20, 40, "No minibus"), "KPI_S3": Entry(41, 40), "KPI_S4a": Entry("12 visits", 40)}
LOSES_NOTHING = ("WPS Office", "OnlyOffice", "Excel for the web")


def found_codes(checked_return):
    return {each.code for each in checked_return.findings}


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_figure_comes_back(program):
    checked_return = checked(PROGRAMS[program](clean()))
    assert entries(checked_return) == entries(checked(clean()))
    assert (checked_return.manifest.provider_id, str(checked_return.manifest.period)) == ("P01", "2026-27 Q2")
    assert all(each.severity is not Severity.MUST_FIX for each in checked_return.findings)


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_wrong_in_it_is_still_found(program):
    data = filled(**RED)
    checked_return, whole = checked(PROGRAMS[program](data)), checked(data)
    assert entries(checked_return) == entries(whole)
    assert checked_return.status is whole.status is Status.MUST_FIX
    assert found_codes(whole) <= found_codes(checked_return)


@pytest.mark.parametrize("program", LOSES_NOTHING)
def test_what_keeps_everything_gives_no_finding_of_its_own(program):
    assert checked(PROGRAMS[program](clean())).findings == checked(clean()).findings


@pytest.mark.parametrize("program", [name for name in PROGRAMS if name not in LOSES_NOTHING])
def test_what_was_lost_is_said_and_no_more_than_that(program):
    expected = {Code.PROTECTION_OFF, Code.MANIFEST_REBUILT, Code.NAMES_LOST, Code.SHEET_RENAMED}
    assert found_codes(checked(PROGRAMS[program](clean()))) <= expected


@pytest.mark.parametrize("program", PROGRAMS)
def test_it_is_a_workbook_that_can_be_read_at_all(program):
    """The stand-ins are packages in order, so that a refusal would be about what they mean to show."""
    package = Package("return.xlsx", PROGRAMS[program](clean()))
    assert not package.damaged
    assert len(package.sheets) == len(package.sheet_names) >= 8


def test_the_providers_page_says_what_each_program_keeps():
    page = (ROOT / "docs/provider.md").read_text(encoding="utf-8")
    assert all(name.partition(",")[0] in page for name in PROGRAMS)
