"""The function table against the oracle: every indicator, both readings, cells and ranges, whatever is typed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.cell_contents import CODES, READINGS, contents
from tests.judge import oracle
from tests.judge.formula_grid import edge_pairs
from tests.judge.schedule_text import schedule
from xlkpi import load_catalogue
from xlkpi.hosts.functions import FUNCTIONS, WrongArgument

CALL = {function.name: function.call for function in FUNCTIONS}
PAIRS = edge_pairs()
PERIODS = tuple(f"2026-27 Q{quarter}" for quarter in (1, 2, 3, 4))


def column(cells):
    return tuple((cell,) for cell in cells)


def number(answer):
    return None if answer == "" else answer


# --- what they give ---


@pytest.mark.parametrize(("code", "reading"), list(product(CODES, READINGS)))
def test_outturn_rag_and_gap_are_the_oracles_cell_by_cell_and_as_ranges(code, reading):
    wanted = [oracle.expected(code, x, y, reading) for x, y in PAIRS]
    for name, what in (("KPI_OUTTURN", "outturn"), ("KPI_RAG", "state"), ("KPI_GAP", "gap")):
        single = [CALL[name](code, x, y, reading) for x, y in PAIRS]
        ranged = CALL[name](code, column(x for x, _ in PAIRS), column(y for _, y in PAIRS), reading)
        assert ranged == [[answer] for answer in single]
        texts = [getattr(function, what) for function in wanted]
        assert [number(answer) for answer in single] == pytest.approx(texts) if what == "outturn" else texts


@pytest.mark.parametrize("reading", READINGS)
def test_due_is_the_oracles_in_one_call_over_all_indicators_and_periods(reading):
    answer = CALL["KPI_DUE"](column(CODES), [PERIODS], reading)
    assert answer == [
        ["Due" if oracle.due(code, period, reading) else "Not due" for period in PERIODS] for code in CODES
    ]


@pytest.mark.parametrize("code", CODES)
def test_about_quotes_the_schedule(code):
    row = schedule()[code]
    details = {
        field: CALL["KPI_ABOUT"](code, field, "as written") for field in ("description", "red", "amber", "green")
    }
    assert details == {field: getattr(row, field) for field in details}
    assert all(CALL["KPI_ABOUT"](code, field) for field in ("x", "y", "frequency", "measured", "reading"))


def test_about_tells_both_readings_and_why():
    assert CALL["KPI_ABOUT"]("KPI I4", "green", "effective") == "<5%"
    assert CALL["KPI_ABOUT"]("KPI I4", "green", "as written") == ">95%"
    why = load_catalogue().find("KPI I4").why
    assert all(CALL["KPI_ABOUT"]("KPI I4", "reading", reading).endswith(why) for reading in READINGS)
    assert CALL["KPI_ABOUT"]("KPI S1", "reading") == "As written and as read: the same."


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [
        (None, None, ""),
        (None, 5, "KPI S1 x is empty. Enter the number of packages refused; if there were none, enter 0."),
        ("12 visits", 5, "KPI S1 x is the text “12 visits”. Enter the count in digits only."),
        (1, 2.5, "KPI S1 y is 2.5. It is a count: enter a whole number."),
        (-1, 5, "KPI S1 x is -1. A count cannot be below 0: enter 0 or more."),
        (60, 50, "KPI S1: x is 60 and y is 50. x counts some of the y, so it cannot be larger. Check both."),
        (5, 200_000, "KPI S1 y is 200000, a very large count. Check it, or explain."),
        (40, 50, ""),  # Red: the reason is asked for where a comment can be written
    ],
)
def test_check_says_what_the_return_says_without_addresses(x, y, says):
    assert CALL["KPI_CHECK"]("KPI S1", x, y) == says


def test_check_asks_which_cases_were_carried_over():
    says = "KPI S3: x is 60 and y is 50. Correct them, or explain which cases began in an earlier period."
    assert CALL["KPI_CHECK"]("KPI S3", 60, 50) == says


@pytest.mark.parametrize(
    ("submitted", "disputed", "late", "gives"),
    [
        (100, 3, 2, 0.95),
        (100.0, 0.0, 0.0, 1.0),
        (10, 4, 6, 0.0),
        (10, 5, 6, "Check"),
        (0, 0, 0, "No cases"),
        (None, "", None, "Not entered"),
        (10, 1, None, "Incomplete"),
        (10, "one", 0, "Check"),
        (-1, 0, 0, "Check"),
    ],
)
def test_s2_counts_each_invoice_once(submitted, disputed, late, gives):
    assert CALL["KPI_S2"](submitted, disputed, late) == gives
    assert CALL["KPI_S2"](submitted, disputed, late, "As written") == gives


# --- what is typed ---


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is not a fault
@given(st.sampled_from(CODES), contents, contents, st.sampled_from(READINGS))
def test_odd_figures_never_raise_and_give_the_oracles_word(code, x, y, reading):
    wanted = oracle.expected(code, x, y, reading)
    assert CALL["KPI_RAG"](code, x, y, reading) == wanted.state
    assert number(CALL["KPI_GAP"](code, x, y, reading)) == wanted.gap
    assert bool(CALL["KPI_CHECK"](code, x, y, reading)) >= (wanted.state in ("Check", "Incomplete"))
    for function in FUNCTIONS:
        if [argument.name for argument in function.arguments][1:3] == ["x", "y"]:
            assert type(CALL[function.name](code, x, y, reading)) in (str, int, float)
    assert type(CALL["KPI_S2"](code, x, y, reading)) in (str, int, float)


@pytest.mark.parametrize("code", ["kpi s2", " KPI  S2 ", "KPI_S2", "Kpi S2"])
@pytest.mark.parametrize("reading", ["As Written", "AS_WRITTEN", " as  written ", "as-written"])
def test_codes_and_readings_may_be_spelt_as_people_spell_them(code, reading):
    assert CALL["KPI_RAG"](code, 0, 50, reading) == "Red"
    assert CALL["KPI_RAG"](code, 0, 50) == "Green"


@pytest.mark.parametrize("blank", [None, "", " ", "\xa0", 0.0])
def test_a_formula_filled_down_past_the_last_row_stays_empty(blank):
    given_blank = {"KPI_DUE": (blank, "2026-27 Q2"), "KPI_ABOUT": (blank, "x")}
    for name in CALL.keys() - {"KPI_S2"}:
        assert CALL[name](*given_blank.get(name, (blank, 5, 10))) == ""
    assert CALL["KPI_DUE"]("KPI S1", blank) == CALL["KPI_ABOUT"]("KPI S1", blank) == ""
    assert CALL["KPI_RAG"]("KPI S2", 0, 50, blank) == "Green"


def test_what_other_programs_put_in_cells_is_a_number_too():
    assert CALL["KPI_RAG"]("KPI S3", Decimal(48), Decimal(50)) == "Green"
    assert CALL["KPI_RAG"]("KPI S1", Decimal("4.5"), 50) == "Check"
    assert CALL["KPI_OUTTURN"]("KPI S1", 0, date(2026, 9, 30)) == 0.0
    assert CALL["KPI_RAG"]("KPI S1", 0, datetime(2026, 9, 30, 12)) == "Check"  # noqa: DTZ001 - cells have no zone
    assert CALL["KPI_RAG"]("KPI S1", 0, object()) == "Check"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("KPI_RAG", ("KPI S99", 1, 2)),
        ("KPI_RAG", ("W1", 1, 2)),
        ("KPI_RAG", (7.0, 1, 2)),
        ("KPI_RAG", ("KPI S1", 1, 2, "loosely")),
        ("KPI_OUTTURN", ([["KPI S1"], ["KPI S99"]], 1, 2)),
        ("KPI_CHECK", ("KPI S99", 1, 2)),
        ("KPI_GAP", ("KPI S99", 1, 2)),
        ("KPI_DUE", ("KPI S1", "summer")),
        ("KPI_DUE", ("KPI S1", 46_300.0)),
        ("KPI_ABOUT", ("KPI S1", "colour")),
        ("KPI_S2", (1, 0, 0, "loosely")),
    ],
)
def test_what_no_figure_can_stand_for_raises_and_says_what_to_write(name, arguments):
    with pytest.raises(WrongArgument, match=r"“.+” is not an? .+\. (Write|Use) "):
        CALL[name](*arguments)


# --- the table ---


def test_the_table_is_the_one_that_was_promised():
    entry = ("kpi", "x", "y", "reading", "period")
    promised = {
        "KPI_OUTTURN": entry,
        "KPI_RAG": entry,
        "KPI_CHECK": entry,
        "KPI_GAP": entry,
        "KPI_DUE": ("kpi", "period", "reading"),
        "KPI_ABOUT": ("kpi", "field", "reading", "period"),
        "KPI_S2": ("submitted", "disputed", "late", "reading"),
    }
    table = {function.name: tuple(argument.name for argument in function.arguments) for function in FUNCTIONS}
    assert table == promised, "workbooks use these names and arguments: add a new function last, here too"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda wanted_row: wanted_row.name)
def test_every_function_and_argument_has_help_that_fits_the_wizard(function):
    optional = [argument.name for argument in function.arguments if argument.optional]
    assert optional in (["reading"], ["reading", "period"])
    assert [argument.name for argument in function.arguments][-len(optional) :] == optional
    for text in (function.help, *(argument.help for argument in function.arguments)):
        assert 10 < len(text) <= 110
        assert text.endswith(".")
