"""The master's sheet Questions: each question once while it waits, and every answer."""

from __future__ import annotations

from types import SimpleNamespace

from xlkpi.consolidation.contract_record import ContractRecord, PeriodRecord
from xlkpi.core.period import Period
from xlkpi.core.question import Answer, Question
from xlkpi.core.records import ReturnedAnswer
from xlkpi.sheets.master.questions import plan_questions

Q1, Q2, Q3 = (Period(2026, quarter) for quarter in (1, 2, 3))


def carried(name, period, answer=""):
    question = Question(name, "2025-26 Q4", "KPI S2", "Both sides' counts", "Which is right?")
    return ReturnedAnswer(period, "P1", "Elm", Answer(question, answer, "Questions", "F6"), f"{period}.xlsx")


def shown(*answers):
    periods = (PeriodRecord(each, answers=tuple(a for a in answers if a.period == each)) for each in (Q1, Q2, Q3))
    result = SimpleNamespace(record=ContractRecord(tuple(periods)), rows=(), questions=())
    (sheet,) = plan_questions(result)
    (table,) = sheet.tables
    names = [column.header for column in table.columns]
    places = [names.index(name) for name in ("question_id", "state", "returned in")]
    return [tuple(row[place] for place in places) for row in table.rows]


def test_a_question_that_several_returns_carried_without_an_answer_is_there_once():
    waiting = [carried("q", period) for period in (Q1, Q2)]
    assert shown(*waiting) == [("q", "Not answered", "2026-27 Q2")]


def test_a_question_that_was_answered_later_does_not_wait_any_more():
    assert shown(carried("q", Q1), carried("q", Q2, "20 is right"), carried("other", Q1)) == [
        ("other", "Not answered", "2026-27 Q1"),
        ("q", "Answered", "2026-27 Q2"),
    ]


def test_every_answer_is_shown():
    assert [state for _, state, _ in shown(carried("q", Q1, "20"), carried("q", Q3, "21 now"))] == ["Answered"] * 2
