"""Officers' decisions about files that came back: written beside the inbox, read again by every consolidation."""

from __future__ import annotations

import getpass
import hashlib
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlkpi.core.decision import Action, Decision
from xlkpi.council.file_names import is_remote, list_beside
from xlkpi.council.lists.faults import Fault
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.writing.files import write_whole

DECISIONS = "decisions.csv"
"""What stands behind the inbox's name in the name of the list beside it."""


@dataclass(frozen=True)
class Recorded:
    """A decision that was written down, and the list it stands in."""

    decision: Decision
    list: Path


def record_decision(
    folder: Path | str,
    file: str,
    action: Action | str,
    *,
    why: str,
    who: str = "",
    when: date | None = None,
    decisions: Path | str | None = None,
) -> Recorded:
    """Write down what is to become of a file of the inbox: "use" or "set aside", by whom, when and why.

    ``file`` is its path from the inbox; its sha256 is written too, so that the decision is about this content.
    ``who`` is by default the user of this machine, ``when`` today, ``decisions`` the list beside the inbox. Raises
    UnreadableFile where there is no such file, ValueError where no reason is given or the file lies elsewhere,
    UnwritableFile where the list cannot be written.
    """
    from xlkpi.council.file_decisions import read_decisions, with_decision  # noqa: PLC0415 - pydantic

    if not why.strip():
        message = "A decision needs a reason. Say why."
        raise ValueError(message)
    path = Path(folder) / file
    if not path.is_file():
        raise UnreadableFile(path, Unreadable.MISSING)
    name = _name_within(path, Path(folder))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    target = Path(decisions) if decisions else list_beside(Path(folder), DECISIONS)
    earlier = target.read_bytes() if target.exists() else b""
    if earlier.strip():
        read_decisions(target)  # a list that cannot be read gets no further row
    day = when or date.today()  # noqa: DTZ011 - the day where the officer sits
    decision = Decision(name, digest, Action(action), who or getpass.getuser(), day, why.strip(), 0)
    write_whole(target, with_decision(earlier, decision))
    return Recorded(decision, target)


class OutsideInbox(ValueError):
    """The file does not lie in the inbox that was named; a command ends with status 2."""

    usage = True


def _name_within(path: Path, folder: Path) -> str:
    """A file's path from the inbox, as the sheet Files has it. Raises OutsideInbox."""
    file, inbox = Path(os.path.normpath(path.absolute())), Path(os.path.normpath(folder.absolute()))
    if inbox not in file.parents:
        message = f"{path.name} does not lie in {folder}. Name a file of the inbox, as the sheet Files has it."
        raise OutsideInbox(message)
    return file.relative_to(inbox).as_posix()


@dataclass(frozen=True)
class DecisionList:
    """The decisions about an inbox: where they stand (None: nowhere), those that can be read, and the other rows."""

    path: Path | None = None
    taken: tuple[Decision, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name if self.path else ""


def decisions_about(folder: Path | str, named: Path | str | None) -> DecisionList:
    """The decisions of the list that is named, or of the one beside the inbox where there is one."""
    path = Path(named) if named else _beside(folder)
    if path is None:
        return DecisionList()
    from xlkpi.council.file_decisions import read_decisions  # noqa: PLC0415 - pydantic, for a list that is seldom there

    return DecisionList(path, *read_decisions(path))


def _beside(folder: Path | str) -> Path | None:
    if is_remote(folder):
        return None
    path = list_beside(Path(folder), DECISIONS)
    return path if path.is_file() else None
