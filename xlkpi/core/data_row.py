"""What a master keeps of an entry: the row that consolidation makes, and that a master is read back to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Optional

from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag, Reading, State


@dataclass(frozen=True)
class DataRow:
    """One entry of a used return: the columns of the master's sheet Data, in their order (interfaces).

    ``outturn`` is an exact share under ``reading``; x and y are None unless whole numbers of 0 or more. Of a master
    that is read back, outturn, state, RAGs and gap are worked out anew, and a column that it lacks is empty text.
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
