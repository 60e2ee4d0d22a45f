"""Action plans: every plan returned, in the columns of Appendix A, with what is missing and what is overdue."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.records import ActionPlanRecord
from xlkpi.layout.addresses import PlanCol
from xlkpi.ooxml.addresses import cell_address
from xlkpi.performance.action_plan_status import PlanStatus, list_plan_statuses
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.sheets.outturn_values import outturn_value
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

NO_LINKS = SourceLinks()
ACTION_PLANS = "Action plans"
COLUMNS = (
    Column("state", 13, "word"),
    Column("provider_id", 11, "code"),
    Column("provider", 20, "text"),
    Column("KPI", 9, "code"),
    Column("Current performance level", 11, "share"),
    Column("Date", 12, "day"),
    Column("RAG", 9, "word"),
    Column("Issue / reason identified", 28, "text"),
    Column("Action to be taken", 28, "text"),
    Column("Expected outcomes", 24, "text"),
    Column("Timescale", 15, "text"),
    Column("missing", 14, "text"),
    Column("deadline", 12, "day"),
    Column("days overdue", 10, "whole"),
    Column("RAG now", 10, "word"),
    Column("of period", 11, "line"),
    Column("earlier plan", 16, "text"),
    Column("re-dated", 9, "whole"),
    Column("decided", 18, "text"),
    Column("Progress to date", 24, "text"),
    Column("New timescale", 13, "text"),
    Column("file", 36, "text"),
    Column("sheet", 15, "line"),
    Column("cell", 8, "link centre"),
)
PRINTED = 21
"""Columns that are printed: all but those that lead back to the file."""
NO_LATER, WHOLE_PLAN = "No figure since", "the whole plan"


def plan_action_plans(
    result: Consolidation, catalogue: Catalogue, matters: OpenMatters, links: SourceLinks = NO_LINKS
) -> Sheet:
    """Plan one row per action plan, from all periods, what is urgent first; those of this period link to their cell."""
    statuses = list_plan_statuses(matters, catalogue)
    rows = [
        _values(status, catalogue, links if status.plan.period == result.period else NO_LINKS) for status in statuses
    ]
    nothing = "No KPI is Red, and no action plan was returned."
    table = Table("KPI_ActionPlans", COLUMNS, rows, empty=nothing, empty_at=7)
    return Sheet(ACTION_PLANS, (table,), freeze=(1, 4), paper=replace(REPEAT_HEADER, columns=PRINTED, a3=True))


def _values(status: PlanStatus, catalogue: Catalogue, links: SourceLinks) -> tuple[Value, ...]:
    plan = status.plan
    indicator = catalogue.indicators.get(plan.indicator)
    level = outturn_value(indicator.effective, plan.outturn) if indicator else plan.outturn
    appendix = (plan.indicator, level, plan.on, plan.rag.value, plan.issue, plan.action, plan.outcomes)
    return (
        status.state.value,
        plan.provider_id,
        plan.provider,
        *appendix,
        plan.timescale,
        WHOLE_PLAN if status.is_empty else ", ".join(status.missing_parts),
        status.deadline,
        status.days_overdue or None,
        status.latest_rag.value if status.latest_rag else NO_LATER,
        str(plan.period),
        "\n".join(_describe_earlier(earlier) for earlier in status.earlier_plans),
        status.redated,
        status.decided,
        plan.progress,
        plan.new_timescale,
        plan.file,
        *_sheet_and_cell(plan, links),
    )


def _sheet_and_cell(plan: ActionPlanRecord, links: SourceLinks) -> tuple[Value, Value]:
    """The sheet, and the cell that links there; without a link to the file, both in one text."""
    cell = cell_address(plan.row, PlanCol.ISSUE) if plan.row else ""
    if not cell or links.inbox is None:
        return f"{plan.sheet} {cell}".strip(), ""
    return plan.sheet, links.cell_link(plan.file, plan.sheet, cell)


def _describe_earlier(plan: ActionPlanRecord) -> str:
    """Write an earlier version in one line; reading a master takes the timescales from it."""
    return f"{plan.period}: {' '.join(plan.timescale_in_force.split()) or 'not given'}"
