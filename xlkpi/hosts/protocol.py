"""Define what a spreadsheet program does for a macro, whichever program it is, and how a job ends.

Standard library, Python 3.9: it also runs inside LibreOffice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional, Protocol, Sequence, Tuple


@dataclass(frozen=True)
class Outcome:
    """How a job ended: the message, what to open, and whether it was done at all.

    ``running``: it has not ended. It goes on in a process of its own, and the host shows its end later (``finish``).
    """

    message: str
    opens: Tuple[str, ...] = ()
    done: bool = True
    running: bool = False


@dataclass(frozen=True)
class Workbook:
    """The active workbook: its path (empty where it is on no disk of this computer), and whether all is saved."""

    path: str
    saved: bool


def progress_text(done: int, of: int) -> str:
    """Put progress in words for the status bar; ``of`` is 0 where the total is not known."""
    return f"{done:,} of {of:,}" if of else f"{done:,}"


class Host(Protocol):
    """What a spreadsheet program does for a macro. A dialog that is cancelled gives None."""

    def ask_folder(self, title: str) -> Optional[str]:
        """Let the user choose a folder that exists."""

    def ask_file(self, title: str, endings: Sequence[str]) -> Optional[str]:
        """Let the user choose a file that exists, of one of these kinds (".csv")."""

    def ask_save(self, title: str, suggested: str) -> Optional[str]:
        """Let the user choose where an .xlsx goes; the host asks before one is written over."""

    def ask_text(self, title: str, suggested: str) -> Optional[str]:
        """Let the user type a line."""

    def workbook(self) -> Workbook:
        """Give the active workbook."""

    def selected_row(self) -> Sequence[str]:
        """Give the texts of the row with the cursor."""

    def do(self, job: str, answers: Mapping[str, str]) -> Outcome:
        """Do a job of the toolkit (``hosts.jobs``), with its progress in the status bar."""

    def tell(self, title: str, message: str) -> None:
        """Show one message and wait until it is read."""

    def open(self, path: str) -> None:
        """Open a workbook in the host, a folder in the system's file manager."""

    def log(self, problem: BaseException) -> str:
        """Write an unexpected problem to the log; give the log's path."""
