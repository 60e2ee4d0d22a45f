"""Which files are used, set aside or superseded: by their content, never by the order they were read in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from xlkpi.consolidation.apply_decisions import cannot_be_used, facts_of, note_of
from xlkpi.consolidation.inbox import is_left_by_programs, is_workbook_name
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.return_diff import describe_differences
from xlkpi.core.day import long_date
from xlkpi.core.period import Period
from xlkpi.core.records import FileAction, FileDecision
from xlkpi.findings import Code, Finding, Severity, finding
from xlkpi.reading.returns.checked_return import CheckedReturn, Manifest


@dataclass(frozen=True)
class FoundFile:
    """A file by its path from the inbox, and what checking it gave."""

    file: str
    checked: CheckedReturn

    @property
    def manifest(self) -> Manifest | None:
        """The provider whose return it is; None where it cannot be used."""
        return None if self.checked.unreadable else self.checked.manifest


@dataclass(frozen=True)
class FileOutcome:
    """How a file is used and why; ``findings`` are those that the master lists for it."""

    found: FoundFile
    status: FileStatus
    findings: tuple[Finding, ...]
    why: str = ""
    remedy: str = ""
    differs: str = ""
    decision: FileDecision | None = None


Return = tuple[FoundFile, Manifest]
Decisions = Mapping[str, FileDecision]
NONE_DECIDED: Decisions = {}


_ABOUT_IDENTITY = frozenset(
    (
        *(Code.PROVIDER_CHANGED, Code.PERIOD_CHANGED, Code.MANIFEST_CHANGED),
        *(Code.SHEET_PROVIDER, Code.SHEET_PERIOD, Code.SEAL_WRONG, Code.SEAL_MISSING),
    )
)
"""A file with one of these never takes the place of a return that has none."""


def select_returns(
    found: Sequence[FoundFile],
    period: Period | None,
    decided: Decisions = NONE_DECIDED,
    is_far_ahead: Callable[[Period], bool] = lambda _: False,
) -> tuple[FileOutcome, ...]:
    """Give every file an outcome: one used return per provider, the rest set aside or superseded.

    Of exact copies the first name is used; of different returns the one that an officer ``decided`` to use, else one
    whose identity is not in doubt, else the later saved, then declared (then sha256). A return of a period that
    ``is_far_ahead`` is never used, unless that period is the one collected.
    """
    outcomes: list[FileOutcome] = []
    by_provider: dict[str, list[Return]] = defaultdict(list)
    for file in found:
        decision = decided.get(file.file)
        if decision is not None and decision.action is FileAction.SET_ASIDE:
            outcomes.append(_set_aside(file, decision))
        elif file.manifest is None:
            outcomes.append(_not_as_decided(_not_a_return(file), decision))
        elif file.manifest.period != period and is_far_ahead(file.manifest.period):
            outcomes.append(_not_as_decided(_far_ahead(file, file.manifest), decision))
        elif period is not None and file.manifest.period != period:
            outcomes.append(_not_as_decided(_other_period(file, file.manifest, period), decision))
        else:
            by_provider[file.manifest.provider_id].append((file, file.manifest))
    for returns in by_provider.values():
        outcomes.extend(_of_provider(returns, decided))
    if len(outcomes) != len(found):
        raise AssertionError((len(outcomes), len(found)))
    return tuple(outcomes)


def _set_aside(file: FoundFile, decision: FileDecision) -> FileOutcome:
    note = note_of(decision)
    remedy = "Nothing: an officer decided. To use it again, delete the row from the decisions."
    return FileOutcome(file, FileStatus.SET_ASIDE, (note,), note.message, remedy, decision=decision)


def _not_as_decided(outcome: FileOutcome, decision: FileDecision | None) -> FileOutcome:
    """Add to a file that is set aside although an officer decided to use it why that cannot be done."""
    if decision is None:
        return outcome
    warning = cannot_be_used(decision, outcome.why)
    return replace(outcome, findings=(*outcome.findings, warning), decision=decision)


def _of_provider(returns: Sequence[Return], decided: Decisions) -> Iterable[FileOutcome]:
    different: dict[str, Return] = {}
    for candidate in sorted(returns, key=lambda pair: pair[0].file):
        file = candidate[0]
        first = different.setdefault(file.checked.sha256 or file.file, candidate)
        if first is not candidate:
            yield _copy(file, first[0])
    best, manifest = max(different.values(), key=lambda pair: _preference(pair[0], decided))
    decision = decided.get(best.file)
    for other, _ in different.values():
        if other is not best:
            yield _superseded(other, best, manifest.provider, decision)
        elif decision is None:
            yield FileOutcome(best, FileStatus.USED, best.checked.findings)
        else:
            yield FileOutcome(best, FileStatus.USED, (*best.checked.findings, note_of(decision)), decision=decision)


def _preference(file: FoundFile, decided: Decisions) -> tuple[tuple[date, int], bool, tuple[datetime, date, str]]:
    """Rank what an officer decided first, then files that are surely this provider's, then the latest."""
    return _wanted(file, decided), not doubts_of(file.checked), _age(file.checked)


