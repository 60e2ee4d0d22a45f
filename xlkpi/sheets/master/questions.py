"""Questions: what providers were asked about figures already returned, and what they answered in their return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.question import Question
from xlkpi.core.records import ReturnedAnswer
from xlkpi.layout.addresses import QUESTIONS
from xlkpi.reading.masters.questions import ASKED
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

COLUMNS = (
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("state", 14, "word"),
    Column("asked about", 12, "line"),
    Column("indicator", 10, "code"),
    Column("about", 24, "text"),
    Column("question", 52, "text"),
    Column("answer", 52, "text"),
    Column("returned in", 12, "line"),
    Column("file", 36, "text"),
    Column("sheet", 12, "line"),
    Column("cell", 8, "centre"),
    Column("question_id", 42, "code"),
)
ANSWERED, NOT_ANSWERED = "Answered", "Not answered"


def plan_questions(result: Consolidation) -> tuple[Sheet, ...]:
    """Plan one row per question that is asked now, or that a used return carried; no sheet where there is none.

    Those without an answer come first. A question that is asked now has not been in a return yet; one that several
    returns carried has the row of the last, and every answer that was given.
    """
    carried = sorted(_carried(result.record), key=lambda each: each.answer.is_given)
    known = set(map(_key, carried))
    names = {row.provider_id: row.provider for row in result.rows}
    rows = [
        _asked_now(provider_id, names.get(provider_id, ""), question)
        for provider_id, question in result.questions
        if (provider_id, question.question_id) not in known
    ]
    rows += [_values(each) for each in carried]
    if not rows:
        return ()
    table = Table("KPI_Questions", COLUMNS, rows)
    return (Sheet(QUESTIONS, (table,), freeze=(1, 2), paper=replace(REPEAT_HEADER, a3=True)),)


def _carried(record: ContractRecord) -> Iterator[ReturnedAnswer]:
    last = {_key(each): each for each in record.answers}
    for each in record.answers:
        if each.answer.is_given or (_key(each) not in record.answered and last[_key(each)] is each):
            yield each


def _key(each: ReturnedAnswer) -> tuple[str, str]:
    return each.provider_id, each.answer.question.question_id


def _asked_now(provider_id: str, provider: str, question: Question) -> tuple[Value, ...]:
    about = (question.period, question.indicator, question.about, question.text)
    return (provider_id, provider, ASKED, *about, "", "", "", "", "", question.question_id)


def _values(each: ReturnedAnswer) -> tuple[Value, ...]:
    answer, question = each.answer, each.answer.question
    return (
        each.provider_id,
        each.provider,
        ANSWERED if answer.is_given else NOT_ANSWERED,
        question.period,
        question.indicator,
        question.about,
        question.text,
        answer.answer,
        str(each.period),
        each.file,
        answer.sheet,
        answer.cell,
        question.question_id,
    )
