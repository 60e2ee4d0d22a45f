"""What is wrong in the lists that officers keep, the register and the decisions, as findings of the master."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.findings import Code, finding

if TYPE_CHECKING:
    from xlkpi.council.lists.faults import Fault

OF_LISTS = frozenset((Code.REGISTER_FAULT, Code.DECISION_FAULT, Code.DECISION_NO_FILE, Code.DECISION_CHANGED))
"""Findings about such a list: their file is the list, and not one of the inbox."""


def list_findings(result: Consolidation) -> tuple[FileFinding, ...]:
    """Those of a consolidation, in the order of its findings."""
    return tuple(one for one in result.findings if one.finding.code in OF_LISTS)


def register_findings(register: str, faults: Iterable[Fault]) -> tuple[FileFinding, ...]:
    """The faults of a register of this name. A row left out must be fixed: nobody would miss its provider."""
    return tuple(
        FileFinding(
            register,
            "",
            "",
            finding(
                Code.REGISTER_FAULT,
                {"register": register, "remedy": fault.message},
                cell=fault.cell,
                severity=fault.severity,
            ),
        )
        for fault in faults
    )


def decision_findings(decisions: str, faults: Iterable[Fault]) -> tuple[FileFinding, ...]:
    """The rows of a list of decisions of this name that could not be read, so that none of them is applied."""
    return tuple(
        FileFinding(decisions, "", "", finding(Code.DECISION_FAULT, {"remedy": fault.message}, cell=fault.cell))
        for fault in faults
    )
