"""State, outturn and RAG of one entry, against the oracle and against cases worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.cell_contents import CODES, READINGS, contents, counts, examples, small
from tests.judge.oracle import expected
from tests.judge.schedule_text import schedule
from xlkpi import assess, load_catalogue
from xlkpi.core.assess import outturn_parts
from xlkpi.core.gap import gap_to_green
from xlkpi.core.vocabulary import Rag, Reading, State

HUGE = 10**30


def judged(code, x, y, reading, due=True):
    """What core makes of an entry, in the oracle's words."""
    assessment = assess(code, x, y, reading=reading, due=due)
    gap = gap_to_green(load_catalogue().find(code), x, y, Reading(reading)) if due else None
    return assessment.state.value, assessment.outturn, assessment.rag.value if assessment.rag else None, gap


@examples(600)
@given(st.sampled_from(CODES), st.sampled_from(READINGS), contents, contents, st.booleans())
def test_whatever_a_cell_holds_core_and_oracle_agree(code, reading, x, y, due):
    assert judged(code, x, y, reading, due) == tuple(expected(code, x, y, reading, due))


@examples(400)
@given(st.sampled_from(CODES), st.sampled_from(READINGS), counts, counts, st.booleans())
def test_for_counts_of_any_size_core_and_oracle_agree(code, reading, a, b, ordered):
    x, y = sorted((a, b)) if ordered else (a, b)
    assert judged(code, x, y, reading) == tuple(expected(code, x, y, reading))


EDGES = (5, 10, 25, 65, 75, 85, 95, 99, 100)
DENOMINATORS = (1, 2, 7, 20, 99, 100, 101, 333, 10**6, HUGE)


