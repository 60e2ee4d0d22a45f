"""The sheets Questions and Contacts of a master read again: answers, and points of contact that providers changed."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.core.lot import Contact, tidy_contacts
from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.question import Answer
from xlkpi.core.records import ReturnedAnswer, ReturnedContacts
from xlkpi.layout.addresses import QUESTIONS
from xlkpi.layout.provider_texts import CONTACT_PARTS
from xlkpi.ooxml.model import RawWorkbook
from xlkpi.reading.masters.data import sheets_called
from xlkpi.reading.masters.questions import question_of_row
from xlkpi.reading.masters.tables import TableRow, table_rows

ANSWER_HEADERS = ("provider_id", "question_id", "question", "answer", "returned in")
CONTACT_HEADERS = ("provider_id", "of period", "contact", *CONTACT_PARTS)


def answers_of_book(book: RawWorkbook, scheme: PeriodScheme) -> tuple[ReturnedAnswer, ...]:
    """Read the answers; a master without the sheet has none."""
    return tuple(
        ReturnedAnswer(period, row.text("provider_id"), row.text("provider"), _answer(row), row.text("file"))
        for sheet in sheets_called(book, QUESTIONS)
        for row in table_rows(sheet, ANSWER_HEADERS) or ()
        if (period := parse_period(row.text("returned in"), scheme))
    )


def _answer(row: TableRow) -> Answer:
    return Answer(question_of_row(row), row.text("answer"), row.text("sheet"), row.text("cell"))


def contacts_of_book(book: RawWorkbook, scheme: PeriodScheme) -> tuple[ReturnedContacts, ...]:
    """Read the changed points of contact; a master without the sheet has none."""
    returns: dict[tuple[Period, str], list[TableRow]] = {}
    for sheet in sheets_called(book, "Contacts"):
        for row in table_rows(sheet, CONTACT_HEADERS) or ():
            period = parse_period(row.text("of period"), scheme)
            if period:
                returns.setdefault((period, row.text("provider_id")), []).append(row)
    return tuple(_contacts(period, provider_id, rows) for (period, provider_id), rows in returns.items())


def _contacts(period: Period, provider_id: str, rows: list[TableRow]) -> ReturnedContacts:
    ordered = sorted(rows, key=lambda row: row.text("contact"))
    now, before = (tidy_contacts(_contact(ordered, prefix)) for prefix in ("", "was "))
    return ReturnedContacts(period, provider_id, rows[0].text("provider"), now, before, rows[0].text("file"))


def _contact(rows: list[TableRow], prefix: str) -> Iterator[Contact]:
    return (Contact(*(row.text(prefix + part) for part in CONTACT_PARTS)) for row in rows)
