"""What is said of the lines of a ledger once they are joined: repeats, invoices sent again, numbers used again."""

from __future__ import annotations

from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.finance.classify_invoices import ClassifiedRows, RepeatedRow, SharedNumber
from xlkpi.findings import Code


def add_classified(findings: FindingCollector, rows: ClassifiedRows) -> None:
    """Add a finding per repeated row and per invoice sent again, and one each for what is usual in a ledger."""
    several = rows.invoices[rows.invoices["lines"] > 1]
    if len(several):
        first = several.iloc[0]
        facts = {"number": f"{len(several):,}", "invoice": first.invoice_no, "provider_id": first.provider_id}
        findings.add(Code.LEDGER_LINES, {**facts, "line": int(first.line)})
    for repeat in rows.repeated:
        findings.add(Code.LEDGER_RESENT if repeat.resent else Code.LEDGER_DUPLICATE, _facts(repeat))
    for code, same_sum in ((Code.LEDGER_SAME_SUM, True), (Code.LEDGER_NUMBER_AGAIN, False)):
        shared = [number for number in rows.shared if number.same_sum is same_sum]
        if shared:
            findings.add(code, {**_facts(shared[0]), "number": f"{len(shared):,}"})


def _facts(row: RepeatedRow | SharedNumber) -> dict[str, object]:
    return {
        "line": row.line,
        "other": row.first_line,
        "invoice": row.invoice_no,
        "provider_id": row.provider_id,
    }
