"""The way from a master back to the files it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.writing.workbook import Value
from xlkpi.writing.workbook.model import Link

OPEN = "open"


@dataclass(frozen=True)
class SourceLinks:
    """Where the inbox lies, seen from the master's folder, with ``/``; None where there is no way for a link.

    ``lists`` are the ways to the register and the decisions by the names of their files.
    """

    inbox: str | None = None
    lists: Mapping[str, str] = field(default_factory=dict)

    def file_link(self, file: str) -> Value:
        """A word that opens a file of the inbox; empty where there is no file or no way to it."""
        way = self._way(file)
        return Link(OPEN, file=way) if way else ""

    def cell_link(self, file: str, sheet: str, cell: str) -> Value:
        """A cell's address that opens its file there; without a way, or a sheet, the address alone."""
        way = self._way(file)
        return Link(cell, f"{quoted_sheet(sheet)}!{cell}", way) if way and sheet else cell

    def list_link(self, file: str, cell: str) -> Value:
        """A cell's address, or else a word, that opens a list of officers; without a way to it the address alone."""
        way = self.lists.get(file, "")
        return Link(cell or OPEN, file=way) if is_linkable(way) else cell

    def _way(self, file: str) -> str:
        way = f"{self.inbox.rstrip('/')}/{file}" if self.inbox else file
        return way if file and self.inbox is not None and is_linkable(way) else ""


def is_linkable(way: str) -> bool:
    """Whether a link can say it: the name of a file need not be text, and a workbook holds nothing else."""
    try:
        way.encode()
    except UnicodeEncodeError:
        return False
    return bool(way)
