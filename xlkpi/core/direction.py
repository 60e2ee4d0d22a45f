"""Direction of travel: whether an indicator is better or worse than in the previous due period."""

from __future__ import annotations

from enum import Enum
from typing import Optional

from xlkpi.core.assess import Assessment
from xlkpi.core.bands import Bands
from xlkpi.core.vocabulary import Rag


class Direction(Enum):
    """How an outturn changed since the previous due period; NEW where there is nothing to compare it with."""

    BETTER = "Better"
    SAME = "Same"
    WORSE = "Worse"
    NEW = "New"


_RANK = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 2}


def compare(bands: Optional[Bands], now: Assessment, then: Optional[Assessment]) -> Optional[Direction]:
    """Compare two assessments made under the same bands, by RAG first and then by the exact outturn.

    ``then`` is None where nothing was returned. None where there is nothing to judge: no bands (an INFO indicator),
    or no outturn now.
    """
    if bands is None or now.outturn is None:
        return None
    if then is None or then.outturn is None:
        return Direction.NEW
    if now.rag and then.rag and now.rag is not then.rag:
        return Direction.BETTER if _RANK[now.rag] > _RANK[then.rag] else Direction.WORSE
    if now.outturn == then.outturn:
        return Direction.SAME
    return Direction.BETTER if (now.outturn > then.outturn) is bands.higher_is_better else Direction.WORSE
