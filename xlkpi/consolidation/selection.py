"""Which files are used, set aside or superseded: by their content, never by the order they were read in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    """What became of a file and why; ``findings`` are those that the master lists of it."""

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


def usual_period(found: Iterable[FoundFile]) -> Period | None:
    """The period that most providers returned, the latest of several; None where no file is a return."""
    senders: dict[Period, set[str]] = defaultdict(set)
    for one in found:
        if one.manifest is not None:
            senders[one.manifest.period].add(one.manifest.provider_id)
    return max(senders, key=lambda period: (len(senders[period]), period), default=None)


def select_returns(
    found: Sequence[FoundFile], period: Period | None, decided: Decisions = NONE_DECIDED
) -> tuple[FileOutcome, ...]:
    """Say about every file what becomes of it: one used return a provider, the rest set aside or superseded.

    Of exact copies the first name is kept; of different returns the one that an officer ``decided`` to use, else the
    later saved, then declared (then sha256).
    """
    chosen: list[FileOutcome] = []
    by_provider: dict[str, list[Return]] = defaultdict(list)
    for one in found:
        decision = decided.get(one.file)
        if decision is not None and decision.action is FileAction.SET_ASIDE:
            chosen.append(_set_aside(one, decision))
        elif one.manifest is None:
            chosen.append(_with_regret(_not_a_return(one), decision))
        elif period is not None and one.manifest.period != period:
            chosen.append(_with_regret(_other_period(one, one.manifest, period), decision))
        else:
            by_provider[one.manifest.provider_id].append((one, one.manifest))
    for returns in by_provider.values():
        chosen.extend(_of_provider(returns, decided))
    if len(chosen) != len(found):
        raise AssertionError((len(chosen), len(found)))
    return tuple(chosen)


def _set_aside(one: FoundFile, decision: FileDecision) -> FileOutcome:
    said = note_of(decision)
    remedy = "Nothing: an officer decided. To use it again, delete the row from the decisions."
    return FileOutcome(one, FileStatus.SET_ASIDE, (said,), said.message, remedy, decision=decision)


def _with_regret(chosen: FileOutcome, decision: FileDecision | None) -> FileOutcome:
    """What is set aside although an officer decided to use it: no decision makes figures out of what has none."""
    if decision is None:
        return chosen
    said = cannot_be_used(decision, chosen.why)
    return replace(chosen, findings=(*chosen.findings, said), decision=decision)


def _of_provider(returns: Sequence[Return], decided: Decisions) -> Iterable[FileOutcome]:
    first: dict[str, Return] = {}
    for one in sorted(returns, key=lambda pair: pair[0].file):
        kept = first.setdefault(one[0].checked.sha256 or one[0].file, one)
        if kept is not one:
            yield _copy(one[0], kept[0])
    best, manifest = max(first.values(), key=lambda pair: (_wanted(pair[0], decided), _age(pair[0].checked)))
    decision = decided.get(best.file)
    for other, _ in first.values():
        if other is not best:
            yield _superseded(other, best, manifest.provider, decision)
        elif decision is None:
            yield FileOutcome(best, FileStatus.USED, best.checked.findings)
        else:
            yield FileOutcome(best, FileStatus.USED, (*best.checked.findings, note_of(decision)), decision=decision)


def _wanted(one: FoundFile, decided: Decisions) -> tuple[date, int]:
    """How strongly an officer wants this one: by the day and row of the decision to use it."""
    decision = decided.get(one.file)
    return (decision.when, decision.row) if decision else (date.min, 0)


def _age(checked: CheckedReturn) -> tuple[datetime, date, str]:
    return saved(checked), checked.declared_on or date.min, checked.sha256


def saved(checked: CheckedReturn) -> datetime:
    """When the file says it was last saved, in UTC; the beginning of time where it doesn't say."""
    try:
        moment = datetime.fromisoformat(checked.saved_at)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _copy(one: FoundFile, kept: FoundFile) -> FileOutcome:
    said = finding(Code.SAME_FILE, {"other": kept.file})
    why = f"An exact copy of {kept.file}."
    return FileOutcome(one, FileStatus.SUPERSEDED, (said,), why, "Nothing: it is counted once.")


def _superseded(one: FoundFile, best: FoundFile, provider: str, decision: FileDecision | None) -> FileOutcome:
    differs = describe_differences(one.checked, best.checked)
    if decision is not None:
        facts = {**facts_of(decision), "other": best.file}
        told = finding(Code.ANOTHER_DECIDED, facts)
        remedy = "Nothing: an officer decided which one counts."
        return FileOutcome(one, FileStatus.SUPERSEDED, (told,), told.message, remedy, differs)
    when = saved(best.checked)
    later = best.file if when.year == 1 else f"{best.file} (saved {long_date(when.date())}, {when:%H:%M} UTC)"
    said = finding(Code.SUPERSEDED, {"provider": provider, "later": later})
    remedy = "Nothing, unless this is the one that should count: then ask the provider which."
    why = f"{provider} sent a later return, {later}."
    return FileOutcome(one, FileStatus.SUPERSEDED, (said,), why, remedy, differs)


def _other_period(one: FoundFile, manifest: Manifest, period: Period) -> FileOutcome:
    said = finding(Code.OTHER_PERIOD, {"found": str(manifest.period), "period": str(period)})
    remedy = f"Nothing, unless {manifest.provider} meant it for {period}: then ask for that workbook."
    return FileOutcome(one, FileStatus.SET_ASIDE, (said,), said.message, remedy)


def _not_a_return(one: FoundFile) -> FileOutcome:
    path = PurePosixPath(one.file)
    said = one.checked.findings or (finding(Code.NOT_A_RETURN, {"file": path.name}),)
    weighed = tuple(replace(single, severity=_weight(path, single.severity)) for single in said)
    why, _, remedy = weighed[0].message.rpartition(". ")
    if is_left_by_programs(path) and not path.name.startswith("~$"):
        remedy = "Nothing: a program left it here."
    return FileOutcome(one, FileStatus.SET_ASIDE, weighed, f"{why}.", remedy)


def _weight(path: PurePosixPath, severity: Severity) -> Severity:
    """A lock or system file is nobody's return, and a PDF or a letter may be none."""
    if is_left_by_programs(path):
        return Severity.NOTE
    return severity if is_workbook_name(path) else Severity.QUERY
