"""Monitoring: a proposed monitoring level for each provider, with the points behind it."""

from __future__ import annotations

from xlkpi.consolidation.result import Consolidation
from xlkpi.core.contract_words import ContractWords
from xlkpi.performance.monitoring import ProviderRisk, assess_risks
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
)
WIDTH_OF_MEANING = 44
"""The last column says what a level may mean in practice, and is headed as the contract has it."""


def plan_monitoring(result: Consolidation, matters: OpenMatters, words: ContractWords) -> Sheet:
    """Plan one row per provider, the most points first; the points only propose, an officer decides."""
    rows = [_values(risk, words) for risk in assess_risks(result, matters)]
    columns = (*COLUMNS, Column(words.say("monitoring column"), WIDTH_OF_MEANING, "text"))
    table = Table("KPI_Monitoring", columns, rows, empty="No providers.", empty_at=2)
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
        words.say(risk.proposed.value.casefold()),
    )


def _describe_return(risk: ProviderRisk) -> str:
    if risk.missing or not risk.returned:
        return "missing"
    if not risk.days_late:
        return "on time" if risk.days_late == 0 else "not declared"
    return f"{risk.days_late} day{'' if risk.days_late == 1 else 's'} late"
