"""Checks over the entries of one return, against the oracle and by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.cell_contents import CODES, contents, examples
from tests.judge import oracle
from xlkpi import load_catalogue
from xlkpi.core.checks import (
    ActionPlanEntry,
    AskedIndicator,
    Entry,
    Relations,
    assess_entries,
    changed_much,
    check_entries,
    join_words,
)
from xlkpi.core.indicator import SameY
from xlkpi.core.period import Period
from xlkpi.core.problem import problem
from xlkpi.core.vocabulary import Reading, State
from xlkpi.findings import Code, render
from xlkpi.layout.addresses import ReturnKey, list_asked

CATALOGUE = load_catalogue()
EVERY = list_asked(CATALOGUE, ReturnKey(tuple(s.key for s in CATALOGUE.sections), Period(2026, 4)))
ACROSS = {Code.SAME_Y: "same y", Code.SUM_OF_X: "sum", Code.PART_OF_X: "part of", Code.CHANGE: "change"}
DONE = ActionPlanEntry("Staff left", "Recruit two", "Full team", "March")


def problems_in(entries, previous=None, asked=EVERY, relations=CATALOGUE.relations):
    """Code and facts of every problem, by indicator."""
    return check_entries(assess_entries(asked, entries), relations, previous or {})


def codes(entries, code, **more):
    """The kinds of problem of one indicator, in the order they are shown."""
    return [item.code for item in problems_in(entries, **more)[code]]


def as_oracle(problems):
    """Problems in the oracle's terms."""
    out = set()
    for code, ones in problems.items():
        for entry in ones:
            facts = dict(entry.facts)
            if entry.code is Code.SUM_OF_X:
                out.update(("sum", *group) for group in oracle.SUMS if join_words(group) == facts["members"])
            elif entry.code in ACROSS:
                out.add((ACROSS[entry.code], code, *([facts["other"]] if "other" in facts else [])))
            elif entry.code is Code.REASON:
                out.add(("reason", code))
    return out


few = st.integers(0, 40)
FIGURES = st.dictionaries(
    st.sampled_from(CODES),
    st.tuples(st.one_of(few, few, contents), st.one_of(few, few, contents), st.sampled_from(("", " ", "because"))),
    max_size=37,
)


@examples(250)
@given(FIGURES, st.dictionaries(st.sampled_from(CODES), few))
def test_checks_across_entries_are_those_of_the_oracle(figures, before):
    entries = {code: Entry(x, y, comment) for code, (x, y, comment) in figures.items()}
    expected_texts = as_oracle(problems_in(entries, before))
    assert expected_texts == oracle.cross_checks(figures, {code: (0, y) for code, y in before.items()})


def test_the_order_of_the_entries_changes_nothing():
    figures = {code: Entry(n % 7, 10 + n % 3) for n, code in enumerate(CODES)}
    backwards = dict(reversed(figures.items()))
    assert problems_in(figures) == problems_in(backwards)


def test_every_later_row_is_compared_with_the_first_that_is_whole():
    entries = {"INFO W1": Entry("x", 1), "INFO W2": Entry(1, 38), "INFO W3": Entry(1, 38), "KPI W2": Entry(40, 41)}
    (finding,) = [p for p in problems_in(entries)["KPI W2"] if p.code is Code.SAME_Y]
    assert render(finding.code, {**dict(finding.facts), "comment_at": "L9"}) == (
        "KPI W2 y is 41 and INFO W2 y is 38. Both count everyone who used the service this period."
        " Correct one of them, or explain the difference in L9."
    )
    assert codes(entries, "INFO W3") == []


def test_a_sum_needs_all_its_members_and_exactly_all_is_allowed():
    full = {"INFO A3a": Entry(3, 9), "INFO A3b": Entry(3, 9), "INFO A3c": Entry(3, 9)}
    assert codes(full, "INFO A3c") == []
    over = {**full, "INFO A3c": Entry(4, 9)}
    (item,) = problems_in(over)["INFO A3c"]
    assert render(item.code, {**dict(item.facts), "comment_at": "L15"}) == (
        "INFO A3a, INFO A3b and INFO A3c: the x values add up to 10, but y is 9."
        " A package is reduced, maintained or increased, so they cannot add up to more:"
        " correct them, or explain in L15."
    )
    assert codes({**over, "INFO A3a": Entry("3", 9)}, "INFO A3c") == []
    assert codes({"INFO A3b": Entry(9, 9), "INFO A3c": Entry(9, 9)}, "INFO A3c") == []


def test_those_who_are_happy_are_some_of_those_who_were_asked():
    entries = {"KPI S4a": Entry(39, 40), "KPI S4c": Entry(40, 40)}
    assert codes(entries, "KPI S4c") == [Code.PART_OF_X]
    assert codes({**entries, "KPI S4a": Entry(40, 40)}, "KPI S4c") == []


