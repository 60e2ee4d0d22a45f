"""What a planned return shows for given figures: cached values, judged by the oracle and by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.cell_contents import CODES, contents, examples
from tests.judge import oracle
from tests.judge.chance_oracle import change_cell
from tests.judge.schedule_text import schedule
from tests.layout.planned_returns import AS_WRITTEN, CATALOGUE, EVERYTHING, badly, plan, well
from tests.small_catalogue import small_catalogue
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.period import Period
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.live_values import Tally
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.layout.plan_model import SlotKind

SMALL = small_catalogue()


def shown(layout_plan, name):
    return layout_plan.named()[name][1].value


def value_at(layout_plan, sheet, ref):
    page = next(s for s in layout_plan.sheets if s.name == sheet)
    return next(slot.value for slot in page.slots if slot.ref == ref)


def returned(entries, quarter=4, declaration=None, catalogue=SMALL):
    filled = Filled(entries, declaration or Declaration())
    return plan_return(catalogue, EVERYTHING, Period(2026, quarter), filled=filled)


GREEN = {"KPI S1": Entry(1, 40), "KPI S2": Entry(1, 40), "KPI S3": Entry(40, 40)}
SIGNED = Declaration("A. One", 46_482)


@examples(30)
@given(st.dictionaries(st.sampled_from(CODES), st.tuples(contents, contents), min_size=20))
def test_state_and_outturn_of_every_row_are_those_of_the_oracle(figures):
    filled_return = returned({code: Entry(x, y) for code, (x, y) in figures.items()}, catalogue=CATALOGUE)
    for code, (x, y) in figures.items():
        slug, wanted = code.replace(" ", "_"), oracle.expected(code, x, y)
        assert shown(filled_return, f"{slug}.rag") == wanted.state
        outturn = shown(filled_return, f"{slug}.outturn")
        assert outturn == ("" if wanted.outturn is None else pytest.approx(float(wanted.outturn)))


@pytest.mark.parametrize("reading", ["effective", "as written"])
@pytest.mark.parametrize("filled", ["well", "badly"])
def test_the_gap_and_the_chance_of_every_row_are_worded_as_the_oracle_counts_them(filled, reading):
    layout_plan = plan(4, as_written=AS_WRITTEN if reading == "as written" else (), filled=filled)
    entries = {"well": well, "badly": badly}[filled]().entries
    for code, row in schedule().items():
        if row.rated:
            sheet, slot = layout_plan.named()[f"{code.replace(' ', '_')}.x"]
            wanted = change_cell(code, entries[code].x, entries[code].y, reading)
            assert value_at(layout_plan, sheet, f"J{slot.row}") == wanted


def test_a_return_filled_in_as_help_says_is_ready_to_send():
    of_the_schedule = plan(4, filled="well")
    for layout_plan, codes in ((of_the_schedule, CATALOGUE.indicators), (returned(GREEN, declaration=SIGNED), GREEN)):
        assert shown(layout_plan, "Return.status") == "Ready to send"
        count = len(codes)
        assert shown(layout_plan, "Return.progress") == f"{count} of {count} entered, 0 to fix, 0 reasons missing"
        assert {shown(layout_plan, f"{code.replace(' ', '_')}.check") for code in codes} == {""}


def test_a_blank_return_is_not_ready():
    filled_return = returned({}, quarter=2)
    assert shown(filled_return, "Return.status") == "Not ready"
    assert shown(filled_return, "Return.progress") == "0 of 3 entered, 0 to fix, 0 reasons missing"


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_return_asks_for_what_the_schedule_makes_due(quarter):
    names = plan(quarter).named()
    asked = {code for code in CODES if names[f"{code.replace(' ', '_')}.x"][1].kind is not SlotKind.LABEL}
    assert asked == {code for code in CODES if oracle.due(code, f"2026-27 Q{quarter}")}


UNFINISHED = [
    # what is taken away from a return that is ready, and the progress it then shows
    ({"KPI S1": Entry(None, 40)}, None, "2 of 3 entered, 1 to fix, 0 reasons missing"),
    ({"KPI S1": Entry(41, 40)}, None, "3 of 3 entered, 1 to fix, 0 reasons missing"),
    ({"KPI S1": Entry(5, 40)}, None, "3 of 3 entered, 0 to fix, 1 reason missing"),
    ({"KPI S1": Entry(40, 40), "KPI S3": Entry(1, 40)}, None,
     "3 of 3 entered, 0 to fix, 2 reasons missing, 2 action plans missing"),
    ({"KPI S1": Entry(40, 40, "why")}, None, "3 of 3 entered, 0 to fix, 0 reasons missing, 1 action plan missing"),
    ({}, Declaration("", 46_482), "3 of 3 entered, 0 to fix, 0 reasons missing"),
    ({}, Declaration("A. One", "soon"), "3 of 3 entered, 0 to fix, 0 reasons missing"),
    ({}, Declaration("A. One", True), "3 of 3 entered, 0 to fix, 0 reasons missing"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "declaration", "progress"), UNFINISHED)
def test_what_is_missing_is_counted_and_holds_the_return_back(change, declaration, progress):
    filled_return = returned({**GREEN, **change}, declaration=declaration or SIGNED)
    assert shown(filled_return, "Return.progress") == progress
    assert shown(filled_return, "Return.status") == "Not ready"


def test_a_query_does_not_hold_the_return_back():
    filled_return = returned({**GREEN, "KPI S3": Entry(41, 40)}, declaration=SIGNED)
    assert shown(filled_return, "Return.status") == "Ready to send"
    assert (
        shown(filled_return, "Return.progress") == "3 of 3 entered, 0 to fix, 0 reasons missing, 1 to check or explain"
    )
    assert shown(filled_return, "KPI_S3.check") == (
        "KPI S3: x is 41 and y is 40 (F8, G8). Correct them, or explain in L8 which cases began in an earlier period."
    )
    explained = returned({**GREEN, "KPI S3": Entry(41, 40, "one of last year's")})
    assert shown(explained, "KPI_S3.check") == ""


MESSAGES = [
    ("KPI S1", Entry(None, 4), "KPI S1 x (F6) is empty. Enter the number of packages refused; if there were none,"
     " enter 0."),
    ("KPI S1", Entry(1, "x"), "KPI S1 y is the text “x” (G6). Enter the count in digits only."),
    ("KPI S1", Entry(5, 4), "KPI S1: x is 5 and y is 4 (F6, G6). x counts some of the y, so it cannot be larger."
     " Check both."),
    ("KPI S1", Entry(2, 10), "KPI S1 is Amber. Enter the reason for missing the target in L6."),
    ("KPI S1", Entry(5, 10, "why"), "KPI S1 is Red. Complete its action, expected outcomes and timescale on the sheet"
     " Action plan, row 6."),
    ("KPI S1", Entry(0, 100_000), "KPI S1 y is 100000 (G6), a very large count. Check it, or explain in L6."),
    ("KPI S1", Entry(5, 10, "why", ActionPlanEntry("i", "a", "o", "t")), ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "entry", "message"), MESSAGES)
def test_a_row_says_what_is_there_and_where(code, entry, message):
    assert shown(returned({code: entry}), f"{code.replace(' ', '_')}.check") == message


def test_a_change_since_last_time_is_shown_in_its_row():
    layout_plan = plan(4, filled="badly", before=True)
    assert shown(layout_plan, "INFO_W2.check") != ""
    sheet, slot = layout_plan.named()["KPI_S1.x"]
    assert value_at(layout_plan, sheet, f"E{slot.row}") == "2025-26 Q4: 0 of 0, No cases"
    assert value_at(layout_plan, sheet, f"E{slot.row + 1}") == "2025-26 Q4: 42 of 50, 84.00%, Amber"


def test_the_action_plan_lists_what_is_red_or_amber():
    red = {"KPI S1": Entry(9, 10, plan=ActionPlanEntry("issue", "act")), "KPI S3": Entry(9, 10), "KPI S2": Entry(0, 10)}
    filled_return = returned(red, declaration=Declaration("A", 46_300))
    rows = {
        row: {slot.col: slot.value for slot in page.slots if slot.row == row}
        for page in filled_return.sheets if page.name == "Action plan" for row in (6, 7, 8)
    }  # fmt: skip
    assert [rows[6][col] for col in (1, 3, 4, 5, 6, 7, 8)] == ["KPI S1", 0.9, 46_300, "Red", "issue", "act", None]
    assert rows[6][2] == "KPI S1 is Red: enter the action, the expected outcomes and the timescale."
    assert [rows[7][col] for col in (1, 3, 4, 5)] == ["", "", "", ""]
    assert rows[7][2].startswith("KPI S2: nothing to do")
    assert [rows[8][col] for col in (1, 3, 5)] == ["KPI S3", 0.9, "Amber"]
    undated = returned(red)
    assert undated.named()["KPI_S1.issue"][1].row == 6
    assert value_at(undated, "Action plan", "D6") == 46_477  # 31 March 2027, the period's last day


def test_rows_not_due_are_closed_and_say_so_whatever_was_entered():
    filled_return = returned({"KPI S1": Entry(1, 2)}, quarter=1)
    assert shown(filled_return, "KPI_S1.rag") == "Not due"
    assert filled_return.named()["KPI_S1.x"][1].kind is SlotKind.LABEL
    assert shown(filled_return, "KPI_S1.x") is None


def test_counts_add_up():
    assert Tally(1, 1, 0, 0, 0, 0) + Tally(2, 1, 1, 1, 1, 1) == Tally(3, 2, 1, 1, 1, 1)
    assert not (Tally(1, 1) + Tally(1, 0)).clear
    assert (Tally(1, 1) + Tally(1, 1)).clear
