"""What is next about open matters: plans to agree, letters that run, steps to consider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlkpi.catalogue.ladder import Condition, StepKind
from xlkpi.council import Council
from xlkpi.performance.contact_book import make_contact_book
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


def list_matter_tasks(matters: OpenMatters, council: Council) -> Iterator[NextTask]:
    """List a task for each step that is proposed on the day of the matters."""
    for step in list_steps(matters, make_contact_book(council)):
        if step.rung.kind in KIND_OF_STEP:
            yield _step_task(step)


def _step_task(step: ProviderStep) -> NextTask:
    kind = TaskKind.LETTER if step.rung.condition is Condition.WARNED else KIND_OF_STEP[step.rung.kind]
    lines = step.next_step.splitlines()
    words = " ".join(lines[:1] if kind is TaskKind.STEP else lines)
    text = f"{step.rung.step}. {words}".rstrip()
    codes = ", ".join(step.subjects) if any(matter.code for matter in step.matters) else ""
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
