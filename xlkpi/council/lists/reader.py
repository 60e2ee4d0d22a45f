"""The council's lists as rows: the header found below whatever stands above it, and each row read through a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from xlkpi.council.lists.columns import SEARCHED, Columns, Header, find_header
from xlkpi.council.lists.finding_collector import Told
from xlkpi.council.lists.stream import Record, stream_records
from xlkpi.findings import Code
from xlkpi.ooxml.addresses import column_letters

Row = TypeVar("Row", bound=BaseModel)


def open_list(path: Path, columns: Columns, mapped: Mapping[str, str]) -> tuple[Header, Iterator[Record]]:
    """The header of a list, CSV or .xlsx, and its rows below, blank ones too, each with its line.

    Raises UnreadableFile where the file is no list, LedgerError where it lacks a column.
    """
    records = stream_records(path)
    first = list(islice(records, SEARCHED))
    header = find_header(path, first, columns, mapped)
    return header, chain((one for one in first if one[0] > header.line), records)


def read_row(model: type[Row], say: Told, line: int, record: list[str], header: Header) -> Row | None:
    """A row of a short list; None where it cannot be used, and every cell that is wrong is told of."""
    cells = {name: record[place] if place < len(record) else "" for name, place in header.at.items()}
    try:
        return model.model_validate(cells)
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            column = str(error["loc"][0])
            cell = f"{column_letters(header.at[column] + 1)}{line}"
            say.add(Code.LIST_ROW, {"line": line, "column": column, "at": cell, "remedy": error["msg"]}, cell=cell)
        return None


def is_blank_row(record: list[str]) -> bool:
    """Whether a row holds nothing but spaces."""
    return not any(map(str.strip, record))
