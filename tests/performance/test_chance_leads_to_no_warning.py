"""A provider who is truly at 97% under “above 95% is Green” is hardly ever warned for chance alone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.consolidation.return_builders import council_of
from tests.performance.matters_sample import plan, result_of, send
from xlkpi.consolidation.contract_record import ContractRecord, PeriodRecord
from xlkpi.core.assess import assess_indicator
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.open_matters import derive_open_matters

HALF_YEARS = tuple(Period(2026, 2).back(-2 * steps) for steps in range(12))
PROVIDERS, CASES, TRULY = 400, 20, 0.97
COUNCIL = council_of()
INDICATOR = COUNCIL.catalogue.indicators["KPI S3"]


def row_of(template, provider_id, period, x):
    assessed = assess_indicator(INDICATOR, x, CASES)
    return replace(
        template, provider_id=provider_id, provider=provider_id, period=period, x=x, y=CASES,
        outturn=assessed.outturn, state=assessed.state, rag=assessed.rag,
    )  # fmt: skip


def framework(seed, *, with_plans):
    """Twelve half-years of many providers, each case right with the same probability."""
    dice = random.Random(seed)
    result, _ = result_of([send(1, HALF_YEARS[0], {"KPI S3": (19, 20, "A carer was ill.")})], register=None,
                          period=HALF_YEARS[0], as_of=HALF_YEARS[0].end)  # fmt: skip
    template = next(row for row in result.rows if row.indicator == "KPI S3")
    periods = []
    for period in HALF_YEARS:
        rows = tuple(
            row_of(template, f"P{number}", period, sum(dice.random() < TRULY for _ in range(CASES)))
            for number in range(PROVIDERS)
        )
        plans = tuple(plan_of(row) for row in rows if row.rag in (Rag.RED, Rag.AMBER)) if with_plans else ()
        periods.append(PeriodRecord(period, frozenset(row.provider_id for row in rows), rows, plans))
    return ContractRecord(tuple(periods))


def plan_of(row):
    entry, days = plan(f"{row.period.end + timedelta(days=180):%d/%m/%Y}"), row.period.end
    whose = (row.period, row.provider_id, row.provider, row.indicator, row.outturn, days, row.rag)
    return ActionPlanRecord(
        *whose, entry.issue, entry.action, entry.outcomes, entry.timescale, "f.xlsx", "Action plan", 6
    )


@pytest.mark.parametrize("with_plans", [True, False])
def test_under_two_in_a_hundred_are_ever_warned(with_plans):
    record = framework(7, with_plans=with_plans)
    warned, missed = set(), set()
    for number in range(1, len(HALF_YEARS) + 1):
        until = ContractRecord(record.periods[:number])
        for matter in derive_open_matters(until, COUNCIL, HALF_YEARS[number - 1].end + timedelta(days=60)).open:
            missed.add(matter.provider_id)
            if matter.rung and matter.rung.kind.value in ("warning", "intervention", "termination"):
                warned.add(matter.provider_id)
    assert len(missed) > 0.9 * PROVIDERS, "half of all half-years are Amber by chance"
    assert len(warned) < 0.02 * PROVIDERS
