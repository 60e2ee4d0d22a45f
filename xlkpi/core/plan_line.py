"""What a master keeps of an action plan: made of a used return, and read back from an earlier master."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Optional

from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag


@dataclass(frozen=True)
class PlanLine:
    """An action plan as a used return holds it (Appendix A), or a Red indicator that lacks one.

    The current performance level is ``outturn`` and ``rag`` on the day ``on``: the declaration's, or else the
    period's last. ``sheet`` and ``row`` say where it stands in the file, the return of ``period``.
    """

    period: Period
    provider_id: str
    provider: str
    indicator: str
    outturn: Optional[Fraction]
    on: date
    rag: Rag
    issue: str
    action: str
    outcomes: str
    timescale: str
    file: str
    sheet: str
    row: int
