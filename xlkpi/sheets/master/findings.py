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
"""Columns that go on paper: up to the message, which names the file where no provider is known."""


def plan_findings(result: Consolidation, origin: SourceLinks) -> Sheet:
    """Every finding: providers with something to fix first, and of each provider the gravest first."""
    inbox = {row.file for row in result.files}
    rows = [_values(one, origin, inbox) for one in result.findings]
    nothing = "Nothing to fix, nothing to explain."
    table = Table("KPI_Findings", FINDING_COLUMNS, rows, empty=nothing, empty_at=6, grouped_by=GROUPED_BY)
    return Sheet(FINDINGS, (table,), freeze=(1, 3), paper=replace(REPEAT_HEADER, columns=PRINTED))


def _values(one: FileFinding, origin: SourceLinks, inbox: Collection[str]) -> tuple[Value, ...]:
    said = one.finding
    cell = _cell(one, origin, inbox)
    place = (said.indicator or "", said.sheet, cell, said.message, said.code.name)
    return (said.severity.value, one.provider_id, one.provider, *place, one.file)


def _cell(one: FileFinding, origin: SourceLinks, inbox: Collection[str]) -> Value:
    """The cell, as a link where its file can be opened: one of the inbox, or a list of officers."""
    said = one.finding
    if said.code in CODES_OF_LISTS:
        return origin.list_link(one.file, said.cell)
    if one.file not in inbox:
        return said.cell
    return origin.cell_link(one.file, said.sheet, said.cell) if said.cell else origin.file_link(one.file)
