"""The letters that the Council has changed: Word documents in the folder templates, one per kind of letter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xlkpi.core.contract_places import TEMPLATES
from xlkpi.core.near_text import suggest
from xlkpi.council import Fault
from xlkpi.council.contract_folder import ContractFolder
from xlkpi.council.list_files import files_within
from xlkpi.findings import Severity
from xlkpi.letters.escalation_letters import SUBJECTS
from xlkpi.letters.letter import TEMPLATE_PARAGRAPHS, Letter
from xlkpi.ooxml.plain_file import read_plain
from xlkpi.writing.documents.word_document import render_document
from xlkpi.writing.documents.word_template import NotATemplate, fill_template
from xlkpi.writing.files import write_whole

ENDING = ".docx"
TEMPLATE_NAMES = tuple(f"{subject}{ENDING}" for subject in SUBJECTS.values())
WRITTEN_ON = date(2026, 4, 1)
"""The day in the properties of our own templates, so that they are the same whenever they are written."""


@dataclass
class LetterTemplates:
    """The Council's templates by the subject of their letter, and what is wrong with them."""

    by_subject: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def render(self, subject: str, letter: Letter) -> bytes:
        """Render a letter as a Word document, in the Council's form where it has a template of this subject."""
        template = self.by_subject.get(subject)
        if template is not None:
            try:
                filled = fill_template(template, letter.subject, letter.fields, letter.body)
            except NotATemplate as problem:
                self.report(f"{subject}{ENDING} {problem} Our own letter is written instead.")
            else:
                for name in filled.unknown:
                    advice = suggest(name, [f"{{{{{known}}}}}" for known in (*letter.fields, "body")])
                    self.report(f"{subject}{ENDING} has {name}, which is not a placeholder. {advice}")
                return filled.data
        return render_document(letter.subject, letter.paragraphs, letter.on)

    def report(self, message: str) -> None:
        """Add a fault, once for all letters that have it."""
        if message not in [fault.message for fault in self.faults]:
            self.faults.append(Fault(0, "", message, Severity.QUERY, list_name=TEMPLATES))


def read_templates(contract: ContractFolder | None) -> LetterTemplates:
    """Read the templates of a contract folder; none where it has none, or where there is no such folder.

    Raises UnreadableFile where one cannot be read.
    """
    folder = contract.templates if contract else None
    templates = LetterTemplates()
    if folder is None:
        return templates
    used: dict[str, str] = {}
    # Those in sub-folders come last: there are often the old ones.
    for file in sorted(files_within(folder), key=lambda path: len(path.parts)):
        known = next((name for name in TEMPLATE_NAMES if name.casefold() == file.name.casefold()), None)
        if known is None:
            templates.report(f"{file.name} is not the name of a letter. {suggest(file.name, TEMPLATE_NAMES)}")
            continue
        place = file.relative_to(folder).as_posix()
        if used.setdefault(known, place) != place:
            templates.report(f"{used[known]} and {place} are for the same letter: the first is used. Delete the other.")
            continue
        templates.by_subject[known.removesuffix(ENDING)] = read_plain(file)
    return templates


def write_templates(contract: ContractFolder) -> tuple[Path, ...]:
    """Write our letters into the folder templates, for the Council to change; one that is there is left as it is.

    Return the files that were written. Raises UnwritableFile where one could not be written.
    """
    written = []
    for name in TEMPLATE_NAMES:
        path = contract.root / TEMPLATES / name
        if not path.exists():
            write_whole(path, render_document(name.removesuffix(ENDING), TEMPLATE_PARAGRAPHS, WRITTEN_ON))
            written.append(path)
    return tuple(written)
