"""Writing letters: one Word document per provider and step, in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xlkpi.core.period import Period
from xlkpi.council import provider_file
from xlkpi.letters.escalation_letters import SUBJECTS, draft_letter
from xlkpi.performance.contacts import ContactBook
from xlkpi.performance.escalation import ProviderStep
from xlkpi.writing.documents.word_document import render_document
from xlkpi.writing.own_outputs import OutputWriter


@dataclass(frozen=True)
class WrittenStep:
    """A step that is proposed, and the name of its letter; empty where none is drafted or written."""

    step: ProviderStep
    letter: str


def write_letters(
    steps: Iterable[ProviderStep], contacts: ContactBook, folder: Path | None, period: Period, outputs: OutputWriter
) -> tuple[WrittenStep, ...]:
    """Write the letter of every step to a folder, ``period`` in its name; without a folder nothing is written."""
    return tuple(WrittenStep(step, _write(step, contacts, folder, period, outputs)) for step in steps)


def _write(
    step: ProviderStep, contacts: ContactBook, folder: Path | None, period: Period, outputs: OutputWriter
) -> str:
    letter = draft_letter(step, contacts)
    if letter is None or folder is None:
        return ""
    kind = f"KPI {SUBJECTS[step.rung.kind].removeprefix('KPI ').lower()}"
    name = provider_file(kind, period, step.provider_id, step.provider, ".docx")
    document = render_document(letter.subject, letter.paragraphs, letter.on)
    return outputs.write(folder / name, document).name
