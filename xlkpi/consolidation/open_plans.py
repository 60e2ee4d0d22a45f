"""Which action plans are still open after the periods of a record, and go into the provider's next return."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import Rag

GREEN_TO_CLOSE = 2
"""Due periods in a row in which a KPI must be Green before its plan is no longer carried forward."""

PlanKey = tuple[str, str]
"""A provider's id and an indicator's code."""


def find_open_plans(
    record: ContractRecord, closed: Collection[PlanKey] = ()
) -> Mapping[str, Mapping[str, ActionPlanRecord]]:
    """Find each provider's open plans, by indicator: the latest written one, unless the KPI has recovered since.

    ``closed`` are the plans that the Council has decided are delivered or failed.
    """
    latest = {
        (plan.provider_id, plan.indicator): plan
        for plan in record.plans
        if not all(is_blank(text) for text in (plan.action, plan.outcomes, plan.timescale))
    }
    green_run: dict[PlanKey, int] = {}
    for row in record.rows:
        key = (row.provider_id, row.indicator)
        if key in latest and row.rag is not None:
            green_run[key] = green_run.get(key, 0) + 1 if row.rag is Rag.GREEN else 0
    found: dict[str, dict[str, ActionPlanRecord]] = {}
    for key, plan in latest.items():
        if key not in closed and green_run.get(key, 0) < GREEN_TO_CLOSE:
            found.setdefault(plan.provider_id, {})[plan.indicator] = plan
    return found
