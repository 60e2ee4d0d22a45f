"""An open matter: one KPI of a provider that is not resolved, or the returns that a provider did not send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, wraps

from xlkpi.catalogue.ladder import Ladder, Rung, StepKind
from xlkpi.core.contract_words import UNNAMED, ContractWords
from xlkpi.core.day import long_date
from xlkpi.core.indicator import Indicator
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow
from xlkpi.core.vocabulary import Rag
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.performance.due_results import DueResult
from xlkpi.performance.matter_life import Closing, MatterLife, is_since
from xlkpi.performance.plan_history import PlanHistory, follow_plan
from xlkpi.performance.working_days import add_working_days

RETURNS = "Returns"
"""What stands for the indicator in words, where the matter is the returns themselves."""
TWICE = 2
"""How often something happens again before the ladder goes a step further."""


def once_per_matter(describe: Callable[[OpenMatter], str]) -> Callable[[OpenMatter], str]:
    """Let a text about a matter be made once: sheets, steps and letters show the same. It is kept with the matter."""

    @wraps(describe)
    def described(matter: OpenMatter) -> str:
        texts: dict[str, str] = matter.__dict__.setdefault("_texts", {})  # where a cached_property is kept too
        if describe.__name__ not in texts:
            texts[describe.__name__] = describe(matter)
        return texts[describe.__name__]

    return described


@dataclass(frozen=True)
class OpenMatter:
    """One matter on the day ``as_of``; it is the same whichever period a master shows.

    ``indicator`` is None for returns that were not sent. ``plans`` are those of its returns, and ``decisions`` those
    about it since it opened, the latest last. ``entry`` is the provider's in the register, None where it has none.
    ``rung`` is the step that the ladder proposes: None where there is nothing to do, or an officer declined it;
    ``declined`` is the decision that declined a graver one. ``words`` are the contract's.
    """

    provider_id: str
    provider: str
    indicator: Indicator | None
    life: MatterLife
    plans: tuple[ActionPlanRecord, ...]
    entry: Provider | None
    ladder: Ladder
    as_of: date
    decisions: tuple[Decision, ...] = ()
    rung: Rung | None = None
    declined: Decision | None = None
    words: ContractWords = UNNAMED
    is_dropped: bool = False
    """Whether the catalogue in force on the day has no such KPI any more: it cannot become Green again."""

    @cached_property
    def plan(self) -> PlanHistory:
        """The action plan: what the returns say of it, and what was decided, since the KPI was last Green."""
        asked = any(result.rag is Rag.RED for result in self.since_green)
        first = self.since_green[0].period
        plans = (plan for plan in self.plans if plan.period >= first)
        decisions = [decision for decision in self.decisions if is_since(decision, first)]
        return follow_plan(plans, decisions, asked=asked)

    @cached_property
    def since_green(self) -> tuple[DueResult, ...]:
        """The results after the last Green that a failure followed: a plan before it was for another failure."""
        results = self.life.results
        last = next((n for n in range(len(results) - 1, -1, -1) if results[n].has_missed), 0)
        start = next((n + 1 for n in range(last, -1, -1) if results[n].rag is Rag.GREEN), 0)
        return results[start:]

    @property
    def code(self) -> str:
        """The indicator's code; empty for returns not sent."""
        return self.indicator.code if self.indicator else ""

    @property
    def subject(self) -> str:
        """The indicator's code, or a word for the returns."""
        return self.code or RETURNS

    @property
    def opened(self) -> Period:
        """The period that opened it."""
        return self.life.opened

    @property
    def opened_by(self) -> str:
        """What opened it: Amber, Red or a return that was not sent."""
        return self.life.results[0].word

    @property
    def closed(self) -> Closing | None:
        """When and why it was closed; None while it is open."""
        return self.life.closed

    @cached_property
    def rated(self) -> tuple[DueResult, ...]:
        """The due periods that brought a rating."""
        return tuple(result for result in self.life.results if result.rag)

    @cached_property
    def latest(self) -> DueResult:
        """The last due period with a rating, or without a return where the matter is the returns."""
        return self.rated[-1] if self.rated else self.life.results[-1]

    @property
    def row(self) -> DataRow | None:
        """The entry of the last rating."""
        return self.latest.row

    @cached_property
    def rag(self) -> Rag | None:
        """The last rating."""
        return self.latest.rag

    @cached_property
    def run(self) -> int:
        """The number of due periods at the end that were not Green; periods without cases do not count."""
        count = 0
        for result in reversed(self.life.results):
            if result.rag is Rag.GREEN or (self.indicator is None and not result.is_missing):
                break
            count += not result.no_cases
        return count

    @cached_property
    def reds(self) -> int:
        """The number of ratings at the end that are Red; a return not sent neither adds to them nor ends them."""
        rags = [result.rag for result in self.rated]
        return next((n for n, rag in enumerate(reversed(rags)) if rag is not Rag.RED), len(rags))

    @property
    def fails_continuously(self) -> bool:
        """Whether the failure is continuous and an agreed action plan has failed, as Clause 48 supposes (5.0)."""
        return self.reds >= TWICE and self.plan.agreed_before_failure

    @property
    def returns_missing(self) -> tuple[Period, ...]:
        """The due periods since it opened of which no return was sent."""
        return tuple(result.period for result in self.life.results if result.is_missing)

    @property
    def is_return_missing(self) -> bool:
        """Whether the matter is the returns, and the last of them was not sent."""
        return self.indicator is None and self.run > 0

    @cached_property
    def reason(self) -> str:
        """The reason that the last return gives, in its action plan or beside the figures; empty if none.

        The issue of a plan that was carried forward is that of an earlier failure: then the comment goes first.
        """
        latest = self.plan.latest
        planned = latest.issue if latest and latest.period == self.latest.period else ""
        comment = self.row.comment if self.row else ""
        is_carried = any(version.issue == planned for version in self.plan.versions[:-1])
        return (comment or planned) if is_carried else (planned or comment)

    @cached_property
    def warning(self) -> Decision | None:
        """The last decision that a formal warning was sent; None where none was."""
        return self.last_of(DecisionKind.WARNING_SENT)

    @cached_property
    def warned_on(self) -> date | None:
        """The day the last formal warning was received."""
        return self.warning.day_meant if self.warning else None

    @property
    def agreed_since_warning(self) -> bool:
        """Whether an action plan was agreed after the last formal warning."""
        agreed, received = self.plan.agreed, self.warned_on
        return bool(agreed and received and agreed.decided_on >= received)

    @property
    def plan_agreed_by(self) -> date | None:
        """The day by which a plan must be agreed after the last formal warning; None without one."""
        return add_working_days(self.warned_on, self.ladder.warning_days) if self.warned_on else None

    @property
    def by(self) -> date | None:
        """The day that the contract sets for the step proposed; None where it sets none."""
        if self.rung is None or self.rung.working_days is None:
            return None
        if self.rung.kind is StepKind.WARNING:
            return add_working_days(self.as_of, self.rung.working_days)
        return self.plan_agreed_by

    def last_of(self, *kinds: DecisionKind) -> Decision | None:
        """Give the last decision of these kinds; None where there is none."""
        return next((decision for decision in reversed(self.decisions) if decision.kind in kinds), None)

    def with_decision(self, decision: Decision) -> OpenMatter:
        """Give the matter with one more decision about it."""
        return replace(self, decisions=(*self.decisions, decision))

    def as_on(self, day: date) -> OpenMatter:
        """Give the matter as it was on an earlier day, by the periods that had ended."""
        results = tuple(result for result in self.life.results if result.period.end < day)
        plans = tuple(plan for plan in self.plans if plan.period.end < day)
        return replace(self, life=MatterLife(results or self.life.results[:1]), plans=plans, as_of=day)

    def with_step(self, rung: Rung | None, declined: Decision | None) -> OpenMatter:
        """Give the matter with the step that is proposed, and the decision that declined a graver one."""
        return replace(self, rung=rung, declined=declined)

    @property
    def last_decision(self) -> str:
        """Describe the last decision: ``warning sent on 12 May 2027 by Ada Bexon: …``; empty where there is none."""
        if not self.decisions:
            return ""
        last = self.decisions[-1]
        why = f": {last.why}" if last.why else ""
        return f"{last.kind.value} on {long_date(last.decided_on)} by {last.decided_by}{why}"