@pytest.mark.parametrize("code", [code for code, row in schedule().items() if row.rated])
def test_at_and_beside_every_edge_core_and_oracle_agree(code):
    tried = 0
    for y in DENOMINATORS:
        for share in (*EDGES, *(100 - edge for edge in EDGES)):
            for x in range(share * y // 100 - 1, share * y // 100 + 3):
                for reading in READINGS:
                    tried += 1
                    assert judged(code, x, y, reading) == tuple(expected(code, x, y, reading)), (x, y, reading)
    assert tried == len(DENOMINATORS) * len(EDGES) * 2 * 4 * 2


# --- by hand, from contract.md ---------------------------------------------------------------------------------------

RATED = [
    # code, x, y, reading, outturn, RAG
    ("KPI S1", 10, 100, "effective", (1, 10), "Amber"),  # exactly 10% is amber
    ("KPI S1", 25, 100, "effective", (1, 4), "Amber"),  # and so is exactly 25%
    ("KPI S1", 9, 100, "effective", (9, 100), "Green"),
    ("KPI S1", 26, 100, "effective", (26, 100), "Red"),
    ("KPI S3", 95, 100, "effective", (19, 20), "Amber"),  # exactly 95% is amber
    ("KPI S3", 85, 100, "effective", (17, 20), "Amber"),
    ("KPI S3", 96, 100, "effective", (24, 25), "Green"),
    ("KPI S3", 84, 100, "effective", (21, 25), "Red"),
    ("KPI S3", 110, 100, "effective", (11, 10), "Green"),  # carried over
    ("KPI E4", 12, 10, "effective", (6, 5), "Green"),
    ("KPI S2", 0, 40, "effective", (1, 1), "Green"),  # no disputes
    ("KPI S2", 0, 40, "as written", (0, 1), "Red"),
    ("KPI S2", 2, 40, "effective", (19, 20), "Amber"),
    ("KPI I4", 0, 40, "effective", (0, 1), "Green"),  # nobody leaves early
    ("KPI I4", 0, 40, "as written", (0, 1), "Red"),
    ("KPI I4", 5, 100, "effective", (1, 20), "Amber"),
    ("KPI I4", 26, 100, "effective", (13, 50), "Red"),
    ("KPI S5", 995, 1000, "effective", (199, 200), "Amber"),  # below 100% is amber
    ("KPI S5", 1000, 1000, "effective", (1, 1), "Green"),
    ("KPI T1", 949, 1000, "effective", (949, 1000), "Red"),
    ("KPI S3", 95 * HUGE + 1, 100 * HUGE, "effective", (95 * HUGE + 1, 100 * HUGE), "Green"),  # no rounding
    ("KPI S3", 95 * HUGE, 100 * HUGE, "effective", (19, 20), "Amber"),
]


@pytest.mark.parametrize(("code", "x", "y", "reading", "outturn", "rag"), RATED)
def test_a_rated_entry(code, x, y, reading, outturn, rag):
    assessment = assess(code, x, y, reading=reading)
    assert (assessment.state.value, assessment.outturn, assessment.rag) == (rag, Fraction(*outturn), Rag(rag))


STATES = [
    ("KPI S1", None, None, State.NOT_ENTERED),
    ("KPI S1", " ", "\xa0", State.NOT_ENTERED),
    ("KPI S1", 3, None, State.INCOMPLETE),
    ("KPI S1", None, "x", State.INCOMPLETE),
    ("KPI S1", 0, 0, State.NO_CASES),
    ("KPI S1", 1, 0, State.CHECK),
    ("KPI S3", 1, 0, State.NO_CASES),  # cases carried over, none new
    ("KPI E4", 1, 0, State.NO_CASES),
    ("KPI S1", 6, 5, State.CHECK),
    ("KPI S1", "5", 10, State.CHECK),
    ("KPI S1", 5, 10.5, State.CHECK),
    ("KPI S1", -1, 10, State.CHECK),
    ("KPI S1", True, 10, State.CHECK),
    ("KPI S1", 1, "#N/A", State.CHECK),
    ("KPI S1", float("inf"), 10, State.CHECK),
    ("INFO W1", 3, 10, State.INFORMATION),
    ("INFO W1", 11, 10, State.CHECK),
]


@pytest.mark.parametrize(("code", "x", "y", "state"), STATES)
def test_a_state_without_rating(code, x, y, state):
    assessment = assess(code, x, y)
    assert (assessment.state, assessment.rag) == (state, None)
    assert assessment.outturn == (Fraction(3, 10) if state is State.INFORMATION else None)


def test_a_float_that_is_whole_counts_as_the_whole_number():
    assert assess("KPI S1", 5.0, 100.0) == assess("KPI S1", 5, 100)


def test_as_written_an_outturn_just_short_of_100_percent_is_unrated():
    assessment = assess("KPI S5", 995, 1000, reading="as written")
    assert (assessment.state, assessment.outturn, assessment.rag) == (State.UNRATED, Fraction(199, 200), None)
    assert assessment.message == "KPI S5: the Schedule as written has no band for this outturn, so it has no RAG."


@pytest.mark.parametrize("content", [(None, None), (5, 10), ("x", "#N/A"), (9, 3)])
def test_what_is_not_due_is_not_due_whatever_stands_in_it(content):
    assert assess("KPI S1", *content, due=False) == assess("KPI S6", None, None, due=False)
    assert assess("KPI S1", *content, due=False).state is State.NOT_DUE


MESSAGES = [
    ("KPI S3", None, 4, "KPI S3 x is empty. Enter the number of complaints resolved (formal and informal combined);"
     " if there were none, enter 0."),
    ("KPI S3", 4, " ", "KPI S3 y is empty. Enter the total number of complaints received (formal and informal"
     " combined); if there were none, enter 0."),
    ("KPI S1", 60, 50, "KPI S1: x is 60 and y is 50. x counts some of the y, so it cannot be larger. Check both."),
    ("KPI S1", 1, 0, "KPI S1: x is 1 and y is 0. x counts some of the y, so it cannot be larger. Check both."),
    ("KPI S1", "12 visits", 50, "KPI S1 x is the text “12 visits”. Enter the count in digits only."),
    ("KPI S1", 1, "1,200", "KPI S1 y is the text “1,200”. Enter the count in digits only."),
    ("KPI S1", 1.5, 50, "KPI S1 x is 1.5. It is a count: enter a whole number."),
    ("KPI S1", 1, -50.0, "KPI S1 y is -50. A count cannot be below 0: enter 0 or more."),
    ("KPI S1", 1, -0.5, "KPI S1 y is -0.5. A count cannot be below 0: enter 0 or more."),
    ("KPI S1", True, 50, "KPI S1 x does not contain a number. Enter the count in digits only."),
    ("KPI S1", 1, "#REF!", "KPI S1 y does not contain a number. Enter the count in digits only."),
    ("KPI S1", "a", "b", "KPI S1 x is the text “a”. Enter the count in digits only."),
    ("KPI S3", 5, 4, "KPI S3: x is 5 and y is 4. Correct them, or explain which cases began in an earlier period."),
    ("KPI S3", 5, 0, "KPI S3: x is 5 and y is 0. Correct them, or explain which cases began in an earlier period."),
    ("KPI S3", 4, 4, ""),
    ("KPI S1", None, None, ""),
    ("KPI S1", 0, 0, ""),
    ("KPI S1", 90, 100, ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "x", "y", "message"), MESSAGES)
def test_the_message_says_what_is_there_and_what_to_do(code, x, y, message):
    assert assess(code, x, y).message == message


def test_a_code_is_found_in_any_case_and_an_unknown_one_or_reading_is_refused():
    assert assess(" kpi  s4A ", 1, 2) == assess("KPI S4a", 1, 2)
    assert assess("KPI_S4a", 1, 2, reading=Reading.AS_WRITTEN) == assess("KPI S4a", 1, 2, reading="as written")
    with pytest.raises(KeyError):
        assess("W1", 1, 2)
    with pytest.raises(ValueError, match="guess"):
        assess("KPI S1", 1, 2, reading="guess")


@given(small, small)
def test_the_share_of_the_rest_is_the_share_that_x_leaves(x, y):
    indicator = load_catalogue().find("KPI S2")
    assert outturn_parts(indicator.effective, x, y) == (y - x, y)
    assert outturn_parts(indicator.written, x, y) == (x, y)
