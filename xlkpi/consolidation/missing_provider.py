"""A provider who must report in a period and of whom no return is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlkpi.core.lot import Provider


@dataclass(frozen=True)
class MissingProvider:
    """A provider of the register who must report in the period, without a used return.

    ``unusable_files`` explains to the provider, file by file, why it was set aside and what to do.
    """

    provider: Provider
    due_by: date | None
    unusable_files: tuple[str, ...] = ()

    def days_late(self, as_of: date) -> int | None:
        """Count the days since the return was due, 0 until then; None where that day is not known."""
        return None if self.due_by is None else max(0, (as_of - self.due_by).days)
