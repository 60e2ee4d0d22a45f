"""The status of every action plan: complete or not, still needed or not, on time or overdue (Appendix A)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import IndicatorSeries, SeriesSet
from xlkpi.core.deadlines import find_deadline
from xlkpi.core.lot import by_name
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import Rag

PARTS = (
    ("issue", "issue / reason identified"),
    ("action", "action to be taken"),
    ("outcomes", "expected outcomes"),
    ("timescale", "timescale"),
)
"""What a plan must contain: the field, and the Schedule's words for it."""


class PlanState(Enum):
    """Whether anything must be done about the plan itself."""

    COMPLETE = "Complete"
    INCOMPLETE = "Incomplete"
    NOT_NEEDED = "Not needed now"


@dataclass(frozen=True)
class PlanStatus:
    """One action plan and its status on the master's day.

    ``missing_parts`` are the parts that are empty, in the Schedule's words. ``latest_rag`` is None where there is no
    figure since. ``deadline`` is the day that its timescale names, ``days_overdue`` the days since then.
    ``earlier_plan`` is the plan of an earlier period for the same KPI, if there was one.
    """

    plan: ActionPlanRecord
    state: PlanState
    missing_parts: tuple[str, ...]
    latest_rag: Rag | None
    deadline: date | None
    days_overdue: int
    earlier_plan: ActionPlanRecord | None

    @property
    def is_empty(self) -> bool:
        """Whether every part is missing."""
        return len(self.missing_parts) == len(PARTS)


def is_written(plan: ActionPlanRecord) -> bool:
    """Decide whether anything is planned at all: an action, an outcome or a timescale."""
    return not all(is_blank(text) for text in (plan.action, plan.outcomes, plan.timescale))


def find_missing_parts(plan: ActionPlanRecord) -> tuple[str, ...]:
    """Find the parts of a plan that are empty, in the Schedule's words."""
    return tuple(words for part, words in PARTS if is_blank(getattr(plan, part)))


def list_plan_statuses(result: Consolidation, catalogue: Catalogue, series: SeriesSet) -> tuple[PlanStatus, ...]:
    """List every plan of the used returns, and every earlier one that no later return replaced; Red first.

    An earlier plan is listed once more, as no longer needed, when its KPI has turned Green in this period.
    """
    order = {code: place for place, code in enumerate(catalogue.indicators)}

    def key(status: PlanStatus) -> tuple[object, ...]:
        provider = by_name(status.plan.provider, status.plan.provider_id)
        return (*_urgency(status), *provider, order.get(status.plan.indicator, -1))

    return tuple(sorted(_all_statuses(result, series), key=key))


def _urgency(status: PlanStatus) -> tuple[int, bool, bool]:
    rank = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 3, None: 2}[status.latest_rag]
    return rank, status.state is not PlanState.INCOMPLETE, not status.days_overdue


def _all_statuses(result: Consolidation, series: SeriesSet) -> Iterator[PlanStatus]:
    earlier = {(plan.provider_id, plan.indicator): plan for plan in result.earlier_plans if is_written(plan)}
    for plan in result.plans:
        earlier_plan = earlier.pop((plan.provider_id, plan.indicator), None)
        yield _status_of(plan, plan.rag, earlier_plan, result.as_of)
    for key, plan in earlier.items():
        latest_rag, green_since = _latest_rag(series[key], plan.period)
        if latest_rag is not Rag.GREEN or green_since == result.period:
            yield _status_of(plan, latest_rag, None, result.as_of)


def _latest_rag(series: IndicatorSeries, after: Period) -> tuple[Rag | None, Period | None]:
    """The latest RAG since a period, and the first period since then in which it was Green."""
    rated = [point for point in series.points if point.period > after and point.assessed.rag]
    if not rated:
        return None, None
    green_since = next((point.period for point in rated if point.assessed.rag is Rag.GREEN), None)
    return rated[-1].assessed.rag, green_since


def _status_of(
    plan: ActionPlanRecord, latest_rag: Rag | None, earlier_plan: ActionPlanRecord | None, as_of: date
) -> PlanStatus:
    missing_parts, deadline = find_missing_parts(plan), find_deadline(plan.timescale)
    state = PlanState.INCOMPLETE if missing_parts else PlanState.COMPLETE
    if latest_rag is Rag.GREEN:
        state = PlanState.NOT_NEEDED
    # a plan that is no longer needed is not overdue either
    days = (as_of - deadline).days if deadline and state is not PlanState.NOT_NEEDED else 0
    return PlanStatus(plan, state, missing_parts, latest_rag, deadline, max(0, days), earlier_plan)
