"""Decisions: the log as it was applied, with who decided, when and why."""

from __future__ import annotations

from collections.abc import Mapping

from xlkpi.core.day import short_date
from xlkpi.council.decisions import Decision, DecisionKind, DecisionLog
from xlkpi.council.decisions.kinds import WITH_A_DAY
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

DECISIONS = "Decisions"
COLUMNS = (
    Column("decided_on", 12, "day"),
    Column("decided_by", 18, "line"),
    Column("decision", 18, "line"),
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("period", 11, "line"),
    Column("indicator", 10, "code"),
    Column("file", 30, "text"),
    Column("value", 18, "text"),
    Column("why", 40, "text"),
    Column("list", 22, "text"),
    Column("row", 7, "whole"),
)


def plan_decisions(log: DecisionLog, names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """Plan one row per decision, the latest first; no sheet without a decision. ``names`` are providers' by id.

    A decision that matches nothing is in Findings too.
    """
    rows = [_values(decision, names) for decision in reversed(log.decisions)]
    if not rows:
        return ()
    table = Table("KPI_Decisions", COLUMNS, rows)
    return (Sheet(DECISIONS, (table,), freeze=(1, 1), paper=REPEAT_HEADER),)


def _values(decision: Decision, names: Mapping[str, str]) -> tuple[Value, ...]:
    return (
        decision.decided_on,
        decision.decided_by,
        decision.kind.value,
        decision.provider_id,
        names.get(decision.provider_id, ""),
        str(decision.period or ""),
        decision.indicator,
        decision.file,
        _value(decision),
        decision.why,
        decision.list_name,
        decision.row,
    )


def _value(decision: Decision) -> str:
    """Show the value; a day as the other days, and of a lock's list of contents the number, which is enough to read."""
    if decision.kind is DecisionKind.LOCK and decision.value:
        number = len(decision.value.split())
        return "1 return" if number == 1 else f"{number} returns"
    days = (*WITH_A_DAY, DecisionKind.MINUTES_SENT, DecisionKind.MINUTES_AGREED)
    return short_date(decision.day) if decision.kind in days and decision.day else decision.value
