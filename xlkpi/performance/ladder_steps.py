"""Which rung of the ladder a matter is on: the gravest whose condition is met, unless an officer declined it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from xlkpi.catalogue.ladder import Condition, Rung
from xlkpi.core.vocabulary import Rag
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.performance.matter_life import is_since
from xlkpi.performance.open_matter import TWICE, OpenMatter


def propose_step(matter: OpenMatter) -> OpenMatter:
    """Propose the gravest step whose condition is met; of what an officer declined, the next graver kind.

    A step that was declined is proposed again once another due period has brought a result. One that is graver than
    what was proposed on the day of the decision was not declined by it.
    """
    declines = [each for each in matter.decisions if _declines_now(each, matter)]
    if not declines:  # as nearly always: nothing milder than the gravest is asked for
        return matter.with_step(next(_rungs_met(matter), None), None)
    rungs = tuple(_rungs_met(matter))
    if not rungs:
        return matter.with_step(None, None)
    # All of them count: to decline the milder step too does not bring the graver one back.
    proposals = [(each, next(_rungs_met(_on_the_day_of(each, matter)), rungs[0])) for each in declines]
    left = (rung for rung in rungs if not any(_is_declined(rung, each, then) for each, then in proposals))
    return matter.with_step(next(left, None), declines[-1])


def _rungs_met(matter: OpenMatter) -> Iterator[Rung]:
    return (rung for rung in matter.ladder.rungs if CONDITIONS[rung.condition](matter))


def _on_the_day_of(decision: Decision, matter: OpenMatter) -> OpenMatter:
    earlier = tuple(each for each in matter.decisions if each.decided_on <= decision.decided_on)
    return replace(matter.as_on(decision.decided_on), decisions=earlier)


def _declines_now(decision: Decision, matter: OpenMatter) -> bool:
    return decision.kind is DecisionKind.STEP_DECLINED and is_since(decision, matter.life.results[-1].period)


def _is_declined(rung: Rung, decision: Decision, proposed_then: Rung) -> bool:
    """Whether a decision declines a rung: the step that it names, or else what was proposed on its day."""
    if decision.value:
        return decision.value.casefold() in rung.step.casefold()
    return rung.kind is proposed_then.kind


def _is_red(matter: OpenMatter) -> bool:
    return matter.rag is Rag.RED


def _is_missed(matter: OpenMatter) -> bool:
    return matter.latest.has_missed


def _still_failing(matter: OpenMatter) -> bool:
    """Whether a due period that ended after the warning was received is Red again, or its return was not sent."""
    received = matter.warned_on
    if received is None:
        return False
    since = [each for each in matter.life.results if each.period.end >= received and (each.rag or each.is_missing)]
    if matter.indicator is None:
        return bool(since) and since[-1].is_missing
    return bool(since) and _is_red(matter)


def _no_plan_after_warning(matter: OpenMatter) -> bool:
    by = matter.plan_agreed_by
    return by is not None and by < matter.as_of and _is_missed(matter) and not matter.agreed_since_warning


def _plan_never_given(matter: OpenMatter) -> bool:
    """Whether a Red asked for a plan, none was given, and the next due period has passed; one more where it is Amber.

    A Red from a small number and the Amber after it are often chance: they alone do not show a refusal.
    """
    plan = matter.plan
    if plan.versions or plan.agreed or plan.endings or plan.not_proportionate or not _is_missed(matter):
        return False
    first_red = next((n for n, each in enumerate(matter.since_green) if each.rag is Rag.RED), None)
    since = matter.since_green[first_red + 1 :] if first_red is not None else ()
    passed = sum(1 for each in since if each.rag or each.is_missing)
    return passed >= (1 if _is_red(matter) else TWICE)


def _returns_missing_again(matter: OpenMatter) -> bool:
    return matter.indicator is None and matter.run >= TWICE


def _unless_warned(condition: Callable[[OpenMatter], bool]) -> Callable[[OpenMatter], bool]:
    return lambda matter: matter.warning is None and condition(matter)


CONDITIONS: Mapping[Condition, Callable[[OpenMatter], bool]] = {
    Condition.CLAUSE_48: lambda m: _still_failing(m) and m.fails_continuously,
    Condition.STILL_FAILING: _still_failing,
    Condition.NO_PLAN_AFTER_WARNING: _no_plan_after_warning,
    Condition.RED_AGAIN: _unless_warned(lambda m: m.reds >= TWICE),
    Condition.PLAN_FAILED: _unless_warned(lambda m: _is_missed(m) and m.plan.failed is not None),
    Condition.PLAN_NEVER_GIVEN: _unless_warned(_plan_never_given),
    Condition.PLAN_OVERDUE: _unless_warned(lambda m: _is_red(m) and m.plan.days_overdue(m.as_of) > 0),
    Condition.PLAN_REDATED: _unless_warned(lambda m: _is_red(m) and m.plan.redated >= TWICE),
    Condition.RETURNS_MISSING: _unless_warned(_returns_missing_again),
    Condition.WARNED: lambda m: m.warning is not None and _is_missed(m) and not m.agreed_since_warning,
    Condition.RETURN_MISSING: lambda m: m.indicator is None,
    Condition.RED_WITHOUT_PLAN: lambda m: m.plan.asked and _is_missed(m) and not _has_plan(m),
    Condition.PLAN_RETURNED: lambda m: _is_missed(m) and bool(m.plan.versions) and m.plan.agreed is None,
    Condition.PLAN_RUNNING: lambda m: _is_missed(m) and m.plan.agreed is not None,
    Condition.RED_AFTER_DELIVERY: lambda m: _is_red(m) and m.plan.delivered is not None,
    Condition.AMBER_WITHOUT_REASON: lambda m: m.rag is Rag.AMBER and not m.reason,
    Condition.AMBER_WITH_REASON: lambda m: m.rag is Rag.AMBER and bool(m.reason) and not m.plan.not_proportionate,
}
"""Each condition as a question about a matter. The words of contract.md are in the ladder's data."""


def _has_plan(matter: OpenMatter) -> bool:
    plan = matter.plan
    return bool(plan.agreed or plan.delivered or plan.not_proportionate) or not plan.missing_parts