def doubts_of(checked: CheckedReturn) -> tuple[Finding, ...]:
    """Return the findings that put in doubt whose return a file is, or of which period."""
    return tuple(each for each in checked.findings if each.code in _ABOUT_IDENTITY)


def _wanted(file: FoundFile, decided: Decisions) -> tuple[date, int]:
    """Rank by the day and row of an officer's decision to use the file: the latest decision wins."""
    decision = decided.get(file.file)
    return (decision.when, decision.row) if decision else (date.min, 0)


def _age(checked: CheckedReturn) -> tuple[datetime, date, str]:
    # The sha256 comes last, so that the outcome does not depend on names or order even where all else is equal.
    return saved(checked), checked.declared_on or date.min, checked.sha256


def saved(checked: CheckedReturn) -> datetime:
    """Return when the file says it was last saved, in UTC; the earliest time there is where it does not say."""
    try:
        moment = datetime.fromisoformat(checked.saved_at)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last day there are may be none in UTC
        return datetime.min.replace(tzinfo=UTC)


def _copy(file: FoundFile, original: FoundFile) -> FileOutcome:
    note = finding(Code.SAME_FILE, {"other": original.file})
    why = f"An exact copy of {original.file}."
    return FileOutcome(file, FileStatus.SUPERSEDED, (note,), why, "Nothing: it is counted once.")


def _superseded(file: FoundFile, best: FoundFile, provider: str, decision: FileDecision | None) -> FileOutcome:
    differs = describe_differences(file.checked, best.checked)
    if decision is not None:
        note = finding(Code.ANOTHER_DECIDED, {**facts_of(decision), "other": best.file})
        remedy = "Nothing: an officer decided which one counts."
        return FileOutcome(file, FileStatus.SUPERSEDED, (note,), note.message, remedy, differs)
    doubts = doubts_of(file.checked)
    if doubts and not doubts_of(best.checked):
        query = finding(Code.IDENTITY_IN_DOUBT, {"provider": provider, "other": best.file})
        remedy = "Ask the provider which of the two it sent. If it is this one, decide to use it."
        return FileOutcome(file, FileStatus.SUPERSEDED, (*doubts, query), query.message, remedy, differs)
    when = saved(best.checked)
    later = best.file if when.year == 1 else f"{best.file} (saved {long_date(when.date())}, {when:%H:%M} UTC)"
    note = finding(Code.SUPERSEDED, {"provider": provider, "later": later})
    remedy = "Nothing, unless this is the one that should count: then ask the provider which."
    why = f"{provider} sent a later return, {later}."
    return FileOutcome(file, FileStatus.SUPERSEDED, (note,), why, remedy, differs)


def _far_ahead(file: FoundFile, manifest: Manifest) -> FileOutcome:
    query = finding(Code.PERIOD_AHEAD, {"found": str(manifest.period), "provider": manifest.provider})
    why, _, remedy = query.message.rpartition(". ")
    return FileOutcome(file, FileStatus.SET_ASIDE, (query,), f"{why}.", remedy)


def _other_period(file: FoundFile, manifest: Manifest, period: Period) -> FileOutcome:
    note = finding(Code.OTHER_PERIOD, {"found": str(manifest.period), "period": str(period)})
    remedy = f"Nothing, unless {manifest.provider} meant it for {period}: then ask for that workbook."
    return FileOutcome(file, FileStatus.SET_ASIDE, (note,), note.message, remedy)


def _not_a_return(file: FoundFile) -> FileOutcome:
    path = PurePosixPath(file.file)
    findings = file.checked.findings or (finding(Code.NOT_A_RETURN, {"file": path.name}),)
    weighed = tuple(replace(each, severity=_severity(path, each.severity)) for each in findings)
    why, _, remedy = weighed[0].message.rpartition(". ")
    if is_left_by_programs(path) and not path.name.startswith("~$"):
        remedy = "Nothing: a program left it here."
    return FileOutcome(file, FileStatus.SET_ASIDE, weighed, f"{why}.", remedy)


def _severity(path: PurePosixPath, severity: Severity) -> Severity:
    # A lock or system file is nobody's return, and a PDF or a letter may not be one.
    if is_left_by_programs(path):
        return Severity.NOTE
    return severity if is_workbook_name(path) else Severity.QUERY
