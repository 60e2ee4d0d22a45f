"""Read a master back: its rows as earlier figures or as the figures of feedback, recalculated from x and y.

A master is the officer's to sort, filter and rearrange, so its tables are found by their headers. Outturn, RAG and gap
in it are never trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from xlkpi.catalogue.load import ContractTerms, load_terms
from xlkpi.core.assess import assess_indicator
from xlkpi.core.cell_count import CountKind, Figure, read_count
from xlkpi.core.gap import gap_to_green
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.core.period_text import parse_period
from xlkpi.core.records import AgreedFigures, DataRow
from xlkpi.core.vocabulary import Reading, State
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml.limits import MASTER_CELL_LIMIT
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.reading.masters.known_rows import TEXTS, KnownRows
from xlkpi.reading.masters.tables import TableRow, table_rows

Word = TypeVar("Word", bound=Enum)
DATA, TRENDS = "Data", "Trends"
IN_TRENDS = ("period", "provider_id", "indicator", "x", "y", "reading")
NEEDED = ("period", "provider_id", "provider", "indicator", "x", "y", "state", "reading")
WITHOUT_COUNTS = (State.NOT_ENTERED, State.INCOMPLETE, State.CHECK, State.NOT_DUE)
"""The states of an entry whose x or y the master could not show, because it was not a count."""
MOST_DIGITS = 309
"""Of the largest number that a cell can contain. Text of any more digits is not a count that a master stored."""


@dataclass(frozen=True)
class MasterRows:
    """The entries of a master by period, provider and the Schedule's order; rows that could not be used, with why.

    ``earlier`` are those of the periods before, as its sheet Trends has them, without texts; none where it has no such
    sheet, or they were not asked for.
    """

    path: Path
    sha256: str
    rows: tuple[DataRow, ...]
    left_out: tuple[str, ...] = ()
    earlier: tuple[DataRow, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods it has figures of, the earliest first; one, as masters are written."""
        return tuple(sorted({row.period for row in self.rows}))


def read_master_rows(path: Path | str, data: bytes | None = None, *, terms: ContractTerms | None = None) -> MasterRows:
    """The entries of a master that xlkpi wrote, whatever its rows and columns have been sorted to.

    Args:
        path: The master, or what to call it when `data` is given.
        data: Its bytes, when they are in memory already.
        terms: The contract whose figures they are, None for the one that comes with xlkpi.

    Raises:
        UnreadableFile: it cannot be read, or is not a master (`Unreadable.NOT_A_MASTER`).
    """
    book = open_workbook(path, data=data, most_cells=MASTER_CELL_LIMIT)
    return rows_of(book, terms or load_terms())


def is_master_of_ours(path: Path | str) -> bool:
    """Whether a workbook has the sheet Data of a master. Raises UnreadableFile where it cannot be read."""
    book = open_workbook(path, most_cells=MASTER_CELL_LIMIT)
    return any(table_rows(sheet, NEEDED) is not None for sheet in sheets_called(book, DATA))


def rows_of(
    book: RawWorkbook, terms: ContractTerms, *, with_earlier: bool = True, known: Iterable[DataRow] = ()
) -> MasterRows:
    """Read the entries of a master that is open. Raises UnreadableFile where it is not a master.

    ``with_earlier`` reads the sheet Trends too, which after some periods has several times as many as Data. ``known``
    are entries that many rows of Data may still be, under the same terms: reading them again takes less time.
    """
    entries = _Entries(terms, KnownRows(known))
    for sheet in _data_sheets(book):
        for row in _table(book, sheet):
            entries.add(sheet.name, row)
    before = _Entries(terms)
    for sheet in sheets_called(book, TRENDS) if with_earlier else ():
        for row in table_rows(sheet, IN_TRENDS) or ():
            if row.text("provider_id"):  # the county's own rows have none
                before.add(sheet.name, row)
    rows = entries.rows()
    periods = {row.period for row in rows}
    earlier = tuple(row for row in before.rows() if row.period not in periods)
    return MasterRows(book.path, book.sha256, rows, tuple(entries.left_out), earlier)


class _Entries:
    """Entries as they are met; the first of two for the same period, provider and indicator counts."""

    def __init__(self, terms: ContractTerms, known: KnownRows | None = None) -> None:
        self.left_out: list[str] = []
        self._terms = terms
        self._known = known or KnownRows()
        self._entries: dict[tuple[Period, str, str], DataRow] = {}

    def add(self, sheet: str, row: TableRow) -> None:
        place = f"{sheet}, row {row.row}"
        try:
            entry = self._known.find(row) or _entry(row, self._terms)
        except _UnusableRow as problem:
            self.left_out.append(f"{place}: {problem}")
            return
        first = self._entries.setdefault((entry.period, entry.provider_id, entry.indicator), entry)
        if first is not entry and first != entry:
            self.left_out.append(f"{place}: {entry.indicator} of {entry.provider} is there twice")

    def rows(self) -> tuple[DataRow, ...]:
        order = {code: number for number, code in enumerate(self._terms.codes)}

        def place(row: DataRow) -> tuple[object, ...]:
            return (row.period, row.provider.casefold(), row.provider_id, order[row.indicator])

        return tuple(sorted(self._entries.values(), key=place))


