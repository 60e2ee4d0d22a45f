"""Locked periods: what came after the lock is not used until the period is reopened, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import Q2, SCHEDULE, build_return, findings_of, manifest, provider, statuses
from tests.council.decision_builders import LIST, about_file, log_of
from xlkpi.catalogue import load_catalogue
from xlkpi.consolidation.apply_decisions import SHORTEST_DIGEST
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.period_locks import digest_list
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.series import build_series
from xlkpi.core.period import Period
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.findings import Code, Severity
from xlkpi.sheets.master.about import RunInfo, plan_about
from xlkpi.sheets.master.summary import plan_summary

USED, ASIDE, SUPERSEDED = FileStatus.USED, FileStatus.SET_ASIDE, FileStatus.SUPERSEDED
LOCKED_ON = date(2026, 11, 2)
OLD = build_return(manifest(1, "Ash"), {"KPI S2": (0, 20)})
NEW = build_return(manifest(1, "Ash"), {"KPI S2": (8, 20)}, saved="2026-11-10T08:00:00Z", declared=date(2026, 11, 9))
FILES = {"old.xlsx": OLD, "new.xlsx": NEW}
LATE = "2026-27 Q2 has been final since 2 November 2026 (Jane Roe), and this file came after that."


def lock(kind=DecisionKind.LOCK, *, on=LOCKED_ON, value="", row=2, period=Q2, provider_id=""):
    return Decision(
        kind, "Jane Roe", on, "reported to the board", provider_id, period, value=value, row=row, list_name=LIST
    )


def together(files, *decisions, period=Q2):
    found_files = [FoundFile(name, checked) for name, checked in files.items()]
    council = SCHEDULE.council_of([provider(1, "Ash")], decisions=log_of(*decisions))
    return consolidate_files(found_files, council, period=period, as_of=date(2026, 11, 24))


def test_a_file_that_came_after_the_lock_is_not_used_and_says_what_to_do():
    result = together(FILES, lock())
    assert statuses(result) == {"old.xlsx": USED, "new.xlsx": ASIDE}
    assert [row.x for row in result.rows if row.indicator == "KPI S2"] == [0]
    (late,) = findings_of(result, Code.LOCKED)
    assert (late.file, late.finding.severity) == ("new.xlsx", Severity.QUERY)
    assert late.finding.message.startswith(LATE)
    row = next(row for row in result.files if row.file == "new.xlsx")
    assert (row.decision, row.remedy[:40]) == (lock(), "Nothing, unless it should count: then re")


@pytest.mark.parametrize("value", ["", digest_list([OLD.sha256])])
def test_reopened_the_later_return_counts_and_locked_again_it_is_final(value):
    again = digest_list([NEW.sha256]) if value else ""
    reopened = lock(DecisionKind.REOPEN, on=date(2026, 11, 11), row=3)
    assert statuses(together(FILES, lock(value=value), reopened))["new.xlsx"] is USED
    result = together(FILES, lock(value=value), reopened, lock(on=date(2026, 11, 12), row=4, value=again))
    assert statuses(result) == {"new.xlsx": USED, "old.xlsx": ASIDE if value else SUPERSEDED}


def test_the_contents_a_lock_lists_count_whatever_the_times_in_the_files():
    unknown = replace(NEW, saved_at="", declared_on=None)
    locked = lock(value=digest_list([OLD.sha256]))
    assert statuses(together({"old.xlsx": OLD, "new.xlsx": unknown}, locked))["new.xlsx"] is ASIDE
    both = lock(value=digest_list([OLD.sha256, NEW.sha256]))
    assert statuses(together(FILES, both))["new.xlsx"] is USED


@pytest.mark.parametrize(
    ("late", "changed"),
    [
        (False, {"saved_at": "2026-11-02T18:00:00Z", "declared_on": date(2026, 11, 2)}),
        (True, {"saved_at": "", "declared_on": date(2026, 11, 3)}),
        (False, {"saved_at": "", "declared_on": None}),
    ],
)
def test_without_a_list_of_contents_the_day_of_the_file_counts(late, changed):
    result = together({"new.xlsx": replace(NEW, **changed)}, lock())
    assert statuses(result)["new.xlsx"] is (ASIDE if late else USED)


def test_the_day_on_which_it_was_received_goes_before_all_others():
    received = replace(about_file("new.xlsx", DecisionKind.RECEIVED_ON, row=3), value="2026-10-30")
    assert statuses(together(FILES, lock(), received))["new.xlsx"] is USED
    late = replace(about_file("old.xlsx", DecisionKind.RECEIVED_ON, row=3), value="2026-11-03")
    assert statuses(together(FILES, lock(), late)) == {"old.xlsx": ASIDE, "new.xlsx": ASIDE}


def test_to_use_a_file_after_the_lock_the_period_must_be_reopened_first():
    assert statuses(together(FILES, lock(), about_file("new.xlsx", row=3)))["new.xlsx"] is ASIDE


def test_one_provider_can_be_reopened_alone():
    other = build_return(
        manifest(2, "Birch"), {"KPI S2": (1, 9)}, saved="2026-11-10T08:00:00Z", declared=date(2026, 11, 9)
    )
    files = {**FILES, "other.xlsx": other}
    result = together(files, lock(), lock(DecisionKind.REOPEN, row=3, provider_id="p001"))
    assert statuses(result) == {"old.xlsx": SUPERSEDED, "new.xlsx": USED, "other.xlsx": ASIDE}
    assert result.final == lock()


def test_a_lock_holds_for_a_period_that_is_not_on_screen():
    then = Period(2025, 4)
    files = {
        name: replace(old_return, manifest=replace(old_return.manifest, period=then))
        for name, old_return in FILES.items()
    }
    now = build_return(manifest(1, "Ash"), {"KPI S2": (2, 20)})
    series = build_series(together({**files, "now.xlsx": now}, lock(period=then)), load_catalogue())
    assert [point.x for point in series["P001", "KPI S2"].points] == [0, 2]


def test_returns_that_were_final_and_are_gone_are_named():
    result = together({"new.xlsx": NEW}, lock(value=digest_list([OLD.sha256])))
    assert statuses(result) == {"new.xlsx": ASIDE}
    (lost,) = findings_of(result, Code.LOCK_LOST)
    assert (lost.file, "1 of its final returns are no longer in the folder" in lost.finding.message) == (LIST, True)
    assert f": sha256 {OLD.sha256[:SHORTEST_DIGEST]}…. The sheet Files of the last master names" in lost.finding.message
    (absent,) = result.missing
    assert absent.unusable_files == (
        "“new.xlsx” came after the figures of 2026-27 Q2 were made final. Ask us whether it can still count.",
    )
    assert findings_of(together(FILES, lock(value="reported on paper")), Code.LOCK_LOST) == []


def test_the_master_says_final():
    result = together(FILES, lock())
    summary = plan_summary(result, load_catalogue(), build_series(result, load_catalogue()))
    texts = [str(cell.value) for cell in summary.cells]
    assert "KPI master 2026-27 Q2, Final" in texts
    assert any("Final since 2 November 2026, decided by Jane Roe." in text for text in texts)
    about = [str(cell.value) for cell in plan_about(result, load_catalogue(), RunInfo("1")).cells]
    assert "Final" in about
    assert together(FILES).final is None


@pytest.mark.parametrize(
    ("decisions", "found"),
    [
        ([lock(DecisionKind.REOPEN)], 1),
        ([lock(DecisionKind.REOPEN, row=2), lock(row=3)], 1),  # it was locked afterwards
        ([lock(row=2), lock(DecisionKind.REOPEN, row=3)], 0),
        ([lock(row=2), lock(DecisionKind.REOPEN, row=3, provider_id="P001")], 0),
        ([lock(row=2, provider_id="P001"), lock(DecisionKind.REOPEN, row=3)], 0),
        ([lock(row=2, period=Period(2026, 1)), lock(DecisionKind.REOPEN, row=3)], 1),
    ],
)
def test_reopening_what_was_not_locked_is_a_query(decisions, found):
    findings = findings_of(together(FILES, *decisions), Code.DECISION_NOT_LOCKED)
    assert len(findings) == found
    for each in findings:
        assert "(reopen): 2026-27 Q2 was not locked." in each.finding.message
