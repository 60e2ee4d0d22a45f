"""Figures that officers agreed, put beside the returned ones: from then on they are in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from xlkpi.catalogue.load import ContractTerms
from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.core.assess import assess_indicator
from xlkpi.core.gap import gap_to_green
from xlkpi.core.indicator import Indicator
from xlkpi.core.records import AgreedFigures, DataRow
from xlkpi.core.vocabulary import State
from xlkpi.council import Council
from xlkpi.council.decisions import Decision, DecisionLog, EntryKey
from xlkpi.council.decisions.decision import AgreedCounts


def apply_agreed(rows: Iterable[DataRow], log: DecisionLog, terms: ContractTerms) -> tuple[DataRow, ...]:
    """Give each entry the figures that were agreed for it last; one without a decision stays as it is."""
    agreed = log.agreed_figures
    return tuple(_with(row, agreed, terms) for row in rows) if agreed else tuple(rows)


def agree_record(record: ContractRecord, council: Council) -> ContractRecord:
    """Give the entries of every period the figures that were agreed for them, those of earlier masters too."""
    if not council.decisions.agreed_figures:
        return record
    periods = (replace(each, rows=apply_agreed(each.rows, council.decisions, council.terms)) for each in record.periods)
    return ContractRecord(tuple(periods))


def _with(row: DataRow, agreed: Mapping[EntryKey, Decision], terms: ContractTerms) -> DataRow:
    decision = agreed.get((row.provider_id.casefold(), row.period, row.indicator))
    if decision is None:
        return row
    indicator = terms.in_force(row.period).indicators[row.indicator]
    counts = possible_counts(decision, indicator)
    return row if counts is None else replace(row, agreed=_figures(counts, decision, row, indicator))


def possible_counts(decision: Decision, indicator: Indicator) -> AgreedCounts | None:
    """Give the agreed x and y; None where no entry can have them: x is never above y, unless cases carry over."""
    counts = decision.counts
    if counts is None or (counts[1] is not None) is not indicator.effective.has_y:
        return None
    return counts if assess_indicator(indicator, *counts).state is not State.CHECK else None


def _figures(counts: AgreedCounts, decision: Decision, row: DataRow, indicator: Indicator) -> AgreedFigures:
    x, y = counts
    return AgreedFigures(
        x,
        y,
        decision.decided_by,
        decision.decided_on,
        decision.why,
        assess_indicator(indicator, x, y, reading=row.reading),
        gap_to_green(indicator, x, y, row.reading),
    )
