"""What is wrong in the lists that officers keep, the register and the decisions, as findings of the master."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.council import Fault
from xlkpi.council.lists.columns import MOST_COLUMNS
from xlkpi.findings import Code, Finding, Severity, finding

CODES_OF_LISTS = frozenset(
    (
        Code.REGISTER_FAULT,
        Code.MEETING_FAULT,
        Code.DECISION_FAULT,
        Code.DECISION_NO_FILE,
        Code.DECISION_CHANGED,
        Code.LOCK_LOST,
        Code.DECISION_NO_PROVIDER,
        Code.DECISION_NO_INDICATOR,
        Code.DECISION_NO_ENTRY,
        Code.DECISION_NO_MATTER,
        Code.DECISION_NOT_LOCKED,
        Code.DECISION_NO_CONTACTS,
        Code.LIST_WIDE,
        Code.LIST_REMARK,
    )
)
"""Findings about such a list: their file is the list, and not one of the inbox."""


def list_findings(result: Consolidation) -> tuple[FileFinding, ...]:
    """Return the findings about lists, in the order of the consolidation's findings."""
    return tuple(each for each in result.findings if each.finding.code in CODES_OF_LISTS)


def register_findings(register: Path | None, faults: Iterable[Fault]) -> tuple[FileFinding, ...]:
    """Turn the faults of a register into findings. A row left out must be fixed: nobody would miss its provider."""
    name = register.name if register else ""
    return tuple(
        FileFinding(
            name,
            "",
            "",
            finding(
                Code.REGISTER_FAULT,
                {"register": name, "remedy": fault.message},
                sheet=fault.sheet,
                cell=fault.cell,
                severity=fault.severity,
            ),
        )
        for fault in faults
    )


def target_findings(targets: str, faults: Iterable[Fault]) -> tuple[FileFinding, ...]:
    """Turn the unusable rows of a list of changed targets into findings: none of these changes is in force."""
    return tuple(FileFinding(targets, "", "", _list_finding(fault, Code.TARGET_FAULT)) for fault in faults)


def meeting_findings(faults: Iterable[Fault]) -> tuple[FileFinding, ...]:
    """Turn the faults of the list of meetings into findings: an unusable row is not read."""
    return tuple(FileFinding(each.list_name, "", "", _list_finding(each, Code.MEETING_FAULT)) for each in faults)


def decision_findings(faults: Iterable[Fault]) -> tuple[FileFinding, ...]:
    """Turn the faults of decisions and settings into findings: no unreadable row of the decisions is applied."""
    return tuple(FileFinding(each.list_name, "", "", _list_finding(each, Code.DECISION_FAULT)) for each in faults)


def _list_finding(fault: Fault, code: Code) -> Finding:
    listed = fault.list_name
    if fault.severity is not Severity.MUST_FIX:  # about the list as a whole
        if fault.cell:
            return finding(Code.LIST_WIDE, {"list": listed, "number": str(MOST_COLUMNS)}, cell=fault.cell)
        facts = {"list": listed, "remedy": fault.message}
        return finding(Code.LIST_REMARK, facts, sheet=fault.sheet, severity=fault.severity)
    return finding(code, {"remedy": fault.message}, cell=fault.cell)
