"""The status of every action plan returned: complete, agreed, overdue, replaced or closed (Appendix A)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.core.day import long_date
from xlkpi.core.lot import by_name
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import Rag
from xlkpi.council.decisions import Decision
from xlkpi.performance.deadlines import find_deadline
from xlkpi.performance.open_matter import OpenMatter
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.performance.plan_history import PARTS, PlanStage, is_written


class PlanState(Enum):
    """Whether anything must be done about the plan itself, the most urgent first."""

    FAILED = "Failed"
    OVERDUE = "Overdue"
    INCOMPLETE = "Incomplete"
    COMPLETE = "Complete"
    AGREED = "Agreed by both"
    DELIVERED = "Delivered"
    NOT_NEEDED = "Not needed now"
    REPLACED = "Replaced"
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
    it, or why it is closed.
    """

    plan: ActionPlanRecord
    state: PlanState
    missing_parts: tuple[str, ...]
    latest_rag: Rag | None
    deadline: date | None
    days_overdue: int
    redated: int
    decided: str

    @property
    def is_empty(self) -> bool:
        """Whether every part is missing."""
        return len(self.missing_parts) == len(PARTS)


def find_missing_parts(plan: ActionPlanRecord) -> tuple[str, ...]:
    """Find the parts of a plan that are empty, in the Schedule's words."""
    return tuple(words for part, words in PARTS if is_blank(getattr(plan, part)))


def list_plan_statuses(record: ContractRecord, matters: OpenMatters, catalogue: Catalogue) -> tuple[PlanStatus, ...]:
    """List every plan of every period, and each Red KPI that still lacks one; what is urgent first."""
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

    return tuple(sorted(_all_statuses(record, matters), key=key))


def _all_statuses(record: ContractRecord, matters: OpenMatters) -> Iterator[PlanStatus]:
    by_subject: dict[tuple[str, str], list[OpenMatter]] = {}
    for matter in matters.matters:
        by_subject.setdefault((matter.provider_id, matter.code), []).append(matter)
    for plan in record.plans:
        own = by_subject.get((plan.provider_id, plan.indicator), [])
        for matter in own:
            if plan in matter.plans and _is_shown(plan, matter):
                last = next((each for each in reversed(matter.plans) if is_written(each)), plan)
                yield _status_of(plan, matter, is_last=plan == last)


def _is_shown(plan: ActionPlanRecord, matter: OpenMatter) -> bool:
    """Whether anything is written in it, or an open Red KPI still lacks one."""
    lacking = plan == matter.plans[-1] and matter.closed is None and matter.rag is Rag.RED
    return is_written(plan) or (lacking and not matter.plan.versions)


def _status_of(plan: ActionPlanRecord, matter: OpenMatter, *, is_last: bool) -> PlanStatus:
    state = _state_of(plan, matter, is_last=is_last)
    overdue = matter.plan.days_overdue(matter.as_of) if state is PlanState.OVERDUE else 0
    return PlanStatus(
        plan,
        state,
        find_missing_parts(plan),
        matter.rag,
        matter.plan.due if is_last and matter.plan.due else find_deadline(plan.timescale_in_force),
        overdue,
        matter.plan.redated if is_last else 0,
        _decided(matter) if is_last else "",
    )


def _state_of(plan: ActionPlanRecord, matter: OpenMatter, *, is_last: bool) -> PlanState:
    if matter.closed:
        return PlanState.CLOSED
    ending = next((each for each in matter.plan.endings if plan.period.end < each.decided_on), None)
    if ending:
        return PlanState.FAILED if ending == matter.plan.failed else _ended(ending, matter)
    if not is_last:
        return PlanState.REPLACED
    if matter.rag is Rag.GREEN:
        return PlanState.NOT_NEEDED
    if find_missing_parts(plan) and not matter.plan.agreed:
        return PlanState.INCOMPLETE
    return STATE_OF_STAGE.get(matter.plan.stage(matter.as_of), PlanState.INCOMPLETE)


def _ended(ending: Decision, matter: OpenMatter) -> PlanState:
    return PlanState.DELIVERED if ending == matter.plan.delivered else PlanState.REPLACED


def _decided(matter: OpenMatter) -> str:
    if matter.closed:
        return f"{matter.closed.why}."
    plan = matter.plan
    decision = plan.failed or plan.delivered or plan.agreed
    return f"{decision.kind.value} on {long_date(decision.decided_on)} by {decision.decided_by}" if decision else ""
