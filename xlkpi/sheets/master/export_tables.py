"""Data and Findings of a consolidation as plain tables for other programs."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.core.period import Period
from xlkpi.sheets.master.data import DATA, DATA_COLUMNS, data_values
from xlkpi.sheets.master.findings import FINDING_COLUMNS, FINDINGS
from xlkpi.writing.table_files import ColumnType, ExportTable, TableValue

COLUMN_TYPES = {"whole": ColumnType.WHOLE, "gap": ColumnType.WHOLE, "share": ColumnType.SHARE}


def data_table(result: Consolidation) -> ExportTable:
    """Make one row per entry, in the columns of the sheet Data."""
    rows = [tuple(map(_plain, data_values(row))) for row in result.rows]
    types = [COLUMN_TYPES.get(column.style, ColumnType.TEXT) for column in DATA_COLUMNS]
    for place, kind in enumerate(types):
        if kind is ColumnType.WHOLE and any(isinstance(row[place], Fraction) for row in rows):
            types[place] = ColumnType.SHARE  # pounds and pence
    columns = tuple((column.header, kind) for column, kind in zip(DATA_COLUMNS, types, strict=True))
    return ExportTable(DATA, columns, rows)


def _plain(value: object) -> TableValue:
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, (int, Fraction)):
        return value
    return str(value) if isinstance(value, (str, Period, date)) else repr(value)


def findings_table(result: Consolidation) -> ExportTable:
    """Make one row per finding, in the columns of the sheet Findings."""
    columns = tuple((column.header, ColumnType.TEXT) for column in FINDING_COLUMNS)
    return ExportTable(FINDINGS, columns, [_finding(entry) for entry in result.findings])


def _finding(entry: FileFinding) -> tuple[TableValue, ...]:
    finding = entry.finding
    place = (finding.indicator or "", finding.sheet, finding.cell)
    return (
        finding.severity.value,
        entry.provider_id,
        entry.provider,
        *place,
        finding.message,
        finding.code.name,
        entry.file,
    )
