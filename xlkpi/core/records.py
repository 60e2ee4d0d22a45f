"""What a master keeps: an entry, an action plan, and what an officer decided about a file.

These records are shared by the rooms that make a master and the room that reads one back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Optional, Tuple

from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag, Reading, State


@dataclass(frozen=True)
class DataRow:
    """One entry of a used return: the columns of the master's sheet Data, in their order (interfaces).

    ``outturn`` is an exact share under ``reading``; x and y are None unless they are whole numbers of 0 or more.
    When a master is read back, outturn, state, RAGs and gap are recalculated; a missing column becomes empty text.
    """

    period: Period
    provider_id: str
    provider: str
    section: str
    indicator: str
    x: Optional[int]
    y: Optional[int]
    outturn: Optional[Fraction]
    state: State
    rag: Optional[Rag]
    rag_as_written: Optional[Rag]
    reading: Reading
    target: str
    gap: Optional[int]
    comment: str
    file: str
    sha256: str
    sheet: str
    x_cell: str
    y_cell: str
    template: str
    stretch: str = ""


@dataclass(frozen=True)
class ActionPlanRecord:
    """An action plan in a used return (Appendix A), or a Red indicator without one.

    The current performance level is ``outturn`` and ``rag`` on the day ``on``: the day of the declaration, or else
    the last day of the period. ``sheet`` and ``row`` are its place in the file, the return of ``period``.
    ``progress`` and ``new_timescale`` update a plan of an earlier period; ``timescales`` are all that it has had, the
    first one first, so that a plan with n + 1 of them has been re-dated n times.
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
    progress: str = ""
    new_timescale: str = ""
    timescales: Tuple[str, ...] = ()

    @property
    def first_timescale(self) -> str:
        """The timescale that the plan was first given."""
        return self.timescales[0] if self.timescales else self.timescale

    @property
    def timescale_in_force(self) -> str:
        """The timescale that counts now: the new one where the provider gave one."""
        return self.new_timescale or self.timescale

    @property
    def redated(self) -> int:
        """How many times the timescale was changed."""
        return max(0, len(self.timescales) - 1)


class FileAction(Enum):
    """What to do with the file."""

    USE = "use"
    SET_ASIDE = "set aside"


@dataclass(frozen=True)
class FileDecision:
    """One row of the list of decisions: which file, what, who, when and why.

    ``sha256`` is the content that was decided on; where it is empty, the decision is about the file of that name,
    whatever its content. ``row`` is its row in the list, counted from 1.
    """

    file: str
    sha256: str
    action: FileAction
    who: str
    when: date
    why: str
    row: int
