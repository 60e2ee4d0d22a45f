"""Officers' decisions applied to the files that were found: which apply, and which do not and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import PurePosixPath

from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.result import FileFinding
from xlkpi.core.day import long_date
from xlkpi.core.near_text import find_nearest
from xlkpi.core.visible_text import fold_file
from xlkpi.council.decisions import Decision, DecisionKind, DecisionLog
from xlkpi.council.decisions.kinds import ABOUT_FILES
from xlkpi.findings import Code, Finding, finding

SHORTEST_DIGEST = 12
"""Digits of a sha256 that name a content; the sheet Files shows all of it."""
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class AppliedDecisions:
    """The decision in force for each file by its name in the inbox, and the findings about the log itself.

    ``by_file`` are decisions to use a file or to set it aside, ``received`` those about the day it was received.
    """

    by_file: Mapping[str, Decision]
    findings: tuple[FileFinding, ...] = ()
    received: Mapping[str, Decision] = field(default_factory=dict)


def apply_decisions(log: DecisionLog, digests: Mapping[str, str]) -> AppliedDecisions:
    """Find the file that each decision means. The later decision about a file is in force, then the lower row.

    ``digests`` has the sha256 of every file found by its name; a decision about some content applies to every
    file of that content, whatever it is called.
    """
    names = _FileNames(digests)
    by_file: dict[str, Decision] = {}
    received: dict[str, Decision] = {}
    findings = []
    for decision in log.of(*ABOUT_FILES):
        files = tuple(names.find(decision))
        if not files:
            findings.append(FileFinding(decision.list_name, "", "", _without_file(decision, names)))
        target = received if decision.kind is DecisionKind.RECEIVED_ON else by_file
        target.update(dict.fromkeys(files, decision))
    return AppliedDecisions(by_file, tuple(findings), received)


@dataclass(frozen=True)
class _FileNames:
    """The files found, by name and by content. Names are compared as people see them: a Mac spells accents apart."""

    digests: Mapping[str, str]

    @cached_property
    def whole(self) -> Mapping[str, Sequence[str]]:
        """The files by their path from the inbox."""
        return _grouped((fold_file(file), file) for file in self.digests)

    @cached_property
    def last(self) -> Mapping[str, Sequence[str]]:
        """The files by their own name alone."""
        return _grouped((fold_file(PurePosixPath(file).name), file) for file in self.digests)

    def named(self, file: str) -> Sequence[str]:
        """Find the files of a path, or the one file with a name that gives no folder or begins with the inbox."""
        if fold_file(file) in self.whole:
            return self.whole[fold_file(file)]
        path = PurePosixPath(file)
        inside = self.whole.get(fold_file(PurePosixPath(*path.parts[1:]).as_posix()), ()) if path.parts[1:] else ()
        same = self.last.get(fold_file(file), ())
        return inside or (same if len(same) == 1 else ())

    def find(self, decision: Decision) -> Iterator[str]:
        """Find the files that a decision is about."""
        digest = "" if decision.kind is DecisionKind.RECEIVED_ON else read_digest(decision.value)
        if digest:
            yield from (file for file, whole in self.digests.items() if whole.startswith(digest))
        else:
            yield from self.named(decision.file)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    grouped: dict[str, list[str]] = {}
    for key, file in pairs:
        grouped.setdefault(key, []).append(file)
    return grouped


def read_digest(value: str) -> str:
    """Give the digest that a value is; empty where it is another text, such as a remark."""
    plain = value.casefold()
    return plain if len(plain) >= SHORTEST_DIGEST and _HEX.issuperset(plain) else ""


def _without_ending(file: str) -> str:
    """Take off the ending: that two files are workbooks does not make their names alike."""
    return str(PurePosixPath(file).with_suffix("")) if file else ""


def _without_file(decision: Decision, names: _FileNames) -> Finding:
    changed = bool(decision.file and names.named(decision.file))
    near = find_nearest(_without_ending(decision.file), {_without_ending(file): file for file in names.digests})
    facts = {
        "row": str(decision.row),
        "named": decision.file or decision.value[:SHORTEST_DIGEST],
        "who": decision.decided_by,
        "on": long_date(decision.decided_on),
        **({"near": near} if near else {}),
    }
    return finding(Code.DECISION_CHANGED if changed else Code.DECISION_NO_FILE, facts)


def with_received(found_files: Iterable[FoundFile], decided: AppliedDecisions) -> list[FoundFile]:
    """Give files the day on which an officer says they were received; it goes before that of an email."""
    return [_received(file, decided.received.get(file.file)) for file in found_files]


def _received(file: FoundFile, decision: Decision | None) -> FoundFile:
    if decision is None or decision.day is None:
        return file
    return replace(file, received_at=datetime.combine(decision.day, time(), UTC))


def note_of(decision: Decision) -> Finding:
    """Make the note that the master shows beside a file with a decision."""
    return finding(Code.DECIDED, facts_of(decision))


def cannot_be_used(decision: Decision, reason: str) -> Finding:
    """Make the finding about a file that an officer decided to use and that cannot be used."""
    return finding(Code.DECISION_CANNOT, {**facts_of(decision), "reason": reason.rstrip(".")})


def facts_of(decision: Decision) -> dict[str, str]:
    """Return the facts of a decision that messages show."""
    action = "use it" if decision.kind is DecisionKind.USE else "set it aside"
    return {
        "who": decision.decided_by,
        "on": long_date(decision.decided_on),
        "action": action,
        "why": decision.why.rstrip("."),
    }
