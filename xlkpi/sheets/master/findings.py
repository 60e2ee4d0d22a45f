"""Findings: everything to fix, explain or know, provider by provider, each with a link to its file and cell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from xlkpi.consolidation.list_findings import CODES_OF_LISTS
from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

FINDINGS = "Findings"
FINDING_COLUMNS = (
    Column("severity", 11, "word"),
    Column("provider_id", 12, "code"),
    Column("provider", 28, "text"),
    Column("indicator", 11, "code"),
    Column("sheet", 18, "line"),
    Column("cell", 8, "link centre"),
    Column("message", 72, "text"),
    Column("code", 20, "line"),
    Column("file", 64, "text"),
)
GROUPED_BY = 2
PRINTED = 7
"""Columns that are printed: up to the message, which names the file where no provider is known."""


def plan_findings(result: Consolidation, links: SourceLinks) -> Sheet:
    """Plan one row per finding: providers with something to fix first, and of each provider the gravest first."""
    inbox = {row.file for row in result.files}
    rows = [_values(entry, links, inbox) for entry in result.findings]
    nothing = "Nothing to fix, nothing to explain."
    table = Table("KPI_Findings", FINDING_COLUMNS, rows, empty=nothing, empty_at=6, grouped_by=GROUPED_BY)
    return Sheet(FINDINGS, (table,), freeze=(1, 3), paper=replace(REPEAT_HEADER, columns=PRINTED))


def _values(entry: FileFinding, links: SourceLinks, inbox: Collection[str]) -> tuple[Value, ...]:
    finding = entry.finding
    cell = _cell(entry, links, inbox)
    place = (finding.indicator or "", finding.sheet, cell, finding.message, finding.code.name)
    return (finding.severity.value, entry.provider_id, entry.provider, *place, entry.file)


def _cell(entry: FileFinding, links: SourceLinks, inbox: Collection[str]) -> Value:
    """The cell, as a link where its file can be opened: a file of the inbox, or a list of officers."""
    finding = entry.finding
    if finding.code in CODES_OF_LISTS:
        return links.list_link(entry.file, finding.cell)
    if entry.file not in inbox:
        return finding.cell
    return links.cell_link(entry.file, finding.sheet, finding.cell) if finding.cell else links.file_link(entry.file)
