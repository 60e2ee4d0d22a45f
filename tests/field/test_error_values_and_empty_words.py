"""A reason that begins with a minus sign becomes #NAME?, a deleted list leaves #REF!, and "TBC" is never filled in."""

from __future__ import annotations

from functools import cache

import pytest

from tests.field.returned import findings_at, in_named
from tests.reading.return_edits import ALL, COVER, PLAN_SHEET, by_openpyxl, checked, filled, messages, place
from xlkpi.core.checks import ActionPlanEntry, Entry

PLAN = ActionPlanEntry("", "Manager to recruit two carers", "Full team", "31 March 2027")
AMBER = {"KPI_S3": Entry(36, 40, "Two staff left")}
RED = {"KPI_S3": Entry(20, 40, "Two staff left", PLAN)}
VALUES = ["#NAME?", "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
"#BLOCKED!",
          "#GETTING_DATA", "Err:502"]  # fmt: skip


@cache
def amber():
    """A return whose KPI S3 needs a reason, and has one."""
    return filled(**AMBER)


@cache
def red():
    """A return whose KPI S3 needs an action plan, and has one."""
    return filled(**RED)


def at(name):
    return place(name)[1]


@pytest.mark.parametrize("value", VALUES)
def test_as_a_reason_it_is_reported_and_not_taken_for_one(value):
    result_now = checked(in_named(amber(), KPI_S3__comment=value))
    ref = at("KPI_S3.comment")
    assert findings_at(result_now, ref) == [("WORDS_LOST", "must fix")]
    assert messages(result_now) == [
        f"The reason or comment for KPI S3 ({ref}) shows {value} instead of words."
        " Type it again, beginning with a letter."
    ]
    assert next(entry.comment for entry in result_now.entries if entry.code == "KPI S3") == ""


def test_where_no_reason_is_needed_it_is_a_query():
    result_now = checked(in_named(KPI_S1__comment="#NAME?"))
    assert findings_at(result_now, at("KPI_S1.comment")) == [("WORDS_LOST", "query")]


def test_in_an_action_plan_each_part_is_reported():
    parts = ("action", "outcomes", "timescale")
    result_now = checked(in_named(red(), **{f"KPI_S3__{part}": "#REF!" for part in parts}))
    assert [(finding.code.name, finding.sheet, finding.cell) for finding in result_now.findings] == [
        ("WORDS_LOST", PLAN_SHEET, at(f"KPI_S3.{part}")) for part in parts
    ]
    assert next(entry.plan for entry in result_now.entries if entry.code == "KPI S3") == ActionPlanEntry()


def test_as_the_reason_in_the_action_plan_it_is_no_reason():
    result_now = checked(in_named(filled(KPI_S3=Entry(36, 40, "", ActionPlanEntry("x"))), KPI_S3__issue="#N/A"))
    assert [finding.code.name for finding in result_now.findings] == ["WORDS_LOST"]
    assert result_now.status.value == "must fix"


def test_as_a_signature_it_is_nobody():
    result_now = checked(in_named(Return__declared_by="#NAME?"))
    assert findings_at(result_now, at("Return.declared_by"), COVER) == [("WORDS_LOST", "must fix")]
    assert result_now.declared_by == ""


@pytest.mark.parametrize("name", [".", "-", "n/a", "TBC", "to be confirmed"])
def test_a_declaration_by_nobody_is_asked_about(name):
    result_now = checked(in_named(Return__declared_by=name))
    assert findings_at(result_now, at("Return.declared_by"), COVER) == [("DECLARED_NOBODY", "query")]
    assert f"says “{name}”. Enter a name." in messages(result_now)[0]


def test_as_the_date_it_is_named():
    (message,) = messages(checked(in_named(Return__declared_on="#VALUE!")))
    assert "is “#VALUE!”. Enter it as day/month/year." in message


def test_as_a_contact_it_is_a_query():
    result_now = checked(in_named(Return__contact_1__name="#NAME?", Return__contact_1__email="#REF!"))
    assert findings_at(result_now, at("Return.contact_1.name"), COVER) == [("WORDS_LOST", "query")]
    assert len(result_now.findings) == 1


@pytest.mark.parametrize("name", ["Return.provider", "Return.provider_id", "Return.period"])
def test_on_the_cover_it_names_no_other_provider(name):
    assert messages(checked(in_named(**{name.replace(".", "__"): "#REF!"}))) == []


def test_as_a_sheets_heading_it_names_no_other_provider():
    def change(book):
        book[ALL]["A2"].value = "#REF!"

    assert messages(checked(by_openpyxl(change))) == []


@pytest.mark.parametrize(
    "text",
    [
        *(".", "-", "–", "n/a", "N/A.", "TBC", "tba", "ongoing", "As above", "see above", "???", "12"),
        *("Target not met", "Due to various reasons", "Please see attached email", "Same as Q1", "To be discussed"),
    ],
)
def test_a_reason_that_says_nothing_is_a_query(text):
    result_now = checked(in_named(amber(), KPI_S3__comment=text))
    ref = at("KPI_S3.comment")
    assert findings_at(result_now, ref) == [("REASON_SAYS_NOTHING", "query")]
    assert messages(result_now) == [
        f"KPI S3 is Amber, and its reason in {ref} is “{text}”. Write why the target was missed."
    ]


@pytest.mark.parametrize("text", ["\u200b", "\xa0 ", "\n"])
def test_a_reason_that_shows_nothing_is_none(text):
    result_now = checked(in_named(amber(), KPI_S3__comment=text))
    assert [finding.code.name for finding in result_now.findings] == ["REASON"]


def test_a_reason_in_the_action_plan_is_judged_where_there_is_no_comment():
    result_now = checked(filled(KPI_S3=Entry(36, 40, "", ActionPlanEntry("TBC"))))
    assert findings_at(result_now, at("KPI_S3.issue"), PLAN_SHEET) == [("REASON_SAYS_NOTHING", "query")]
    assert checked(filled(KPI_S3=Entry(36, 40, "TBC", ActionPlanEntry("Staff left")))).findings == ()


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        (("TBC", "Full team", "March"), "who will do what"),
        (("Recruit two carers", "n/a", "March"), "which outcomes are expected"),
        (("Improve attendance", "More visits", "March"), "who will do it"),
        (("Recruit two", "Full team", "ongoing"), "by when"),
        (("Recruit two", "Full team", "when resources allow"), "by when"),
        (("-", ".", "TBC"), "who will do what, which outcomes are expected or by when"),
    ],
)
def test_a_plan_without_who_what_or_when_is_a_query(parts, missing):
    plan = dict(zip(("KPI_S3__action", "KPI_S3__outcomes", "KPI_S3__timescale"), parts, strict=True))
    result_now = checked(in_named(red(), **plan))
    assert findings_at(result_now, at("KPI_S3.action"), PLAN_SHEET) == [("PLAN_SAYS_NOTHING", "query")]
    assert f"its action plan does not say {missing}. " in messages(result_now)[0]


def test_a_placeholder_explains_no_query():
    wellbeing = {"KPI_W2": Entry(40, 41, "n/a")}
    (result_now,) = [finding for finding in checked(filled(**wellbeing)).findings if finding.code.name == "SAME_Y"]
    assert result_now.severity.value == "query"
    assert result_now.message.endswith("The comment does not explain it.")
    wellbeing = {"KPI_W2": Entry(40, 41, "41 with the one who left")}
    (result_now,) = [finding for finding in checked(filled(**wellbeing)).findings if finding.code.name == "SAME_Y"]
    assert result_now.severity.value == "note"
