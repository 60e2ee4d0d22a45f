"""Rows of the master from used returns: one per entry, one per file, one per finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.agreed_figures import apply_agreed
from xlkpi.consolidation.agreed_findings import findings_in_force
from xlkpi.consolidation.contract_days import describe_days_not_running, describe_part_period
from xlkpi.consolidation.found_file import FileOutcome, FoundFile
from xlkpi.consolidation.period_locks import lock_in_force
from xlkpi.consolidation.result import FileFinding, FileRow, FileStatus
from xlkpi.core.day import long_date
from xlkpi.core.lot import Provider, by_name, select_sections
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import State
from xlkpi.council import Council
from xlkpi.findings import Code, Finding, Severity, finding
from xlkpi.reading.returns.checked_return import Manifest, ReturnedEntry

STATUS_ORDER = (FileStatus.SET_ASIDE, FileStatus.SUPERSEDED, FileStatus.USED)


def provider_name(manifest: Manifest, council: Council) -> str:
    """Return a provider's name: the register's, or the return's where the register does not have the provider."""
    known = (council.register.by_id or {}).get(manifest.provider_id)
    return known.name if known else manifest.provider


def data_rows(outcomes: Iterable[FileOutcome], council: Council) -> tuple[DataRow, ...]:
    """Return the entries of used returns by provider, then in the Schedule's order, with the figures agreed for them.

    An entry is listed when it must be returned this period, or may be and was: see `is_listed`.
    """
    titles = council.terms.section_titles
    order = {code: place for place, code in enumerate(council.terms.codes)}
    rows: list[tuple[tuple[str, ...], int, DataRow]] = []
    for outcome in outcomes:
        manifest = outcome.found.manifest
        if outcome.status is FileStatus.USED and manifest is not None:
            provider = provider_name(manifest, council)
            listed = filter(is_listed, outcome.found.checked.entries)
            place = by_name(provider, manifest.provider_id)
            rows += [
                (place, order[entry.code], _data_row(entry, outcome, manifest, provider, titles[entry.section]))
                for entry in listed
            ]
    rows.sort(key=itemgetter(0, 1))
    return apply_agreed([row for _, _, row in rows], council.decisions, council.terms)


def is_listed(entry: ReturnedEntry) -> bool:
    """Tell whether an entry has a row: due, and either required or filled in by choice."""
    return entry.due and (entry.required or entry.state is not State.NOT_ENTERED)


def _data_row(entry: ReturnedEntry, outcome: FileOutcome, manifest: Manifest, provider: str, section: str) -> DataRow:
    return DataRow(
        period=manifest.period,
        provider_id=manifest.provider_id,
        provider=provider,
        section=section,
        indicator=entry.code,
        x=entry.x,
        y=entry.y,
        outturn=entry.outturn,
        state=entry.state,
        rag=entry.rag,
        rag_as_written=entry.rag_as_written,
        reading=entry.reading,
        target=entry.target,
        gap=entry.gap,
        comment=entry.comment,
        file=outcome.found.file,
        sha256=outcome.found.checked.sha256,
        sheet=entry.sheet,
        x_cell=entry.x_cell,
        y_cell=entry.y_cell,
        template=manifest.template,
        stretch=entry.stretch,
    )


RECEIVED, AS_TYPED = "received", "declared (as typed)"


def known_day(found_file: FoundFile) -> date | None:
    """Give the day that a return is known to have been sent by: when it was received, else as its declaration says."""
    return found_file.received_at.date() if found_file.received_at else found_file.checked.declared_on


def days_late(found_file: FoundFile) -> int | None:
    """Count the days from the day it was due to the day it is known by, 0 when on time; None where one is missing."""
    due_by, day = found_file.manifest.send_by if found_file.manifest else None, known_day(found_file)
    return None if due_by is None or day is None else max(0, (day - due_by).days)


def with_folder_findings(
    outcomes: Iterable[FileOutcome], council: Council, asked_after: Mapping[str, frozenset[str]]
) -> tuple[FileOutcome, ...]:
    """Return what becomes of each file, with the findings that only the whole folder shows.

    ``asked_after`` has the sections of each provider's next return: what that one has, this one may have been without.
    """
    return tuple(replace(outcome, findings=_folder_findings(outcome, council, asked_after)) for outcome in outcomes)


def _folder_findings(
    outcome: FileOutcome, council: Council, asked_after: Mapping[str, frozenset[str]]
) -> tuple[Finding, ...]:
    """Return a file's findings, with those that only the whole folder shows: late, unknown to the register."""
    manifest = outcome.found.manifest
    if outcome.status is not FileStatus.USED or manifest is None:
        return outcome.findings
    register = council.register.by_id
    more = []
    if register is not None and manifest.provider_id not in register:
        more.append(finding(Code.UNKNOWN_PROVIDER, {"provider_id": manifest.provider_id}))
    elif register is not None:
        known, catalogue = register[manifest.provider_id], council.terms.in_force(manifest.period)
        if not lock_in_force(council.decisions, manifest.period, manifest.provider_id):
            added = asked_after.get(manifest.provider_id, frozenset())
            more.extend(_sections_not_asked(manifest, known, catalogue, added))
        more.extend(_contract_findings(manifest, known))
    days, day = days_late(outcome.found), known_day(outcome.found)
    if days and manifest.send_by and day:
        facts = {
            "provider": provider_name(manifest, council),
            "known": RECEIVED if outcome.found.received_at else AS_TYPED,
            "found": long_date(day),
            "days": f"{days} day" if days == 1 else f"{days} days",
            "due": long_date(manifest.send_by),
        }
        more.append(finding(Code.LATE, facts))
    return findings_in_force(outcome, (*outcome.findings, *more), council)


