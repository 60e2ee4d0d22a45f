"""Which column of a list contains what: one way to name the columns of a list, and to find its header."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.csv_rows import ListRow
from xlkpi.council.lists.faults import Fault
from xlkpi.errors import RegisterError
from xlkpi.findings import Severity
from xlkpi.ooxml.addresses import cell_address

OVERFLOW = "has more cells than the header has columns. Put text that has a comma in it in quotation marks."
MOST_COLUMNS = 100
"""Columns of a list that are looked at; the widest ledger export we know has about forty."""
LONGEST_HEADER = 1_000
"""Characters; the sentences that people write into a header are shorter; a cell may have a hundred times as many."""
FEWEST_AGAIN = 4
"""Columns that must be there twice before the second ones are taken for a table of their own."""
SEARCHED = 20
"""A title or a note may be above the header; nobody puts one further down than this."""


@dataclass(frozen=True)
class ListColumns:
    """The columns a list may have: all in order, those it cannot do without, and other names people give them.

    ``missing`` is what is raised when a required one is missing: its text says how a header is named.
    ``instead`` gives the columns that will do instead of a required one.
    ``may_overflow``: its last column is a text that people write with commas, so what is right of it is let be.
    """

    names: tuple[str, ...]
    required: tuple[str, ...]
    aliases: Mapping[str, str]
    missing: type[RegisterError] = RegisterError
    may_overflow: bool = False
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def meant_by(self, header: str) -> str | None:
        """Give the column a header means, whatever its case, spaces, brackets or hyphens; None where it is none."""
        return self._meanings.get(plain_header(header))

    @cached_property
    def _meanings(self) -> Mapping[str, str]:
        return {**self.aliases, **{plain_header(name): name for name in self.names}}

    def lacking(self, at: Collection[str]) -> tuple[str, ...]:
        """List the required columns that are neither among these nor replaced by one of them."""
        return tuple(
            column
            for column in self.required
            if not any(name in at for name in (column, *self.instead.get(column, ())))
        )


@dataclass(frozen=True)
class ListHeader:
    """Where the header is, and what each column contains; places count from 0.

    ``width`` is that of the whole row, of which the first `MOST_COLUMNS` are read. ``unknown`` are the headers that
    mean nothing here, ``repeated`` those that mean what another one does, with the column they mean. ``written`` gives
    the header of a column as the list has it.
    """

    row: int
    at: Mapping[str, int]
    width: int
    unknown: tuple[tuple[int, str], ...]
    repeated: tuple[tuple[int, str, str], ...]
    written: Mapping[str, str] = field(default_factory=dict)

    def without(self, column: str) -> ListHeader:
        """Leave a column unread: its header means something else here."""
        unknown = (*self.unknown, (self.at[column], self.written.get(column, "")))
        at = {name: place for name, place in self.at.items() if name != column}
        return replace(self, at=at, unknown=unknown)

    def including(self, column: str, place: int) -> ListHeader:
        """Read a column whose header meant nothing here."""
        text = next(text for at, text in self.unknown if at == place)
        unknown = tuple(other for other in self.unknown if other[0] != place)
        return replace(self, at={**self.at, column: place}, unknown=unknown, written={**self.written, column: text})

    def exchanged(self, column: str, place: int, text: str) -> ListHeader:
        """Use another place for a column, one whose header means it too."""
        before = (self.at[column], self.written.get(column, ""), column)
        repeated = (*(other for other in self.repeated if other[0] != place), before)
        at, written = {**self.at, column: place}, {**self.written, column: text}
        return replace(self, at=at, repeated=repeated, written=written)

    def cell(self, column: str, row: int) -> str:
        """Give the address of a column's cell in a row; empty where the list has no such column."""
        return cell_address(row, self.at[column] + 1) if column in self.at else ""

    def filled(self, cells: Sequence[str]) -> dict[str, str]:
        """Give the cells of a row that have something in them, by column."""
        width = len(cells)
        return {column: cells[place] for column, place in self.at.items() if place < width and cells[place]}

    def every(self, cells: Sequence[str]) -> dict[str, str]:
        """Give the cells of all columns, empty ones too."""
        return {**dict.fromkeys(self.at, ""), **self.filled(cells)}

    @property
    def is_cut(self) -> bool:
        """Whether the list has more columns than are read."""
        return self.width > MOST_COLUMNS

    def overflows(self, cells: Sequence[str]) -> bool:
        """Whether a row has something in a cell to the right of the header, as after an unquoted comma."""
        return len(cells) > self.width and any(cells[self.width :])

    @property
    def beside(self) -> int | None:
        """Where a second table with the same columns begins, to the right of the first; None where there is none."""
        again = {column for _, _, column in self.repeated}
        if len(again) < FEWEST_AGAIN or len(again) * 3 < len(self.at) * 2:
            return None
        return min(place for place, _, _ in self.repeated)

    def unread(self) -> Iterator[tuple[int, str]]:
        """Give the headers whose columns are not read, from left to right."""
        yield from sorted((*self.unknown, *((place, text) for place, text, _ in self.repeated)))


