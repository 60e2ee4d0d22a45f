"""Monitoring: a proposal how closely to look at each provider, with the sum it rests on (9.0)."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import build_series
from xlkpi.performance.missed_target import MissedTarget, find_missed_targets
from xlkpi.performance.monitoring import MonitoringLevel, ProviderRisk, assess_risks
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

MONITORING = "Monitoring"
COLUMNS = (
    Column("proposed", 13, "word"),
    Column("provider_id", 11, "code"),
    Column("provider", 30, "text"),
    Column("points", 9, "whole"),
    Column("how they add up", 38, "text"),
    Column("KPIs rated", 9, "whole"),
    Column("Red", 7, "whole"),
    Column("Red again", 9, "whole"),
    Column("Amber", 9, "whole"),
    Column("return", 14, "line"),
    Column("must fix", 9, "whole"),
    Column("what it may mean (9.0)", 44, "text"),
)
MEANS = {
    MonitoringLevel.ROUTINE: "KPI monitoring and the quarterly provider forum.",
    MonitoringLevel.CLOSER: "A spot check or a meeting about the KPIs on Escalation.",
    MonitoringLevel.INTENSIVE: "Regular meetings. Continued failure “will require an intensive intervention”.",
}


def plan_monitoring(result: Consolidation, catalogue: Catalogue, cases: Iterable[MissedTarget] | None = None) -> Sheet:
    """One row a provider, the most points first; an officer decides, the points only propose."""
    known = find_missed_targets(result, build_series(result, catalogue)) if cases is None else cases
    rows = [_values(one) for one in assess_risks(result, known)]
    table = Table("KPI_Monitoring", COLUMNS, rows, empty="Nobody.", empty_at=2)
    return Sheet(MONITORING, (table,), freeze=(1, 3), paper=REPEAT_HEADER)


def _values(one: ProviderRisk) -> tuple[Value, ...]:
    counts = (one.rated, one.red, one.red_again, one.amber)
    return (
        one.proposed.value,
        one.provider_id,
        one.provider,
        one.points,
        one.sum_in_words,
        *counts,
        _returned(one),
        one.must_fix,
        MEANS[one.proposed],
    )


def _returned(one: ProviderRisk) -> str:
    if one.missing:
        return "missing"
    if not one.days_late:
        return "in time" if one.days_late == 0 else "not declared"
    return f"{one.days_late} day{'' if one.days_late == 1 else 's'} late"
