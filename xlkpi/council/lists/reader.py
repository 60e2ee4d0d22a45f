"""The one reader of lists: the header found below whatever is above it, and each row read through a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from xlkpi.council.lists.columns import SEARCHED, ListColumns, ListHeader, find_header
from xlkpi.council.lists.faults import CellFault
from xlkpi.council.lists.rows import LARGEST_LIST, MOST_ROWS, ListRow, stream_rows
from xlkpi.ooxml.limits import LONGEST_CELL_TEXT

RowModel = TypeVar("RowModel", bound=BaseModel)
NOTHING_MAPPED: Mapping[str, str] = {}


def open_list(
    path: Path,
    columns: ListColumns,
    mapped: Mapping[str, str] = NOTHING_MAPPED,
    *,
    largest: int = LARGEST_LIST,
    most_rows: int = MOST_ROWS,
    what: str = "list",
) -> tuple[ListHeader, Iterator[ListRow]]:
    """Find the header of a list, CSV or .xlsx, and give it with the rows below, blank ones too.

    Raises UnreadableFile where the file is not a list, or is larger than a list of this kind (``what``); what
    ``columns.missing`` says where it lacks a column.
    """
    rows = stream_rows(path, largest=largest, most_rows=most_rows, what=what)
    first = list(islice(rows, SEARCHED))
    header = find_header(path, first, columns, mapped)
    return header, chain((listed for listed in first if listed[0] > header.row), rows)


def validate_row(
    model: type[RowModel],
    cells: Mapping[str, str],
    header: ListHeader,
    row: int,
    longest: int = LONGEST_CELL_TEXT,
) -> tuple[RowModel | None, tuple[CellFault, ...]]:
    """Read a row's cells by column through a model: the row, or None and what is wrong with each cell of it.

    A cell of more than ``longest`` characters is not read at all.
    """
    if max(map(len, cells.values()), default=0) > longest:
        return None, tuple(_too_long(cells, header, row, longest))
    try:
        return model.model_validate(cells), ()
    except ValidationError as problem:
        return None, tuple(_faults(problem, header, row))


def _faults(problem: ValidationError, header: ListHeader, row: int) -> Iterator[CellFault]:
    for error in problem.errors(include_url=False):
        column = str((*error["loc"], "")[0])
        reason = "is empty. Enter it." if error["type"] == "missing" else error["msg"]
        yield CellFault(column, header.cell(column, row), reason)


def _too_long(cells: Mapping[str, str], header: ListHeader, row: int, longest: int) -> Iterator[CellFault]:
    for column, text in cells.items():
        if len(text) > longest:
            reason = f"is {len(text):,} characters long. Shorten it to {longest:,} at most."
            yield CellFault(column, header.cell(column, row), reason)


def is_blank_row(cells: Sequence[str]) -> bool:
    """Whether a row has nothing in it but spaces."""
    return not any(map(str.strip, cells))
