"""Questions: what providers were asked about figures already returned, and what they answered in their return."""

from __future__ import annotations

from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.consolidation.provider_words import ReturnedAnswer
from xlkpi.layout.addresses import QUESTIONS
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
    Column("question_id", 26, "code"),
)
ANSWERED, NOT_ANSWERED = "Answered", "Not answered"


def plan_questions(record: ContractRecord) -> tuple[Sheet, ...]:
    """Plan one row per question that a used return carried, those without an answer first; none where there is none."""
    if not record.answers:
        return ()
    ordered = sorted(record.answers, key=lambda each: each.answer.is_given)
    table = Table("KPI_Questions", COLUMNS, [_values(each) for each in ordered])
    return (Sheet(QUESTIONS, (table,), freeze=(1, 2), paper=REPEAT_HEADER),)


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
