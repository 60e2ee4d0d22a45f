"""The way from a master back to the files it was made of."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.layout.slots import quoted
from xlkpi.writing.master import Value
from xlkpi.writing.master.model import Link

OPEN = "open"


@dataclass(frozen=True)
class Origin:
    """Where the inbox lies, seen from the master's folder, with ``/``; None where there is no way for a link."""

    inbox: str | None = None

    def file_link(self, file: str) -> Value:
        """A word that opens a file; empty where there is no file or no way to it."""
        return Link(OPEN, file=self._way(file)) if file and self.inbox is not None else ""

    def cell_link(self, file: str, sheet: str, cell: str) -> Value:
        """A cell's address that opens its file there; without a way, or a sheet, the address alone."""
        if not (file and sheet) or self.inbox is None:
            return cell
        return Link(cell, f"{quoted(sheet)}!{cell}", self._way(file))

    def _way(self, file: str) -> str:
        return f"{self.inbox.rstrip('/')}/{file}" if self.inbox else file
