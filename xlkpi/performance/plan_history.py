"""The life of an action plan: asked for, returned, agreed, re-dated, overdue, delivered or failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from xlkpi.core.day import long_date
from xlkpi.core.deadlines import find_deadline
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.visible_text import is_blank
from xlkpi.council.decisions import Decision, DecisionKind

PARTS = (
    ("issue", "issue / reason identified"),
    ("action", "action to be taken"),
    ("outcomes", "expected outcomes"),
    ("timescale", "timescale"),
)
"""What a plan must contain: the field, and the Schedule's words for it."""

ENDINGS = (DecisionKind.PLAN_DELIVERED, DecisionKind.PLAN_FAILED)


class PlanStage(Enum):
    """How far a plan has come."""

    NONE = ""
    ASKED = "asked for"
    INCOMPLETE = "incomplete"
    RETURNED = "returned"
    AGREED = "agreed"
    OVERDUE = "overdue"
    DELIVERED = "delivered"
    FAILED = "failed"
    NOT_PROPORTIONATE = "not proportionate"


@dataclass(frozen=True)
class PlanHistory:
    """The versions of a plan in the returns since the matter opened, the earliest first, and what was decided of it.

    ``versions`` are those of the plan that runs now; one that was delivered or failed before it is in ``endings``.
    ``asked`` says whether the contract asks for one.
    """

    versions: tuple[ActionPlanRecord, ...] = ()
    agreed: Decision | None = None
    endings: tuple[Decision, ...] = ()
    not_proportionate: Decision | None = None
    agreed_before_failure: bool = False
    asked: bool = False

    @property
    def latest(self) -> ActionPlanRecord | None:
        """The latest version; None where none was returned."""
        return self.versions[-1] if self.versions else None

    @property
    def due(self) -> date | None:
        """The day that its latest version names, or the last one before that names a day."""
        return self._days[-1] if self._days else None

    @property
    def redated(self) -> int:
        """How often a later version named a later day."""
        return sum(1 for before, after in zip(self._days, self._days[1:], strict=False) if after > before)

    @cached_property
    def _days(self) -> tuple[date, ...]:
        """The days that the plan was to be finished by, as one return after another named them, each once."""
        days: list[date] = []
        for version in self.versions:
            for text in (*version.timescales, version.timescale, version.new_timescale):
                day = find_deadline(text, version.period.scheme)
                if day and day not in days:
                    days.append(day)
        return tuple(days)

    @cached_property
    def missing_parts(self) -> tuple[str, ...]:
        """The parts that are empty in the latest version, in the Schedule's words; all of them without a version."""
        latest = self.latest
        return tuple(words for part, words in PARTS if latest is None or is_blank(getattr(latest, part)))

    @property
    def failed(self) -> Decision | None:
        """The decision that it failed, unless a new plan was returned or agreed since."""
        return self._ended_by(DecisionKind.PLAN_FAILED)

    @property
    def delivered(self) -> Decision | None:
        """The decision that it was delivered, unless a new plan was returned or agreed since."""
        return self._ended_by(DecisionKind.PLAN_DELIVERED)

    def _ended_by(self, kind: DecisionKind) -> Decision | None:
        last = self.endings[-1] if self.endings else None
        return last if last and last.kind is kind and not self.versions and not self.agreed else None

    def days_overdue(self, as_of: date) -> int:
        """Count the days since the plan was to be finished; 0 until then, and once it was delivered or failed."""
        return max(0, (as_of - self.due).days) if self.due else 0

    def stage(self, as_of: date) -> PlanStage:
        """Say how far it has come on a day."""
        if self.failed:
            return PlanStage.FAILED
        if self.delivered:
            return PlanStage.DELIVERED
        if not self.versions:
            if self.agreed:
                return PlanStage.AGREED
            if self.not_proportionate:
                return PlanStage.NOT_PROPORTIONATE
            return PlanStage.ASKED if self.asked else PlanStage.NONE
        if self.days_overdue(as_of):
            return PlanStage.OVERDUE
        if self.agreed:
            return PlanStage.AGREED
        return PlanStage.INCOMPLETE if self.missing_parts else PlanStage.RETURNED

    def describe(self, as_of: date) -> str:
        """Describe it in one cell: ``agreed on 3 May 2027, overdue by 12 days``."""
        stage, agreed = self.stage(as_of), f"agreed on {long_date(self.agreed.decided_on)}" if self.agreed else ""
        if stage is PlanStage.OVERDUE:
            days = self.days_overdue(as_of)
            overdue = f"overdue by {'1 day' if days == 1 else f'{days} days'}"
            return f"{agreed}, {overdue}" if agreed else overdue
        if stage is PlanStage.AGREED:
            return agreed
        decision = self.failed or self.delivered
        return f"{stage.value} on {long_date(decision.decided_on)}" if decision else stage.value


def is_written(plan: ActionPlanRecord) -> bool:
    """Decide whether anything is planned at all: an action, an outcome or a timescale."""
    return not all(is_blank(text) for text in (plan.action, plan.outcomes, plan.timescale))


def follow_plan(plans: Iterable[ActionPlanRecord], decisions: Sequence[Decision], *, asked: bool) -> PlanHistory:
    """Follow the plan of a matter; ``plans`` and ``decisions`` are those since it opened, the earliest first."""
    endings = tuple(decision for decision in decisions if decision.kind in ENDINGS)
    last = endings[-1] if endings else None
    agreed = [decision for decision in decisions if decision.kind is DecisionKind.PLAN_AGREED]
    declined = _decline_in_force(decisions)
    # A version in a return of a period that ended after such a decision is a new plan.
    over = [decision.decided_on for decision in (last, declined) if decision]
    running = [plan for plan in plans if is_written(plan) and all(plan.period.end >= day for day in over)]
    failed = [ending for ending in endings if ending.kind is DecisionKind.PLAN_FAILED]
    in_force = (each for each in reversed(agreed) if last is None or each.decided_on > last.decided_on)
    return PlanHistory(
        tuple(running),
        None if declined else next(in_force, None),
        endings,
        declined,
        any(before.decided_on <= ending.decided_on for ending in failed for before in agreed),
        asked,
    )


def _decline_in_force(decisions: Sequence[Decision]) -> Decision | None:
    """Find the decision that a plan is not proportionate; None where the plan was agreed after it: the later counts."""
    kinds = (DecisionKind.PLAN_AGREED, DecisionKind.PLAN_NOT_PROPORTIONATE)
    last = next((decision for decision in reversed(decisions) if decision.kind in kinds), None)
    return last if last and last.kind is DecisionKind.PLAN_NOT_PROPORTIONATE else None
