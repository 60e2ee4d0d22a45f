"""The status of every action plan returned: complete, agreed, overdue, replaced or closed (Appendix A)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xlkpi.catalogue import Catalogue
from xlkpi.core.day import long_date
from xlkpi.core.deadlines import find_deadline
from xlkpi.core.lot import by_name
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.open_matter import OpenMatter
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.performance.plan_history import PARTS, PlanHistory, PlanStage, is_written


class PlanState(Enum):
    """Whether anything must be done about the plan itself, the most urgent first."""

    FAILED = "Failed"
    OVERDUE = "Overdue"
    INCOMPLETE = "Incomplete"
    COMPLETE = "Complete"
    AGREED = "Agreed by both"
    DELIVERED = "Delivered"
    NOT_NEEDED = "Not needed now"
    CLOSED = "Closed"


STATES = tuple(PlanState)
STATE_OF_STAGE = {
    PlanStage.OVERDUE: PlanState.OVERDUE,
    PlanStage.AGREED: PlanState.AGREED,
    PlanStage.RETURNED: PlanState.COMPLETE,
}


@dataclass(frozen=True)
class PlanStatus:
    """One action plan and its status on the master's day.

    ``missing_parts`` are the parts that are empty, in the Schedule's words. ``deadline`` is the day that it names,
    ``days_overdue`` the days since then; ``latest_rag`` is the KPI's last rating. ``decided`` is what was decided of
    it, or why it is closed; ``earlier_plans`` are the versions before it, the earliest first.
    """

    plan: ActionPlanRecord
    state: PlanState
    missing_parts: tuple[str, ...]
    latest_rag: Rag | None
    deadline: date | None
    days_overdue: int
    redated: int
    decided: str
    earlier_plans: tuple[ActionPlanRecord, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every part is missing."""
        return len(self.missing_parts) == len(PARTS)


def find_missing_parts(plan: ActionPlanRecord) -> tuple[str, ...]:
    """Find the parts of a plan that are empty, in the Schedule's words."""
    return tuple(words for part, words in PARTS if is_blank(getattr(plan, part)))


def list_plan_statuses(matters: OpenMatters, catalogue: Catalogue) -> tuple[PlanStatus, ...]:
    """List the latest plan of every matter, and each Red KPI that still lacks one; what is urgent first."""
    order = {code: place for place, code in enumerate(catalogue.indicators)}

    def key(status: PlanStatus) -> tuple[object, ...]:
        plan = status.plan
        return (
            STATES.index(status.state),
            status.latest_rag is not Rag.RED,
            *by_name(plan.provider, plan.provider_id),
            order.get(plan.indicator, -1),
            plan.period,
        )

    statuses = (status for matter in matters.matters for status in _statuses_of(matter))
    return tuple(sorted(statuses, key=key))


def _statuses_of(matter: OpenMatter) -> Iterator[PlanStatus]:
    written = [plan for plan in matter.plans if is_written(plan)]
    lacks = matter.closed is None and matter.rag is Rag.RED and not matter.plan.versions and not matter.plan.endings
    if written:
        yield _status_of(written[-1], matter, tuple(written[:-1]))
    elif matter.plans and lacks:
        yield _status_of(matter.plans[-1], matter, ())


def _status_of(plan: ActionPlanRecord, matter: OpenMatter, earlier: tuple[ActionPlanRecord, ...]) -> PlanStatus:
    state = _state_of(plan, matter)
    return PlanStatus(
        plan,
        state,
        find_missing_parts(plan),
        matter.rag,
        matter.plan.due or find_deadline(plan.timescale_in_force, plan.period.scheme),
        matter.plan.days_overdue(matter.as_of) if state is PlanState.OVERDUE else 0,
        PlanHistory(matter.plan.versions or (*earlier, plan)).redated,
        _decided(matter),
        earlier,
    )


def _state_of(plan: ActionPlanRecord, matter: OpenMatter) -> PlanState:
    if matter.closed:
        return PlanState.CLOSED
    if matter.plan.failed:
        return PlanState.FAILED
    if matter.plan.delivered:
        return PlanState.DELIVERED
    if matter.rag is Rag.GREEN or matter.plan.stage(matter.as_of) is PlanStage.NOT_PROPORTIONATE:
        return PlanState.NOT_NEEDED
    if find_missing_parts(plan) and not matter.plan.agreed:
        return PlanState.INCOMPLETE
    return STATE_OF_STAGE.get(matter.plan.stage(matter.as_of), PlanState.INCOMPLETE)


def _decided(matter: OpenMatter) -> str:
    if matter.closed:
        return f"{matter.closed.why}."
    plan = matter.plan
    decision = plan.failed or plan.delivered or plan.agreed or plan.not_proportionate
    return f"{decision.kind.value} on {long_date(decision.decided_on)} by {decision.decided_by}" if decision else ""
