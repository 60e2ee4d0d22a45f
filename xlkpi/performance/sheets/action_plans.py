"""Action plans: every plan returned, in the columns of Appendix A, with what is lacking and what is overdue."""

from __future__ import annotations

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation, PlanLine
from xlkpi.consolidation.travel import Paths, travelled
from xlkpi.layout.grid import PlanCol
from xlkpi.layout.slots import a1, quoted
from xlkpi.performance.plans import Standing, plan_standings
from xlkpi.writing.master import Column, Sheet, Table, Value
from xlkpi.writing.master.model import Link

ACTION_PLANS = "Action plans"
COLUMNS = (
    Column("state", 15, "word"),
    Column("provider_id", 12, "code"),
    Column("provider", 28, "text"),
    Column("KPI", 10, "code"),
    Column("Current performance level", 13, "share"),
    Column("Date", 12, "day"),
    Column("RAG", 9, "word"),
    Column("Issue / reason identified", 34, "text"),
    Column("Action to be taken", 34, "text"),
    Column("Expected outcomes", 30, "text"),
    Column("Timescale", 20, "text"),
    Column("lacking", 24, "text"),
    Column("deadline", 12, "day"),
    Column("days overdue", 10, "whole"),
    Column("RAG now", 10, "word"),
    Column("of period", 12, "line"),
    Column("earlier plan", 30, "text"),
    Column("file", 40, "link text"),
    Column("cell", 18, "line"),
)
NO_LATER = "No figure since"


def action_plans_sheet(
    result: Consolidation, catalogue: Catalogue, paths: Paths | None = None, *, inbox: str | None = None
) -> Sheet:
    """One row a plan, Red first. ``inbox`` is the way from the master's folder to the inbox, None without links."""
    known = travelled(result, catalogue) if paths is None else paths
    standings = plan_standings(result, catalogue, known)
    rows = [_values(one, inbox if one.line.period == result.period else None) for one in standings]
    nothing = "No KPI is Red, and no action plan was returned."
    table = Table("KPI_ActionPlans", COLUMNS, rows, empty=nothing, empty_at=7)
    return Sheet(ACTION_PLANS, (table,), freeze=(1, 4), repeat=1)


def _values(one: Standing, inbox: str | None) -> tuple[Value, ...]:
    line = one.line
    appendix = (line.indicator, line.outturn, line.on, line.rag.value, line.issue, line.action, line.outcomes)
    place = f"{line.sheet} {a1(line.row, PlanCol.ISSUE)}" if line.row else line.sheet
    return (
        one.state.value,
        line.provider_id,
        line.provider,
        *appendix,
        line.timescale,
        ", ".join(one.lacking),
        one.deadline,
        one.days_overdue or None,
        one.now.value if one.now else NO_LATER,
        str(line.period),
        _earlier(one.before),
        _file(line, inbox),
        place,
    )


def _earlier(line: PlanLine | None) -> str:
    return f"{line.period}: {' '.join(line.timescale.split()) or 'no timescale'}" if line else ""


def _file(line: PlanLine, inbox: str | None) -> Value:
    if inbox is None or not line.row:
        return line.file
    path = f"{inbox.rstrip('/')}/{line.file}" if inbox else line.file
    return Link(line.file, f"{quoted(line.sheet)}!{a1(line.row, PlanCol.ISSUE)}", path)
