"""What a finance check adds to a master: its findings, its agreed figures, its two sheets."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation, DataRow
from xlkpi.consolidation.rows import sorted_findings
from xlkpi.finance.result import S2, Decision, FinanceCheck
from xlkpi.finance.sheets import cross_sheet, s2_sheet
from xlkpi.writing.master import Sheet


def with_finance(result: Consolidation, check: FinanceCheck, catalogue: Catalogue) -> Consolidation:
    """The consolidation with the check's findings among its own, and agreed figures beside those returned."""
    settled = {line.provider_id: line.decision for line in check.lines if line.decision}
    rows = tuple(
        _agreed(row, settled[row.provider_id]) if row.indicator == S2 and row.provider_id in settled else row
        for row in result.rows
    )
    findings = sorted_findings((*result.findings, *check.findings), catalogue)
    return replace(result, rows=rows, findings=findings)


def _agreed(row: DataRow, decision: Decision) -> DataRow:
    who = f"{decision.who}, {decision.when:%d/%m/%Y}: {decision.why}"
    return replace(row, agreed_x=decision.x, agreed_y=decision.y, agreed_by=who)


def finance_sheets(check: FinanceCheck) -> tuple[Sheet, Sheet]:
    """S2 check and Cross-check as a master shows them: values, since a master does not carry the invoices."""
    return s2_sheet(check), cross_sheet(check.cross)
