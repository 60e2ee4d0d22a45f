"""Questions: what providers are asked about figures that two sides count differently, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core.question import AskedQuestion
from xlkpi.reading.masters.questions import QUESTION, QUESTIONS
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

_WIDTHS = {
    "provider_id": (11, "code"), "provider": (24, "text"), "period": (11, "line"), "indicator": (10, "code"),
    "about": (22, "text"), "question": (56, "text"), "answer": (40, "text"), "state": (11, "word"),
    "file": (30, "text"), "question_id": (30, "line"),
}  # fmt: skip
COLUMNS = tuple(Column(name, *_WIDTHS[name]) for name in QUESTION)


def plan_questions(questions: Sequence[AskedQuestion]) -> tuple[Sheet, ...]:
    """Plan one row per question; no sheet where nothing is asked."""
    if not questions:
        return ()
    table = Table("KPI_Questions", COLUMNS, [_values(asked) for asked in questions])
    return (Sheet(QUESTIONS, (table,), freeze=(1, 2), paper=REPEAT_HEADER),)


def _values(asked: AskedQuestion) -> tuple[Value, ...]:
    about = asked.question
    return (
        asked.provider_id,
        asked.provider,
        about.period,
        about.indicator,
        about.about,
        about.text,
        asked.answer,
        asked.state,
        asked.file,
        about.question_id,
    )
