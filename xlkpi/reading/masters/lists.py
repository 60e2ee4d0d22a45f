"""Read the lists of a master: what was found, in which files, and who is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xlkpi.catalogue.load import ContractTerms, load_terms
from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.question import Question
from xlkpi.core.records import DataRow
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml.limits import MASTER_CELL_LIMIT
from xlkpi.ooxml.model import RawWorkbook
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.reading.masters.data import MasterRows, rows_of, sheets_called
from xlkpi.reading.masters.questions import read_questions
from xlkpi.reading.masters.tables import TableRow, table_rows
from xlkpi.reading.masters.what_changed import MasterChange, read_changes

FINDING = ("severity", "code", "provider_id", "indicator", "sheet", "cell", "message", "file")
FILE = ("file", "status", "provider_id", "provider")
MISSING = ("provider_id", "provider", "due by", "contact", "e-mail")
OPEN_FILE = "open"
"""What a link to a whole file shows where one to a cell shows the cell's address."""


@dataclass(frozen=True)
class MasterFinding:
    """One row of Findings; ``severity`` and ``code`` as the words in the cells, ``cell`` empty without an address."""

    severity: str
    code: str
    provider_id: str
    indicator: str
    sheet: str
    cell: str
    message: str
    file: str


@dataclass(frozen=True)
class MasterFile:
    """One row of Files; ``period`` is None where the file is not a return."""

    file: str
    status: str
    provider_id: str
    provider: str
    period: Period | None


@dataclass(frozen=True)
class MasterMissing:
    """One row of Missing; ``came`` are the lines of “what they sent”."""

    provider_id: str
    provider: str
    due_by: date | None
    contact: str
    email: str
    sent: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadMaster:
    """A master read again, with its lists."""

    entries: MasterRows
    findings: tuple[MasterFinding, ...]
    files: tuple[MasterFile, ...]
    missing: tuple[MasterMissing, ...]
    changes: tuple[MasterChange, ...] = ()
    questions: tuple[tuple[str, Question], ...] = ()

    @property
    def period(self) -> Period | None:
        """The period it was made for: the latest it has figures of, otherwise that of the files it used."""
        used = {file.period for file in self.files if file.status == "used" and file.period}
        return max({*self.entries.periods, *used}, default=None)


def read_master(
    path: Path | str,
    data: bytes | None = None,
    *,
    terms: ContractTerms | None = None,
    with_earlier: bool = True,
    known: Iterable[DataRow] = (),
) -> ReadMaster:
    """A master that xlkpi wrote, with its lists; they too are found by their headers.

    Without ``with_earlier`` it is its own period alone: the entries of the periods before are left out. ``known`` are
    entries that many of its rows may be.
    Raises UnreadableFile where it cannot be read, is not a master, or has lost one of its lists: without Findings a
    return would seem to be in order that is not.
    """
    book = open_workbook(path, data=data, most_cells=MASTER_CELL_LIMIT)
    terms = terms or load_terms()
    entries = rows_of(book, terms, with_earlier=with_earlier, known=known)
    finding_rows = _rows(book, "Findings", FINDING)
    files = _rows(book, "Files", (*FILE, "period"))
    missing = _rows(book, "Missing", MISSING)
    return ReadMaster(
        entries,
        tuple(_finding(row) for row in finding_rows if row.text("code")),
        tuple(_file(row, terms.scheme) for row in files if row.text("status")),
        _missing_rows(missing),
        read_changes(book),
        read_questions(book),
    )


def _rows(book: RawWorkbook, name: str, headers: tuple[str, ...]) -> Iterator[TableRow]:
    sheets = tuple(sheets_called(book, name))
    if not sheets:
        raise UnreadableFile(book.path, Unreadable.NOT_A_MASTER, f"it has no sheet {name}")
    for sheet in sheets:
        rows = table_rows(sheet, headers)
        if rows is None:
            detail = f"no row of its sheet {sheet.name} contains the headers {', '.join(headers)}"
            raise UnreadableFile(book.path, Unreadable.NOT_A_MASTER, detail)
        yield from rows


def _finding(row: TableRow) -> MasterFinding:
    entry = MasterFinding(**{name: row.text(name) for name in FINDING})
    return replace(entry, cell="") if entry.cell == OPEN_FILE else entry


def _file(row: TableRow, scheme: PeriodScheme) -> MasterFile:
    identity = {name: row.text(name) for name in FILE}
    return MasterFile(**identity, period=parse_period(row.text("period"), scheme))


def missing_of_book(book: RawWorkbook) -> tuple[MasterMissing, ...]:
    """Read the returns that an open master names as missing; none where it has lost the sheet."""
    sheets = sheets_called(book, "Missing")
    return _missing_rows(row for sheet in sheets for row in table_rows(sheet, MISSING) or ())


def _missing_rows(rows: Iterable[TableRow]) -> tuple[MasterMissing, ...]:
    return tuple(_missing(row) for row in rows if row.text("provider_id"))


def _missing(row: TableRow) -> MasterMissing:
    identity = (row.text("provider_id"), row.text("provider"))
    sent = tuple(line.strip() for line in row.text("what they sent").splitlines() if line.strip())
    return MasterMissing(*identity, row.day("due by"), row.text("contact"), row.text("e-mail"), sent)
