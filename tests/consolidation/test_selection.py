"""Which file counts: used, set aside, superseded, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import Q2, SMALL, Inbox, findings_of, manifest, provider, rubbish, statuses
from xlkpi.consolidation.collect_period import ReturnSources, collect_period, consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.consolidation.result import FileStatus
from xlkpi.core.period import Period
from xlkpi.council.decisions import Decision, DecisionKind, DecisionLog
from xlkpi.errors import Unreadable
from xlkpi.findings import Code, Severity

build_return, council_of, together = SMALL.build_return, SMALL.council_of, SMALL.together

USED, ASIDE, SUPERSEDED = FileStatus.USED, FileStatus.SET_ASIDE, FileStatus.SUPERSEDED
WILLOW = manifest(1, "Willow")

FIGURES = {"KPI S1": (1, 40), "KPI S2": (0, 10), "KPI S3": (0, 0)}


def test_the_later_saved_of_two_returns_counts():
    old = build_return(WILLOW, FIGURES, saved="2026-10-12T09:00:00Z", declared=date(2026, 10, 9))
    new = build_return(
        WILLOW, {**FIGURES, "KPI S1": (2, 40)}, saved="2026-10-13T08:00:00Z", declared=date(2026, 10, 10)
    )
    result = together({"z.xlsx": old, "a.xlsx": new})
    assert statuses(result) == {"z.xlsx": SUPERSEDED, "a.xlsx": USED}
    assert [(row.x, row.file) for row in result.rows if row.indicator == "KPI S1"] == [(2, "a.xlsx")]
    (finding,) = findings_of(result, Code.SUPERSEDED)
    assert finding.finding.message == (
        "Willow sent a later return, a.xlsx (saved 13 October 2026, 08:00 UTC). This one is kept but not used."
    )


def test_saving_is_compared_as_a_moment():
    files = {
        "1.xlsx": build_return(WILLOW, FIGURES, saved="2026-10-12T09:30:00+01:00"),  # 08:30 in UTC
        "2.xlsx": build_return(WILLOW, FIGURES, saved="2026-10-12T09:31:00Z"),
    }
    assert statuses(together(files)) == {"1.xlsx": SUPERSEDED, "2.xlsx": USED}


def test_saved_alike_the_later_declared_counts_and_then_the_content_decides_whatever_the_names():
    filled_return = build_return(WILLOW, FIGURES, declared=date(2026, 10, 9))
    two = build_return(WILLOW, FIGURES, declared=date(2026, 10, 11))
    assert statuses(together({"1": filled_return, "2": two})) == {"1": SUPERSEDED, "2": USED}
    assert statuses(together({"1": two, "2": filled_return})) == {"1": USED, "2": SUPERSEDED}
    low, high = replace(filled_return, sha256="0a"), replace(filled_return, sha256="f0")
    assert statuses(together({"1": low, "2": high})) == {"1": SUPERSEDED, "2": USED}
    assert statuses(together({"1": high, "2": low})) == {"1": USED, "2": SUPERSEDED}


def test_an_exact_copy_counts_once_and_names_the_one_kept():
    filled_return = build_return(WILLOW, FIGURES)
    result = together({"b/return.xlsx": filled_return, "a/return.xlsx": filled_return, "c.xlsx": filled_return})
    assert statuses(result) == {"a/return.xlsx": USED, "b/return.xlsx": SUPERSEDED, "c.xlsx": SUPERSEDED}
    assert {row.why for row in result.files if row.status is SUPERSEDED} == {"An exact copy of a/return.xlsx."}
    assert len(result.rows) == 3


def test_the_copy_of_a_superseded_return_is_a_copy_still():
    old, new = build_return(WILLOW, FIGURES), build_return(WILLOW, FIGURES, saved="2026-10-13T08:00:00Z")
    result = together({"1": old, "2": old, "3": new})
    assert statuses(result) == {"1": SUPERSEDED, "2": SUPERSEDED, "3": USED}
    assert [finding.file for finding in findings_of(result, Code.SAME_FILE)] == ["2"]
    assert [finding.file for finding in findings_of(result, Code.SUPERSEDED)] == ["1"]


def test_unread_files_without_a_digest_are_no_copies_of_each_other():
    files = {
        name: replace(build_return(manifest(number, name), {}), sha256="") for number, name in enumerate(("A", "B"))
    }
    assert set(statuses(together(files)).values()) == {USED}


def test_another_period_is_set_aside():
    other = build_return(manifest(2, "Oast", period=Period(2025, 4)), {})
    result = together({"w": build_return(WILLOW, FIGURES), "o": other}, period=Q2)
    assert statuses(result) == {"w": USED, "o": ASIDE}
    (finding,) = findings_of(result, Code.OTHER_PERIOD)
    assert finding.finding.message == "This is the 2025-26 Q4 workbook; the folder collects 2026-27 Q2."
    assert finding.provider_id == "P002"
    assert {row.indicator for row in result.rows} == {"KPI S1", "KPI S2", "KPI S3"}


def test_the_period_is_the_one_most_providers_returned_and_copies_do_not_vote():
    files = {f"q2 {n}": build_return(manifest(n, f"N{n}"), {}) for n in (1, 2)}
    files |= {f"q1 {n}": build_return(manifest(1, "N1", period=Period(2026, 1)), {}, salt=str(n)) for n in range(5)}
    assert together(files).period == Q2


def test_of_periods_returned_alike_the_latest_is_collected():
    files = {"1": build_return(manifest(1, "A", period=Period(2026, 1)), {}), "2": build_return(manifest(2, "B"), {})}
    assert together(files).period == Q2


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("~$return.xlsx", Severity.NOTE),
        (".DS_Store", Severity.NOTE),
        ("letters/Cover letter.pdf", Severity.QUERY),
        ("return.docx", Severity.QUERY),
        ("return.xlsx", Severity.MUST_FIX),
        ("return.xls", Severity.MUST_FIX),
    ],
)
def test_a_file_that_is_no_return_is_set_aside_with_what_to_do(name, severity):
    result = together({name: rubbish(name.rpartition("/")[2], Unreadable.NOT_A_WORKBOOK)})
    (row,), (finding,) = result.files, result.findings
    assert row.status is ASIDE
    assert row.why == f"{name.rpartition('/')[2]} is not an Excel workbook."
    assert row.remedy
    assert finding.finding.severity is severity
    assert (row.must_fix, row.queries) == (severity is Severity.MUST_FIX, severity is Severity.QUERY)


def test_why_and_what_to_do_are_told_apart_for_every_reason():
    for reason in Unreadable:
        (row,) = together({"My return.xlsx": rubbish("My return.xlsx", reason)}).files
        assert row.remedy == reason.remedy
        assert row.why.startswith("My return.xlsx ")


def test_a_provider_outside_the_register_is_used_and_queried():
    files = {"w": build_return(WILLOW, FIGURES), "n": build_return(manifest(9, "Newcomer"), FIGURES)}
    result = together(files, register=[provider(1, "Willow Tree Ltd")])
    assert statuses(result) == {"w": USED, "n": USED}
    (finding,) = findings_of(result, Code.UNKNOWN_PROVIDER)
    assert (finding.provider_id, finding.finding.severity) == ("P009", Severity.QUERY)
    assert {row.provider for row in result.rows} == {"Willow Tree Ltd", "Newcomer"}
    assert not findings_of(together(files), Code.UNKNOWN_PROVIDER)


def test_found_is_used_and_set_aside_and_superseded(tmp_path):
    filled_return = build_return(WILLOW, FIGURES)
    files = {
        "a.xlsx": filled_return,
        "b/a.xlsx": filled_return,
        "x.pdf": rubbish("x.pdf"),
        "~$a.xlsx": rubbish("~$a.xlsx"),
    }
    inbox = Inbox(tmp_path, files)
    result = collect_period(ReturnSources(tmp_path), council_of(), ReadOptions(inbox.check))
    assert (result.found, result.used, result.set_aside, result.superseded) == (4, 1, 2, 1)
    assert (result.missing, result.must_fix, result.queries) == ((), 0, 1)


def test_a_return_built_without_a_section_that_the_register_names_is_a_query():
    files = {"a.xlsx": build_return(manifest(1, "Ash"), {})}
    (finding,) = findings_of(
        together(files, register=[provider(1, "Ash", ["3"], transport=True)]), Code.SECTION_NOT_ASKED
    )
    assert finding.finding.severity is Severity.QUERY
    assert "Lot 3 Employment, Transport" in finding.finding.message
    assert not findings_of(together(files, register=[provider(1, "Ash")]), Code.SECTION_NOT_ASKED)


def test_a_lot_that_was_added_later_is_not_missed_in_a_return_of_before_nor_in_a_locked_period():
    register = [provider(1, "Ash", ["3"])]
    before = build_return(manifest(1, "Ash"), {})
    later = build_return(manifest(1, "Ash", sections=("all", "employment"), period=Period(2026, 3)), {})
    files = {"a.xlsx": before, "b.xlsx": later}
    added = together(files, register=register, period=Period(2026, 2))
    assert not findings_of(added, Code.SECTION_NOT_ASKED)
    day = date(2026, 11, 24)
    lock = Decision(DecisionKind.LOCK, "Jo", day, "reported", period=Period(2026, 2))
    council = council_of(register, decisions=DecisionLog(None, (lock,), ()))
    found = [FoundFile("a.xlsx", before)]
    assert not findings_of(consolidate_files(found, council, period=lock.period, as_of=day), Code.SECTION_NOT_ASKED)