CHANGES = [
    # y now, y then, whether that is much
    (15, 5, True),
    (14, 5, False),  # by 9 only
    (10, 0, True),
    (9, 0, False),
    (30, 20, False),  # by half exactly
    (31, 20, True),
    (10, 20, False),
    (9, 20, True),
    (10**30, 10**30 - 10, False),
    (20, 20, False),
]


@pytest.mark.parametrize(("y", "previous", "much"), CHANGES)
def test_a_change_is_much_beyond_half_and_ten(y, previous, much):
    assert changed_much(y, previous) is much
    assert (codes({"INFO W3": Entry(0, y)}, "INFO W3", previous={"INFO W3": previous}) == [Code.CHANGE]) is (
        much and y <= 99_999
    )


REASONS = [
    # x of 100 (KPI S3), comment, plan, kinds
    (100, "", ActionPlanEntry(), []),
    (90, "", ActionPlanEntry(), [Code.REASON]),
    (90, "\xa0", ActionPlanEntry(), [Code.REASON]),
    (90, "because", ActionPlanEntry(), []),
    (90, "", ActionPlanEntry(issue="Staff left"), []),
    (10, "", ActionPlanEntry(), [Code.REASON, Code.PLAN]),
    (10, "because", ActionPlanEntry(), [Code.PLAN]),
    (10, "because", ActionPlanEntry("a", "b", "c", " "), [Code.PLAN]),
    (10, "", DONE, []),
]


@pytest.mark.parametrize(("x", "comment", "plan", "kinds"), REASONS)
def test_amber_and_red_need_a_reason_and_red_a_plan(x, comment, plan, kinds):
    assert codes({"KPI S3": Entry(x, 100, comment, plan)}, "KPI S3") == kinds


def test_a_very_large_count_is_asked_about_and_the_largest_usual_is_not():
    assert codes({"INFO W3": Entry(0, 100_000)}, "INFO W3") == [Code.LARGE]
    assert codes({"INFO W3": Entry(0, 99_999)}, "INFO W3") == []


def test_what_a_row_shows_first_comes_first():
    entries = {"KPI S4a": Entry(9, 10), "KPI S4b": Entry(100_000, 100_000), "KPI S4c": Entry(0, 200_000)}
    assert codes(entries, "KPI S4c", previous={"KPI S4c": 3}) == [
        Code.REASON, Code.PLAN, Code.SAME_Y, Code.CHANGE, Code.LARGE,
    ]  # fmt: skip
    assert codes({"KPI S3": Entry(9, 2), "KPI S1": Entry(3, 2)}, "KPI S3") == [Code.CARRIED_OVER]


def test_an_explained_query_is_still_told_and_can_be_explained_and_a_must_fix_cannot():
    (item,) = problems_in({"KPI S3": Entry(5, 4, "two of last year's")})["KPI S3"]
    assert (item.code, item.explainable) == (Code.CARRIED_OVER, True)
    assert not problem(Code.REASON, "KPI S1").explainable
    assert not problem(Code.UNRATED, "KPI S1").explainable


def test_what_is_not_due_or_not_asked_takes_no_part():
    closed = tuple(
        AskedIndicator(indicator.indicator, indicator.reading, due=False, required=False) for indicator in EVERY
    )
    entries = {code: Entry("x", 10**9) for code in CODES}
    assert {row.state for row in assess_entries(closed, entries).values()} == {State.NOT_DUE}
    assert set(problems_in(entries, asked=closed).values()) == {()}
    only = tuple(indicator for indicator in EVERY if indicator.indicator.code == "KPI W2")
    assert codes({"KPI W2": Entry(1, 1), "INFO W1": Entry(1, 9)}, "KPI W2", asked=only) == []


def test_as_written_an_unrated_outturn_is_noted():
    asked = tuple(
        AskedIndicator(indicator.indicator, Reading.AS_WRITTEN, indicator.due, indicator.required)
        for indicator in EVERY
    )
    assert codes({"KPI S5": Entry(995, 1000)}, "KPI S5", asked=asked) == [Code.UNRATED]
    assert codes({"KPI S5": Entry(995, 1000, "because")}, "KPI S5") == []


def test_relations_are_data_not_code():
    assert problems_in({"KPI S1": Entry(1, 20), "KPI S2": Entry(1, 30)}, relations=Relations())["KPI S2"] == ()
    here = Relations(same_y=(SameY(("KPI S1", "KPI S2"), "all"),))
    kinds = [p.code for p in problems_in({"KPI S1": Entry(1, 20), "KPI S2": Entry(1, 30)}, relations=here)["KPI S2"]]
    assert kinds == [Code.SAME_Y]


def test_words_are_listed_as_in_a_sentence():
    assert [join_words(list(words)) for words in ("A", "AB", "ABC")] == ["A", "A and B", "A, B and C"]
