"""Collect one reporting period: a folder of returns becomes rows, files, findings and a list of who is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from xlkpi.consolidation.accepted_contacts import accept_contacts
from xlkpi.consolidation.agreed_figures import agree_record
from xlkpi.consolidation.apply_decisions import AppliedDecisions, apply_decisions, with_received
from xlkpi.consolidation.contract_record import NO_RECORD, ContractRecord
from xlkpi.consolidation.expected_returns import (
    expected_providers,
    missing_of,
    provider_lines,
    readings_in_force,
    usual_due_day,
)
from xlkpi.consolidation.file_sources import FileSource, find_sources
from xlkpi.consolidation.found_file import FileOutcome, FoundFile
from xlkpi.consolidation.inbox import is_workbook_name
from xlkpi.consolidation.later_return import without_wrong_receipts
from xlkpi.consolidation.list_findings import (
    decision_findings,
    meeting_findings,
    register_findings,
    target_findings,
)
from xlkpi.consolidation.match_decisions import known_entries, match_findings
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.mixed_readings import mixed_finding, mixed_indicators
from xlkpi.consolidation.other_periods import Screen, record_as_decided
from xlkpi.consolidation.period_locks import lock_in_force, with_locks
from xlkpi.consolidation.read_inbox import read_inbox
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.consolidation.record_periods import name_missing, record_period, used_manifests
from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.consolidation.rows import file_findings, file_rows, sorted_findings, with_folder_findings
from xlkpi.consolidation.selection import explain_other_periods, select_returns
from xlkpi.consolidation.unusable_files import explain_unusable
from xlkpi.consolidation.which_period import PeriodChoice, choose_period, current_period, is_far_ahead
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.records import DataRow
from xlkpi.council import Council
from xlkpi.reading.returns.checked_return import Manifest


@dataclass(frozen=True)
class ReturnSources:
    """Where returns are collected from, and what of it counts.

    Attributes:
        folder: The inbox, or its address; sub-folders are read too.
        leave_out: Files of our own in the folder, such as the master about to be written.
        before: Returns from elsewhere that count for earlier periods; those in the inbox count too.
        history: Entries and plans of earlier periods from masters; a return found replaces them.
    """

    folder: Path | str
    leave_out: Collection[Path] = ()
    before: Sequence[FoundFile] = ()
    history: ContractRecord = NO_RECORD


def collect_period(
    sources: ReturnSources,
    council: Council,
    options: ReadOptions,
    *,
    period: Period | None = None,
    as_of: date | None = None,
) -> Consolidation:
    """Read every file of an inbox and bring the returns of one period together.

    ``period`` None takes the latest that has ended; ``as_of`` is the day to count days late from, None for today. The
    same files give the same result whatever their names and order, except where a file's name is shown. Raises
    UnreadableFile where there is no such folder.
    """
    return collect_files(
        read_inbox(sources.folder, options, leave_out=sources.leave_out),
        council,
        period=period,
        as_of=as_of,
        before=sources.before,
        history=sources.history,
    )


def collect_files(
    found_files: Sequence[FoundFile],
    council: Council,
    *,
    period: Period | None = None,
    as_of: date | None = None,
    before: Sequence[FoundFile] = (),
    history: ContractRecord = NO_RECORD,
) -> Consolidation:
    """Bring the files of an inbox together that are read already: as `collect_period`, and `consolidate_files`."""
    today = date.today()  # noqa: DTZ011 - the day where the officer sits
    return consolidate_files(
        found_files,
        council,
        period=period,
        as_of=as_of or today,
        today=as_of if as_of and as_of > date.min else today,
        before=before,
        history=history,
    )


def workbooks_in(folder: Path | str) -> tuple[FileSource, ...]:
    """Find the spreadsheets of a folder of earlier returns; other files in it do not matter."""
    return tuple(source for source in find_sources(folder) if is_workbook_name(PurePosixPath(source.name)))


def consolidate_files(
    found_files: Sequence[FoundFile],
    council: Council,
    *,
    period: Period | None,
    as_of: date,
    today: date | None = None,
    before: Sequence[FoundFile] = (),
    history: ContractRecord = NO_RECORD,
) -> Consolidation:
    """Make a consolidation of files that are already read and checked; pure.

    ``before`` are returns found elsewhere, ``history`` replaces returns: both count for earlier periods. ``today``, by
    default ``as_of``, shows which periods cannot be collected yet.
    """
    decided = apply_decisions(council.decisions, {file.file: file.checked.sha256 for file in found_files})
    today = today or as_of
    found_files, before = (without_wrong_receipts(files, today) for files in (found_files, before))
    found_files = with_received(found_files, decided)  # a day that an officer decided on is not in doubt
    decided = with_locks(decided, found_files, council.decisions, today)
    choice, outcomes = _select(found_files, period, decided, today, council.terms.scheme)
    if council.files.contract is not None:
        outcomes = explain_other_periods(outcomes)
    period = choice.period
    others = record_as_decided(found_files, before, decided.by_file, council, Screen(period, today))
    on_screen = ContractRecord((record_period(period, outcomes, council),) if period else ())
    record = name_missing(others.completed(history.without(period)).completed(on_screen), council, as_of)
    council = accept_contacts(council, record)  # whoever is reminded of a missing return is reminded at the new address
    result = _consolidation(choice, outcomes, agree_record(record, council), decided, council, as_of)
    _account_for(result, len(found_files))
    return result


def _consolidation(
    choice: PeriodChoice,
    outcomes: Sequence[FileOutcome],
    record: ContractRecord,
    decided: AppliedDecisions,
    council: Council,
    as_of: date,
) -> Consolidation:
    """Bring together everything that a master of the period shows."""
    period, asked_after = choice.period, record.asked_after(choice.period)
    outcomes = with_folder_findings(outcomes, council, asked_after)
    used = used_manifests(outcomes)
    catalogue = council.terms.in_force(period)
    readings = readings_in_force(used, catalogue)
    expected = expected_providers(period, council, readings, asked_after)
    on_screen = ContractRecord(tuple(each for each in record.periods if each.period == period))
    mixed = mixed_indicators(on_screen.rows, catalogue)
    unmatched = match_findings(council, known_entries(period, record.rows, council))
    return Consolidation(
        period=period,
        files=file_rows(outcomes, council),
        rows=on_screen.rows,
        findings=_findings(outcomes, on_screen.rows, mixed, (*decided.findings, *unmatched), council),
        missing=_missing(expected or (), used, outcomes, period, council),
        lines=provider_lines(expected or (), used, council),
        expected=None if expected is None else len(expected),
        readings=readings,
        mixed=mixed,
        as_of=as_of,
        earlier=record.before(period).rows,
        record=record,
        final=lock_in_force(council.decisions, period),
        period_note=choice.note,
        council=council,
    )


def _select(
    found_files: Sequence[FoundFile],
    period: Period | None,
    decided: AppliedDecisions,
    today: date,
    scheme: PeriodScheme,
) -> tuple[PeriodChoice, tuple[FileOutcome, ...]]:
    """Settle which period is collected, and what becomes of each file."""
    current = current_period(today, scheme)
    choice = PeriodChoice(period) if period else choose_period(found_files, today, scheme)
    return choice, select_returns(
        found_files, choice.period, decided.by_file, lambda other: is_far_ahead(other, current), today
    )


def _findings(
    outcomes: Sequence[FileOutcome],
    rows: Sequence[DataRow],
    mixed: Sequence[str],
    about_decisions: Sequence[FileFinding],
    council: Council,
) -> tuple[FileFinding, ...]:
    """Gather what is to be fixed or known: in the files, in the folder as a whole, and in the Council's own lists."""
    findings = [
        *file_findings(outcomes, council),
        *(mixed_finding(code, rows) for code in mixed),
        *register_findings(council.files.register, council.register.faults),
        *decision_findings((*council.decisions.faults, *council.finance_faults)),
        *target_findings(council.targets.name, council.targets.faults),
        *meeting_findings(council.meetings.faults),
        *about_decisions,
    ]
    return sorted_findings(findings, council.catalogue)


def _missing(
    expected: Sequence[Provider],
    used: Sequence[Manifest],
    outcomes: Sequence[FileOutcome],
    period: Period | None,
    council: Council,
) -> tuple[MissingProvider, ...]:
    """List the providers with a missing return, each with an explanation of its files that cannot be used."""
    usually = council.settings.send_by(period) if period else None
    due_by = usual_due_day(manifest.send_by for manifest in used) or usually
    unusable = explain_unusable(outcomes, council.register.providers or (), period)
    return tuple(
        replace(absent, unusable_files=unusable.get(absent.provider.provider_id, ()))
        for absent in missing_of(expected, {manifest.provider_id for manifest in used}, due_by)
    )


def _account_for(result: Consolidation, files: int) -> None:
    # Every file must be somewhere: anything else is a bug of ours that would lose a provider's return in silence.
    if not files == result.found == result.used + result.set_aside + result.superseded:
        raise AssertionError((files, result.found, result.used, result.set_aside, result.superseded))
