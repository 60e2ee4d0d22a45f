"""Turn functions of single cells into functions of cells and ranges, as a spreadsheet calls them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Callable, List, Sequence, Tuple, Union

from xlkpi.core.cell_count import Raw
from xlkpi.ooxml.serial_days import to_serial

Answer = Union[str, int, float]
"""What a cell shows: text, a whole number or a share; never None, never True or False."""

Rows = Sequence[Sequence[Any]]
Cells = List[List[Any]]


class WrongArgument(ValueError):
    """An argument that has no answer: an unknown indicator, field or period, or ranges that do not fit.

    The text says which and what to write instead. A host shows it as its own #VALUE!.
    """


def over_ranges(function: Callable[..., Answer]) -> Callable[..., Any]:
    """Let a function of single cells take ranges too.

    A range is a list (or tuple) of rows; one flat list is one row. Single cells give a single answer. With a range
    among the arguments the answer is a list of rows of the same shape; single cells, single rows and single columns
    are repeated to fit, as a spreadsheet's own operators repeat them. Blank rows at the end, as a whole column has
    them, are calculated once. Raises WrongArgument where shapes do not fit.
    """

    def call(*arguments: Any) -> Any:
        if not any(isinstance(argument, (list, tuple)) for argument in arguments):
            return function(*map(as_cell, arguments))
        flat = not any(is_block(argument) for argument in arguments)
        blocks = [as_block(argument) for argument in arguments]
        height, width = (fitting([size(block)[side] for block in blocks]) for side in (0, 1))
        filled = min(height, max(used(block) for block in blocks) + 1)
        columns = [stretched(as_cells(block[:filled]), filled, width) for block in blocks]
        rows = [[function(*cells) for cells in zip(*row)] for row in zip(*columns)]
        rows += [list(rows[-1]) for _ in range(height - filled)]
        return rows[0] if flat else rows

    return call


def as_cell(content: Any) -> Raw:
    """Give a cell's content as the rules read it: money as a number, a date as the number that a sheet keeps for it."""
    if content is None or isinstance(content, (str, int, float)):
        return content
    if isinstance(content, Decimal):
        return float(content)
    if isinstance(content, datetime):
        seconds = (content.hour * 60 + content.minute) * 60 + content.second
        return to_serial(content.date()) + seconds / 86_400
    if isinstance(content, date):
        return to_serial(content)
    return str(content)


def is_block(argument: Any) -> bool:
    """Say whether an argument is a list of rows, rather than a cell or one flat row."""
    return isinstance(argument, (list, tuple)) and any(isinstance(row, (list, tuple)) for row in argument)


def as_block(argument: Any) -> Rows:
    """Give a cell, a flat row or a range as rows, unchanged. Raises WrongArgument where rows differ in length."""
    if not isinstance(argument, (list, tuple)):
        return [[argument]]
    rows = argument if is_block(argument) else [argument]
    kinds = set(map(type, rows))
    if not all(issubclass(kind, (list, tuple)) for kind in kinds) or len(set(map(len, rows))) != 1 or not rows[0]:
        raise WrongArgument("A range has rows of one length, with at least one cell.")
    return rows


def as_cells(rows: Rows) -> Cells:
    """Give the rows with each content as the rules read it."""
    return [[as_cell(content) for content in row] for row in rows]


def size(block: Rows) -> Tuple[int, int]:
    """Count rows and columns."""
    return len(block), len(block[0])


def fitting(lengths: List[int]) -> int:
    """Find the one length that all have which are not 1. Raises WrongArgument where there are two."""
    longer = sorted({length for length in lengths if length != 1})
    if len(longer) > 1:
        raise WrongArgument(f"Ranges of {longer[0]} and {longer[-1]} cells do not match. Use ranges of one size.")
    return longer[0] if longer else 1


def used(block: Rows) -> int:
    """Count the rows up to the last with content; 0 for a single row, which is repeated."""
    if len(block) == 1:
        return 0
    return next((n for n in range(len(block), 0, -1) if any(cell not in (None, "") for cell in block[n - 1])), 0)


def stretched(block: Cells, height: int, width: int) -> Cells:
    """Repeat the only row and the only column of a range."""
    wide = [row * width for row in block] if len(block[0]) < width else block
    return wide * height if len(wide) < height else wide
