"""Open matters: what is open under the contract, the same in every period's master. One row per provider and KPI."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.performance.open_matter import OpenMatter
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.performance.wording import describe_matter_chance, describe_note
from xlkpi.sheets.master.escalation import style_step
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

OPEN_MATTERS = "Open matters"
COLUMNS = (
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("indicator", 10, "code"),
    Column("opened", 11, "line"),
    Column("run", 6, "whole"),
    Column("returns_missing", 16, "text"),
    Column("plan", 20, "text"),
    Column("plan_due", 12, "day"),
    Column("redated", 9, "whole"),
    Column("step_proposed", 38, "word"),
    Column("paragraph", 11, "centre"),
    Column("by", 12, "day"),
    Column("last_decision", 28, "text"),
    Column("chance", 30, "text"),
    Column("note", 60, "text"),
)


def plan_open_matters(matters: OpenMatters) -> Sheet:
    """Plan one row per provider and KPI, and one per provider for returns not sent, whose indicator is empty."""
    rows = [_values(matter) for matter in matters.open]
    table = Table("KPI_OpenMatters", COLUMNS, rows, empty="Nothing is open.", empty_at=2)
    return Sheet(OPEN_MATTERS, (table,), freeze=(1, 3), paper=replace(REPEAT_HEADER, a3=True))


def _values(matter: OpenMatter) -> tuple[Value, ...]:
    return (
        matter.provider_id,
        matter.provider,
        matter.code,
        str(matter.opened),
        matter.run,
        "; ".join(str(period) for period in matter.returns_missing),
        matter.plan.describe(matter.as_of),
        matter.plan.due,
        matter.plan.redated,
        style_step(matter.rung) if matter.rung else "",
        matter.rung.paragraph if matter.rung else "",
        matter.by,
        matter.last_decision,
        describe_matter_chance(matter),
        describe_note(matter),
    )
