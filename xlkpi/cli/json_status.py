"""The JSON document of ``status --json``, as pydantic models: what is printed is what is promised."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from xlkpi.commands.status import ContractStatus
from xlkpi.performance.next_tasks import NextTask
from xlkpi.plain_text import escape_in_json


class TaskOut(BaseModel):
    """One thing to do."""

    model_config = ConfigDict(extra="forbid")
    day: date | None = Field(description="the day it is due; null where no day is set")
    overdue: bool
    kind: str = Field(description="what it is about, as *return missing* or *contract ends*")
    provider_id: str
    provider: str
    indicator: str = Field(description="empty where the provider as a whole is meant")
    text: str


class StatusOut(BaseModel):
    """What is next under a contract."""

    model_config = ConfigDict(extra="forbid")
    folder: str = Field(description="the path of the contract folder")
    period: str = Field(description="the period collected: the latest that has ended, unless named")
    as_of: date = Field(description="the day that it is the status of")
    tasks: list[TaskOut] = Field(description="in order of day; those without a day last")


def status_document(status: ContractStatus) -> str:
    """Write a status as one JSON document."""
    document = StatusOut(
        folder=str(status.run.contract.root),
        period=str(status.run.period),
        as_of=status.as_of,
        tasks=[_task(task, status.as_of) for task in status.tasks],
    )
    return escape_in_json(document.model_dump_json(indent=2))


def _task(task: NextTask, as_of: date) -> TaskOut:
    return TaskOut(
        day=task.day,
        overdue=task.is_overdue(as_of),
        kind=task.kind.value,
        provider_id=task.provider_id,
        provider=task.provider,
        indicator=task.indicator,
        text=task.text,
    )
