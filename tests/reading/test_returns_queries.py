"""What the figures themselves say: must fix, query or note, and what an explanation does to it."""

from __future__ import annotations

import pytest

from tests.reading.return_edits import (
    ALL,
    INDEPENDENCE,
    PERIOD,
    PLAN_SHEET,
    PROVIDER,
    WELLBEING,
    by_openpyxl,
    checked,
    filled,
    finding_marks,
    messages,
    place,
)
from xlkpi import load_catalogue
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import plan_return
from xlkpi.reading.returns.checked_return import Status
from xlkpi.writing.returns.write_return import write_return

PLANNED = ActionPlanEntry("Staff left", "Recruit two", "Full team", "March")

SAID = [
    # what is entered, kind, weight, sheet, cell, message
    ({"KPI_S1": Entry(60, 50)}, "X_OVER_Y", "must fix", ALL, "F6",
     "KPI S1: x is 60 and y is 50 (F6, G6). x counts some of the y, so it cannot be larger. Check both."),
    ({"KPI_S1": Entry(60, 50, "we know")}, "X_OVER_Y", "must fix", ALL, "F6",
     "KPI S1: x is 60 and y is 50 (F6, G6). x counts some of the y, so it cannot be larger. Check both."),
    ({"KPI_S1": Entry(1, 0)}, "X_OVER_Y", "must fix", ALL, "F6",
     "KPI S1: x is 1 and y is 0 (F6, G6). x counts some of the y, so it cannot be larger. Check both."),
    ({"KPI_S3": Entry(41, 40)}, "CARRIED_OVER", "query", ALL, "F8",
     "KPI S3: x is 41 and y is 40 (F8, G8). Correct them, or explain in L8 which cases began in an earlier period."),
    ({"KPI_S3": Entry(41, 40, "one of last year's")}, "CARRIED_OVER", "note", ALL, "F8",
     "KPI S3: x is 41 and y is 40 (F8, G8). Correct them, or explain in L8 which cases began in an earlier period."
     " Explained: “one of last year's”"),
    ({"KPI_S1": Entry(8, 40)}, "REASON", "must fix", ALL, "L6",
     "KPI S1 is Amber. Enter the reason for missing the target in L6."),
    ({"KPI_S1": Entry(20, 40, "Two of\n us ill")}, "PLAN", "must fix", PLAN_SHEET, "G6",
     "KPI S1 is Red. Complete its action, expected outcomes and timescale on the sheet Action plan, row 6."),
    ({"KPI_S3": Entry(95, 100), "KPI_S1": Entry(1, 40)}, "REASON", "must fix", ALL, "L8",
     "KPI S3 is Amber. Enter the reason for missing the target in L8."),  # and y has changed: see below
    ({"INFO_W2": Entry(10, 38)}, "SAME_Y", "query", WELLBEING, "G7",
     "INFO W2 y is 38 and INFO W1 y is 40. Both count everyone who used the service this period. Correct one of"
     " them, or explain the difference in L7."),
    ({"INFO_W2": Entry(10, 38, "two moved")}, "SAME_Y", "note", WELLBEING, "G7",
     "INFO W2 y is 38 and INFO W1 y is 40. Both count everyone who used the service this period. Correct one of"
     " them, or explain the difference in L7. Explained: “two moved”"),
    ({"INFO_W1": Entry(30, 40), "INFO_W2": Entry(11, 40)}, "SUM_OF_X", "query", WELLBEING, "F7",
     "INFO W1 and INFO W2: the x values add up to 41, but y is 40. The framework contract and a Direct Payment are two"
     " routes, so they cannot add up to more: correct them, or explain in L7."),
    ({"KPI_S3": Entry(58, 58)}, "CHANGE", "query", ALL, "G8",
     "KPI S3 y is 58; in the last return it was 38. Check it, or explain in L8."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "kind", "weight", "sheet", "cell", "says"), SAID)
