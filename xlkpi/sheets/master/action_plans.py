"""Action plans: every plan returned, in the columns of Appendix A, with what is lacking and what is overdue."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet, build_series
from xlkpi.core.records import ActionPlanRecord
from xlkpi.layout.addresses import PlanCol
from xlkpi.ooxml.addresses import cell_address
from xlkpi.performance.action_plan_status import PARTS, PlanStatus, list_plan_statuses
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

NOWHERE = SourceLinks()
ACTION_PLANS = "Action plans"
COLUMNS = (
    Column("state", 15, "word"),
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("KPI", 9, "code"),
    Column("Current performance level", 13, "share"),
    Column("Date", 12, "day"),
    Column("RAG", 9, "word"),
    Column("Issue / reason identified", 32, "text"),
    Column("Action to be taken", 32, "text"),
    Column("Expected outcomes", 28, "text"),
    Column("Timescale", 18, "text"),
    Column("lacking", 18, "text"),
    Column("deadline", 12, "day"),
    Column("days overdue", 10, "whole"),
    Column("RAG now", 14, "word"),
    Column("of period", 11, "line"),
    Column("earlier plan", 22, "text"),
    Column("file", 36, "text"),
    Column("sheet", 15, "line"),
    Column("cell", 8, "link centre"),
)
PRINTED = 17
"""Columns that go on paper: all but the way back to the file."""
NO_LATER, WHOLE_PLAN = "No figure since", "the whole plan"


def plan_action_plans(
    result: Consolidation, catalogue: Catalogue, paths: SeriesSet | None = None, origin: SourceLinks = NOWHERE
) -> Sheet:
    """One row a plan, Red first; plans of this period lead to their cell by ``origin``, the way to the inbox."""
    known = build_series(result, catalogue) if paths is None else paths
    standings = list_plan_statuses(result, catalogue, known)
    rows = [_values(one, origin if one.line.period == result.period else NOWHERE) for one in standings]
    nothing = "No KPI is Red, and no action plan was returned."
    table = Table("KPI_ActionPlans", COLUMNS, rows, empty=nothing, empty_at=7)
    return Sheet(ACTION_PLANS, (table,), freeze=(1, 4), paper=replace(REPEAT_HEADER, columns=PRINTED, a3=True))


def _values(one: PlanStatus, origin: SourceLinks) -> tuple[Value, ...]:
    line = one.line
    appendix = (line.indicator, line.outturn, line.on, line.rag.value, line.issue, line.action, line.outcomes)
    return (
        one.state.value,
        line.provider_id,
        line.provider,
        *appendix,
        line.timescale,
        WHOLE_PLAN if len(one.missing_parts) == len(PARTS) else ", ".join(one.missing_parts),
        one.deadline,
        one.days_overdue or None,
        one.now.value if one.now else NO_LATER,
        str(line.period),
        _earlier(one.before),
        line.file,
        *_place(line, origin),
    )


def _place(line: ActionPlanRecord, origin: SourceLinks) -> tuple[Value, Value]:
    """The sheet, and the cell that leads there; without a way to the file, both in one text."""
    cell = cell_address(line.row, PlanCol.ISSUE) if line.row else ""
    if not cell or origin.inbox is None:
        return f"{line.sheet} {cell}".strip(), ""
    return line.sheet, origin.cell_link(line.file, line.sheet, cell)


def _earlier(line: ActionPlanRecord | None) -> str:
    return f"{line.period}: {' '.join(line.timescale.split()) or 'no timescale'}" if line else ""