def _contract_findings(manifest: Manifest, known: Provider) -> list[Finding]:
    """Say where a contract does not run on every day of the period that a return is of."""
    facts = {"provider": known.name, "period": str(manifest.period)}
    if not known.runs_in(manifest.period):
        when = describe_days_not_running(known, manifest.period)
        return [finding(Code.CONTRACT_NOT_RUNNING, {**facts, "found": when})]
    part = describe_part_period(known, manifest.period)
    return [finding(Code.CONTRACT_PART, {**facts, "found": part})] if part else []


def _sections_not_asked(
    manifest: Manifest, known: Provider, catalogue: Catalogue, added: frozenset[str]
) -> list[Finding]:
    """Say which sections of the register a workbook was built without; those that were added since are not missed."""
    held = select_sections(known, catalogue.sections)
    absent = [section.title for section in held if section.key not in {*manifest.sections, *added}]
    facts = {"provider": known.name, "sections": ", ".join(absent)}
    return [finding(Code.SECTION_NOT_ASKED, facts)] if absent else []


def file_findings(outcomes: Iterable[FileOutcome], council: Council) -> list[FileFinding]:
    """Return every finding with the file and provider it belongs to."""
    findings = []
    for outcome in outcomes:
        manifest = outcome.found.manifest
        provider = (manifest.provider_id, provider_name(manifest, council)) if manifest else ("", "")
        findings += [FileFinding(outcome.found.file, *provider, each) for each in outcome.findings]
    return findings


def sorted_findings(findings: Iterable[FileFinding], catalogue: Catalogue) -> tuple[FileFinding, ...]:
    """Sort provider by provider, those with something grave first; of each the gravest first, then by indicator, cell.

    What belongs to no provider comes after the providers of the same gravity; the file decides only at the end.
    """
    findings = list(findings)
    worst: dict[tuple[str, str], int] = {}
    for each in findings:
        weight, provider = each.finding.severity.rank, (each.provider, each.provider_id)
        worst[provider] = min(weight, worst.get(provider, weight))
    order = {code: place for place, code in enumerate(catalogue.indicators)}

    def key(each: FileFinding) -> tuple[object, ...]:
        details = each.finding
        return (
            worst[each.provider, each.provider_id],
            not each.provider,
            *by_name(each.provider, each.provider_id),
            details.severity.rank,
            order.get(details.indicator or "", -1),
            details.sheet,
            details.cell,
            details.code.name,
            each.file,
            details.message,
        )

    return tuple(sorted(findings, key=key))


def file_rows(outcomes: Sequence[FileOutcome], council: Council) -> tuple[FileRow, ...]:
    """Return a row for every file found, those with something to do about them first."""
    rows = [_file_row(outcome, council) for outcome in outcomes]
    return tuple(sorted(rows, key=lambda row: (STATUS_ORDER.index(row.status), row.file)))


def _file_row(outcome: FileOutcome, council: Council) -> FileRow:
    checked, manifest = outcome.found.checked, outcome.found.manifest
    must_fix = sum(1 for each in outcome.findings if each.severity is Severity.MUST_FIX)
    queries = sum(1 for each in outcome.findings if each.severity is Severity.QUERY)
    used = outcome.status is FileStatus.USED
    return FileRow(
        file=outcome.found.file,
        status=outcome.status,
        provider_id=manifest.provider_id if manifest else "",
        provider=provider_name(manifest, council) if manifest else "",
        period=manifest.period if manifest else None,
        edition=manifest.edition if manifest else "",
        received_at=outcome.found.received_at,
        saved_at=checked.saved_at,
        declared_on=checked.declared_on,
        declared_by=checked.declared_by,
        days_late=days_late(outcome.found),
        must_fix=must_fix,
        queries=queries,
        why=outcome.why,
        remedy=_what_to_do(must_fix, queries) if used else outcome.remedy,
        sha256=checked.sha256,
        differs=outcome.differs,
        decision=outcome.decision,
        counts_elsewhere=outcome.counts_elsewhere,
    )


def _what_to_do(must_fix: int, queries: int) -> str:
    counts = ((must_fix, "fix"), (queries, "explain or correct"))
    parts = [f"{count} to {verb}" for count, verb in counts if count]
    return f"{' and '.join(parts)}: see Findings." if parts else "Nothing to fix."
