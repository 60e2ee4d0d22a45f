"""The JSON document of ``escalate --json``, as pydantic models: what is printed is what is promised."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from xlkpi.commands.escalate import Escalation
from xlkpi.commands.escalation_files import WrittenStep
from xlkpi.performance.open_matter import OpenMatter
from xlkpi.performance.wording import describe_matter_chance, describe_note
from xlkpi.plain_text import escape_in_json


class OpenMatterOut(BaseModel):
    """One row of the sheet Open matters."""

    model_config = ConfigDict(extra="forbid")
    provider_id: str
    provider: str
    indicator: str = Field(description="empty for returns that were not sent")
    opened: str = Field(description="the period that opened it, as 2026-27 Q2")
    run: int = Field(description="due periods that were not Green, up to the latest")
    returns_missing: list[str] = Field(description="the periods since then of which no return was sent")
    plan: str = Field(description="how far the action plan has come; empty where none is asked for")
    plan_due: date | None
    redated: int = Field(description="how often the plan was re-dated")
    step_proposed: str = Field(description="empty where there is nothing to do")
    paragraph: str
    by: date | None = Field(description="the day that the contract sets; null where it sets none")
    last_decision: str
    chance: str
    note: str


class ClosedMatterOut(BaseModel):
    """A matter that is closed."""

    model_config = ConfigDict(extra="forbid")
    provider_id: str
    provider: str
    indicator: str
    opened: str
    closed: date
    why: str


class StepOut(BaseModel):
    """A step for one provider, with everything that it is about."""

    model_config = ConfigDict(extra="forbid")
    step: str
    provider_id: str
    provider: str
    indicators: list[str] = Field(description="the KPIs, and “Returns” for returns that were not sent")
    ground: str
    paragraph: str
    by: date | None
    contact: str = Field(description="the provider's point of contact, whom the letter names too")
    council_contact: str
    reserved: str = Field(description="what the Council reserves; empty where the contract does not allow to name it")
    letter: str = Field(description="the name of the letter; empty where none was written")


class EscalationOut(BaseModel):
    """What is open under a contract on a day, what is closed, and the steps proposed."""

    model_config = ConfigDict(extra="forbid")
    as_of: date
    folder: str | None = Field(description="the folder with the letters; null where none were asked for")
    open: list[OpenMatterOut]
    steps: list[StepOut] = Field(description="the gravest first")
    closed: list[ClosedMatterOut]


def escalation_document(escalation: Escalation) -> str:
    """Write what is open as one JSON document."""
    document = EscalationOut(
        as_of=escalation.as_of,
        folder=str(escalation.folder) if escalation.folder else None,
        open=[_open(matter) for matter in escalation.matters.open],
        steps=[_step(written) for written in escalation.steps],
        closed=[_closed(matter) for matter in escalation.matters.closed],
    )
    return escape_in_json(document.model_dump_json(indent=2))


def _open(matter: OpenMatter) -> OpenMatterOut:
    return OpenMatterOut(
        provider_id=matter.provider_id,
        provider=matter.provider,
        indicator=matter.code,
        opened=str(matter.opened),
        run=matter.run,
        returns_missing=[str(period) for period in matter.returns_missing],
        plan=matter.plan.describe(matter.as_of),
        plan_due=matter.plan.due,
        redated=matter.plan.redated,
        step_proposed=matter.rung.step if matter.rung else "",
        paragraph=matter.rung.paragraph if matter.rung else "",
        by=matter.by,
        last_decision=matter.last_decision,
        chance=describe_matter_chance(matter),
        note=describe_note(matter),
    )


def _step(written: WrittenStep) -> StepOut:
    step = written.step
    return StepOut(
        step=step.rung.step,
        provider_id=step.provider_id,
        provider=step.provider,
        indicators=list(step.subjects),
        ground=step.ground,
        paragraph=step.paragraph,
        by=step.by,
        contact=step.contact,
        council_contact=step.council_contact,
        reserved=step.reserved,
        letter=written.letter,
    )


def _closed(matter: OpenMatter) -> ClosedMatterOut:
    if matter.closed is None:
        raise AssertionError(matter)
    return ClosedMatterOut(
        provider_id=matter.provider_id,
        provider=matter.provider,
        indicator=matter.code,
        opened=str(matter.opened),
        closed=matter.closed.on,
        why=matter.closed.why,
    )
