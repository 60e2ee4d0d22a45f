"""The oracle is itself judged: by cases worked out by hand, and by the Schedule's own text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.judge import oracle
from tests.judge.oracle import Expected, cross_checks, due, expected, required
from tests.judge.schedule_text import SCHEDULE, parse, rows_of, schedule

# --- the Schedule, to the letter ------------------------------------------------------------------

CODES = """
    KPI S1, KPI S2, KPI S3, KPI S4a, KPI S4b, KPI S4c, KPI S5, KPI S6,
    INFO W1, INFO W2, INFO W3, KPI W1, KPI W2,
    INFO I1, INFO I2, INFO I3, KPI I1, KPI I2, KPI I3, KPI I4,
    INFO E1, INFO E2, KPI E1, KPI E2, KPI E3, KPI E4,
    INFO A1, INFO A2, INFO A3a, INFO A3b, INFO A3c, INFO A4, KPI A1, KPI A2,
    INFO T1, INFO T2, KPI T1"""

BANDS = {
    ">25% 10-25% <10%": "KPI S1, KPI E2",
    "<85% 85-95% >95%": "KPI S2, KPI S3, KPI W1, KPI I2, KPI E3, KPI A1, KPI A2",
    "<75% 75-95% >95%": "KPI S4a, KPI I1, KPI I3, KPI I4",
    "<65% 65-85% >85%": "KPI S4b",
    "<85% 85-99% 100%": "KPI S4c, KPI S5, KPI S6, KPI E1",
    "<65% 65-95% >95%": "KPI W2",
    "<65% 65-75% >75%": "KPI E4",
    "<95% 95-99% 100%": "KPI T1",
    "n/a n/a n/a": ", ".join(code for code in CODES.replace("\n", " ").split(", ") if "INFO" in code),
}

ANNUAL = {"KPI S4a", "KPI S4b", "KPI S4c", "KPI S5", "KPI S6", "KPI W1", "KPI E4"}
QUARTERLY = {"KPI E3", "KPI T1"}


def listed(text):
    return [code.strip() for code in text.replace("\n", " ").split(",")]


def test_the_schedule_holds_37_indicators_in_this_order():
    assert list(schedule()) == listed(CODES)
    assert len(schedule()) == 37


def test_every_indicator_has_the_bands_printed_in_the_schedule():
    results = {code: f"{row.red} {row.amber} {row.green}" for code, row in schedule().items()}
    assert results == {code: bands for bands, codes in BANDS.items() for code in listed(codes)}


def test_every_indicator_has_exactly_one_tick():
    ticks = {code: row.ticks for code, row in schedule().items()}
    other = {code: ("six-monthly",) for code in ticks if code not in ANNUAL | QUARTERLY}
    assert ticks == (other | dict.fromkeys(ANNUAL, ("annual",)) | dict.fromkeys(QUARTERLY, ("quarterly",)))


def test_the_transport_indicators_are_ticked_with_a_character_most_programs_do_not_draw():
    raw = dict.fromkeys(("INFO T1", "INFO T2", "KPI T1"), "")
    for _, cells in rows_of(SCHEDULE.read_text(encoding="utf-8")):
        if len(cells) > 1 and cells[1] in raw:
            raw[cells[1]] = "|".join("x" if "\uf0fc" in cell else "" for cell in cells[7:10])
    assert raw == {"INFO T1": "|x|", "INFO T2": "|x|", "KPI T1": "x||"}


def test_typing_faults_and_double_spaces_stay_and_ends_go():
    rows = schedule()
    assert rows["KPI S4c"].description == (
        "% of individuals attending the service who say that they are happy with the service.  "
        "That they have choice, feel listened to, and feel safe."
    )
    assert rows["KPI W1"].x == ("no. of individuals whose Care and Support Plan has been reviewed by the Provider*")
    assert rows["KPI I1"].y == "total no. of individuals accessing the promoting independence  service*"
    assert rows["INFO I1"].x.startswith("no. of in individuals on KCC's")
    assert rows["INFO A1"].y == "total no. of individual accessing the additional support wellbeing service*"
    assert "careers guidance advise within" in rows["KPI E1"].description
    assert rows["KPI S4b"].measured == "Carers Survey\n(managed by the Provider)"
    assert rows["INFO A1"].heading == "LOT 4: ADDITIONALSUPPORT SERVICE"
    assert rows["KPI W2"].applies_to == "PROMOTING WELLBEING SERVICE"


def test_the_council_checks_these_against_its_own_system():
    words = "KCC cross check with SWIFT/Liberi"
    checked = [code for code, row in schedule().items() if words in row.measured]
    assert checked == listed(
        "KPI S1, KPI S2, INFO W1, INFO W3, INFO I1, INFO I3, INFO E1, KPI E2, INFO A1, INFO A3a, INFO A3b, "
        "INFO A3c, INFO A4, INFO T1"
    )


def test_a_row_short_of_a_cell_is_not_read_as_an_indicator():
    text = SCHEDULE.read_text(encoding="utf-8").replace("\t10-25%\n\t<10%", "\t10-25%")
    with pytest.raises(AssertionError, match="KPI S1 has 10 cells"):
        parse(text)


# --- bands: at each edge and one step to either side ----------------------------------------------

G, A, R = "Green", "Amber", "Red"
UNRATED = ("Unrated", None)

# codes, reading, y, then (x, state, gap): the gap worked out by hand
EDGES = [
    ("KPI S1, KPI E2", "both", 100,
     [(26, R, -17), (25, A, -16), (24, A, -15), (11, A, -2), (10, A, -1), (9, G, 0), (0, G, 0)]),
    ("KPI S1, KPI E2", "both", 1000,
     [(251, R, -152), (250, A, -151), (249, A, -150), (101, A, -2), (100, A, -1), (99, G, 0)]),
    ("KPI S3, KPI W1, KPI I2, KPI E3, KPI A1, KPI A2", "both", 100,
     [(84, R, 12), (85, A, 11), (86, A, 10), (94, A, 2), (95, A, 1), (96, G, 0), (100, G, 0), (0, R, 96)]),
    ("KPI S3, KPI W1, KPI I2, KPI E3, KPI A1, KPI A2", "both", 1000,
     [(849, R, 102), (850, A, 101), (851, A, 100), (949, A, 2), (950, A, 1), (951, G, 0)]),
    ("KPI S4a, KPI I1, KPI I3", "both", 100,
     [(74, R, 22), (75, A, 21), (76, A, 20), (94, A, 2), (95, A, 1), (96, G, 0)]),
    ("KPI S4b", "both", 100,
     [(64, R, 22), (65, A, 21), (66, A, 20), (84, A, 2), (85, A, 1), (86, G, 0)]),
    ("KPI W2", "both", 100,
     [(64, R, 32), (65, A, 31), (66, A, 30), (94, A, 2), (95, A, 1), (96, G, 0)]),
    ("KPI E4", "both", 100,
     [(64, R, 12), (65, A, 11), (66, A, 10), (74, A, 2), (75, A, 1), (76, G, 0)]),
    ("KPI S4c, KPI S5, KPI S6, KPI E1", "effective", 1000,
     [(849, R, 151), (850, A, 150), (851, A, 149), (989, A, 11), (990, A, 10), (991, A, 9), (999, A, 1),
      (1000, G, 0)]),
    ("KPI S4c, KPI S5, KPI S6, KPI E1", "as written", 1000,
     [(849, R, 151), (850, A, 150), (851, A, 149), (989, A, 11), (990, A, 10), (991, *UNRATED),
      (999, *UNRATED), (1000, G, 0)]),
    ("KPI T1", "effective", 1000,
     [(949, R, 51), (950, A, 50), (951, A, 49), (989, A, 11), (990, A, 10), (991, A, 9), (999, A, 1),
      (1000, G, 0)]),
    ("KPI T1", "as written", 1000,
     [(949, R, 51), (950, A, 50), (951, A, 49), (989, A, 11), (990, A, 10), (991, *UNRATED),
      (999, *UNRATED), (1000, G, 0)]),
    ("KPI S2", "effective", 100,
     [(16, R, -12), (15, A, -11), (14, A, -10), (6, A, -2), (5, A, -1), (4, G, 0), (0, G, 0), (100, R, -96)]),
    ("KPI S2", "as written", 100,
     [(84, R, 12), (85, A, 11), (86, A, 10), (94, A, 2), (95, A, 1), (96, G, 0), (0, R, 96)]),
    ("KPI I4", "effective", 100,
     [(26, R, -22), (25, A, -21), (24, A, -20), (6, A, -2), (5, A, -1), (4, G, 0), (0, G, 0)]),
    ("KPI I4", "as written", 100,
     [(74, R, 22), (75, A, 21), (76, A, 20), (94, A, 2), (95, A, 1), (96, G, 0), (0, R, 96)]),
    # small counts, where one case is many per cent
    ("KPI S3", "both", 20, [(19, A, 1), (20, G, 0), (17, A, 3), (16, R, 4)]),
    ("KPI S3", "both", 3, [(2, R, 1), (3, G, 0), (0, R, 3)]),
    ("KPI S1", "both", 4, [(1, A, -1), (2, R, -2), (0, G, 0)]),
    ("KPI E2", "both", 10, [(1, A, -1), (0, G, 0)]),
    ("KPI S1", "both", 1, [(1, R, -1), (0, G, 0)]),
    ("KPI S6", "both", 1, [(0, R, 1), (1, G, 0)]),
    # x may be larger than y
    ("KPI S3, KPI E4", "both", 100, [(101, G, 0), (250, G, 0)]),
    # larger than anything a float holds exactly
    ("KPI S3", "both", 10**30, [(95 * 10**28, A, 1), (95 * 10**28 + 1, G, 0),
     (85 * 10**28 - 1, R, 10**29 + 2)]),
    ("KPI S1", "both", 10**30, [(10**29, A, -1), (10**29 - 1, G, 0), (25 * 10**28 + 1, R, -15 * 10**28 - 2)]),
]  # fmt: skip

SPELLED_OUT = [
    (code, reading, x, y, state, gap)
    for codes, readings, y, points in EDGES
    for code in listed(codes)
    for reading in (("effective", "as written") if readings == "both" else (readings,))
    for x, state, gap in points
]


@pytest.mark.parametrize(("code", "reading", "x", "y", "state", "gap"), SPELLED_OUT)
def test_band_edges_worked_out_by_hand(code, reading, x, y, state, gap):
    outturn = Fraction(y - x, y) if (code, reading) == ("KPI S2", "effective") else Fraction(x, y)
    rag = None if state == "Unrated" else state
    assert expected(code, x, y, reading) == Expected(state, outturn, rag, gap)


def test_every_kpi_has_its_edges_spelled_out_in_both_readings():
    kpis = {(code, reading) for code in listed(CODES) if "KPI" in code for reading in oracle.READINGS}
    assert {(code, reading) for code, reading, *_ in SPELLED_OUT} == kpis
    assert len(SPELLED_OUT) > 60


@pytest.mark.parametrize("code", [code for code in listed(CODES) if "INFO" in code])
def test_an_info_indicator_has_an_outturn_and_no_rag(code):
    assert expected(code, 3, 12) == Expected("Information", Fraction(1, 4))


# --- states ---------------------------------------------------------------------------------------

STATES = [
    (None, None, "Not entered"), ("", None, "Not entered"), ("", "  ", "Not entered"),
    ("\xa0", "", "Not entered"),
    (5, None, "Incomplete"), (None, 5, "Incomplete"), (0, "", "Incomplete"), ("", 0, "Incomplete"),
    (" ", 7, "Incomplete"), ("twelve", None, "Incomplete"), (None, -1, "Incomplete"),
    (True, "", "Incomplete"),
    (0, 0, "No cases"), (0.0, 0, "No cases"), (0, -0.0, "No cases"),
    (1, 0, "Check"), (11, 10, "Check"), (-1, 10, "Check"), (5, -10, "Check"), (-5, -10, "Check"),
    (4.5, 10, "Check"), (4, 10.5, "Check"), ("4", 10, "Check"), (4, "10", "Check"), ("n/a", "n/a", "Check"),
    (True, 10, "Check"), (1, True, "Check"), (False, False, "Check"), (0, False, "Check"),
    (float("nan"), 10, "Check"), (5, float("inf"), "Check"), (1e300, 10, "Check"), (4.000000001, 10, "Check"),
    (10, 10, "Green"), (10.0, 10.0, "Green"), (9, 10.0, "Amber"), (0, 10, "Red"), (1, 10**40, "Red"),
]  # fmt: skip


@pytest.mark.parametrize("reading", oracle.READINGS)
@pytest.mark.parametrize(("x", "y", "state"), STATES)
def test_states_of_an_entry(x, y, state, reading):
    assert expected("KPI A1", x, y, reading).state == state


@pytest.mark.parametrize(("x", "y", "state"), STATES)
def test_an_info_goes_through_the_same_states(x, y, state):
    rated = state in {G, A, R}
    assert expected("INFO W1", x, y).state == ("Information" if rated else state)


@pytest.mark.parametrize("code", ["KPI S3", "KPI E4"])
@pytest.mark.parametrize(
    ("x", "y", "state"),
    [
        (3, 0, "No cases"),
        (0, 0, "No cases"),
        (3, 2, "Green"),
        (-3, 0, "Check"),
        (2.5, 1, "Check"),
        (3, None, "Incomplete"),
    ],
)
def test_cases_carried_over_from_an_earlier_period(code, x, y, state):
    assert expected(code, x, y).state == state


def test_nothing_but_a_rated_entry_has_a_rag_or_a_gap():
    for x, y, state in STATES:
        expected_values = expected("KPI A1", x, y)
        bare = (expected_values.rag is None, expected_values.gap is None, expected_values.outturn is None)
        assert bare == (state not in {G, A, R},) * 3


@pytest.mark.parametrize(("x", "y"), [(None, None), (5, 10), ("text", 1), (0, 0)])
def test_what_is_not_due_is_not_due_whatever_stands_there(x, y):
    assert expected("KPI S4a", x, y, due=False) == Expected("Not due")


def test_trying_every_count_and_halving_give_the_same_gap(monkeypatch):
    cases = [(c, x, y, r) for c in listed(CODES) if "KPI" in c for y in (7, 40, 61) for x in range(y + 1)
             for r in oracle.READINGS]  # fmt: skip
    tried = [expected(code, x, y, reading) for code, x, y, reading in cases]
    monkeypatch.setattr(oracle, "TRIED_ONE_BY_ONE", 0)
    assert [expected(code, x, y, reading) for code, x, y, reading in cases] == tried


# --- due ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reading", oracle.READINGS)
def test_what_is_due_in_each_quarter(reading):
    every = set(schedule())
    results = [{code for code in every if due(code, f"2026-27 Q{q}", reading)} for q in (1, 2, 3, 4)]
    assert results == [QUARTERLY, every - ANNUAL, QUARTERLY, every]


def test_nothing_that_is_due_may_stay_empty():
    for code in schedule():
        assert required(code, "2026-27 Q1") == due(code, "2026-27 Q1")


# --- checks across entries ------------------------------------------------------------------------

CROSS = [
    ("nothing entered", {}, None, set()),
    ("all of one group agree", {"INFO W1": (3, 10), "INFO W2": (4, 10), "INFO W3": (1, 10)}, None, set()),
    ("each later member is set against the first",
     {"INFO W1": (3, 10), "INFO W2": (4, 11), "INFO W3": (1, 10), "KPI W2": (20, 20)}, None,
     {("same y", "INFO W2", "INFO W1"), ("same y", "KPI W2", "INFO W1")}),
    ("against the first entered, in listed order",
     {"KPI W2": (20, 20), "INFO W3": (1, 10), "INFO W1": (None, None), "INFO W2": (1, "10")}, None,
     {("same y", "KPI W2", "INFO W3")}),
    ("KPI W1 belongs to no group", {"INFO W1": (3, 10), "KPI W1": (20, 20)}, None, set()),
    ("two routes may fill y", {"INFO T1": (6, 10), "INFO T2": (4, 10)}, None, set()),
    ("two routes exceed y", {"INFO T1": (6, 10), "INFO T2": (5, 10)}, None, {("sum", "INFO T1", "INFO T2")}),
    ("two routes exceed one y but not the other, in whose row it would be said",
     {"INFO T1": (6, 10), "INFO T2": (5, 11)}, None, {("same y", "INFO T2", "INFO T1")}),
    ("three packages exceed y", {"INFO A3a": (4, 10), "INFO A3b": (4, 10), "INFO A3c": (3, 10)}, None,
     {("sum", "INFO A3a", "INFO A3b", "INFO A3c")}),
    ("a sum needs all its members", {"INFO A3a": (9, 10), "INFO A3b": (9, 10), "INFO A3c": (None, 10)}, None,
     set()),
    ("leavers counted twice", {"KPI I3": (96, 100, "x"), "KPI I4": (5, 100, "x")}, None,
     {("sum", "KPI I3", "KPI I4")}),
    ("happy without a survey", {"KPI S4a": (97, 100), "KPI S4c": (100, 100)}, None,
     {("part of", "KPI S4c", "KPI S4a")}),
    ("as many happy as surveyed", {"KPI S4a": (100, 100), "KPI S4c": (100, 100)}, None, set()),
    ("a half exactly is no change", {"INFO E1": (1, 30)}, {"INFO E1": (1, 20)}, set()),
    ("one above the half", {"INFO E1": (1, 31)}, {"INFO E1": (1, 20)}, {("change", "INFO E1")}),
    ("more than half, but fewer than ten", {"INFO E1": (1, 19)}, {"INFO E1": (1, 10)}, set()),
    ("more than half, ten exactly", {"INFO E1": (1, 29)}, {"INFO E1": (1, 19)}, {("change", "INFO E1")}),
    ("down by more than half", {"INFO E1": (1, 9)}, {"INFO E1": (1, 20)}, {("change", "INFO E1")}),
    ("up from none", {"INFO E1": (1, 10)}, {"INFO E1": (0, 0)}, {("change", "INFO E1")}),
    ("nothing to compare with", {"INFO E1": (1, 100)}, {"INFO E1": (None, 5), "INFO E2": (1, 5)}, set()),
    ("a missed target without a reason", {"KPI A1": (1, 10, " "), "KPI A2": (9, 10)}, None,
     {("reason", "KPI A1"), ("reason", "KPI A2")}),
    ("a missed target with its reason", {"KPI A1": (1, 10, "survey late"), "KPI A2": (10, 10)}, None, set()),
    ("an INFO needs no reason", {"INFO A1": (1, 10)}, None, set()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "entries", "previous", "raised"), CROSS, ids=[case[0] for case in CROSS])
def test_checks_across_entries(name, entries, previous, raised):
    assert cross_checks(entries, previous) == raised


def test_a_reason_follows_the_reading_in_force():
    assert cross_checks({"KPI S2": (0, 10)}) == set()
    assert cross_checks({"KPI S2": (0, 10)}, reading="as written") == {("reason", "KPI S2")}


def test_groups_and_sums_name_indicators_of_the_schedule():
    named = {code for group in (*oracle.SAME_Y, *oracle.SUMS, *oracle.PARTS) for code in group}
    assert named <= set(schedule())
    in_groups = [code for group in oracle.SAME_Y for code in group]
    assert len(in_groups) == len(set(in_groups))
