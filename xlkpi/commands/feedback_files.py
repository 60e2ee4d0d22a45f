"""Writing feedback: a provider's scorecard, PDF and e-mail one after the other, the list of them last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlkpi.core.lot import Provider
from xlkpi.council import Settings, provider_file
from xlkpi.feedback.provider_facts import FeedbackFacts, MissingReturn
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.letters.emails import EmailSender, reminder_letter, write_feedback_email
from xlkpi.letters.mailing_list import MailingEntry, make_reminder_entry, make_scorecard_entry, write_mailing_list
from xlkpi.sheets.scorecard.sheet import plan_scorecard
from xlkpi.writing.files import free_to_write, write_whole
from xlkpi.writing.libreoffice.pdf import printed
from xlkpi.writing.libreoffice.run import find_office
from xlkpi.writing.workbook import render_workbook

INDEX = "index.csv"


def writer_of(settings: Settings) -> EmailSender:
    """Where returns are sent, and whom at the council to ask first, as the settings have it."""
    first = settings.contacts[0] if settings.contacts else None
    parts = (first.name, first.position, first.email, first.telephone) if first else ()
    return EmailSender(settings.send_to, ", ".join(part for part in parts if part))


@dataclass(frozen=True)
class Desk:
    """Where everything is written: one provider's file after the other, the list last."""

    out: Path
    facts: FeedbackFacts
    by: date
    register: Mapping[str, Provider]
    writer: EmailSender

    def write(self, cards: Sequence[Scorecard], *, pdf: bool) -> tuple[tuple[MailingEntry, ...], str]:
        """Write every file; what was made, and in words why a PDF was not."""
        free_to_write(self.out / INDEX)
        books = [render_workbook(plan_scorecard(card)) for card in cards]
        office = find_office() if pdf else ""
        prints = printed(books, office) if office else tuple(None for _ in books)
        made = [self._card(*one) for one in zip(cards, books, prints, strict=True)]
        made += [self._reminder(one) for one in self.facts.awaited]
        write_whole(self.out / INDEX, write_mailing_list(made))
        return tuple(made), _pdf_words(prints, office, asked=pdf)

    def _card(self, card: Scorecard, book: bytes, print_: bytes | None) -> MailingEntry:
        whose = (card.provider_id, card.provider)
        scorecard = self._put("KPI scorecard", whose, ".xlsx", book)
        pdf = self._put("KPI scorecard", whose, ".pdf", print_) if print_ else ""
        contact, email = self._recipient(card.provider_id)
        letter = write_feedback_email(card, self.writer, contact)
        text = self._put("KPI e-mail", whose, ".txt", letter.encode("utf-8", "replace"))
        return make_scorecard_entry(card, contact, email, (scorecard, pdf, text))

    def _reminder(self, one: MissingReturn) -> MailingEntry:
        contact, email = self._recipient(one.provider_id)
        contact, email = contact or one.contact, email or one.email
        if self.facts.period is None:
            raise AssertionError(one)  # nobody is awaited in no period
        letter = reminder_letter(one, self.facts.period, self.by, self.writer, contact)
        whose = (one.provider_id, one.provider)
        text = self._put("KPI reminder", whose, ".txt", letter.encode("utf-8", "replace"))
        return make_reminder_entry(one, contact, email, text)

    def _put(self, kind: str, whose: tuple[str, str], ending: str, data: bytes) -> str:
        if self.facts.period is None:
            raise AssertionError(whose)
        name = provider_file(kind, self.facts.period, *whose, ending)
        write_whole(self.out / name, data)
        return name

    def _recipient(self, provider_id: str) -> tuple[str, str]:
        known = self.register.get(provider_id)
        first = known.contacts[0] if known and known.contacts else None
        email = (known.email if known else "") or (first.email if first else "")
        return first.name if first else "", email


def _pdf_words(prints: Sequence[bytes | None], office: str, *, asked: bool) -> str:
    if not prints or not asked:
        return ""
    if not office:
        return "No PDFs: LibreOffice is not installed. The .xlsx prints on the same page."
    missing = sum(one is None for one in prints)
    if not missing:
        return ""
    return f"{missing} of {len(prints)} scorecards could not be printed to PDF; their .xlsx is there."