def test_a_finding_about_figures_has_its_weight_place_and_words(changes, kind, weight, sheet, cell, says):
    checked_return = checked(filled(**changes))
    here = [
        (mark, f.message)
        for mark, f in zip(finding_marks(checked_return), checked_return.findings, strict=True)
        if mark[0] == kind
    ]
    assert here == [((kind, weight, sheet, cell), says)]
    others = {mark[0] for mark in finding_marks(checked_return)} - {kind}
    assert others <= ({"CHANGE"} if changes.get("KPI_S3", Entry()).y in (58, 100) else set())
    status = {"must fix": Status.MUST_FIX, "query": Status.QUERIES, "note": Status.COMPLETE}[weight]
    assert checked_return.status is status or others


def test_a_reason_may_stand_in_the_action_plan():
    assert finding_marks(checked(filled(KPI_S1=Entry(8, 40, "", ActionPlanEntry(issue="Two ill"))))) == []
    assert finding_marks(checked(filled(KPI_S1=Entry(20, 40, "", PLANNED)))) == []


def test_a_red_without_reason_and_plan_needs_both():
    checked_return = checked(filled(KPI_S1=Entry(20, 40)))
    assert finding_marks(checked_return) == [("REASON", "must fix", ALL, "L6"), ("PLAN", "must fix", PLAN_SHEET, "G6")]


@pytest.mark.parametrize("part", ["action", "outcomes", "timescale"])
def test_a_plan_with_a_part_missing_is_not_complete(part):
    data = filled(KPI_S1=Entry(20, 40, "", PLANNED))

    def change(book):
        sheet, ref = place(f"KPI_S1.{part}")
        book[sheet][ref].value = "\xa0"

    assert [mark[0] for mark in finding_marks(checked(by_openpyxl(change, data)))] == ["PLAN"]


def test_a_comment_of_spaces_explains_nothing():
    checked_return = checked(filled(KPI_S3=Entry(41, 40, " \xa0")))
    assert finding_marks(checked_return) == [("CARRIED_OVER", "query", ALL, "F8")]


def test_an_explanation_is_quoted_on_one_line_and_kept_as_written():
    checked_return = checked(filled(KPI_S3=Entry(41, 40, "two of\nlast year's")))
    assert messages(checked_return)[0].endswith(" Explained: “two of last year's”")
    assert next(e for e in checked_return.entries if e.code == "KPI S3").comment == "two of\nlast year's"


def test_figures_that_are_not_due_are_noted_and_not_used():
    def change(book):
        book[ALL]["F9"].value, book[ALL]["G9"].value = 60, 50

    checked_return = checked(by_openpyxl(change))
    assert finding_marks(checked_return) == [("NOT_DUE_FILLED", "note", ALL, "F9")]
    assert messages(checked_return) == ["KPI S4a is not due this period, so its figures (F9, G9) are not used."]
    entry = next(e for e in checked_return.entries if e.code == "KPI S4a")
    assert (entry.state.value, entry.outturn, entry.rag, entry.gap) == ("Not due", None, None, None)
    assert checked_return.status is Status.COMPLETE


def test_a_blank_return_asks_for_every_figure_and_the_declaration_and_nothing_twice():
    checked_return = checked(write_return(plan_return(load_catalogue(), PROVIDER, PERIOD)))
    kinds = [mark[0] for mark in finding_marks(checked_return)]
    due = [e.code for e in checked_return.entries if e.due]
    assert kinds == ["DECLARED_BY", "DECLARED_ON", *["ENTRY_EMPTY"] * len(due)]
    assert [f.indicator for f in checked_return.findings[2:]] == due


def test_must_fix_comes_first_then_queries_then_notes_each_in_the_order_of_the_workbook():
    checked_return = checked(
        filled(
            declared=Declaration("", 46_298),
            KPI_S3=Entry(41, 40),
            INFO_W2=Entry(10, 38, "two moved"),
            KPI_I3=Entry(5, 4),
            KPI_S1=Entry(3, 2),
        )
    )
    assert [(mark[0], mark[2]) for mark in finding_marks(checked_return)] == [
        ("DECLARED_BY", "Start here"),
        ("X_OVER_Y", ALL),
        ("X_OVER_Y", INDEPENDENCE),
        ("CARRIED_OVER", ALL),
        ("SAME_Y", INDEPENDENCE),
        ("SAME_Y", WELLBEING),
    ]


def test_a_check_across_entries_waits_until_both_are_counts():
    assert [mark[0] for mark in finding_marks(checked(filled(INFO_W1=Entry("x", 99))))] == ["COUNT_TEXT"]
