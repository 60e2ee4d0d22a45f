"""The answers on the sheet *Questions*, each with the question and its place; without one, the answer is empty."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.core.question import Answer
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.addresses import FIRST_ROW, QUESTIONS
from xlkpi.layout.questions import ANSWER_COL, answer_name
from xlkpi.ooxml.addresses import cell_address
from xlkpi.ooxml.model import RawWorkbook
from xlkpi.reading.returns.checked_return import Manifest
from xlkpi.reading.returns.find_sheets import sheet_by_first_line, sheet_by_names
from xlkpi.reading.returns.moved_cells import list_some
from xlkpi.reading.returns.typed_counts import read_comment


def read_answers(book: RawWorkbook, manifest: Manifest) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Read the answer to each question that the return was built with, and a query where any has none."""
    if not manifest.questions:
        return (), ()
    answers = tuple(_read(book, manifest))
    open_cells = [answer.cell for answer in answers if not answer.is_given]
    if not open_cells:
        return answers, ()
    facts = {"number": str(len(open_cells)), "at": list_some(open_cells)}
    code = Code.QUESTION_OPEN if len(open_cells) == 1 else Code.QUESTIONS_OPEN
    return answers, (finding(code, facts, sheet=QUESTIONS, cell=open_cells[0]),)


def _read(book: RawWorkbook, manifest: Manifest) -> Iterator[Answer]:
    names = [answer_name(number) for number, _ in enumerate(manifest.questions, start=1)]
    sheet = sheet_by_names(book, names, QUESTIONS) or sheet_by_first_line(book, QUESTIONS)
    for offset, (question, name) in enumerate(zip(manifest.questions, names, strict=True)):
        planned = cell_address(FIRST_ROW + offset, ANSWER_COL)
        cell = book.cell(name) or (sheet.cell(planned) if sheet else None)
        yield Answer(question, read_comment(cell), sheet.name if sheet else QUESTIONS, cell.ref if cell else planned)
