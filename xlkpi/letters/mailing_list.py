"""The list of what was made, for whom and to which address: a CSV that opens in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from xlkpi.core.vocabulary import Rag
from xlkpi.feedback.provider_facts import MissingReturn
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.writing.csv_text import csv_bytes


@dataclass(frozen=True)
class MailingEntry:
    """One provider's feedback: how the return stands, to whom it goes, and the names of the files made.

    ``status`` is ``nothing to fix``, ``to explain``, ``to fix`` or ``no return``. A file that was not made is empty.
    """

    provider_id: str
    provider: str
    status: str
    green: int
    amber: int
    red: int
    must_fix: int
    queries: int
    contact: str
    email: str
    scorecard: str
    pdf: str
    text: str


def make_scorecard_entry(card: Scorecard, contact: str, email: str, files: tuple[str, str, str]) -> MailingEntry:
    """The line of a provider who has a scorecard; ``files`` are those of scorecard, PDF and e-mail."""
    status = "to fix" if card.must_fix else "to explain" if card.queries else "nothing to fix"
    rated = (card.count(Rag.GREEN), card.count(Rag.AMBER), card.count(Rag.RED))
    counts = (*rated, len(card.must_fix), len(card.queries))
    return MailingEntry(card.provider_id, card.provider, status, *counts, contact, email, *files)


def make_reminder_entry(one: MissingReturn, contact: str, email: str, text: str) -> MailingEntry:
    """The line of a provider of whom no return is used."""
    return MailingEntry(one.provider_id, one.provider, "no return", 0, 0, 0, 0, 0, contact, email, "", "", text)


def write_mailing_list(made: Iterable[MailingEntry]) -> bytes:
    """Write the list as CSV, one row per provider."""
    names = [field.name for field in fields(MailingEntry)]
    return csv_bytes([names, *([getattr(entry, name) for name in names] for entry in made)])
