"""The list of all feedback, by provider, with the address to send it to: a CSV that opens in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from xlkpi.core.vocabulary import Rag
from xlkpi.feedback.provider_facts import MissingReturn
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.writing.csv_text import csv_bytes


@dataclass(frozen=True)
class MailingEntry:
    """One provider's feedback: the state of its return, the person it goes to, and the names of its files.

    ``status`` is ``nothing to fix``, ``to explain``, ``to fix`` or ``no return``. A file that was not written is empty.
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
    """Make the entry of a provider with a scorecard; ``files`` are those of scorecard, PDF and email."""
    status = "to fix" if card.must_fix else "to explain" if card.queries or card.questions else "nothing to fix"
    rated = (card.count(Rag.GREEN), card.count(Rag.AMBER), card.count(Rag.RED))
    counts = (*rated, len(card.must_fix), len(card.queries))
    return MailingEntry(card.provider_id, card.provider, status, *counts, contact, email, *files)


def make_reminder_entry(missing: MissingReturn, contact: str, email: str, text: str) -> MailingEntry:
    """Make the entry of a provider of whom no return is used."""
    counts = (0, 0, 0, 0, 0)
    return MailingEntry(missing.provider_id, missing.provider, "no return", *counts, contact, email, "", "", text)


def write_mailing_list(entries: Iterable[MailingEntry]) -> bytes:
    """Write the list as CSV, one row per provider."""
    names = [field.name for field in fields(MailingEntry)]
    return csv_bytes([names, *([getattr(entry, name) for name in names] for entry in entries)])
