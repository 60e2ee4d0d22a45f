"""Signal or chance: what a provider exactly at the target would return, by hand, by an oracle, and at the extremes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.cell_contents import READINGS, examples
from tests.judge import chance_oracle as oracle
from tests.judge.schedule_text import schedule
from tests.processor_time import at_most
from xlkpi import load_catalogue
from xlkpi.core.chance import CHANCE_WORDS, MOST_CASES, chance_at_target, describe_chance, points_words
from xlkpi.core.vocabulary import Reading

RATED = tuple(code for code, row in schedule().items() if row.rated)
BY_HAND = [
    # code, x, y, reading, probability
    ("KPI S3", 0, 1, "effective", Fraction(1, 20)),  # >95%: one of one, or none of one
    ("KPI S3", 1, 2, "effective", 1 - Fraction(19, 20) ** 2),
    ("KPI S3", 9, 10, "effective", 1 - Fraction(19, 20) ** 10),
    ("KPI S3", 12, 10, "effective", 1),  # cases carried over
    ("KPI S1", 1, 1, "effective", Fraction(1, 10)),  # <10%: few are wanted
    ("KPI S1", 1, 10, "effective", 1 - Fraction(9, 10) ** 10),
    ("KPI S1", 10, 10, "effective", Fraction(1, 10) ** 10),
    ("KPI S2", 1, 1, "effective", Fraction(1, 20)),  # the share undisputed, of what x leaves
    ("KPI S2", 1, 1, "as written", 1),
    ("KPI I4", 1, 2, "effective", 1 - Fraction(19, 20) ** 2),
    ("KPI I4", 1, 2, "as written", 1 - Fraction(19, 20) ** 2),
    ("KPI S5", 9, 10, "effective", 0),  # 100%: a provider at the target never misses
    ("KPI S5", 10, 10, "effective", 1),
    ("INFO W1", 1, 2, "effective", None),
    ("KPI S3", 0, 0, "effective", None),
    ("KPI S3", 1, MOST_CASES + 1, "effective", None),
]
SENTENCES = [
    ("KPI S3", 9, 10, "One case moves the outturn by 10 points; a provider at target does no better two times in"
     " five."),
    ("KPI E4", 4, 8, "One case moves the outturn by 12.5 points; a provider at target does no better one time in"
     " eight."),
    ("KPI S1", 2, 10, "One case moves the outturn by 10 points; a provider at target does no better one time in four."),
    ("KPI S3", 95, 100, "One case moves the outturn by 1 point; a provider at target does no better one time in two."),
    ("KPI S3", 0, 3, "One case moves the outturn by 33.3 points; a provider at target does no better once in over 1,000"
     " times."),
    ("KPI S5", 9, 10, "One case moves the outturn by 10 points; a target of 100% leaves no room for chance."),
    ("KPI S3", 10, 99_999, "Over 20,000 cases: chance moves the outturn by less than half a point."),
    ("INFO W1", 1, 2, ""),
    ("KPI S3", 0, 0, ""),
]  # fmt: skip


def definition(code, reading="effective"):
    return load_catalogue().find(code).read(Reading(reading))


@pytest.mark.parametrize(("code", "x", "y", "reading", "chance"), BY_HAND)
def test_the_chance_worked_out_by_hand(code, x, y, reading, chance):
    assert chance_at_target(definition(code, reading), x, y) == chance


@pytest.mark.parametrize(("code", "x", "y", "sentence"), SENTENCES)
def test_the_sentence_beside_a_red_or_amber(code, x, y, sentence):
    assert describe_chance(definition(code), x, y) == sentence


@examples(150)
@given(st.sampled_from(RATED), st.sampled_from(READINGS), st.integers(1, 120), st.data())
def test_the_chance_is_what_trying_every_number_of_cases_gives(code, reading, y, data):
    x = data.draw(st.integers(0, y))
    assert chance_at_target(definition(code, reading), x, y) == oracle.chance_of(code, x, y, reading)
    assert describe_chance(definition(code, reading), x, y) == oracle.chance_sentence(code, x, y, reading)


def test_no_probability_can_equal_a_bound_of_the_words():
    """A target is a decimal: what is calculated with it has only 2 and 5 below the line."""
    for bound, _ in CHANCE_WORDS[:-1]:
        below = bound.denominator
        while below % 2 == 0 or below % 5 == 0:
            below //= 2 if below % 2 == 0 else 5
        assert below > 1
    assert [bound for bound, _ in CHANCE_WORDS] == sorted((bound for bound, _ in CHANCE_WORDS), reverse=True)


@pytest.mark.parametrize(("y", "words"), [(1, "100 points"), (7, "14.3 points"), (16, "6.3 points"),
                                          (80, "1.3 points"), (104, "1 point"), (1_000, "0.1 points"),
                                          (1_001, "less than 0.1 points")])  # fmt: skip
def test_what_one_case_moves_is_rounded_as_a_spreadsheet_rounds(y, words):
    assert points_words(y) == words


def test_tens_of_thousands_of_cases_are_quick():
    with at_most(2):
        shares = [chance_at_target(definition(code), x, 20_000) for code, x in (("KPI S3", 18_900), ("KPI S2", 1_100))]
    assert shares[0] == shares[1]
