"""Findings: everything to fix, explain or know, provider by provider, each with a link to its file and cell."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.consolidation.sheets.origin import Origin
from xlkpi.writing.master import HEADED, Column, Sheet, Table, Value

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


def findings_sheet(result: Consolidation, origin: Origin) -> Sheet:
    """Every finding: providers with something to fix first, and of each provider the gravest first."""
    rows = [_values(one, origin) for one in result.findings]
    nothing = "Nothing to fix, nothing to explain."
    table = Table("KPI_Findings", FINDING_COLUMNS, rows, empty=nothing, empty_at=6, grouped_by=GROUPED_BY)
    return Sheet(FINDINGS, (table,), freeze=(1, 3), paper=replace(HEADED, columns=PRINTED))


def _values(one: FileFinding, origin: Origin) -> tuple[Value, ...]:
    said = one.finding
    cell = origin.cell_link(one.file, said.sheet, said.cell) if said.cell else origin.file_link(one.file)
    place = (said.indicator or "", said.sheet, cell, said.message, said.code.name)
    return (said.severity.value, one.provider_id, one.provider, *place, one.file)
