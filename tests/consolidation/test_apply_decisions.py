"""Officers' decisions: applied, shown, and never silently without effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import SMALL, ReturnBuilder, findings_of, manifest, rubbish, statuses
from tests.consolidation.test_selection import FIGURES, WILLOW
from tests.council.decision_builders import LIST, log_of
from tests.council.decision_builders import about_file as decision
from tests.small_catalogue import with_more
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.list_findings import list_findings
from xlkpi.consolidation.result import FileStatus
from xlkpi.core.period import Period
from xlkpi.council import Fault
from xlkpi.council.decisions import DecisionKind
from xlkpi.findings import Code, Severity, finding

build_return, council_of = SMALL.build_return, SMALL.council_of

USED, ASIDE, SUPERSEDED = FileStatus.USED, FileStatus.SET_ASIDE, FileStatus.SUPERSEDED
OLD = build_return(WILLOW, FIGURES, saved="2026-10-12T09:00:00Z")
NEW = build_return(WILLOW, {**FIGURES, "KPI S1": (2, 40), "KPI S3": (0, 5)}, saved="2026-10-13T08:00:00Z")
FILES = {"old.xlsx": OLD, "new.xlsx": NEW}


def together(files, *decisions, faults=(), builder=SMALL):
    decisions_found = [FoundFile(name, checked) for name, checked in files.items()]
    council = builder.council_of(decisions=log_of(*decisions, faults=faults))
    return consolidate_files(decisions_found, council, period=None, as_of=date(2026, 11, 24))


def test_an_earlier_return_is_used_where_an_officer_says_so():
    result = together(FILES, decision("old.xlsx"))
    assert statuses(result) == {"old.xlsx": USED, "new.xlsx": SUPERSEDED}
    by_file = {row.file: row for row in result.files}
    message = "Jane Roe decided on 2 November 2026 to use old.xlsx instead. The reason: “agreed by telephone”."
    assert by_file["new.xlsx"].why == message
    assert by_file["old.xlsx"].decision == decision("old.xlsx")
    assert [row.x for row in result.rows if row.indicator == "KPI S1"] == [1]
    assert len(findings_of(result, Code.DECIDED)) == len(findings_of(result, Code.ANOTHER_DECIDED)) == 1


def test_a_return_set_aside_gives_way_to_the_other():
    result = together(FILES, decision("new.xlsx", DecisionKind.SET_ASIDE))
    assert statuses(result) == {"old.xlsx": USED, "new.xlsx": ASIDE}
    assert (result.found, result.used, result.set_aside, result.superseded) == (2, 1, 1, 0)


def test_a_decision_about_some_content_is_about_all_files_that_hold_it():
    files = {"a.xlsx": OLD, "b/copy.xlsx": OLD, "new.xlsx": NEW}
    result = together(files, decision("moved since.xlsx", DecisionKind.SET_ASIDE, sha256=OLD.sha256))
    assert statuses(result) == {"a.xlsx": ASIDE, "b/copy.xlsx": ASIDE, "new.xlsx": USED}


def test_the_later_of_two_decisions_is_in_force():
    first, second = decision("old.xlsx"), decision("old.xlsx", DecisionKind.SET_ASIDE, on=date(2026, 11, 3), row=3)
    for order in ((first, second), (second, first)):
        assert statuses(together(FILES, *order)) == {"old.xlsx": ASIDE, "new.xlsx": USED}
    same_day = replace(second, decided_on=first.decided_on)
    assert statuses(together(FILES, same_day, first))["old.xlsx"] is ASIDE
    both = decision("old.xlsx"), decision("new.xlsx", row=3)
    assert statuses(together(FILES, *both)) == {"old.xlsx": SUPERSEDED, "new.xlsx": USED}


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (decision("nowhere.xlsx"), Code.DECISION_NO_FILE),
        (decision("old.xlsx", sha256="0" * 64), Code.DECISION_CHANGED),
        (decision("", sha256="0" * 64), Code.DECISION_NO_FILE),
    ],
)
def test_a_decision_that_meets_no_file_is_a_query_and_changes_nothing(item, code):
    result = together(FILES, item)
    assert statuses(result) == {"old.xlsx": SUPERSEDED, "new.xlsx": USED}
    (decisions_found,) = findings_of(result, code)
    assert (decisions_found.finding.severity, decisions_found.file) == (Severity.QUERY, LIST)
    assert list_findings(result) == (decisions_found,)


def test_no_decision_makes_a_return_of_what_is_none():
    files = {
        "letter.pdf": rubbish("letter.pdf"),
        "q1.xlsx": build_return(manifest(1, "Willow", period=Period(2026, 1)), {}),
    }
    files["a.xlsx"], files["b.xlsx"] = OLD, build_return(manifest(2, "Oast"), FIGURES)
    result = together(files, decision("letter.pdf"), decision("q1.xlsx", row=3))
    assert statuses(result) == {"letter.pdf": ASIDE, "q1.xlsx": ASIDE, "a.xlsx": USED, "b.xlsx": USED}
    assert {remark.file for remark in findings_of(result, Code.DECISION_CANNOT)} == {"letter.pdf", "q1.xlsx"}


def test_rows_that_cannot_be_read_are_findings():
    result = together(FILES, faults=[Fault(2, "who", "Row 2, who (D2) is empty.", cell="D2")])
    (remark,) = findings_of(result, Code.DECISION_FAULT)
    assert (remark.finding.severity, remark.file, remark.finding.cell) == (Severity.MUST_FIX, LIST, "D2")
    assert remark.finding.message == "A decision was not applied. Row 2, who (D2) is empty."


def test_what_differs_is_said_of_the_one_that_is_not_used():
    row = next(row for row in together(FILES).files if row.status is SUPERSEDED)
    assert row.differs == "KPI S1 x 1, used: 2; KPI S3 y 0, used: 5"


def test_reasons_declarations_and_many_differences_are_told_too():
    many = ReturnBuilder(with_more("KPI S8", "KPI S9"))
    figures = dict.fromkeys(many.catalogue.indicators, (1, 50))
    old = many.build_return(WILLOW, figures)
    new = many.build_return(WILLOW, dict.fromkeys(figures, (2, 51, "a reason")), declared=date(2026, 10, 11))
    new = replace(new, declared_by="Bo Lee", saved_at="2026-12-01T00:00:00Z")
    row = next(row for row in together({"o": old, "n": new}, builder=many).files if row.differs)
    assert row.differs.startswith("KPI S1 x 1, used: 2; KPI S1 y 50, used: 51; KPI S1 another reason;")
    assert row.differs.endswith("more")
    same = together({"o": old, "n": replace(old, sha256="1" * 64, saved_at="2026-12-01T00:00:00Z")}, builder=many)
    assert [row.differs for row in same.files] == ["", ""]


def test_what_was_set_aside_is_no_history_either():
    def returned(period):
        return replace(OLD, manifest=replace(OLD.manifest, period=period), sha256=f"{period}")

    now, then = Period(2026, 2), Period(2026, 1)
    files = {"now.xlsx": returned(now), "then.xlsx": returned(then)}
    assert {row.period for row in together(files).earlier} == {then}
    result = together(files, decision("then.xlsx", DecisionKind.SET_ASIDE))
    assert result.earlier == ()
    assert statuses(result)["then.xlsx"] is ASIDE


def test_a_decision_to_use_a_file_answers_whose_it_is_and_nothing_else():
    facts = {"provider": "Willow", "period": "2026-27 Q2", "found": "Willow Ltd"}
    asked = [Code.SEAL_MISSING, Code.SEAL_WRONG, Code.MANIFEST_REBUILT, Code.MANIFEST_CHANGED, Code.PROVIDER_RENAMED]
    doubtful = replace(OLD, findings=tuple(finding(code, facts) for code in (*asked, Code.PERIOD_CHANGED)))
    before = together({"old.xlsx": doubtful})
    assert {each.finding.code for each in before.findings} == {*asked, Code.PERIOD_CHANGED}
    after = together({"old.xlsx": doubtful}, decision("old.xlsx"))
    assert {each.finding.code for each in after.findings} == {Code.DECIDED, Code.PERIOD_CHANGED}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_was_decided_to_be_used_is_history_too(elsewhere):
    then = replace(WILLOW, period=Period(2026, 1))
    old, new = (replace(of_now, manifest=then, sha256=of_now.sha256[::-1]) for of_now in (OLD, NEW))
    result = together({"now.xlsx": OLD, "old.xlsx": old, "new.xlsx": new}, decision("old.xlsx"))
    assert [row.x for row in result.earlier if row.indicator == "KPI S1"] == [1]
    assert [row.x for row in together({"now.xlsx": OLD, "old.xlsx": old, "new.xlsx": new}).earlier][:1] == [2]
    decisions_found = [FoundFile("now.xlsx", OLD), FoundFile("old.xlsx", old)]
    before = [FoundFile("old.xlsx", new if elsewhere else old), FoundFile("new.xlsx", new)]
    council = council_of(decisions=log_of(decision("old.xlsx")))
    both = consolidate_files(decisions_found, council, period=None, as_of=date(2026, 11, 24), before=before)
    assert [row.x for row in both.earlier if row.indicator == "KPI S1"] == [2 if elsewhere else 1]


def test_what_was_set_aside_is_no_history_under_another_name_elsewhere():
    now, then = Period(2026, 2), Period(2026, 1)
    old = replace(OLD, manifest=replace(OLD.manifest, period=then), sha256="then")
    new = replace(NEW, manifest=replace(NEW.manifest, period=now))
    result = consolidate_files(
        [FoundFile("now.xlsx", new), FoundFile("then.xlsx", old)],
        council_of(decisions=log_of(decision("then.xlsx", DecisionKind.SET_ASIDE))),
        period=now,
        as_of=date(2026, 11, 24),
        before=[FoundFile("copy.xlsx", old)],
    )
    assert result.earlier == ()