def wide_fault(header: ListHeader, what: str) -> Fault:
    """Say that a list has more columns than are read; nothing is lost by it that we use."""
    message = f"The {what} has more than {MOST_COLUMNS} columns. Those to the right of them were not read."
    return Fault(header.row, "", message, Severity.NOTE, cell_address(header.row, MOST_COLUMNS + 1))


NO_HEADER = ListHeader(1, {}, 0, (), ())


def plain_header(header: str) -> str:
    """Take case, spaces and signs off a header: ``Amount (£)`` is ``amount``. A longer text is none, and stays."""
    if len(header) > LONGEST_HEADER:
        return header
    return "".join(filter(str.isalnum, header.casefold()))


def find_header(path: Path, first: Iterable[ListRow], columns: ListColumns, mapped: Mapping[str, str]) -> ListHeader:
    """Find the row among the first ones that has every required column, or else most of them.

    ``mapped`` gives the header of a column where the officer has given one. Raises RegisterError (of a list whose
    headers can be mapped, LedgerError) naming what the best of them lacks.
    """
    best, texts = best_header(first, columns, mapped)
    missing = columns.lacking(best.at)
    if missing:
        raise columns.missing(path, missing, texts)
    return best


def best_header(
    first: Iterable[ListRow], columns: ListColumns, mapped: Mapping[str, str]
) -> tuple[ListHeader, tuple[str, ...]]:
    """Find the row among the first ones that has most of the required columns, and its texts."""
    best = NO_HEADER
    texts: tuple[str, ...] = ()
    for listed in first:
        cells = [clean(text) for text in listed.cells[:MOST_COLUMNS]]
        width = max((place for place, text in enumerate(listed.cells, start=1) if text.strip()), default=0)
        header = _read_header(listed.row, cells, width, columns, mapped)
        if not texts or _required(header, columns) > _required(best, columns):
            best, texts = header, tuple(filter(None, cells))
    return best, texts


def _required(header: ListHeader, columns: ListColumns) -> int:
    return len(columns.required) - len(columns.lacking(header.at))


def _read_header(
    row: int, texts: Sequence[str], width: int, columns: ListColumns, mapped: Mapping[str, str]
) -> ListHeader:
    """Read a row as a header.

    Ledger and extract share one settings file: what is mapped for the other is passed over. A mapped header is taken
    before any other meaning; of two headers with one meaning the first is taken.
    """
    by_header = {plain_header(header): column for column, header in mapped.items() if column in columns.names}
    at: dict[str, int] = {}
    for place, text in enumerate(texts):
        column = by_header.get(plain_header(text)) if plain_header(text) else None
        if column:
            at[column] = place
    unknown, repeated = [], []
    for place, text in enumerate(texts):
        column = columns.meant_by(text)
        if column and column not in at and place not in at.values():
            at[column] = place
        elif column and place not in at.values():
            repeated.append((place, text, column))
        elif text and place not in at.values():
            unknown.append((place, text))
    written = {column: texts[place] for column, place in at.items()}
    return ListHeader(row, at, width, tuple(unknown), tuple(repeated), written)
