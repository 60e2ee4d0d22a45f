"""What feedback is made from: the same plain facts, whether they come from a folder of returns or from a master."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from xlkpi.consolidation.result import Consolidation, FileStatus
from xlkpi.core.period import Period
from xlkpi.core.records import DataRow
from xlkpi.reading.masters.lists import MasterFile, ReadMaster


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
    """A provider of whom a return is used: its own rows, its own history and what was found in its file."""

    provider_id: str
    provider: str
    rows: tuple[DataRow, ...]
    earlier: tuple[DataRow, ...]
    findings: tuple[ProviderFinding, ...]


@dataclass(frozen=True)
class MissingReturn:
    """A provider of whom no return is used; ``came`` says what is the matter with each file that came."""

    provider_id: str
    provider: str
    due_by: date | None
    contact: str
    email: str
    came: tuple[str, ...]


@dataclass(frozen=True)
class FeedbackFacts:
    """Everything that feedback of one period is made from, by provider; ``rows`` are everybody's, for the county."""

    period: Period | None
    rows: tuple[DataRow, ...]
    returned: tuple[UsedReturn, ...]
    awaited: tuple[MissingReturn, ...]

    def with_history(self, earlier: Iterable[DataRow]) -> FeedbackFacts:
        """The same facts with further rows of earlier periods; one that is there already stays."""
        further = _by_provider(earlier)
        return replace(self, returned=tuple(_with_history(one, further[one.provider_id]) for one in self.returned))


def _by_provider(rows: Iterable[DataRow]) -> Mapping[str, list[DataRow]]:
    shared: dict[str, list[DataRow]] = defaultdict(list)
    for row in rows:
        shared[row.provider_id].append(row)
    return shared


def _with_history(one: UsedReturn, further: Iterable[DataRow]) -> UsedReturn:
    rows = {(row.period, row.indicator): row for row in further}
    rows |= {(row.period, row.indicator): row for row in one.earlier}
    return replace(one, earlier=tuple(sorted(rows.values(), key=lambda row: row.period)))


def gather_from_consolidation(result: Consolidation) -> FeedbackFacts:
    """The facts of a folder of returns that has been brought together."""
    files = [MasterFile(row.file, row.status.value, row.provider_id, row.provider, row.period) for row in result.files]
    said = [
        (
            one.provider_id,
            ProviderFinding(
                one.finding.severity.value,
                one.finding.code.name,
                one.finding.indicator or "",
                one.finding.sheet,
                one.finding.cell,
                one.finding.message,
                one.file,
            ),
        )
        for one in result.findings
    ]
    awaited = []
    for absent in result.missing:
        who = absent.provider
        first = who.contacts[0] if who.contacts else None
        email = who.email or (first.email if first else "")
        awaited.append(
            MissingReturn(
                who.provider_id, who.name, absent.due_by, first.name if first else "", email, absent.unusable_files
            )
        )
    return _source(result.period, result.rows, result.earlier, files, said, awaited)


def gather_from_master(master: ReadMaster, earlier: Iterable[DataRow] = ()) -> FeedbackFacts:
    """The facts of a master; ``earlier`` are rows of earlier periods found elsewhere."""
    rows = master.entries.rows
    said = [
        (
            one.provider_id,
            ProviderFinding(one.severity, one.code, one.indicator, one.sheet, one.cell, one.message, one.file),
        )
        for one in master.findings
    ]
    awaited = [
        MissingReturn(
            one.provider_id, one.provider, one.due_by, one.contact.partition(",")[0].strip(), one.email, one.came
        )
        for one in master.missing
    ]
    period = master.period
    current = tuple(row for row in rows if row.period == period)
    history = [row for row in rows if row.period != period]
    history += master.entries.earlier
    return _source(period, current, tuple(history), master.files, said, awaited).with_history(earlier)


def _source(
    period: Period | None,
    rows: tuple[DataRow, ...],
    earlier: tuple[DataRow, ...],
    files: Iterable[MasterFile],
    said: Iterable[tuple[str, ProviderFinding]],
    awaited: Iterable[MissingReturn],
) -> FeedbackFacts:
    """Share everything out by provider: whatever belongs to one is handed to that one alone."""
    files = tuple(files)
    now, before = _by_provider(rows), _by_provider(earlier)
    told: dict[str, list[ProviderFinding]] = defaultdict(list)
    for whose, single in said:
        told[whose].append(single)
    used = {one.provider_id: one for one in files if one.status == FileStatus.USED.value}
    returned = [
        UsedReturn(
            provider_id,
            one.provider,
            tuple(now[provider_id]),
            tuple(before[provider_id]),
            tuple(single for single in told[provider_id] if single.file == one.file),
        )
        for provider_id, one in used.items()
    ]
    returned.sort(key=lambda one: (one.provider.casefold(), one.provider_id))
    return FeedbackFacts(period, rows, tuple(returned), tuple(awaited))
