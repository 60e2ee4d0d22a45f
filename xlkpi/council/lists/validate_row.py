"""A row of a list through its model: the row, or what is wrong with each of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from xlkpi.council.lists.columns import ListHeader
from xlkpi.council.lists.faults import CellFault
from xlkpi.ooxml.limits import LONGEST_CELL_TEXT

RowModel = TypeVar("RowModel", bound=BaseModel)


def validate_row(
    model: type[RowModel],
    cells: Mapping[str, str],
    header: ListHeader,
    row: int,
    longest: int = LONGEST_CELL_TEXT,
    context: Mapping[str, object] | None = None,
) -> tuple[RowModel | None, tuple[CellFault, ...]]:
    """Read a row's cells by column through a model: the row, or None and what is wrong with each cell of it.

    A cell of more than ``longest`` characters is not read at all. ``context`` is what the model reads its cells by.
    """
    if max(map(len, cells.values()), default=0) > longest:
        return None, tuple(_too_long(cells, header, row, longest))
    try:
        return model.model_validate(cells, context=context), ()
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
