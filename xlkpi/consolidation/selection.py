"""Which files are used, set aside or superseded: by their content, never by the order they were read in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from xlkpi.consolidation.apply_decisions import cannot_be_used, note_of
from xlkpi.consolidation.found_file import FileOutcome, FoundFile
from xlkpi.consolidation.inbox import is_left_by_programs, is_workbook_name
from xlkpi.consolidation.period_locks import locked_out
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.which_return import ANSWERED_BY_DECISION, Choice, NotUsed, choose_return, explain_not_used
from xlkpi.core.day import LAST_DAY
from xlkpi.core.period import Period
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.findings import Code, Severity, finding
from xlkpi.reading.returns.checked_return import Manifest

Decisions = Mapping[str, Decision]
NONE_DECIDED: Decisions = {}


def select_returns(
    found_files: Sequence[FoundFile],
    period: Period | None,
    decided: Decisions = NONE_DECIDED,
    is_far_ahead: Callable[[Period], bool] = lambda _: False,
    today: date = LAST_DAY,
) -> tuple[FileOutcome, ...]:
    """Give every file an outcome: one used return per provider, the rest set aside or superseded.

    Of exact copies the first name is used; of different returns the one that an officer ``decided`` to use, else as
    ``which_return`` chooses. A return of a period that ``is_far_ahead`` is never used, unless that period is the one
    collected. A file saved after ``today`` has a wrong time.
    """
    outcomes: list[FileOutcome] = []
    by_provider: dict[str, list[FoundFile]] = defaultdict(list)
    for file in found_files:
        decision = decided.get(file.file)
        if decision is not None and decision.kind is not DecisionKind.USE:
            outcomes.append(_set_aside(file, decision))
        elif file.manifest is None:
            outcomes.append(_not_as_decided(_not_a_return(file), decision))
        elif file.manifest.period != period and is_far_ahead(file.manifest.period):
            outcomes.append(_not_as_decided(_far_ahead(file, file.manifest), decision))
        elif period is not None and file.manifest.period != period:
            outcomes.append(_not_as_decided(_other_period(file, file.manifest, period), decision))
        else:
            by_provider[file.manifest.provider_id].append(file)
    for returns in by_provider.values():
        outcomes.extend(_of_provider(returns, decided, today))
    if len(outcomes) != len(found_files):
        raise AssertionError((len(outcomes), len(found_files)))
    return tuple(outcomes)


def explain_other_periods(outcomes: Iterable[FileOutcome]) -> tuple[FileOutcome, ...]:
    """Say of returns of other periods that they count there: an inbox of a contract folder has those of all periods."""
    return tuple(_counts_elsewhere(outcome) for outcome in outcomes)


def _counts_elsewhere(outcome: FileOutcome) -> FileOutcome:
    findings = tuple(each for each in outcome.findings if each.code is not Code.OTHER_PERIOD)
    if outcome.found.manifest is None or len(findings) == len(outcome.findings):
        return outcome
    why = f"It is of {outcome.found.manifest.period}, and counts for that period."
    return replace(outcome, findings=findings, why=why, remedy="Nothing.", counts_elsewhere=True)


def _set_aside(file: FoundFile, decision: Decision) -> FileOutcome:
    if decision.kind is DecisionKind.LOCK:
        query = locked_out(decision)
        remedy = "Nothing, unless it should count: then reopen the period, and lock it again afterwards."
        return FileOutcome(file, FileStatus.SET_ASIDE, (query,), query.message, remedy, decision=decision)
    note = note_of(decision)
    remedy = "Nothing: an officer decided. To use it again, delete the row from the decisions."
    return FileOutcome(file, FileStatus.SET_ASIDE, (note,), note.message, remedy, decision=decision)


def _not_as_decided(outcome: FileOutcome, decision: Decision | None) -> FileOutcome:
    """Add to a file that is set aside although an officer decided to use it why that cannot be done."""
    if decision is None:
        return outcome
    warning = cannot_be_used(decision, outcome.why)
    return replace(outcome, findings=(*outcome.findings, warning), decision=decision)


def _of_provider(returns: Sequence[FoundFile], decided: Decisions, today: date) -> Iterable[FileOutcome]:
    different, copies = _without_copies(returns)
    best = _decided_on(different, decided) or choose_return(different, today)
    decision = decided.get(best.file)
    choice = Choice(best, best.manifest.provider if best.manifest else "", decision, today)
    others = [(file, explain_not_used(file, choice)) for file in different if file is not best]
    yield from copies
    for file, reason in others:
        yield FileOutcome(file, FileStatus.SUPERSEDED, reason.findings, reason.why, reason.remedy, reason.differs)
    yield _used(best, decision, [reason for _, reason in others])


def _without_copies(returns: Sequence[FoundFile]) -> tuple[list[FoundFile], list[FileOutcome]]:
    """Keep the first name of each content, received when the first copy was, and give the others their outcome."""
    same: dict[str, list[FoundFile]] = defaultdict(list)
    for file in sorted(returns, key=lambda file: file.file):
        same[file.checked.sha256 or file.file].append(file)
    copies = [_copy(file, files[0]) for files in same.values() for file in files[1:]]
    times = [[file.received_at for file in files if file.received_at] for files in same.values()]
    different = [
        replace(files[0], received_at=min(received, default=None))
        for files, received in zip(same.values(), times, strict=True)
    ]
    return different, copies


def _decided_on(returns: Iterable[FoundFile], decided: Decisions) -> FoundFile | None:
    """Return the file that an officer decided to use, by the latest decision; None where there is no decision."""
    wanted = [file for file in returns if file.file in decided]
    return max(wanted, key=lambda file: (decided[file.file].decided_on, decided[file.file].row), default=None)


def _used(file: FoundFile, decision: Decision | None, others: Iterable[NotUsed]) -> FileOutcome:
    """Use a file, and say why it is this one where there are others. A decision says whose it is."""
    why = " ".join(dict.fromkeys(other.other_is_used for other in others))
    if decision is None:
        return FileOutcome(file, FileStatus.USED, file.checked.findings, why)
    findings = tuple(each for each in file.checked.findings if each.code not in ANSWERED_BY_DECISION)
    return FileOutcome(file, FileStatus.USED, (*findings, note_of(decision)), why, decision=decision)


def _copy(file: FoundFile, original: FoundFile) -> FileOutcome:
    note = finding(Code.SAME_FILE, {"other": original.file})
    why = f"An exact copy of {original.file}."
    return FileOutcome(file, FileStatus.SUPERSEDED, (note,), why, "Nothing: it is counted once.")


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
