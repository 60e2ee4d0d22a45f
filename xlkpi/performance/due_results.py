"""What every due period of the contract brought: a rating, another state, or no return at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xlkpi.catalogue.load import ContractTerms
from xlkpi.consolidation.contract_record import ContractRecord, PeriodRecord
from xlkpi.core.assess import assess_indicator
from xlkpi.core.period import Period, is_due
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Rag, Reading, State

MISSED = (Rag.RED, Rag.AMBER)
NO_RETURN, SENT = "No return", "Sent"


@dataclass(frozen=True)
class DueResult:
    """One due period of a KPI, or of a provider's returns.

    ``word`` is the state, or that no return was sent. ``row`` is None where there is none; ``reading`` is the one it
    is rated under, that of the latest return.
    """

    period: Period
    word: str
    rag: Rag | None = None
    outturn: Fraction | None = None
    row: DataRow | None = None
    reading: Reading = Reading.EFFECTIVE

    @property
    def is_missing(self) -> bool:
        """Whether the return of the period was not sent in time."""
        return self.word == NO_RETURN

    @property
    def has_missed(self) -> bool:
        """Whether it is Amber or Red."""
        return self.rag in MISSED

    @property
    def no_cases(self) -> bool:
        """Whether there was nothing to count: neither a failure nor a success."""
        return self.word == State.NO_CASES.value


def list_overdue(record: ContractRecord, as_of: date) -> Mapping[Period, Mapping[str, str]]:
    """List the provider_id and name of each provider with an overdue return, by period."""
    return {each.period: dict(_overdue(each, as_of)) for each in record.periods}


def _overdue(each: PeriodRecord, as_of: date) -> Iterator[tuple[str, str]]:
    for absent in each.missing:
        if absent.due_by is None or absent.due_by < as_of:
            yield absent.provider.provider_id, absent.provider.name


def list_kpi_results(
    record: ContractRecord, rows: Sequence[DataRow], overdue: Mapping[Period, Mapping[str, str]], terms: ContractTerms
) -> tuple[DueResult, ...]:
    """List what each due period brought for one KPI of a provider, from its first row on; ``rows`` are its rows.

    A period in which it is not due is left out, and one with a return that has no row for it: the return did not ask.
    """
    code, reading = rows[-1].indicator, rows[-1].reading
    by_period = {row.period: row for row in rows}
    results = []
    for each in record.periods:
        row = by_period.get(each.period)
        if row is not None:
            results.append(_rated(row, reading, terms))
        elif each.period > rows[0].period and rows[0].provider_id in overdue[each.period]:
            indicator = terms.in_force(each.period).indicators.get(code)
            if indicator and is_due(indicator, each.period, reading):
                results.append(DueResult(each.period, NO_RETURN, reading=reading))
    return tuple(results)


def _rated(row: DataRow, reading: Reading, terms: ContractTerms) -> DueResult:
    if row.reading is reading:
        return DueResult(row.period, row.state_in_force.value, row.rag_in_force, row.outturn_in_force, row, reading)
    # Figures of different periods compare only under one reading: that of the latest return.
    indicator = terms.in_force(row.period).indicators[row.indicator]
    assessed = assess_indicator(indicator, row.x_in_force, row.y_in_force, reading=reading)
    return DueResult(row.period, assessed.state.value, assessed.rag, assessed.outturn, row, reading)


def list_return_results(
    record: ContractRecord, provider_id: str, overdue: Mapping[Period, Mapping[str, str]]
) -> tuple[DueResult, ...]:
    """List for every period in which a provider had to report whether a return was sent."""
    results = []
    for each in record.periods:
        if provider_id in each.returned:
            results.append(DueResult(each.period, SENT))
        elif provider_id in overdue[each.period]:
            results.append(DueResult(each.period, NO_RETURN))
    return tuple(results)
