"""Read again what a master lists as asked of providers, and answered."""

from __future__ import annotations

from xlkpi.core.question import AskedQuestion, Question
from xlkpi.ooxml.model import RawWorkbook
from xlkpi.reading.masters.data import sheets_called
from xlkpi.reading.masters.tables import TableRow, table_rows

QUESTIONS = "Questions"
QUESTION = (
    "provider_id", "provider", "period", "indicator", "about", "question", "answer", "state", "file", "question_id",
)  # fmt: skip
"""The columns of the sheet, in their order."""


def read_questions(book: RawWorkbook) -> tuple[AskedQuestion, ...]:
    """Read the questions of an open master; none where it has no such sheet."""
    sheets = sheets_called(book, QUESTIONS)
    rows = (row for sheet in sheets for row in table_rows(sheet, QUESTION) or ())
    return tuple(_question(row) for row in rows if row.text("provider_id"))


def _question(row: TableRow) -> AskedQuestion:
    parts = ("question_id", "period", "indicator", "about", "question")
    question = Question(*(row.text(part) for part in parts))
    whose = (row.text("provider_id"), row.text("provider"))
    return AskedQuestion(*whose, question, row.text("answer"), row.text("file"), row.text("state") == "agreed")
