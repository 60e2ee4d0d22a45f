"""The list of changed targets, as it was read; apart from what reads it, which few commands need."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.core.target_change import TargetChange

if TYPE_CHECKING:
    from xlkpi.council.lists.faults import Fault  # pydantic, which only a list needs


@dataclass(frozen=True)
class TargetChanges:
    """The changes that can be put in force, and what is wrong with the other rows of the list."""

    file: Path | None = None
    changes: tuple[TargetChange, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """The list's name in messages."""
        return self.file.name if self.file else ""
