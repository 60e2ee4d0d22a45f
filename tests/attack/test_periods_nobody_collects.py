"""Somebody sends a return of a period that nobody can be collecting, or names one that does not exist."""

from __future__ import annotations

from datetime import date

import pytest

import xlkpi
from tests.consolidation.return_builders import SMALL, findings_of, manifest, statuses
from tests.reading.return_edits import clean
from xlkpi.cli import main
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.result import FileStatus
from xlkpi.core.period import Period
from xlkpi.findings import Code, Severity

build_return, together = SMALL.build_return, SMALL.together
USED, ASIDE = FileStatus.USED, FileStatus.SET_ASIDE
NOW = Period(2026, 3)
"""The period that the day of `together`, 24 November 2026, lies in."""


def of(number, period):
    return build_return(manifest(number, f"Provider {number}", period=period), {})


@pytest.mark.parametrize("period", [NOW.back(-5), Period(2062, 2), Period(2098, 4)])
def test_a_period_more_than_a_year_ahead_never_wins_however_many_sent_it(period):
    result = together({"now": of(1, NOW), **{f"ahead {number}": of(number, period) for number in range(2, 9)}})
    assert result.period == NOW
    assert statuses(result) == {"now": USED, **{f"ahead {number}": ASIDE for number in range(2, 9)}}
    first = next(finding for finding in findings_of(result, Code.PERIOD_AHEAD) if finding.file == "ahead 2")
    assert first.finding.severity is Severity.QUERY
    assert first.finding.message == (
        f"This says it is the return of {period}, which is more than a year ahead."
        " Ask Provider 2 for the right workbook."
    )
    row = next(row for row in result.files if row.file == "ahead 2")
    assert row.why == f"This says it is the return of {period}, which is more than a year ahead."
    assert row.remedy == "Ask Provider 2 for the right workbook."


def test_of_two_periods_returned_alike_one_that_has_begun_goes_before_one_that_has_not():
    assert together({"now": of(1, NOW.back(1)), "ahead": of(2, NOW.back(-2))}).period == NOW.back(1)
    assert together({"now": of(1, NOW.back(1)), "then": of(2, NOW.back(4))}).period == NOW.back(1)


def test_a_folder_with_nothing_else_collects_no_period():
    result = together({"ahead": of(1, Period(2062, 2))})
    assert (result.period, statuses(result)) == (None, {"ahead": ASIDE})


def test_an_officer_who_names_the_period_gets_it():
    assert statuses(together({"ahead": of(1, Period(2062, 2))}, period=Period(2062, 2))) == {"ahead": USED}


@pytest.mark.parametrize("day", [date.min, date(1970, 1, 1), date(2001, 1, 1)])
def test_a_clock_that_is_wrong_sets_no_return_aside(day):
    files = [FoundFile("now", of(1, Period(2026, 2)))]
    assert consolidate_files(files, SMALL.council_of(), period=None, as_of=day).period == Period(2026, 2)


@pytest.mark.parametrize("digits", ["9" * 5000, "9998", "0" * 5000, "٩" * 5000, "9_9"])
def test_a_period_that_does_not_exist_is_not_understood(digits, tmp_path, capsys):
    register = tmp_path / "register.csv"
    register.write_text("provider_id,provider,lots\nP001,Orchard,1a\n", encoding="utf-8")
    status = main(["build", str(register), "--period", f"{digits}-99 Q1", "--out", str(tmp_path / "out")])
    assert (status, (tmp_path / "out").exists()) == (2, False)
    printed = capsys.readouterr().err
    assert "is not a reporting period. Write it as “2026-27 Q2”." in printed
    assert len(printed) < 200


def test_in_the_finance_check_too_it_is_set_aside(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "now.xlsx").write_bytes(clean())
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("provider_id,invoice_no,due_date,received_date,disputed_date,paid_date\n", encoding="utf-8")
    register = tmp_path / "register.csv"
    register.write_text("provider_id,provider,lots\nP099,Ahead,1a\n", encoding="utf-8")
    xlkpi.build_returns(register, "2062-63 Q2", inbox)
    report = xlkpi.finance_check(inbox, ledger, tmp_path / "finance.xlsx")
    assert str(report.check.period) == "2026-27 Q2"
