"""Findings of a finance check, the gravest first."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.consolidation.result import FileFinding
from xlkpi.finance.check_result import FinanceCheck
from xlkpi.sheets.finance.names_and_columns import FINDINGS
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

FINDING_COLUMNS = (
    Column("severity", 11, "word"),
    Column("provider_id", 12, "code"),
    Column("provider", 28, "text"),
    Column("indicator", 11, "code"),
    Column("message", 90, "text"),
    Column("code", 20, "line"),
    Column("list or file", 32, "text"),
    Column("cell", 10, "centre"),
)
PRINTED = 5
"""Columns that are printed: up to the message."""


def plan_findings(check: FinanceCheck) -> Sheet:
    """Plan one row per finding, the gravest first, each severity in the order of the sheets and lines."""
    rows = [_values(entry) for entry in check.findings_by_severity()]
    table = Table("KPI_FinanceFindings", FINDING_COLUMNS, rows, empty="Nothing to fix, nothing to explain.", empty_at=4)
    return Sheet(FINDINGS, (table,), freeze=(1, 1), paper=replace(REPEAT_HEADER, columns=PRINTED))


def _values(entry: FileFinding) -> list[Value]:
    finding = entry.finding
    return [
        finding.severity.value,
        entry.provider_id,
        entry.provider,
        finding.indicator or "",
        finding.message,
        finding.code.name,
        entry.file,
        finding.cell,
    ]
