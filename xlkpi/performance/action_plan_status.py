"""Where every action plan stands: whole or not, still needed or not, in time or overdue (Appendix A)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.rows import by_name
from xlkpi.consolidation.series import IndicatorSeries, SeriesSet
from xlkpi.core.cell_count import is_blank
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.deadlines import find_deadline

PARTS = (
    ("issue", "issue / reason identified"),
    ("action", "action to be taken"),
    ("outcomes", "expected outcomes"),
    ("timescale", "timescale"),
)
"""What a plan must hold, by the field and in the Schedule's words."""


class PlanState(Enum):
    """Whether something is to be done about a plan itself."""

    COMPLETE = "Complete"
    INCOMPLETE = "Incomplete"
    NOT_NEEDED = "Not needed now"


@dataclass(frozen=True)
class PlanStatus:
    """One action plan and where it stands on the master's day.

    ``lacking`` are the parts that are empty, in the Schedule's words. ``now`` is the latest RAG, None where there is
    no figure since. ``deadline`` is the day its timescale names, ``days_overdue`` the days since. ``before`` is the
    plan of an earlier period for the same KPI, if there was one.
    """

    line: ActionPlanRecord
    state: PlanState
    missing_parts: tuple[str, ...]
    now: Rag | None
    deadline: date | None
    days_overdue: int
    before: ActionPlanRecord | None


def is_written(line: ActionPlanRecord) -> bool:
    """Whether anything is planned at all: an action, an outcome or a timescale."""
    return not all(is_blank(text) for text in (line.action, line.outcomes, line.timescale))


def find_missing_parts(line: ActionPlanRecord) -> tuple[str, ...]:
    """The parts of a plan that are empty, in the Schedule's words."""
    return tuple(words for part, words in PARTS if is_blank(getattr(line, part)))


def list_plan_statuses(result: Consolidation, catalogue: Catalogue, paths: SeriesSet) -> tuple[PlanStatus, ...]:
    """Every plan of the used returns, and every earlier one that no later return took over; Red first.

    An earlier plan is listed once more, as no longer needed, when its KPI has turned Green in this period.
    """
    order = {code: place for place, code in enumerate(catalogue.indicators)}
    standings = list(_standings(result, paths))
    standings.sort(
        key=lambda one: (
            *_urgency(one),
            *by_name(one.line.provider, one.line.provider_id),
            order[one.line.indicator],
        )
    )
    return tuple(standings)


def _urgency(one: PlanStatus) -> tuple[int, bool, bool]:
    rank = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 3, None: 2}[one.now]
    return rank, one.state is not PlanState.INCOMPLETE, not one.days_overdue


def _standings(result: Consolidation, paths: SeriesSet) -> Iterator[PlanStatus]:
    earlier = {(line.provider_id, line.indicator): line for line in result.earlier_plans if is_written(line)}
    for line in result.plans:
        before = earlier.pop((line.provider_id, line.indicator), None)
        yield _standing(line, line.rag, before, result.as_of)
    for key, line in earlier.items():
        now, since = _latest(paths[key], line.period)
        if now is not Rag.GREEN or since == result.period:
            yield _standing(line, now, None, result.as_of)


def _latest(path: IndicatorSeries, after: Period) -> tuple[Rag | None, Period | None]:
    """The latest RAG since a period, and since when it has been Green."""
    rated = [one for one in path.points if one.period > after and one.assessed.rag]
    if not rated:
        return None, None
    green = next((one.period for one in rated if one.assessed.rag is Rag.GREEN), None)
    return rated[-1].assessed.rag, green


def _standing(line: ActionPlanRecord, now: Rag | None, before: ActionPlanRecord | None, as_of: date) -> PlanStatus:
    parts, deadline = find_missing_parts(line), find_deadline(line.timescale)
    state = PlanState.NOT_NEEDED if now is Rag.GREEN else PlanState.INCOMPLETE if parts else PlanState.COMPLETE
    open_still = deadline is not None and state is not PlanState.NOT_NEEDED
    days = max(0, (as_of - deadline).days) if deadline and open_still else 0
    return PlanStatus(line, state, parts, now, deadline, days, before)
