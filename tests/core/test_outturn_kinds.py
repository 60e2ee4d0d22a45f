"""Counts, amounts and days: the state, the exact outturn, the gap to Green and the message of each."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import pytest

from tests.every_outturn import every_outturn
from xlkpi.core.assess import assess_indicator
from xlkpi.core.cell_count import as_number, distance, read_count
from xlkpi.core.chance import chance_at_target, describe_chance
from xlkpi.core.checks import AskedIndicator, Entry, Relations, assess_entries, check_entries
from xlkpi.core.gap import gap_to_green
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Reading
from xlkpi.findings import Code

HALF = Fraction(1, 2)
RATED = [
    # code, x, y, state, outturn, by how much x must change
    ("N 1", 0, None, "Green", 0, 0),
    ("N 1", 1, None, "Amber", 1, -1),
    ("N 1", 3.0, None, "Amber", 3, -3),
    ("N 1", 4, "typed there", "Red", 4, -4),
    ("N 2", 999, None, "Red", 999, 1),
    ("N 2", 1000, None, "Green", 1000, 0),
    ("A 1", 99.98, None, "Green", Fraction(9998, 100), 0),
    ("A 1", 99.99, None, "Amber", Fraction(9999, 100), Fraction(-1, 100)),
    ("A 1", 500, None, "Amber", 500, Fraction(-40002, 100)),
    ("A 1", 500.01, None, "Red", Fraction(50001, 100), Fraction(-40003, 100)),
    ("A 2", 1200.49, None, "Red", Fraction(120049, 100), Fraction(1, 100)),
    ("A 2", 0.1 + 0.2, None, "Red", Fraction(3, 10), Fraction(120020, 100)),
    ("A 3", 125, 10, "Amber", Fraction(125, 10), Fraction(-2501, 100)),
    ("A 3", 125.01, 10, "Red", Fraction(12501, 1000), Fraction(-2502, 100)),
    ("D 1", 9, 2, "Amber", Fraction(9, 2), -1),
    ("D 1", 11, 2, "Amber", Fraction(11, 2), -3),
    ("D 1", 12, 2, "Red", 6, -4),
    ("D 1", 0, 2, "Green", 0, 0),
    ("D 2", 2.5, None, "Green", Fraction(5, 2), 0),
    ("D 2", 2.51, None, "Red", Fraction(251, 100), Fraction(-1, 100)),
    ("D 3", 50, 10, "Amber", 5, 1),
    ("D 3", 51, 10, "Green", Fraction(51, 10), 0),
]
UNRATED = [
    ("N 1", None, None, "Not entered", ""),
    ("N 1", None, 5, "Not entered", ""),
    ("N 3", 5, None, "Information", ""),
    ("D 4", 30, 12, "Information", ""),
    ("D 1", 0, 0, "No cases", ""),
    ("D 1", 1, 0, "Check", "D 1: x is 1, but y is 0. Enter how many cases x is for, or 0 and 0 if there were none."),
    ("D 1", None, 3, "Incomplete",
     "D 1 x is empty. Enter the total number of days waited; if there were none, enter 0."),
    ("D 1", 2.5, 3, "Check", "D 1 x is 2.5. It is a number of days: enter a whole number."),
    ("D 1", 2, 1.5, "Check", "D 1 y is 1.5. It is a count: enter a whole number."),
    ("D 2", 2.555, None, "Check", "D 2 x is 2.555. It is a number of days: enter two decimals at most."),
    ("N 1", 1.5, None, "Check", "N 1 x is 1.5. It is a count: enter a whole number."),
    ("A 1", -5, None, "Check", "A 1 x is -5. An amount cannot be below 0: enter 0 or more."),
    ("A 1", 1.005, None, "Check",
     "A 1 x is 1.005. It is an amount: enter pounds and pence, with two decimals at most."),
    ("A 1", "£5", None, "Check", "A 1 x is the text “£5”. Enter the amount in digits only."),
    ("A 1", "#N/A", None, "Check", "A 1 x does not contain a number. Enter the amount in digits only."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "x", "y", "state", "outturn", "gap"), RATED)
def test_a_figure_is_rated_exactly_and_its_distance_from_green_is_exact(code, x, y, state, outturn, gap):
    indicator = every_outturn().find(code)
    assessment = assess_indicator(indicator, x, y)
    assert (assessment.state.value, assessment.outturn, assessment.message) == (state, outturn, "")
    assert gap_to_green(indicator, x, y) == gap


@pytest.mark.parametrize(("code", "x", "y", "state", "gap"), [(*row[:4], row[5]) for row in RATED if row[5]])
def test_what_was_to_change_makes_it_green_and_a_step_less_does_not(code, x, y, state, gap):
    indicator, step = every_outturn().find(code), Fraction(1, 10 ** every_outturn().find(code).effective.decimals)
    exact = read_count(x, 2).number
    assert assess_indicator(indicator, exact + gap, y).state.value == "Green" != state
    nearer = exact + gap - (step if gap > 0 else -step)
    assert assess_indicator(indicator, nearer, y).state.value != "Green"


@pytest.mark.parametrize(("code", "x", "y", "state", "message"), UNRATED)
def test_what_cannot_be_rated_says_what_kind_of_figure_is_asked_for(code, x, y, state, message):
    assessment = assess_indicator(every_outturn().find(code), x, y)
    assert (assessment.state.value, assessment.rag, assessment.message) == (state, None, message)
    assert gap_to_green(every_outturn().find(code), x, y) is None


def test_chance_has_no_words_for_what_is_not_a_share():
    definition = every_outturn().find("D 1").effective
    assert (chance_at_target(definition, 12, 2), describe_chance(definition, 12, 2)) == (None, "")


def test_an_indicator_without_y_is_not_compared_by_it():
    asked = [
        AskedIndicator(every_outturn().find(code), Reading.EFFECTIVE, due=True, required=True)
        for code in ("N 3", "D 4")
    ]
    rows = assess_entries(asked, {"N 3": Entry(500_000), "D 4": Entry(9, 500_000)})
    problems = check_entries(rows, Relations(), {"N 3": 1, "D 4": 1})
    assert problems["N 3"] == ()
    assert [problem.code for problem in problems["D 4"]] == [Code.CHANGE, Code.LARGE]


def test_figures_are_numbers_of_a_cell_and_their_distance_has_no_sign():
    assert (as_number(HALF), as_number(3), distance(1, HALF), distance(HALF, 1)) == (0.5, 3, HALF, HALF)
    assert read_count(HALF, 2).number == HALF


@pytest.mark.parametrize(
    ("code", "x", "y", "there"),
    [("N 1", 1, None, True), ("D 1", 1, None, False), ("D 1", 1, 2, True), ("A 1", None, None, False)],
)
def test_a_row_has_its_figures_where_all_that_is_asked_for_is_there(code, x, y, there):
    row = SimpleNamespace(x_in_force=x, y_in_force=y)
    assert DataRow.has_figures(row, every_outturn().find(code)) is there
