"""Findings on the update of an open plan: no progress, words that say nothing, no day, nobody who does it."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.deadlines import find_deadline
from xlkpi.core.placeholders import is_placeholder, names_nobody
from xlkpi.core.visible_text import tidy
from xlkpi.findings import Code, Finding, finding, shorten
from xlkpi.layout.addresses import PLAN, Place, PlanCol
from xlkpi.ooxml.addresses import cell_address
from xlkpi.reading.returns.checked_return import CarriedPlan


def update_findings(code: str, carried: CarriedPlan, plan: ActionPlanEntry, place: Place) -> Iterator[Finding]:
    """List what the update of an open plan leaves out; each is a query, because a person reads the words."""
    progress, new, action = tidy(plan.progress), tidy(plan.new_timescale), tidy(plan.action)
    if not progress:
        yield _found(Code.PLAN_NO_PROGRESS, code, place, PlanCol.PROGRESS, period=str(carried.period))
    elif is_placeholder(progress):
        yield _found(Code.PLAN_PROGRESS_SAYS_NOTHING, code, place, PlanCol.PROGRESS, found=shorten(progress))
    if new and find_deadline(new, carried.period.scheme) is None:
        yield _found(Code.PLAN_NO_DAY, code, place, PlanCol.NEW_TIMESCALE, found=shorten(new))
    if action and names_nobody(action):
        yield _found(Code.PLAN_NOBODY, code, place, PlanCol.ACTION, found=shorten(action))


def _found(kind: Code, code: str, place: Place, col: PlanCol, **facts: str) -> Finding:
    cell = cell_address(place.plan_row, col)
    return finding(kind, {"code": code, "at": f"{PLAN}, {cell}", **facts}, indicator=code, sheet=PLAN, cell=cell)
