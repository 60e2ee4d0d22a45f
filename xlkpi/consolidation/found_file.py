"""A file that was found and read, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from xlkpi.reading.returns.checked_return import CheckedReturn, Manifest

if TYPE_CHECKING:  # what decides on files is loaded while others read them
    from xlkpi.consolidation.result import FileStatus
    from xlkpi.council.decisions import Decision
    from xlkpi.findings import Finding


@dataclass(frozen=True)
class FoundFile:
    """A file by its path from the inbox, what checking it gave, and when it was received, where an email says so."""

    file: str
    checked: CheckedReturn
    received_at: datetime | None = None

    @property
    def manifest(self) -> Manifest | None:
        """What it says of its provider and period; None where it cannot be used."""
        return None if self.checked.unreadable else self.checked.manifest


@dataclass(frozen=True)
class FileOutcome:
    """How a file is used and why; ``findings`` are those that the master lists for it.

    It ``counts_elsewhere`` where it is set aside only because it counts for another period of the contract folder.
    """

    found: FoundFile
    status: FileStatus
    findings: tuple[Finding, ...]
    why: str = ""
    remedy: str = ""
    differs: str = ""
    decision: Decision | None = None
    counts_elsewhere: bool = False
