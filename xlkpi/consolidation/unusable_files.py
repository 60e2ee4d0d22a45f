"""Explain why a provider's files could not be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from xlkpi.consolidation.found_file import FileOutcome
from xlkpi.consolidation.inbox import is_left_by_programs
from xlkpi.consolidation.later_return import saved
from xlkpi.consolidation.result import FileStatus
from xlkpi.core.lot import Provider, fold_name
from xlkpi.core.period import Period
from xlkpi.council.decisions import DecisionKind
from xlkpi.errors import Unreadable
from xlkpi.findings import Code

SHORTEST_NAME = 6
"""A provider's name shorter than this may be in anybody's file name."""

_PROVIDER_ID = re.compile(r"(?=.*[^\W\d_]).{3,}|\d{5,}", re.DOTALL)
"""Ids that identify a file by its name: three characters, one of them a letter; or five digits, unlike any year."""

_SENDERS_PART = {
    Unreadable.EMAIL: "Send the workbook itself.",
    Unreadable.ARCHIVE: "Send the workbook itself.",
    Unreadable.STOPPED: "Open it in Excel, save it again and send that copy.",
}
"""What the sender is asked for, where the remedy is for the officer alone."""

UnusableFiles = Mapping[str, tuple[str, ...]]


def explain_unusable(
    outcomes: Iterable[FileOutcome], register: Sequence[Provider], period: Period | None
) -> UnusableFiles:
    """Explain, by provider_id, in a sentence or two why each of its files is set aside.

    A file's hidden sheet says whose it is. Without one, it is matched to the provider of the register whose id or name
    is in the file's path, where only one is; the sentence then says that the name was used. A return of an earlier
    period that was made before that period had ended does not replace this one: it is history.
    """
    explanations: dict[str, set[str]] = {}
    for outcome in outcomes:
        # Without a finding it counts for another period, in an inbox that has the returns of all.
        if outcome.status is FileStatus.SET_ASIDE and outcome.findings and not _is_history(outcome, period):
            manifest = outcome.found.manifest
            provider_id = manifest.provider_id if manifest else _match_by_name(outcome.found.file, register)
            if provider_id:
                sentence = _sentence(outcome, period, by_name=manifest is None)
                explanations.setdefault(provider_id, set()).add(sentence)
    return {provider_id: tuple(sorted(sentences)) for provider_id, sentences in explanations.items()}


def _is_history(outcome: FileOutcome, period: Period | None) -> bool:
    manifest, checked = outcome.found.manifest, outcome.found.checked
    if manifest is None or period is None or not manifest.period < period:
        return False
    finished = max(saved(checked).date(), checked.declared_on or date.min)
    return date.min < finished <= period.end


def _match_by_name(file: str, register: Sequence[Provider]) -> str:
    """Return the provider_id of the one provider that a path names; empty for none, and for several."""
    path = PurePosixPath(file)
    if is_left_by_programs(path) and not path.name.startswith("~$"):
        return ""
    text = fold_name(file)
    named = {provider.provider_id for provider in register if _is_named(provider, text)}
    return named.pop() if len(named) == 1 else ""


def _is_named(provider: Provider, text: str) -> bool:
    name, number = fold_name(provider.name), provider.provider_id.casefold()
    if len(name) >= SHORTEST_NAME and _has_words(name, text):
        return True
    return bool(_PROVIDER_ID.fullmatch(number)) and _has_words(number, text)


def _has_words(words: str, text: str) -> bool:
    # most are not in it at all, and to compile a pattern for each provider takes longer than the rest
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _sentence(outcome: FileOutcome, period: Period | None, *, by_name: bool) -> str:
    matched = " (matched to you by its file name)" if by_name else ""
    return f"“{PurePosixPath(outcome.found.file).name}”{matched} {_reason(outcome, period)}"


def _reason(outcome: FileOutcome, period: Period | None) -> str:
    manifest, decision = outcome.found.manifest, outcome.decision
    if decision is not None and decision.kind is DecisionKind.SET_ASIDE:
        return f"is set aside: {decision.why.strip().rstrip('.')}. Send the return you want us to use."
    if decision is not None and decision.kind is DecisionKind.LOCK:
        return f"came after the figures of {decision.period} were made final. Ask us whether it can still count."
    if manifest is not None:
        return f"is the workbook of {manifest.period}. The one for {period} is still needed."
    finding = outcome.findings[0]
    if finding.code is Code.TEMPLATE_UNKNOWN:
        return f"was made from another edition of our workbook. Copy your figures into the one we sent for {period}."
    message = finding.message.removeprefix(PurePosixPath(outcome.found.file).name).lstrip()
    if not outcome.found.checked.sha256 and not message.endswith(Unreadable.TOO_LARGE.remedy):
        return "could not be opened here. Send it again."
    for problem, request in _SENDERS_PART.items():
        if message.endswith(problem.remedy):
            return message.removesuffix(problem.remedy) + request
    return message
