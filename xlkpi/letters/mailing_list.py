"""The list of what was made, for whom and to which address: a CSV that opens in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from xlkpi.core.vocabulary import Rag
from xlkpi.feedback.provider_facts import Awaited
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.writing.csv_text import csv_bytes


@dataclass(frozen=True)
class Made:
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


def made_for(card: Scorecard, contact: str, email: str, files: tuple[str, str, str]) -> Made:
    """The line of a provider who has a scorecard; ``files`` are those of scorecard, PDF and e-mail."""
    status = "to fix" if card.must_fix else "to explain" if card.queries else "nothing to fix"
    rated = (card.count(Rag.GREEN), card.count(Rag.AMBER), card.count(Rag.RED))
    counts = (*rated, len(card.must_fix), len(card.queries))
    return Made(card.provider_id, card.provider, status, *counts, contact, email, *files)


def made_for_awaited(one: Awaited, contact: str, email: str, text: str) -> Made:
    """The line of a provider of whom no return is used."""
    return Made(one.provider_id, one.provider, "no return", 0, 0, 0, 0, 0, contact, email, "", "", text)


def index_csv(made: Iterable[Made]) -> bytes:
    """Write the list as CSV."""
    names = [field.name for field in fields(Made)]
    return csv_bytes([names, *([getattr(line, name) for name in names] for line in made)])
