"""Locked periods: their figures are final, and a file that came after the lock counts only once it is reopened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from xlkpi.consolidation.apply_decisions import SHORTEST_DIGEST, AppliedDecisions, read_digest
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.later_return import declared, doubt_about_saving, saved
from xlkpi.consolidation.result import FileFinding
from xlkpi.core.day import long_date
from xlkpi.core.period import Period
from xlkpi.council.decisions import Decision, DecisionKind, DecisionLog
from xlkpi.findings import Code, Finding, finding

MOST_NAMED = 5
"""Returns that are gone which a finding names."""


def digest_list(digests: Sequence[str]) -> str:
    """Write the contents that a lock makes final, as its value in the log: the beginning of each sha256."""
    return " ".join(sorted({digest[:SHORTEST_DIGEST] for digest in digests}))


def final_contents(lock: Decision) -> tuple[str, ...]:
    """List the contents that a lock makes final; none where it was written by hand."""
    return tuple(digest for word in lock.value.split() if (digest := read_digest(word)))


def lock_in_force(log: DecisionLog, period: Period | None, provider_id: str = "") -> Decision | None:
    """Return the lock of a period, or of one provider's return in it; None where there is none, or it was reopened."""
    if period is None:
        return None
    decisions = log.of(DecisionKind.LOCK, DecisionKind.REOPEN, period=period)
    meant = [decision for decision in decisions if decision.provider_id.casefold() in ("", provider_id.casefold())]
    last = meant[-1] if meant else None
    return last if last and last.kind is DecisionKind.LOCK else None


def with_locks(
    decided: AppliedDecisions, found_files: Sequence[FoundFile], log: DecisionLog, today: date
) -> AppliedDecisions:
    """Let no file count that came after its period was locked; a decision to use it needs the period reopened first."""
    if not log.of(DecisionKind.LOCK):
        return decided
    late = {}
    for file in found_files:
        manifest = file.manifest
        lock = lock_in_force(log, manifest.period, manifest.provider_id) if manifest else None
        if lock and is_after_lock(file, lock, today):
            late[file.file] = lock
    lost = tuple(_lost_contents(found_files, log))
    return replace(decided, by_file={**decided.by_file, **late}, findings=(*decided.findings, *lost))


def is_after_lock(file: FoundFile, lock: Decision, today: date) -> bool:
    """Tell whether a file arrived after a lock.

    The lock lists the contents that were used when the command wrote it. One that was written by hand does not: then
    the day counts on which the file was received, or else saved, or else declared, where nothing speaks against it.
    """
    finals = final_contents(lock)
    if finals:
        return file.checked.sha256[:SHORTEST_DIGEST] not in finals
    if file.received_at:
        return file.received_at.date() > lock.decided_on
    day = declared(file, today) if doubt_about_saving(file, today) else saved(file.checked).date()
    return day > lock.decided_on


def _lost_contents(found_files: Sequence[FoundFile], log: DecisionLog) -> Iterator[FileFinding]:
    """Name locks with returns that are no longer in the folder: their figures cannot be shown any more."""
    there = {file.checked.sha256[:SHORTEST_DIGEST] for file in found_files}
    for lock in log.of(DecisionKind.LOCK):
        lost = [final for final in final_contents(lock) if final not in there]
        if lost and lock_in_force(log, lock.period, lock.provider_id) == lock:
            more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
            digests = f"{', '.join(f'{digest}…' for digest in lost[:MOST_NAMED])}{more}"
            facts = {**facts_of_lock(lock), "number": str(len(lost)), "digests": digests}
            yield FileFinding(lock.list_name, "", "", finding(Code.LOCK_LOST, facts))


def locked_out(lock: Decision) -> Finding:
    """Make the finding about a file that came after the lock."""
    return finding(Code.LOCKED, facts_of_lock(lock))


def facts_of_lock(lock: Decision) -> dict[str, str]:
    """Return the facts of a lock that messages show."""
    return {"period": str(lock.period), "who": lock.decided_by, "on": long_date(lock.decided_on)}
