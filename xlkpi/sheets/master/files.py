"""Files: every file found in the folder, once, with its status and the reason."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from xlkpi.consolidation.result import Consolidation, FileRow
from xlkpi.core.day import short_date
from xlkpi.council.decisions import Decision
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

FILES = "Files"
FILE_COLUMNS = (
    Column("file", 32, "text"),
    Column("open", 8, "link centre"),
    Column("status", 12, "word"),
    Column("provider_id", 11, "code"),
    Column("provider", 22, "text"),
    Column("period", 11, "line"),
    Column("edition", 9, "line"),
    Column("received", 20, "line"),
    Column("saved", 22, "line"),
    Column("declared on", 12, "day"),
    Column("declared by", 18, "line"),
    Column("days late", 8, "whole"),
    Column("must fix", 8, "whole"),
    Column("queries", 10, "whole"),
    Column("why", 34, "text"),
    Column("what to do", 32, "text"),
    Column("what differs", 24, "text"),
    Column("officer's decision", 24, "text"),
    Column("sha256", 50, "quiet"),
)


def plan_files(result: Consolidation, links: SourceLinks) -> Sheet:
    """Plan one row per file: used, set aside and why, superseded by which; all but the sha256 is printed.

    Days late are counted to the day it was received, where that is known; a declaration's day is only what was typed.
    """
    # In a contract folder most files are of other periods: those of this one are what the officer looks for.
    ordered = sorted(result.files, key=attrgetter("counts_elsewhere"))
    rows = [_values(row, links) for row in ordered]
    table = Table("KPI_Files", FILE_COLUMNS, rows, empty="The folder is empty.")
    return Sheet(FILES, (table,), freeze=(1, 1), paper=replace(REPEAT_HEADER, columns=len(FILE_COLUMNS) - 1, a3=True))


def _values(row: FileRow, links: SourceLinks) -> tuple[Value, ...]:
    period = str(row.period) if row.period else ""
    identity = (
        row.file,
        links.file_link(row.file),
        row.status.value,
        row.provider_id,
        row.provider,
        period,
        row.edition,
    )
    saved = row.saved_at.replace("T", " ").replace("Z", " UTC")
    received = f"{row.received_at:%Y-%m-%d %H:%M} UTC" if row.received_at else ""
    when = (received, saved, row.declared_on, row.declared_by, row.days_late)
    reasons = (row.why, row.remedy, row.differs, _describe_decision(row.decision))
    return (*identity, *when, row.must_fix, row.queries, *reasons, row.sha256)


def _describe_decision(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return f"{decision.kind.value}: {decision.decided_by}, {short_date(decision.decided_on)}: {decision.why}"
