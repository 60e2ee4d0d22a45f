"""Words that fill a cell and say nothing, and words that look like them and do not."""

from __future__ import annotations

import pytest

from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.placeholders import has_no_reason, is_placeholder, missing_in_plan, names_no_time

WHOLE = ActionPlanEntry("Two carers left.", "Manager to recruit two carers.", "95% by spring.", "31 March 2027")


@pytest.mark.parametrize(
    "text",
    [".", "-", "–", "...", "?", "n/a", "N/A.", "N.A.", "TBC", "(tbc)", "Ongoing", "on-going", "as above",
     "As  above.", "see above",
     "ditto", '"', "None", "x", "12", "12/04", "Not applicable", "To be confirmed", "\u200bTBC\xa0", "No comment",
     "aaaa", "see action plan"],
)  # fmt: skip
def test_a_placeholder_says_nothing(text):
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["Staff left", "a", "Sickness", "TBC by Ann on 3 May", "As above, two carers left", "No transport",
     "None of them replied",
     "why", "Ongoing recruitment of two carers", "职员离职"],
)  # fmt: skip
def test_words_are_taken_as_they_are(text):
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["when resources allow", "to be arranged by us", "full team in place"])
def test_a_timescale_without_a_time_is_found(text):
    assert names_no_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "31 March 2027",
        "March",
        "by Easter",
        "Within three weeks",
        "Immediate",
        "end of the quarter",
        "Next review",
        "Friday",
        "d",
        "Q3",
    ],
)
def test_a_time_in_anybodys_words_is_one(text):
    assert not names_no_time(text)


@pytest.mark.parametrize(
    ("comment", "issue", "none"),
    [
        ("", "", False),
        ("TBC", "", True),
        ("", "-", True),
        ("n/a", "Staff left", False),
        ("Staff left", "n/a", False),
        (".", ".", True),
    ],
)
def test_one_reason_in_words_is_enough(comment, issue, none):
    assert has_no_reason(Entry(1, 2, comment, ActionPlanEntry(issue))) is none


@pytest.mark.parametrize(
    ("plan", "missing"),
    [
        (WHOLE, ()),
        (ActionPlanEntry("", "TBC", "TBC", "TBC"), ("who will do what", "which outcomes are expected", "by when")),
        (ActionPlanEntry("", "Recruit two", "Full team", "ongoing"), ("by when",)),
        (ActionPlanEntry("", "n/a", "Full team", "2027"), ("who will do what",)),
        (ActionPlanEntry("", "Recruit two", "Full team", "as resources allow"), ("by when",)),
        (ActionPlanEntry("", "Recruit two carers", "-", "March"), ("which outcomes are expected",)),
        (ActionPlanEntry("", "Improve attendance", "Better figures", "March"), ("who will do it",)),
        (ActionPlanEntry("", "New rota from Monday", "KPI met by Easter", "May"), ("who will do it",)),
        (ActionPlanEntry("", "Raise it, ask Red KPI S3", "Green", "May"), ("who will do it",)),
        (ActionPlanEntry("", "Continue to improve", "Better", "soon"), ("who will do it", "by when")),
        (ActionPlanEntry("", "We review each rota", "Better", "May"), ()),
        (ActionPlanEntry("", "New rota by Jane Roe", "Better", "May"), ()),
        (ActionPlanEntry("", "Jane to write a rota", "Better", "May"), ()),
        (ActionPlanEntry("", "New rota", "Manager checks it", "May"), ()),
        (ActionPlanEntry("", "New rota: rota@example.org", "Better", "May"), ()),
        (ActionPlanEntry("", "act", "Better", "May"), ()),
    ],
)
def test_a_plan_says_who_what_and_when(plan, missing):
    assert missing_in_plan(plan) == missing


@pytest.mark.parametrize(
    ("comment", "says_nothing"),
    [
        ("KPI missed, see e-mail", True),
        ("No issues to report", True),
        ("Target missed: minibus off the road", False),
        ("will provide later", True),
        ("Please see attached document", True),
        ("per email 12/4", True),
        ("done", True),
        ("#NAME", True),
        ("-NAME?", True),
        ("#¡REF!", True),
        ("#DIV/0", True),
        ("NULL", True),
        ("Loading...", True),
        ("2 carers left", False),
        ("Error in the rota", False),
    ],
)
def test_a_reason_of_empty_words_alone_is_none(comment, says_nothing):
    assert has_no_reason(Entry(1, 2, comment)) is says_nothing
