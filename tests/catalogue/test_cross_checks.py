"""How figures hang together: exactly the checks of contract.md, none more."""

from __future__ import annotations

from tests.judge import oracle
from xlkpi import load_catalogue

RELATIONS = load_catalogue().relations


def test_the_same_y_is_asked_of_the_groups_the_contract_notes_name():
    assert {group.indicators for group in RELATIONS.same_y} == set(oracle.SAME_Y)
    assert len(RELATIONS.same_y) == len(oracle.SAME_Y)


def test_the_same_sums_are_limited():
    assert {group.indicators for group in RELATIONS.x_sums} == set(oracle.SUMS)
    assert len(RELATIONS.x_sums) == len(oracle.SUMS)


def test_the_same_parts_are_parts():
    assert [(pair.part, pair.whole) for pair in RELATIONS.x_parts] == list(oracle.PARTS)


def test_every_relation_says_what_it_rests_on():
    reasons = [*(g.counts for g in RELATIONS.same_y), *(g.because for g in (*RELATIONS.x_sums, *RELATIONS.x_parts))]
    assert all(reasons)
    assert not [text for text in reasons if text.endswith(".")]  # they stand inside a sentence
    assert all(text[0].islower() for text in (g.counts for g in RELATIONS.same_y))


def test_members_of_a_sum_share_their_y_so_that_one_y_serves():
    groups = [set(group.indicators) for group in RELATIONS.same_y]
    assert all(any(set(total.indicators) <= group for group in groups) for total in RELATIONS.x_sums)


def test_an_indicator_is_in_one_group_of_same_y_at_most():
    codes = [code for group in RELATIONS.same_y for code in group.indicators]
    assert len(codes) == len(set(codes))
