"""What feedback is made from: the same plain facts, whether they come from a folder of returns or from a master."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.result import Consolidation, FileFinding, FileStatus
from xlkpi.core.lot import by_name
from xlkpi.core.period import Period
from xlkpi.core.question import Question
from xlkpi.core.records import DataRow
from xlkpi.reading.masters.lists import MasterFile, MasterFinding, MasterMissing, ReadMaster


@dataclass(frozen=True)
class ProviderFinding:
    """A finding in the words the provider reads; ``severity`` and ``code`` as the master spells them."""

    severity: str
    code: str
    indicator: str
    sheet: str
    cell: str
    message: str
    file: str


@dataclass(frozen=True)
class UsedReturn:
    """A provider of whom a return is used: its own rows, its own history and the findings in its file."""

    provider_id: str
    provider: str
    rows: tuple[DataRow, ...]
    earlier: tuple[DataRow, ...]
    findings: tuple[ProviderFinding, ...]
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class MissingReturn:
    """A provider of whom no return is used; ``unusable_files`` explains each file that was sent instead."""

    provider_id: str
    provider: str
    due_by: date | None
    contact: str
    email: str
    unusable_files: tuple[str, ...]


@dataclass(frozen=True)
class FeedbackFacts:
    """Everything that feedback of one period is made from, by provider; ``rows`` are all providers', for the county."""

    period: Period | None
    rows: tuple[DataRow, ...]
    returned: tuple[UsedReturn, ...]
    missing: tuple[MissingReturn, ...]

    def with_questions(self, questions: Iterable[tuple[str, Question]]) -> FeedbackFacts:
        """Add to each provider the questions that it has not answered yet."""
        asked: dict[str, list[Question]] = defaultdict(list)
        for provider_id, question in questions:
            asked[provider_id].append(question)
        returned = (replace(used, questions=tuple(asked[used.provider_id])) for used in self.returned)
        return replace(self, returned=tuple(returned))

    def with_history(self, earlier: Iterable[DataRow]) -> FeedbackFacts:
        """Add rows of earlier periods; a row that is there already stays."""
        further = _by_provider(earlier)
        returned = (_with_history(used, further[used.provider_id]) for used in self.returned)
        return replace(self, returned=tuple(returned))


def _by_provider(rows: Iterable[DataRow]) -> Mapping[str, list[DataRow]]:
    shared: dict[str, list[DataRow]] = defaultdict(list)
    for row in rows:
        shared[row.provider_id].append(row)
    return shared


def _with_history(used: UsedReturn, further: Iterable[DataRow]) -> UsedReturn:
    rows = {(row.period, row.indicator): row for row in further}
    rows |= {(row.period, row.indicator): row for row in used.earlier}
    return replace(used, earlier=tuple(sorted(rows.values(), key=lambda row: row.period)))


def gather_from_consolidation(result: Consolidation) -> FeedbackFacts:
    """Gather the facts from a folder of returns that has been consolidated."""
    files = [MasterFile(row.file, row.status.value, row.provider_id, row.provider, row.period) for row in result.files]
    findings = [(entry.provider_id, _from_consolidation(entry)) for entry in result.findings]
    missing = [_missing_provider(provider) for provider in result.missing]
    facts = _share_out(result.period, result.rows, result.earlier, files, findings, missing)
    return facts.with_questions(result.questions)


def _from_consolidation(entry: FileFinding) -> ProviderFinding:
    finding = entry.finding
    return ProviderFinding(
        finding.severity.value,
        finding.code.name,
        finding.indicator or "",
        finding.sheet,
        finding.cell,
        finding.message,
        entry.file,
    )


def _missing_provider(missing: MissingProvider) -> MissingReturn:
    provider = missing.provider
    first = provider.contacts[0] if provider.contacts else None
    email = provider.email or (first.email if first else "")
    contact = first.name if first else ""
    return MissingReturn(provider.provider_id, provider.name, missing.due_by, contact, email, missing.unusable_files)


def gather_from_master(master: ReadMaster, earlier: Iterable[DataRow] = ()) -> FeedbackFacts:
    """Gather the facts from a master; ``earlier`` are rows of earlier periods found elsewhere."""
    rows, period = master.entries.rows, master.period
    findings = [(entry.provider_id, _from_master(entry)) for entry in master.findings]
    missing = [_missing_in_master(entry) for entry in master.missing]
    current = tuple(row for row in rows if row.period == period)
    history = (*(row for row in rows if row.period != period), *master.entries.earlier)
    facts = _share_out(period, current, history, master.files, findings, missing).with_history(earlier)
    return facts.with_questions(master.questions)


def _from_master(entry: MasterFinding) -> ProviderFinding:
    return ProviderFinding(
        entry.severity, entry.code, entry.indicator, entry.sheet, entry.cell, entry.message, entry.file
    )


def _missing_in_master(entry: MasterMissing) -> MissingReturn:
    contact = entry.contact.partition(",")[0].strip()  # Missing shows name and position in one cell
    return MissingReturn(entry.provider_id, entry.provider, entry.due_by, contact, entry.email, entry.sent)


def _share_out(
    period: Period | None,
    rows: tuple[DataRow, ...],
    earlier: tuple[DataRow, ...],
    files: Iterable[MasterFile],
    findings: Iterable[tuple[str, ProviderFinding]],
    missing: Iterable[MissingReturn],
) -> FeedbackFacts:
    """Share everything out by provider: what belongs to a provider is handed to that provider alone."""
    now, before = _by_provider(rows), _by_provider(earlier)
    by_provider: dict[str, list[ProviderFinding]] = defaultdict(list)
    for provider_id, finding in findings:
        by_provider[provider_id].append(finding)
    used_files = {file.provider_id: file for file in files if file.status == FileStatus.USED.value}
    returned = [
        UsedReturn(
            provider_id,
            file.provider,
            tuple(now[provider_id]),
            tuple(before[provider_id]),
            tuple(finding for finding in by_provider[provider_id] if finding.file == file.file),
        )
        for provider_id, file in used_files.items()
    ]
    returned.sort(key=lambda used: by_name(used.provider, used.provider_id))
    return FeedbackFacts(period, rows, tuple(returned), tuple(missing))
