"""Read again what a master asks providers about figures that two sides count differently."""

from __future__ import annotations

from xlkpi.core.question import Question
from xlkpi.layout.addresses import QUESTIONS
from xlkpi.ooxml.model import RawWorkbook
from xlkpi.reading.masters.data import sheets_called
from xlkpi.reading.masters.tables import TableRow, table_rows

ASKED = "Asked"
"""The state of a question that no return has carried yet."""
HEADERS = ("provider_id", "state", "asked about", "indicator", "about", "question", "question_id")


def read_questions(book: RawWorkbook) -> tuple[tuple[str, Question], ...]:
    """Read the questions that an open master asks, each with its provider's id; none where it has no such sheet."""
    rows = (row for sheet in sheets_called(book, QUESTIONS) for row in table_rows(sheet, HEADERS) or ())
    return tuple((row.text("provider_id"), question_of_row(row)) for row in rows if row.text("state") == ASKED)


def question_of_row(row: TableRow) -> Question:
    """Read the question of a row of the sheet, asked of the provider already or not."""
    return Question(*(row.text(part) for part in ("question_id", "asked about", "indicator", "about", "question")))
