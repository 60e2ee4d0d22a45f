"""A list that is one file or several: a ledger per month, an extract per team, a folder of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from xlkpi.council.lists.columns import ListColumns
from xlkpi.council.lists.faults import Fault
from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.council.lists.list_parts import file_digest
from xlkpi.council.lists.places import ListPlaces
from xlkpi.council.lists.reader import LineTally, OpenList, open_list
from xlkpi.errors import LedgerError
from xlkpi.findings import Severity


class ListFile(NamedTuple):
    """A file of a list: its path, what findings call it, and its sha256."""

    path: Path
    name: str
    sha256: str


class FilesOfList:
    """The files of one list, read one after another; each has its own header.

    An exact copy of a file is read once, or its rows would count twice.
    """

    def __init__(self, paths: Path | Sequence[Path], columns: ListColumns, mapped: Mapping[str, str]) -> None:
        """Know the files. Raises UnreadableFile where one cannot be opened."""
        self.files = tuple(_files((paths,) if isinstance(paths, Path) else paths))
        self.places = ListPlaces()
        self.tally = LineTally()
        self._columns, self._mapped = columns, mapped

    @property
    def name(self) -> str:
        """Give the names of the files."""
        return ", ".join(dict.fromkeys(file.name for file in self.files))

    def each(self, findings: FindingCollector) -> Iterator[OpenList]:
        """Open the files one by one, and add its remarks once its rows have been read.

        Raises UnreadableFile where a file is not a list, LedgerError where it lacks a column.
        """
        originals: dict[str, str] = {}
        for file in self.files:
            findings.name = file.name
            if file.sha256 in originals:
                message = f"This is an exact copy of {originals[file.sha256]}. It was read once."
                findings.add_remarks((Fault(1, "", message, Severity.NOTE),))
                continue
            originals[file.sha256] = file.name
            try:
                opened = open_list(file.path, self._columns, self._mapped, places=self.places, name=file.name)
            except LedgerError as problem:
                problem.settings = findings.settings
                raise
            yield opened
            findings.add_remarks(opened.remarks)
            self.tally = LineTally(*map(sum, zip(self.tally, opened.tally, strict=True)))
        findings.name = self.name


def _files(paths: Sequence[Path]) -> Iterator[ListFile]:
    """Name each file; two of one name in two folders are named with these."""
    times = Counter(path.name for path in paths)
    for path in paths:
        name = f"{path.parent.name}/{path.name}" if times[path.name] > 1 else path.name
        yield ListFile(path, name, file_digest(path))
