"""Tables as files for other programs: CSV for everyone, Parquet with types for Power BI and notebooks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.core.cell_count import as_number
from xlkpi.writing.csv_text import csv_bytes
from xlkpi.writing.own_outputs import write_own

if TYPE_CHECKING:
    import pyarrow as pa

TableValue = str | int | Fraction | None


class ColumnType(Enum):
    """The content of a column."""

    TEXT = "text"
    WHOLE = "whole number"
    SHARE = "share"


@dataclass(frozen=True)
class ExportTable:
    """A table by its columns, each with its type, and its rows in their order; an empty cell is None."""

    name: str
    columns: tuple[tuple[str, ColumnType], ...]
    rows: Sequence[Sequence[TableValue]]


def table_files(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the files that tables of these names are written to."""
    return tuple(f"{name}{suffix}" for name in names for suffix in (".csv", ".parquet"))


def parquet_is_available() -> bool:
    """Tell whether Parquet files can be written: pyarrow (170 MB) comes with the extra ``data`` only."""
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415 - 100 ms that only --data should pay
    except ImportError:
        return False
    return True


def write_tables(folder: Path, tables: Sequence[ExportTable]) -> tuple[Path, ...]:
    """Write each table as ``NAME.csv`` and ``NAME.parquet``, each whole or not at all; return what was written.

    Without pyarrow only the CSV files are written. The same tables give the same bytes. Raises UnwritableFile where a
    file cannot be written.
    """
    with_parquet = parquet_is_available()
    written = []
    for table in tables:
        for name, render in zip(table_files((table.name,)), (as_csv, as_parquet), strict=True):
            if render is as_parquet and not with_parquet:
                continue
            path = folder / name
            write_own(path, render(table))
            written.append(path)
    return tuple(written)


def as_csv(table: ExportTable) -> bytes:
    """The table as CSV in UTF-8 with a mark, so that Excel knows it; a share is a decimal number.

    A text that a spreadsheet would run as a formula gets an apostrophe before it, which Parquet does not need.
    """
    rows = ([as_number(cell) for cell in row] for row in table.rows)
    return csv_bytes(chain([[name for name, _ in table.columns]], rows))


def as_parquet(table: ExportTable) -> bytes:
    """The table as Parquet: texts, whole numbers and shares as what they are, texts to the letter."""
    import pyarrow as pa  # noqa: PLC0415 - 100 ms that only --data should pay
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    fields = [(name, _type(kind, pa)) for name, kind in table.columns]
    columns = [pa.array([_in_parquet(row[at]) for row in table.rows], type=kind) for at, (_, kind) in enumerate(fields)]
    out = io.BytesIO()
    pq.write_table(pa.table(columns, schema=pa.schema(fields)), out, compression="zstd")
    return out.getvalue()


def _type(kind: ColumnType, arrow: pa) -> pa.DataType:
    return {ColumnType.TEXT: arrow.string(), ColumnType.WHOLE: arrow.int64(), ColumnType.SHARE: arrow.float64()}[kind]


def _in_parquet(cell: TableValue) -> str | int | float | None:
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode()
    if isinstance(cell, int):
        return cell if abs(cell) < LARGEST else None
    return as_number(cell)


LARGEST = 2**63