def sheets_called(book: RawWorkbook, name: str) -> Iterator[RawSheet]:
    """The sheet of a table and those it goes on in, ``Data``, ``Data (2)``, in the order of the tabs."""
    wanted = re.compile(rf"{re.escape(name)}(?: \(\d+\))?", re.IGNORECASE)
    return (sheet for sheet in book.sheets if wanted.fullmatch(sheet.name))


def _data_sheets(book: RawWorkbook) -> tuple[RawSheet, ...]:
    sheets = tuple(sheets_called(book, DATA))
    if not sheets:
        raise UnreadableFile(book.path, Unreadable.NOT_A_MASTER, f"it has no sheet {DATA}")
    return sheets


def _table(book: RawWorkbook, sheet: RawSheet) -> Iterator[TableRow]:
    rows = table_rows(sheet, NEEDED)
    if rows is None:
        detail = f"no row of its sheet {sheet.name} contains the headers {', '.join(NEEDED)}"
        raise UnreadableFile(book.path, Unreadable.NOT_A_MASTER, detail)
    return (row for row in rows if row.text("provider_id") or row.text("indicator"))


class _UnusableRow(Exception):
    """A row that is not an entry, with what is wrong with it."""


def _entry(row: TableRow, terms: ContractTerms) -> DataRow:
    period = parse_period(row.text("period"), terms.scheme)
    reading = _word(Reading, row.text("reading").partition(" (")[0])  # Trends adds the one it was returned under
    try:
        indicator = terms.in_force(period).find(row.text("indicator"))
    except KeyError:
        raise _UnusableRow(f"“{row.text('indicator')}” is not an indicator") from None
    if period is None:
        raise _UnusableRow(f"“{row.text('period')}” is not a reporting period")
    if reading is None or not row.text("provider_id"):
        raise _UnusableRow("its provider_id is empty" if reading else f"“{row.text('reading')}” is not a reading")
    if not indicator.why:
        reading = Reading.EFFECTIVE  # of an indicator that was read in two ways when the master was made
    definition = indicator.read(reading)
    x, y = _figures(row, indicator, "")
    assessed = written = assess_indicator(indicator, x, y, reading=reading)
    if indicator.why and reading is not Reading.AS_WRITTEN:
        written = assess_indicator(indicator, x, y, reading=Reading.AS_WRITTEN)
    written_state = _word(State, row.text("state"))
    uncounted = (x is None or (y is None and definition.has_y)) and written_state in WITHOUT_COUNTS
    return DataRow(
        period=period,
        indicator=indicator.code,
        x=x,
        y=y,
        outturn=assessed.outturn,
        state=written_state if uncounted and written_state else assessed.state,
        rag=assessed.rag,
        rag_as_written=written.rag,
        reading=reading,
        gap=gap_to_green(indicator, x, y, reading),
        target=definition.green if definition.bands else "",
        stretch=definition.stretch,
        agreed=_agreed(row, indicator, reading),
        **{name: row.text(name) for name in TEXTS},
    )


def _agreed(row: TableRow, indicator: Indicator, reading: Reading) -> AgreedFigures | None:
    """Read the figures that officers agreed; None in a master without them, and where there are none."""
    x, y = _figures(row, indicator, "agreed_")
    on = row.day("agreed_on")
    if x is None or (y is None and indicator.effective.has_y) or on is None:
        return None
    assessed = assess_indicator(indicator, x, y, reading=reading)
    gap = gap_to_green(indicator, x, y, reading)
    return AgreedFigures(x, y, row.text("agreed_by"), on, row.text("agreed_why"), assessed, gap)


def _figures(row: TableRow, indicator: Indicator, which: str) -> tuple[Figure | None, Figure | None]:
    """The cells of x and y, as the indicator asks for them."""
    definition = indicator.effective
    y = _count(row, f"{which}y") if definition.has_y else None
    return _count(row, f"{which}x", definition.decimals), y


def _count(row: TableRow, header: str, decimals: int = 0) -> Figure | None:
    """A cell of x or y where it is a count; a master stores a count of more than 15 digits as text."""
    value = row.value(header)
    if isinstance(value, str) and len(value) <= MOST_DIGITS and value.isascii() and value.isdecimal():
        return int(value)
    count = read_count(value, decimals)
    return count.number if count.kind is CountKind.WHOLE else None


def _word(kind: type[Word], text: str) -> Word | None:
    try:
        return kind(text)
    except ValueError:
        return None
