"""Data, Findings, Files and Missing: one table a sheet, from A1, with one header row."""

from __future__ import annotations

from enum import Enum

from xlkpi.consolidation.result import Consolidation, DataRow, FileFinding, FileRow, MissingProvider
from xlkpi.core.decision import Decision
from xlkpi.core.period import Period
from xlkpi.layout.slots import quoted
from xlkpi.writing.master import Column, Sheet, Table, Value

DATA, FINDINGS, FILES, MISSING = "Data", "Findings", "Files", "Missing"

DATA_COLUMNS = (
    Column("period", 12, "line"),
    Column("provider_id", 12, "code"),
    Column("provider", 30, "line"),
    Column("section", 20, "line"),
    Column("indicator", 11, "code"),
    Column("x", 8, "whole"),
    Column("y", 8, "whole"),
    Column("outturn", 10, "share"),
    Column("state", 13, "word"),
    Column("rag", 9, "word"),
    Column("rag_as_written", 16, "word"),
    Column("reading", 12, "line"),
    Column("target", 14, "line"),
    Column("gap", 7, "gap"),
    Column("comment", 48, "text"),
    Column("file", 36, "line"),
    Column("sha256", 14, "quiet"),
    Column("sheet", 20, "line"),
    Column("x_cell", 8, "centre"),
    Column("y_cell", 8, "centre"),
    Column("template", 14, "line"),
)
FINDING_COLUMNS = (
    Column("severity", 11, "word"),
    Column("provider_id", 12, "code"),
    Column("provider", 28, "text"),
    Column("indicator", 11, "code"),
    Column("sheet", 18, "line"),
    Column("cell", 8, "centre"),
    Column("message", 72, "text"),
    Column("code", 20, "line"),
    Column("file", 46, "text"),
)
FILE_COLUMNS = (
    Column("file", 46, "text"),
    Column("status", 13, "word"),
    Column("provider_id", 12, "code"),
    Column("provider", 30, "text"),
    Column("period", 12, "line"),
    Column("edition", 10, "line"),
    Column("saved", 21, "line"),
    Column("declared on", 13, "day"),
    Column("declared by", 20, "line"),
    Column("days late", 11, "whole"),
    Column("must fix", 10, "whole"),
    Column("queries", 10, "whole"),
    Column("why", 46, "text"),
    Column("what to do", 46, "text"),
    Column("what differs", 46, "text"),
    Column("officer's decision", 40, "text"),
    Column("sha256", 46, "quiet"),
)
MISSING_COLUMNS = (
    Column("provider_id", 12, "code"),
    Column("provider", 34, "name"),
    Column("lots", 18, "line"),
    Column("due by", 13, "day"),
    Column("contact", 34, "text"),
    Column("e-mail", 36, "text"),
)


def data_sheet(result: Consolidation) -> Sheet:
    """One row an entry, in the columns that other systems rely on (interfaces, Master workbook sheets)."""
    rows = [_data_values(row) for row in result.rows]
    table = Table("KPI_Data", DATA_COLUMNS, rows, empty="No entries.", empty_at=14)
    return Sheet(DATA, (table,), freeze=(1, 3), repeat=1)


def _data_values(row: DataRow) -> tuple[Value, ...]:
    return tuple(_plain(getattr(row, column.header)) for column in DATA_COLUMNS)


def _plain(value: object) -> Value:
    """A value as a cell holds it: the word of an enum, a period as it is written."""
    if isinstance(value, Enum):
        return str(value.value)
    return str(value) if isinstance(value, Period) else value  # type: ignore[return-value]  # the rest are values


def data_place(row: int) -> str:
    """Where the row with this index (from 0) stands, as a link writes it: at its RAG."""
    return f"{quoted(DATA)}!I{row + 2}"


def findings_sheet(result: Consolidation) -> Sheet:
    """Every finding, the gravest first."""
    rows = [_finding_values(one) for one in result.findings]
    table = Table("KPI_Findings", FINDING_COLUMNS, rows, empty="Nothing to fix, nothing to explain.", empty_at=6)
    return Sheet(FINDINGS, (table,), freeze=(1, 3), repeat=1)


def _finding_values(one: FileFinding) -> tuple[Value, ...]:
    said = one.finding
    place = (said.indicator or "", said.sheet, said.cell, said.message, said.code.name)
    return (said.severity.value, one.provider_id, one.provider, *place, one.file)


def files_sheet(result: Consolidation) -> Sheet:
    """Every file found: used, set aside and why, superseded by which."""
    rows = [_file_values(row) for row in result.files]
    table = Table("KPI_Files", FILE_COLUMNS, rows, empty="The folder holds no files.")
    return Sheet(FILES, (table,), freeze=(1, 1), repeat=1)


def _file_values(row: FileRow) -> tuple[Value, ...]:
    period = str(row.period) if row.period else ""
    whose = (row.file, row.status.value, row.provider_id, row.provider, period, row.edition)
    when = (row.saved_at.replace("T", " ").replace("Z", " UTC"), row.declared_on, row.declared_by, row.days_late)
    what = (row.why, row.remedy, row.differs, _decided(row.decision))
    return (*whose, *when, row.must_fix, row.queries, *what, row.sha256)


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return f"{decision.action.value}: {decision.who}, {decision.when:%d/%m/%Y}: {decision.why}"


def missing_sheet(result: Consolidation) -> Sheet:
    """Who must report in the period and has not."""
    nobody = "Nobody is missing." if result.expected is not None else "Not known: no register was given."
    table = Table(
        "KPI_Missing", MISSING_COLUMNS, [_missing_values(one) for one in result.missing], empty=nobody, empty_at=1
    )
    return Sheet(MISSING, (table,), freeze=(1, 2), repeat=1)


def _missing_values(one: MissingProvider) -> tuple[Value, ...]:
    provider = one.provider
    lots = ", ".join((*provider.lots, *(("transport",) if provider.transport else ())))
    first = provider.contacts[0] if provider.contacts else None
    contact = ", ".join(part for part in (first.name, first.position) if part) if first else ""
    mail = provider.email or (first.email if first else "")
    return (provider.provider_id, provider.name, lots, one.due_by, contact, mail)
