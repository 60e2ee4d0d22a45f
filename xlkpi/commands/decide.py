"""``xlkpi decide``: officers' decisions about files of the inbox, written beside it and read by every consolidation."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlkpi.consolidation.email_attachments import is_email_name, read_attachments
from xlkpi.consolidation.file_sources import fetch
from xlkpi.core.records import FileAction, FileDecision
from xlkpi.core.visible_text import fold_file
from xlkpi.council.file_decisions import FILE_DECISIONS, added_decision
from xlkpi.council.lists.rows import file_digest
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.writing.append import append_locked
from xlkpi.writing.file_names import list_beside

LONGEST_REASON = 2_000


@dataclass(frozen=True)
class RecordedDecision:
    """A decision that was written down, and the list it was added to."""

    decision: FileDecision
    list: Path


class TooLong(ValueError):
    """A reason or a name is longer than a list should have; a command ends with status 2."""

    usage = True


class OutsideInbox(ValueError):
    """The file is not in the inbox that was named; a command ends with status 2."""

    usage = True


def record_decision(
    folder: Path | str,
    file: str,
    action: FileAction | str,
    *,
    why: str,
    who: str = "",
    when: date | None = None,
    decisions: Path | str | None = None,
) -> RecordedDecision:
    """Write down that a file of the inbox is to be used, or set aside: by whom, when and why.

    ``file`` is its path from the inbox; its sha256 is written too, so that the decision is about this content.
    ``who`` is by default the user of this machine, ``when`` today, ``decisions`` the list beside the inbox. Raises
    UnreadableFile where there is no such file, ValueError where no reason is given or the file is elsewhere,
    UnwritableFile where the list cannot be written. Several officers may decide at the same time.
    """
    if not why.strip():
        message = "A decision needs a reason. Say why."
        raise ValueError(message)
    _refuse_long(why=why, who=who)
    path = _existing(Path(folder), file)
    digest = _digest(path)
    name = _name_within(path, Path(folder))
    target = Path(decisions) if decisions else list_beside(Path(folder), FILE_DECISIONS)
    day = when or date.today()  # noqa: DTZ011 - the day where the officer sits
    decision = FileDecision(name, digest, FileAction(action), who or getpass.getuser(), day, why.strip(), 0)
    append_locked(target, lambda earlier: added_decision(target, earlier, decision))
    return RecordedDecision(decision, target)


def _existing(folder: Path, file: str) -> Path:
    """Find a file, or an email's attachment, by the name as people see it: accents may be spelled in two ways."""
    path = folder / file
    if path.is_file() or not folder.is_dir():
        return path
    for parent, rest in ((Path(file), ""), (Path(file).parent, Path(file).name)):
        wanted = fold_file(parent.as_posix())
        for other in folder.rglob("*"):
            if fold_file(other.relative_to(folder).as_posix()) == wanted and other.is_file():
                return other / rest if rest else other
    return path


def _digest(path: Path) -> str:
    """Return the sha256 of a file, or of one attached to an email. Raises UnreadableFile where there is none."""
    if path.is_file():
        return file_digest(path)
    if is_email_name(path.parent.name) and path.parent.is_file():
        for attached in read_attachments(fetch(str(path.parent))):
            if fold_file(attached.name) == fold_file(path.name):
                return attached.sha256
    raise UnreadableFile(path, Unreadable.MISSING)


def _refuse_long(**texts: str) -> None:
    for name, text in texts.items():
        if len(text) > LONGEST_REASON:
            message = f"--{name} is {len(text):,} characters long. Shorten it to {LONGEST_REASON:,}."
            raise TooLong(message)


def _name_within(path: Path, folder: Path) -> str:
    """Return a file's path from the inbox, as the sheet Files has it. Raises OutsideInbox."""
    file, inbox = Path(os.path.normpath(path.absolute())), Path(os.path.normpath(folder.absolute()))
    if inbox not in file.parents:
        message = f"{path.name} is not in {folder}. Name a file of the inbox, as the sheet Files has it."
        raise OutsideInbox(message)
    return file.relative_to(inbox).as_posix()
