"""What a master keeps: an entry with the figures agreed for it, an action plan, and a return's answers and contacts.

These records are shared by the rooms that make a master and the room that reads one back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Iterable, List, Optional, Tuple

from xlkpi.core.assess import Assessment
from xlkpi.core.cell_count import Figure
from xlkpi.core.indicator import Indicator
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.question import Answer
from xlkpi.core.visible_text import is_blank, tidy
from xlkpi.core.vocabulary import Rag, Reading, State


@dataclass(frozen=True)
class AgreedFigures:
    """x and y that officers agreed for an entry, and the result under the entry's reading."""

    x: Figure
    y: Optional[Figure]
    by: str
    on: date
    why: str
    assessment: Assessment
    gap: Optional[Figure]


@dataclass(frozen=True)
class DataRow:
    """One entry of a used return: the columns of the master's sheet Data, in their order (interfaces).

    ``outturn`` is an exact share under ``reading``; x and y are None unless they are numbers as the
    indicator asks for them; y is None where it is not asked for.

    When a master is read back, outturn, state, RAGs and gap are recalculated; a missing column becomes empty text.

    x, y, outturn, state and rag are what was returned. Whoever judges uses those *in force*: the agreed ones where
    officers have agreed figures (``agreed``), otherwise the returned ones.
    """

    period: Period
    provider_id: str
    provider: str
    section: str
    indicator: str
    x: Optional[Figure]
    y: Optional[Figure]
    outturn: Optional[Fraction]
    state: State
    rag: Optional[Rag]
    rag_as_written: Optional[Rag]
    reading: Reading
    target: str
    gap: Optional[Figure]
    comment: str
    file: str
    sha256: str
    sheet: str
    x_cell: str
    y_cell: str
    template: str
    agreed: Optional[AgreedFigures] = None
    stretch: str = ""

    @property
    def x_in_force(self) -> Optional[Figure]:
        """Give the agreed x, or the returned one."""
        return self.agreed.x if self.agreed else self.x

    @property
    def y_in_force(self) -> Optional[Figure]:
        """Give the agreed y, or the returned one."""
        return self.agreed.y if self.agreed else self.y

    def has_figures(self, indicator: Indicator) -> bool:
        """Tell whether all figures that the indicator asks for are there."""
        return self.x_in_force is not None and (self.y_in_force is not None or not indicator.effective.has_y)

    @property
    def outturn_in_force(self) -> Optional[Fraction]:
        """Give the outturn of the figures in force."""
        return self.agreed.assessment.outturn if self.agreed else self.outturn

    @property
    def state_in_force(self) -> State:
        """Give the state of the figures in force."""
        return self.agreed.assessment.state if self.agreed else self.state

    @property
    def rag_in_force(self) -> Optional[Rag]:
        """Give the RAG of the figures in force."""
        return self.agreed.assessment.rag if self.agreed else self.rag

    @property
    def gap_in_force(self) -> Optional[Figure]:
        """Give the gap to Green of the figures in force."""
        return self.agreed.gap if self.agreed else self.gap


def list_timescales(texts: Iterable[str]) -> Tuple[str, ...]:
    """List the timescales that a plan has had, the first one first; the same again is not a new one."""
    timescales: List[str] = []
    for text in texts:
        if not is_blank(text) and (not timescales or tidy(text) != tidy(timescales[-1])):
            timescales.append(text)
    return tuple(timescales)


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


@dataclass(frozen=True)
class ReturnedAnswer:
    """A question that a used return was built with, and its answer, empty where none was given."""

    period: Period
    provider_id: str
    provider: str
    answer: Answer
    file: str


@dataclass(frozen=True)
class ReturnedContacts:
    """A provider's points of contact as it corrected them in a used return, and as the return was built."""

    period: Period
    provider_id: str
    provider: str
    contacts: Tuple[Contact, ...]
    built_with: Tuple[Contact, ...]
    file: str
