"""Writing letters: one Word document per provider and kind of letter, in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xlkpi.catalogue.ladder import StepKind
from xlkpi.commands.letter_templates import ENDING, LetterTemplates
from xlkpi.core.period import Period
from xlkpi.council import provider_file
from xlkpi.letters.escalation_letters import SUBJECTS, draft_letter
from xlkpi.performance.contact_book import ContactBook
from xlkpi.performance.escalation import ProviderStep
from xlkpi.writing.own_outputs import OutputWriter


@dataclass(frozen=True)
class LetterFolder:
    """Where letters are written, the period in their names, and the Council's own form of them."""

    path: Path
    period: Period
    templates: LetterTemplates
    outputs: OutputWriter


@dataclass(frozen=True)
class WrittenStep:
    """A step that is proposed, and the name of its letter; empty where none is drafted or written."""

    step: ProviderStep
    letter: str


def write_letters(
    steps: Iterable[ProviderStep], contacts: ContactBook, folder: LetterFolder | None
) -> tuple[WrittenStep, ...]:
    """Write the letters to a folder, one for all steps of one kind for a provider; without a folder write nothing."""
    names: dict[tuple[str, StepKind], str] = {}
    written = []
    for step in steps:
        letter = step.provider_id, step.rung.kind
        if letter not in names:
            names[letter] = _write(step, contacts, folder)
        written.append(WrittenStep(step, names[letter]))
    return tuple(written)


def count_letters(steps: Iterable[WrittenStep]) -> int:
    """Count the letters that were written; several steps can share one."""
    return len({step.letter for step in steps} - {""})


def _write(step: ProviderStep, contacts: ContactBook, folder: LetterFolder | None) -> str:
    letter = draft_letter(step, contacts)
    if letter is None or folder is None:
        return ""
    subject = SUBJECTS[step.rung.kind]
    kind = f"KPI {subject.removeprefix('KPI ').lower()}"
    name = provider_file(kind, folder.period, step.provider_id, step.provider, ENDING)
    return folder.outputs.write(folder.path / name, folder.templates.render(subject, letter)).name
