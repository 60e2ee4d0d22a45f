"""The list of what was made, for whom and to which address: a CSV that opens in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields

from xlkpi.core.vocabulary import Rag
from xlkpi.feedback.provider_facts import MissingReturn
from xlkpi.feedback.scorecard import Scorecard

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


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
    """The list as CSV in UTF-8 with its mark, so that spreadsheets read every letter.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, as people type it.
    """
    names = [field.name for field in fields(MailingEntry)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    for one in made:
        writer.writerow([_plain(getattr(one, name)) for name in names])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value
