"""The findings of a finance check, in the order of the sheets, each with the provider it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xlkpi.consolidation.result import FileFinding
from xlkpi.core.day import short_date
from xlkpi.finance.agreement import Agreement
from xlkpi.finance.check_result import FinanceCheck, InvoiceComparison
from xlkpi.finance.cross_check import CrossCheck, CrossClass, CrossComparison
from xlkpi.findings import Code, Finding, finding

OF_THE_LISTS = frozenset(
    (
        Code.DECISION_FAULT,
        Code.DECISION_NO_PROVIDER,
        Code.DECISION_NO_INDICATOR,
        Code.DECISION_NO_ENTRY,
        Code.LIST_REMARK,
    )
)
"""Findings about rows of the log that agree figures or cannot be read at all, and about contradictory settings."""

REMEDIES = {
    Agreement.NO_RETURN: "Ask the provider for its figures.",
    Agreement.NO_LEDGER: "Ask whether its invoices are in another ledger, or under another name.",
}


def list_check_findings(check: FinanceCheck, of_the_returns: Iterable[FileFinding]) -> tuple[FileFinding, ...]:
    """List every finding of the check: invoices, agreed figures, then rows of the ledger, then the case system.

    ``of_the_returns`` are the findings of the consolidation, of which those about agreed figures belong here too.
    """
    findings = [*_of_invoices(check), *(each for each in of_the_returns if each.finding.code in OF_THE_LISTS)]
    findings += [FileFinding(check.ledger.file, "", "", fault) for fault in check.ledger.findings]
    return (*findings, *(list_cross_findings(check.cross) if check.cross else ()))


def list_cross_findings(cross: CrossCheck) -> tuple[FileFinding, ...]:
    """List every finding of a cross-check: the differences, then the rows of the extract."""
    return (*_of_cross(cross), *(FileFinding(cross.extract.file, "", "", fault) for fault in cross.extract.findings))


def _of_invoices(check: FinanceCheck) -> Iterator[FileFinding]:
    if not check.due:
        code = check.indicator.code
        facts = {"period": str(check.period), "code": code}
        yield FileFinding("", "", "", finding(Code.S2_NOT_DUE, facts, indicator=code))
    yield from _of_another_period(check)
    for line in check.lines:
        difference = _difference(line, check.due)
        if difference:
            yield FileFinding(line.file, line.provider_id, line.provider, difference)
        if line.ledger.undated and check.ledger.has_due_dates:
            facts = {"provider": line.provider, "number": str(line.ledger.undated)}
            undated = finding(Code.LEDGER_NO_DUE, facts, indicator=line.indicator.code)
            yield FileFinding(check.ledger.file, line.provider_id, line.provider, undated)


def _of_another_period(check: FinanceCheck) -> Iterator[FileFinding]:
    """Ask about a ledger of which no invoice was received in the time that is counted."""
    received = check.marked["received_date"]
    start, end = check.span.days
    if len(received) and not received.between(start, end).any():
        days = {"first": received.min(), "last": received.max(), "start": start, "end": end}
        facts = {name: short_date(date.fromordinal(int(day))) for name, day in days.items()}
        ledger = check.ledger.file
        yield FileFinding(ledger, "", "", finding(Code.LEDGER_OTHER_PERIOD, {"list": ledger, **facts}))


def _difference(line: InvoiceComparison, due: bool) -> Finding | None:
    """The finding about a provider; none where both sides agree, or where officers have settled the figures."""
    if line.agreement in (Agreement.AGREED, Agreement.SMALL) or line.agreed:
        return None
    code = line.indicator.code
    named = {"provider": line.provider, "agreement": line.agreement.value, "code": code}
    if line.agreement in REMEDIES:
        if not due:
            return None
        facts = {**named, "remedy": REMEDIES[line.agreement]}
        return finding(Code.S2_NOT_COMPARED, facts, indicator=code, sheet=line.sheet, cell=line.x_cell)
    reasons = ", ".join(reason.value for reason in line.explanation.reasons)
    facts = {
        **named,
        "x": str(line.returned.x),
        "y": str(line.returned.y),
        "other_x": str(line.ledger.disputed),
        "other_y": str(line.ledger.submitted),
        **({"because": reasons} if reasons else {}),
    }
    return finding(Code.S2_DIFFERS, facts, indicator=code, sheet=line.sheet, cell=line.x_cell)


def _of_cross(cross: CrossCheck) -> Iterator[FileFinding]:
    for line in cross.lines:
        difference = _cross_finding(line)
        if difference and (line.provider_id, line.indicator.code) not in cross.extract.unsure:
            yield FileFinding("", line.provider_id, line.provider, difference)


def _cross_finding(line: CrossComparison) -> Finding | None:
    if line.agreed:
        return None
    code = line.indicator.code
    facts = {"provider": line.provider, "code": code}
    if line.agreement is CrossClass.NOT_CHECKED:
        facts["system"] = line.indicator.words.case_system
        return finding(Code.CROSS_NOT_CHECKED, facts, indicator=code)
    if line.agreement in (CrossClass.DIFFERENT, CrossClass.DIFFERENT_X, CrossClass.DIFFERENT_Y):
        definition = line.indicator.effective
        figures = {"figures": line.returned.describe(definition), "other_figures": line.counted.describe(definition)}
        return finding(Code.CROSS_DIFFERS, {**facts, **figures}, indicator=code)
    return None
