"""Links from a master back to the files it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlkpi.consolidation.email_names import email_of
from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.reading.masters.lists import OPEN_FILE
from xlkpi.writing.workbook import Value
from xlkpi.writing.workbook.links import target_of
from xlkpi.writing.workbook.workbook_plan import Link


@dataclass(frozen=True)
class SourceLinks:
    """The paths from the master's folder to the inbox, with ``/``, and to the lists that officers keep.

    ``inbox`` is None where no link can lead there. ``lists`` are the paths of the register and the decisions by the
    names of their files.
    """

    inbox: str | None = None
    lists: Mapping[str, str] = field(default_factory=dict)

    def file_link(self, file: str) -> Value:
        """Link to a file of the inbox; empty where there is no file or no path to it."""
        path = self._path(file)
        return Link(OPEN_FILE, file=path) if path else ""

    def cell_link(self, file: str, sheet: str, cell: str) -> Value:
        """Link a cell's address to that cell in its file; without a path, or a sheet, the address alone."""
        path = self._path(file)
        if path and email_of(file):
            return Link(cell, file=path)
        return Link(cell, f"{quoted_sheet(sheet)}!{cell}", path) if path and sheet else cell

    def list_link(self, file: str, cell: str) -> Value:
        """Link a cell's address, or else a word, to an officers' list; without a path to it the address alone."""
        path = self.lists.get(file, "")
        return Link(cell or OPEN_FILE, file=path) if is_linkable(path) else cell

    def _path(self, file: str) -> str:
        file = email_of(file) or file  # nothing can open a file inside an email
        path = f"{self.inbox.rstrip('/')}/{file}" if self.inbox else file
        return path if file and self.inbox is not None and is_linkable(path) else ""


def is_linkable(path: str) -> bool:
    """Decide whether a link can lead to a path: only one from here on, of signs that only say what they show.

    A link to a share makes a PC that follows it send its user's name and password's digest to whoever keeps the share.
    """
    return bool(target_of(path))
