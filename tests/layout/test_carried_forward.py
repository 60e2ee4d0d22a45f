"""What a return shows of open plans and questions: texts, states and steps, blank and filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.layout.carried_returns import CARRIED, CATALOGUE, ELM, FILLED, LATER, NOW, QUESTIONS, UPDATED, plan, record
from tests.layout.planned_returns import plan as usual_plan
from xlkpi.catalogue import load_catalogue
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.question import Answer, Question
from xlkpi.core.records import ActionPlanRecord
from xlkpi.layout.carried_forward import HIDDEN, QUESTION_ROWS, CarriedForward, count_question_rows, plan_texts
from xlkpi.layout.plan import Filled, plan_return


def sheet(layout_plan, name):
    return next(page for page in layout_plan.sheets if page.name == name)


def cells(layout_plan, name):
    return {slot.ref: slot.value for slot in sheet(layout_plan, name).slots}


def steps(layout_plan):
    page = cells(layout_plan, "Start here")
    return {page[f"B{row}"]: page[f"D{row}"] for row in range(15, 30) if page.get(f"B{row}") and f"D{row}" in page}


def hidden(layout_plan, name):
    return [row for row, attribute in sheet(layout_plan, name).optional_rows if attribute]


def test_an_open_plan_is_filled_in_and_says_what_to_do():
    page = cells(plan(), "Action plan")
    assert [page[f"{column}5"] for column in "GHIJK"] == [
        "Action to be taken", "Expected outcomes", "Timescale", "Progress to date", "New timescale",
    ]  # fmt: skip
    assert [page[f"{column}8"] for column in "ABCDEFGHIJK"] == [
        "KPI S3", "KPI S3: the plan of 2026-27 Q2 is open. Enter the progress to date, and a new timescale if it has"
        " changed.", "84.00%", "9 October 2026", "Red", "Two carers left.",
        "Manager to recruit two carers & train them", "95% by spring", "31 December 2026", None, None,
    ]  # fmt: skip
    assert "Its timescale has changed once." in page["B6"]
    due = [page[f"{column}18"] for column in "ABCDE"]
    assert due == ["KPI E3", page["B18"], "", "", ""], "what a KPI has come to that is due is not known yet"
    assert page["B18"].startswith("KPI E3: the plan of 2026-27 Q2 is open.")


def test_only_rows_with_something_to_write_are_shown():
    layout_plan = plan()
    rows = {slot.row for slot in sheet(layout_plan, "Action plan").slots if slot.row > 5}
    assert sorted(rows - set(hidden(layout_plan, "Action plan"))) == [6, 8, 18]
    assert hidden(layout_plan, "Questions") == [8, 9, 10]


def test_the_cover_counts_what_waits():
    assert steps(plan())["Bring your open action plans up to date"] == "3 to update"
    assert steps(plan())["Answer the Council's questions"] == "2 to answer"
    assert steps(plan(FILLED))["Bring your open action plans up to date"] == "1 to update"
    assert steps(plan(FILLED))["Answer the Council's questions"] == "1 to answer"
    done = Filled({code: Entry(plan=UPDATED) for code in CARRIED.plans}, answers={1: "Yes", 2: "No"})
    assert steps(plan(done))["Bring your open action plans up to date"] == "None to update"
    assert steps(plan(done))["Answer the Council's questions"] == "None to answer"


def test_a_kpi_that_is_due_shows_its_new_level_and_keeps_its_plan():
    page = cells(plan(Filled({"KPI S3": Entry(30, 40, "why")}), period=LATER), "Action plan")
    row = next(ref[1:] for ref, value in page.items() if value == "KPI S3" and ref[0] == "A")
    assert [page[f"{column}{row}"] for column in "CEG"] == [0.75, "Red", "Manager to recruit two carers & train them"]
    assert page[f"B{row}"].startswith("KPI S3: the plan of 2026-27 Q2 is open.")
    new = cells(plan(Filled({"KPI S5": Entry(30, 40, "why")}), period=LATER), "Action plan")
    assert "KPI S5 is Red: enter the action, the expected outcomes and the timescale." in new.values()


def test_what_the_provider_changes_in_its_plan_is_kept():
    entries = {"KPI S3": Entry(plan=ActionPlanEntry(action="The board to recruit"))}
    page = cells(plan(Filled(entries)), "Action plan")
    assert (page["G8"], page["H8"]) == ("The board to recruit", "95% by spring")


def test_a_first_return_has_none_of_it():
    layout_plan = usual_plan(2)
    assert "Questions" not in {page.name for page in layout_plan.sheets}
    assert not any(page.optional_rows for page in layout_plan.sheets)
    assert [hide for _, hide in sheet(layout_plan, "Action plan").columns] == [False] * 9 + [True] * 6
    assert not {"Bring your open action plans up to date", "Answer the Council's questions"} & set(steps(layout_plan))


@pytest.mark.parametrize(("questions", "rows"), [(0, 0), (1, 5), (5, 5), (6, 15), (16, 40), (41, 40)])
def test_a_sheet_of_questions_has_a_round_number_of_rows(questions, rows):
    assert count_question_rows(questions) == rows


def test_more_questions_than_there_is_room_for_wait_and_long_ones_are_cut():
    many = tuple(Question(str(n), "2026-27 Q2", "KPI S2", "about", "?" * 999) for n in range(99))
    carried = CarriedForward({}, many)
    assert len(carried.questions) == QUESTION_ROWS[-1]
    assert {len(question.text) for question in carried.questions} == {400}
    assert len(sheet(plan(carried=carried), "_xlkpi").slots[1].value) < 32_767


def kpis(*codes):
    return [load_catalogue().find(code) for code in codes]


def test_a_level_that_is_not_known_is_left_out():
    texts = plan_texts(kpis("KPI S1", "KPI S2"), {"KPI S1": record("KPI S1", outturn=None, timescales=("a", "b", "c"))})
    assert (texts["plan.KPI S1.level"], texts["plan.KPI S2.row"]) == ("", HIDDEN)
    assert "Its timescale has changed twice." in texts["plan.KPI S1.todo"]
    thrice = record("KPI S1", timescales=("a", "b", "c", "d"))
    assert "changed 3 times" in plan_texts(kpis("KPI S1"), {"KPI S1": thrice})["plan.KPI S1.todo"]


def test_a_plan_knows_its_timescales():
    first: ActionPlanRecord = record("KPI S1")
    assert (first.first_timescale, first.timescale_in_force, first.redated) == ("31 December 2026",) * 2 + (0,)
    again = record("KPI S1", new_timescale="May 2027", timescales=("31 December 2026", "May 2027"))
    assert (again.first_timescale, again.timescale_in_force, again.redated) == ("31 December 2026", "May 2027", 1)


def test_an_answer_is_given_once_there_are_words():
    assert Answer(QUESTIONS[0], "yes", "Questions", "F6").is_given
    assert not Answer(QUESTIONS[0], "", "Questions", "F6").is_given


def test_help_says_what_to_do_with_what_is_carried():
    layout_plan, usual = cells(plan(), "Help"), cells(usual_plan(2), "Help")
    more = [text for ref, text in layout_plan.items() if ref[0] == "A" and text not in usual.values()]
    assert [text.split()[0] for text in more] == ["A", "The"]
    assert "progress to date" in more[0]
    assert "“Questions”" in more[1]


def test_a_contract_calls_its_council_as_it_is_called():
    """Waste contractors are written to by an Authority; no text of their workbook says Council."""
    words = ContractWords("Loamshire Waste Authority", "the Authority", "Collection", provider="operator")
    indicators = {code: replace(each, words=words) for code, each in CATALOGUE.indicators.items()}
    catalogue, amber = replace(CATALOGUE, words=words, indicators=indicators), Filled({"KPI E3": Entry(60, 100)})
    other = plan_return(catalogue, ELM, NOW, filled=amber, carried=CARRIED)
    texts = [str(slot.value) for page in other.sheets for slot in page.slots if slot.value]
    assert steps(other)["Answer the Authority's questions"] == "2 to answer"
    assert "The Authority's points of contact" in texts
    assert [text for text in texts if "The Authority asks about figures that you have already returned." in text]
    formulas = [str(slot.formula) for page in other.sheets for slot in page.slots if slot.formula]
    assert not [text for text in (*texts, *formulas) if "a provider at target" in text]
    assert [text for text in texts if "; an operator at target does no better" in text]
    assert [text for text in formulas if "; an operator at target does no better" in text]
    assert [text for text in texts if "Council" in text and not text.startswith("{")] == [QUESTIONS[1].text]
