"""Writing feedback: each provider's scorecard, PDF and email in turn, and the list of them last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xlkpi.core.lot import Provider
from xlkpi.council import provider_file
from xlkpi.feedback.provider_facts import FeedbackFacts, MissingReturn
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.letters.email_text import EmailSender
from xlkpi.letters.emails import write_feedback_email
from xlkpi.letters.mailing_list import MailingEntry, make_reminder_entry, make_scorecard_entry, write_mailing_list
from xlkpi.letters.reminders import list_also_missing, remind_of_return
from xlkpi.performance.open_matters import NO_MATTERS, OpenMatters
from xlkpi.sheets.scorecard.plan_scorecard import plan_scorecard
from xlkpi.writing.files import free_to_write
from xlkpi.writing.libreoffice.convert import print_to_pdf
from xlkpi.writing.libreoffice.process import find_office
from xlkpi.writing.own_outputs import OutputWriter
from xlkpi.writing.workbook import render_workbook

INDEX = "index.csv"


@dataclass(frozen=True)
class FeedbackWriter:
    """Writes the feedback of one period to a folder: one provider's files after another's, the list last.

    ``outputs`` writes next to a file that an officer has changed, such as an email made more personal;
    ``matters`` are what is open, for the reminders.
    """

    out: Path
    facts: FeedbackFacts
    answer_by: date
    register: Mapping[str, Provider]
    sender: EmailSender
    outputs: OutputWriter = field(default_factory=OutputWriter)
    matters: OpenMatters = NO_MATTERS

    def write(self, cards: Sequence[Scorecard], *, pdf: bool) -> tuple[tuple[MailingEntry, ...], str]:
        """Write every file; return the list's entries, and why a PDF is missing (empty: none is)."""
        free_to_write(self.out / INDEX)
        workbooks = [render_workbook(plan_scorecard(card)) for card in cards]
        office = find_office() if pdf else ""
        prints = print_to_pdf(workbooks, office) if office else tuple(None for _ in workbooks)
        entries = [self._write_scorecard(*files) for files in zip(cards, workbooks, prints, strict=True)]
        entries += [self._write_reminder(absent) for absent in self.facts.missing]
        self.outputs.write(self.out / INDEX, write_mailing_list(entries))
        return tuple(entries), _missing_pdfs(prints, office, asked=pdf)

    def _write_scorecard(self, card: Scorecard, workbook: bytes, print_: bytes | None) -> MailingEntry:
        provider = (card.provider_id, card.provider)
        scorecard = self._write("KPI scorecard", provider, ".xlsx", workbook)
        pdf = self._write("KPI scorecard", provider, ".pdf", print_) if print_ else ""
        contact, email = self._recipient(card.provider_id)
        letter = write_feedback_email(card, self.sender, contact)
        text = self._write("KPI email", provider, ".txt", letter.encode("utf-8", "replace"))
        return make_scorecard_entry(card, contact, email, (scorecard, pdf, text))

    def _write_reminder(self, absent: MissingReturn) -> MailingEntry:
        contact, email = self._recipient(absent.provider_id)
        contact, email = contact or absent.contact, email or absent.email
        if self.facts.period is None:
            raise AssertionError(absent)  # without a period nobody is missing
        also_missing = list_also_missing(self.matters, absent.provider_id, self.facts.period)
        letter = remind_of_return(absent, self.facts.period, self.answer_by, self.sender, contact, also_missing)
        provider = (absent.provider_id, absent.provider)
        text = self._write("KPI reminder", provider, ".txt", letter.encode("utf-8", "replace"))
        return make_reminder_entry(absent, contact, email, text)

    def _write(self, kind: str, provider: tuple[str, str], ending: str, data: bytes) -> str:
        if self.facts.period is None:
            raise AssertionError(provider)
        name = provider_file(kind, self.facts.period, *provider, ending)
        return self.outputs.write(self.out / name, data).name

    def _recipient(self, provider_id: str) -> tuple[str, str]:
        known = self.register.get(provider_id)
        first = known.contacts[0] if known and known.contacts else None
        email = (known.email if known else "") or (first.email if first else "")
        return first.name if first else "", email


def _missing_pdfs(prints: Sequence[bytes | None], office: str, *, asked: bool) -> str:
    if not prints or not asked:
        return ""
    if not office:
        return "No PDFs: LibreOffice is not installed. The .xlsx prints on the same page."
    missing = sum(data is None for data in prints)
    if not missing:
        return ""
    return f"{missing} of {len(prints)} scorecards could not be printed to PDF; their .xlsx is there."
