"""What is next about open matters and meetings: plans to agree, letters that run, steps to consider, minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlkpi.catalogue.ladder import Condition, StepKind
from xlkpi.core.day import long_date
from xlkpi.council import Council
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.performance.contacts import make_contact_book
from xlkpi.performance.escalation import ProviderStep, list_steps
from xlkpi.performance.next_tasks import NextTask, TaskKind
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.performance.working_days import add_working_days

KIND_OF_STEP = {
    StepKind.TERMINATION: TaskKind.STEP,
    StepKind.INTERVENTION: TaskKind.STEP,
    StepKind.WARNING: TaskKind.STEP,
    StepKind.PLAN: TaskKind.PLAN,
    StepKind.PROGRESS: TaskKind.PROGRESS,
}
"""A step that is not here has tasks of its own: a missing return, or a reason that the feedback asks for."""


def list_matter_tasks(matters: OpenMatters, council: Council, as_of: date) -> Iterator[NextTask]:
    """List a task for each step that is proposed, and for minutes that were sent and not agreed yet."""
    for step in list_steps(matters, make_contact_book(council)):
        if step.rung.kind in KIND_OF_STEP:
            yield _step_task(step)
    yield from _minutes(council, as_of)


def _step_task(step: ProviderStep) -> NextTask:
    kind = TaskKind.LETTER if step.rung.condition is Condition.WARNED else KIND_OF_STEP[step.rung.kind]
    words = " ".join(step.next_step.splitlines()[:1])
    text = f"{step.rung.step}. {words}".rstrip()
    codes = ", ".join(matter.code for matter in step.matters if matter.code)
    return NextTask(_day_of(step, kind), kind, step.provider_id, step.provider, text, codes)


def _day_of(step: ProviderStep, kind: TaskKind) -> date | None:
    """Give the day a step is due: a grave one is to be considered now, a plan agreed within the days of a warning."""
    if kind is TaskKind.STEP:
        return step.as_of
    if kind is TaskKind.PROGRESS:
        return min((matter.plan.due for matter in step.matters if matter.plan.due), default=None)
    received = [matter.plan.latest.on for matter in step.matters if matter.plan.latest]
    days = step.matters[0].ladder.warning_days
    return step.by or min((add_working_days(day, days) for day in received if days), default=None)


def _minutes(council: Council, as_of: date) -> Iterator[NextTask]:
    """Give a task for minutes that were sent last and not agreed since, where the contract deems them agreed."""
    working_days = council.terms.words.minutes_days
    last: dict[str, Decision] = {}
    for decision in council.decisions.of(DecisionKind.MINUTES_SENT, DecisionKind.MINUTES_AGREED):
        last[decision.provider_id.casefold()] = decision
    for decision in last.values():
        sent = decision.day or decision.decided_on
        day = add_working_days(sent, working_days)
        if working_days and decision.kind is DecisionKind.MINUTES_SENT and day >= as_of:
            known = (council.register.by_id or {}).get(decision.provider_id)
            text = f"The minutes sent on {long_date(sent)} are deemed agreed after {long_date(day)}."
            name = known.name if known else ""
            yield NextTask(day, TaskKind.MINUTES, decision.provider_id, name, text)
