"""Recording the contract's periods: from what became of the files, or from what a master contains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from xlkpi.consolidation.contract_record import ContractRecord, PeriodRecord
from xlkpi.consolidation.expected_returns import expected_providers, missing_of, readings_in_force, usual_due_day
from xlkpi.consolidation.found_file import FileOutcome
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.returned_plans import plan_lines
from xlkpi.consolidation.returned_words import list_answers, list_changed_contacts
from xlkpi.consolidation.rows import data_rows
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow, ReturnedAnswer, ReturnedContacts
from xlkpi.council import Council
from xlkpi.reading.returns.checked_return import Manifest

FEW_PROVIDERS = 5
"""With fewer expected than this, a period without a single return counts as collected: they may all have failed."""
COLLECTED_SHARE = 4
"""A period is collected once a quarter of the expected have returned; fewer are strays, such as an old workbook."""


def record_period(period: Period, outcomes: Sequence[FileOutcome], council: Council) -> PeriodRecord:
    """Record a period from what became of its files."""
    used = [outcome for outcome in outcomes if outcome.status is FileStatus.USED]
    manifests = used_manifests(outcomes)
    returned = frozenset(manifest.provider_id for manifest in manifests)
    due_by = usual_due_day(manifest.send_by for manifest in manifests)
    rows = data_rows(used, council)
    return PeriodRecord(
        period,
        returned,
        rows,
        plan_lines(used, council, rows),
        due_by=due_by,
        answers=list_answers(used, council),
        contacts=list_changed_contacts(used, council),
        asked={manifest.provider_id: frozenset(manifest.sections) for manifest in manifests},
    )


def used_manifests(outcomes: Iterable[FileOutcome]) -> list[Manifest]:
    """Return what the used returns say of their providers and periods."""
    used = (outcome.found.manifest for outcome in outcomes if outcome.status is FileStatus.USED)
    return [manifest for manifest in used if manifest]


def record_rows(
    rows: Iterable[DataRow],
    plans: Sequence[ActionPlanRecord],
    answers: Sequence[ReturnedAnswer] = (),
    contacts: Sequence[ReturnedContacts] = (),
) -> ContractRecord:
    """Record what a master contains of one or more periods; in some, a provider only brought a plan up to date."""
    by_period: dict[Period, list[DataRow]] = {}
    for row in rows:
        by_period.setdefault(row.period, []).append(row)
    returned = {(row.period, row.provider_id) for of_period in by_period.values() for row in of_period}
    returned |= {(plan.period, plan.provider_id) for plan in plans}
    returned |= {(answer.period, answer.provider_id) for answer in answers}
    returned |= {(changed.period, changed.provider_id) for changed in contacts}
    return ContractRecord(
        tuple(
            PeriodRecord(
                period,
                frozenset(provider_id for when, provider_id in returned if when == period),
                tuple(by_period.get(period, ())),
                tuple(plan for plan in plans if plan.period == period),
                answers=tuple(answer for answer in answers if answer.period == period),
                contacts=tuple(changed for changed in contacts if changed.period == period),
            )
            for period in sorted({when for when, _ in returned})
        )
    )


def record_missing(period: Period | None, missing: Iterable[MissingProvider]) -> ContractRecord:
    """Record the returns that a master of this period names as missing; nothing where it shows no period."""
    return ContractRecord(() if period is None else (PeriodRecord(period, missing=tuple(missing)),))


def name_missing(record: ContractRecord, council: Council, as_of: date) -> ContractRecord:
    """Add every period up to the last that has ended, and name in each the returns that are missing by the register.

    Without a register the record keeps the names that earlier masters give.
    """
    last = council.terms.scheme.last_ended(as_of)
    periods = tuple(_name_missing(each, council, record) for each in _without_gaps(record, last))
    # Nothing is missing from before the first period that was collected, whenever the contracts began.
    first = next((each.period for each in periods if each.returned and _is_collected(each)), None)
    return ContractRecord(tuple(each if _counts(each, first, last) else replace(each, missing=()) for each in periods))


def _counts(each: PeriodRecord, first: Period | None, last: Period) -> bool:
    return first is not None and each.period >= first and (each.period == last or _is_collected(each))


def _without_gaps(record: ContractRecord, last: Period) -> Iterator[PeriodRecord]:
    if not record.periods:
        return
    period = record.periods[0].period
    while period <= max(last, record.periods[-1].period):
        yield record.by_period.get(period) or PeriodRecord(period)
        period = period.back(-1)


def _name_missing(each: PeriodRecord, council: Council, record: ContractRecord) -> PeriodRecord:
    readings = readings_in_force((), council.terms.in_force(each.period))
    expected = expected_providers(each.period, council, readings, record.asked_after(each.period))
    due_by = each.due_by or council.settings.send_by(each.period)
    if expected is None:
        missing = tuple(replace(absent, due_by=absent.due_by or due_by) for absent in each.missing)
    else:
        missing = missing_of(expected, each.returned, due_by)
    return replace(each, missing=missing, due_by=due_by)


def _is_collected(each: PeriodRecord) -> bool:
    expected = len(each.returned) + len(each.missing)
    return expected < FEW_PROVIDERS or len(each.returned) * COLLECTED_SHARE >= expected
