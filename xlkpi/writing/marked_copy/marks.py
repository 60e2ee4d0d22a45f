"""What the caller says: which cells to mark, and which remarks to list."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.findings import Severity

SEVERITIES = tuple(severity.value for severity in Severity)
"""The words a mark or remark may carry, worst first."""


@dataclass(frozen=True)
class Mark:
    """One cell to mark: sheet name, A1 address, one of `SEVERITIES` (else ValueError)."""

    sheet: str
    cell: str
    severity: str

    def __post_init__(self) -> None:
        """Refuse a severity that has no colour."""
        _known(self.severity)


@dataclass(frozen=True)
class Remark:
    """One row of the Findings sheet; `indicator`, `sheet` and `cell` may be empty text.

    `cell` may be one address or a range; anything else is shown, but not linked.
    """

    severity: str
    indicator: str
    sheet: str
    cell: str
    message: str

    def __post_init__(self) -> None:
        """Refuse a severity that has no colour."""
        _known(self.severity)


def worse(known: str | None, other: str) -> str:
    """The worse of two severities; `known` may be None (nothing yet)."""
    return other if known is None else min(known, other, key=SEVERITIES.index)


def _known(severity: str) -> None:
    if severity not in SEVERITIES:
        raise ValueError(f"{severity!r} is not a severity; use one of {', '.join(SEVERITIES)}")
