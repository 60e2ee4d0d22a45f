"""Rows of the master from used returns: an entry a row, a file a row, a finding a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import FileFinding, FileRow, FileStatus
from xlkpi.consolidation.selection import FileOutcome
from xlkpi.core.day import long_date
from xlkpi.core.lot import Provider, select_sections
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import State
from xlkpi.findings import Code, Finding, Severity, finding
from xlkpi.reading.returns.checked_return import CheckedReturn, Manifest, ReturnedEntry

Register = Mapping[str, Provider]
STATUS_ORDER = (FileStatus.SET_ASIDE, FileStatus.SUPERSEDED, FileStatus.USED)


def name_of(manifest: Manifest, register: Register | None) -> str:
    """A provider's name: the register's, or the return's where the register doesn't hold it."""
    known = (register or {}).get(manifest.provider_id)
    return known.name if known else manifest.provider


def data_rows(chosen: Iterable[FileOutcome], catalogue: Catalogue, register: Register | None) -> tuple[DataRow, ...]:
    """The entries of used returns by provider, then in the Schedule's order.

    An entry is listed when it must be returned this period, or may be and was: see `is_listed`.
    """
    titles = {section.key: section.title for section in catalogue.sections}
    order = {code: place for place, code in enumerate(catalogue.indicators)}
    rows: list[DataRow] = []
    for one in chosen:
        manifest = one.found.manifest
        if one.status is FileStatus.USED and manifest is not None:
            provider = name_of(manifest, register)
            listed = filter(is_listed, one.found.checked.entries)
            rows += [_data_row(entry, one, manifest, provider, titles[entry.section]) for entry in listed]
    rows.sort(key=lambda row: (*by_name(row.provider, row.provider_id), order[row.indicator]))
    return tuple(rows)


def is_listed(entry: ReturnedEntry) -> bool:
    """Whether an entry has a row: due, and either required or filled in by choice."""
    return entry.due and (entry.required or entry.state is not State.NOT_ENTERED)


def by_name(provider: str, provider_id: str) -> tuple[str, str]:
    """Providers by name without regard to capitals, then by their id."""
    return provider.casefold(), provider_id


def _data_row(entry: ReturnedEntry, one: FileOutcome, manifest: Manifest, provider: str, section: str) -> DataRow:
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
        file=one.found.file,
        sha256=one.found.checked.sha256,
        sheet=entry.sheet,
        x_cell=entry.x_cell,
        y_cell=entry.y_cell,
        template=manifest.template,
    )


def days_late(checked: CheckedReturn, due_by: date | None) -> int | None:
    """Days from the day it was due to its declaration, 0 when on time; None where either is not known."""
    if due_by is None or checked.declared_on is None:
        return None
    return max(0, (checked.declared_on - due_by).days)


def folder_findings(one: FileOutcome, register: Register | None, catalogue: Catalogue) -> tuple[Finding, ...]:
    """A file's findings, with those that only the folder shows: late, unknown to the register."""
    manifest, checked = one.found.manifest, one.found.checked
    if one.status is not FileStatus.USED or manifest is None:
        return one.findings
    more = []
    if register is not None and manifest.provider_id not in register:
        more.append(finding(Code.UNKNOWN_PROVIDER, {"provider_id": manifest.provider_id}))
    elif register is not None:
        more.extend(_sections_not_asked(manifest, register[manifest.provider_id], catalogue))
    days = days_late(checked, manifest.send_by)
    if days and manifest.send_by and checked.declared_on:
        facts = {
            "provider": name_of(manifest, register),
            "found": long_date(checked.declared_on),
            "days": f"{days} day" if days == 1 else f"{days} days",
            "due": long_date(manifest.send_by),
        }
        more.append(finding(Code.LATE, facts))
    return (*one.findings, *more)


def _sections_not_asked(manifest: Manifest, known: Provider, catalogue: Catalogue) -> list[Finding]:
    held = select_sections(known, catalogue.sections)
    absent = [section.title for section in held if section.key not in manifest.sections]
    facts = {"provider": known.name, "sections": ", ".join(absent)}
    return [finding(Code.SECTION_NOT_ASKED, facts)] if absent else []


def file_findings(chosen: Iterable[FileOutcome], register: Register | None, catalogue: Catalogue) -> list[FileFinding]:
    """Every finding with the file and provider it belongs to."""
    out = []
    for one in chosen:
        manifest = one.found.manifest
        who = (manifest.provider_id, name_of(manifest, register)) if manifest else ("", "")
        out += [FileFinding(one.found.file, *who, single) for single in folder_findings(one, register, catalogue)]
    return out


def sorted_findings(findings: Iterable[FileFinding], catalogue: Catalogue) -> tuple[FileFinding, ...]:
    """Provider by provider, those with something grave first; of each the gravest first, then by indicator and cell.

    What belongs to no provider comes after the providers of the same gravity; the file decides only at the end.
    """
    findings = list(findings)
    worst: dict[tuple[str, str], int] = {}
    for one in findings:
        weight, who = one.finding.severity.rank, (one.provider, one.provider_id)
        worst[who] = min(weight, worst.get(who, weight))
    order = {code: place for place, code in enumerate(catalogue.indicators)}

    def key(one: FileFinding) -> tuple[object, ...]:
        said = one.finding
        return (
            worst[one.provider, one.provider_id],
            not one.provider,
            *by_name(one.provider, one.provider_id),
            said.severity.rank,
            order.get(said.indicator or "", -1),
            said.sheet,
            said.cell,
            said.code.name,
            one.file,
            said.message,
        )

    return tuple(sorted(findings, key=key))


def file_rows(chosen: Sequence[FileOutcome], register: Register | None, catalogue: Catalogue) -> tuple[FileRow, ...]:
    """Every file found, those with something to do about them first."""
    rows = [_file_row(one, folder_findings(one, register, catalogue), register) for one in chosen]
    return tuple(sorted(rows, key=lambda row: (STATUS_ORDER.index(row.status), row.file)))


def _file_row(one: FileOutcome, findings: Sequence[Finding], register: Register | None) -> FileRow:
    checked, manifest = one.found.checked, one.found.manifest
    must_fix = sum(1 for single in findings if single.severity is Severity.MUST_FIX)
    queries = sum(1 for single in findings if single.severity is Severity.QUERY)
    used = one.status is FileStatus.USED
    return FileRow(
        file=one.found.file,
        status=one.status,
        provider_id=manifest.provider_id if manifest else "",
        provider=name_of(manifest, register) if manifest else "",
        period=manifest.period if manifest else None,
        edition=manifest.edition if manifest else "",
        saved_at=checked.saved_at,
        declared_on=checked.declared_on,
        declared_by=checked.declared_by,
        days_late=days_late(checked, manifest.send_by) if manifest else None,
        must_fix=must_fix,
        queries=queries,
        why=one.why,
        remedy=_to_do(must_fix, queries) if used else one.remedy,
        sha256=checked.sha256,
        differs=one.differs,
        decision=one.decision,
    )


def _to_do(must_fix: int, queries: int) -> str:
    counts = ((must_fix, "fix"), (queries, "explain or correct"))
    parts = [f"{count} to {verb}" for count, verb in counts if count]
    return f"{' and '.join(parts)}: see Findings." if parts else "Nothing to fix."
