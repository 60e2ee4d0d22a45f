"""Officers' decisions applied to the files that were found: which apply, and which do not and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.core.day import long_date
from xlkpi.core.records import FileAction, FileDecision
from xlkpi.core.visible_text import fold_file
from xlkpi.findings import Code, Finding, finding


@dataclass(frozen=True)
class AppliedDecisions:
    """The decision in force for each file by its name in the inbox, and the findings about the list itself."""

    by_file: Mapping[str, FileDecision]
    findings: tuple[Finding, ...] = ()


def apply_decisions(decisions: Sequence[FileDecision], digests: Mapping[str, str]) -> AppliedDecisions:
    """Find the file that each decision means. The later decision about a file is in force, then the lower row.

    ``digests`` has the sha256 of every file found by its name; a decision about some content applies to every
    file of that content, whatever it is called. Names are compared as people see them: a Mac spells accents in its
    own way.
    """
    named: dict[str, list[str]] = {}
    for file in digests:
        named.setdefault(fold_file(file), []).append(file)
    by_file: dict[str, FileDecision] = {}
    findings = []
    for decision in sorted(decisions, key=lambda decision: (decision.when, decision.row)):
        files = list(_files_of(decision, digests, named))
        if not files:
            changed = fold_file(decision.file) in named
            code = Code.DECISION_CHANGED if changed else Code.DECISION_NO_FILE
            facts = {"row": str(decision.row), "named": decision.file or decision.sha256[:12], "who": decision.who}
            findings.append(finding(code, {**facts, "on": long_date(decision.when)}))
        by_file.update(dict.fromkeys(files, decision))
    return AppliedDecisions(by_file, tuple(findings))


def _files_of(decision: FileDecision, digests: Mapping[str, str], named: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if decision.sha256:
        yield from (file for file, digest in digests.items() if digest == decision.sha256)
    else:
        yield from named.get(fold_file(decision.file), ())


def note_of(decision: FileDecision) -> Finding:
    """Make the note that the master shows beside a file with a decision."""
    return finding(Code.DECIDED, facts_of(decision))


def cannot_be_used(decision: FileDecision, reason: str) -> Finding:
    """Make the finding about a file that an officer decided to use and that cannot be used."""
    return finding(Code.DECISION_CANNOT, {**facts_of(decision), "reason": reason.rstrip(".")})


def facts_of(decision: FileDecision) -> dict[str, str]:
    """Return the facts of a decision that messages show."""
    action = "use it" if decision.action is FileAction.USE else "set it aside"
    return {"who": decision.who, "on": long_date(decision.when), "action": action, "why": decision.why.rstrip(".")}
