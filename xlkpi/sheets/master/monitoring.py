"""Monitoring: a proposed monitoring level for each provider, with the points behind it (9.0)."""

from __future__ import annotations

from xlkpi.consolidation.result import Consolidation
from xlkpi.core.contract_words import ContractWords
from xlkpi.performance.monitoring import MEASURES, ProviderRisk, assess_risks
from xlkpi.performance.open_matters import OpenMatters
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


def plan_monitoring(result: Consolidation, matters: OpenMatters, words: ContractWords) -> Sheet:
    """Plan one row per provider, the most points first; the points only propose, an officer decides."""
    rows = [_values(risk, words) for risk in assess_risks(result, matters)]
    table = Table("KPI_Monitoring", COLUMNS, rows, empty="No providers.", empty_at=2)
    return Sheet(MONITORING, (table,), freeze=(1, 3), paper=REPEAT_HEADER)


def _values(risk: ProviderRisk, words: ContractWords) -> tuple[Value, ...]:
    counts = (risk.rated, risk.red, risk.red_again, risk.amber)
    return (
        risk.proposed.value,
        risk.provider_id,
        risk.provider,
        risk.points,
        risk.sum_in_words,
        *counts,
        _describe_return(risk),
        risk.must_fix,
        MEASURES.get(risk.proposed) or words.routine,
    )


def _describe_return(risk: ProviderRisk) -> str:
    if risk.missing or not risk.returned:
        return "missing"
    if not risk.days_late:
        return "on time" if risk.days_late == 0 else "not declared"
    return f"{risk.days_late} day{'' if risk.days_late == 1 else 's'} late"
