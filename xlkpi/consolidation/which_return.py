"""Which of a provider's returns counts, and what the master says about each that does not.

In this order: what an officer decided; a return whose identity is sure; a complete and declared one; the later one,
where later is known. Where it is not, the later declaration is used meanwhile, and a query names what differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum

from xlkpi.consolidation.apply_decisions import facts_of
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.later_return import declared, order_of, received, saved
from xlkpi.consolidation.return_diff import describe_differences, list_differences
from xlkpi.core.day import long_date
from xlkpi.council.decisions import Decision
from xlkpi.findings import Code, Finding, Severity, finding
from xlkpi.reading.returns.checked_return import CheckedReturn

_ABOUT_IDENTITY = frozenset(
    (
        *(Code.PROVIDER_CHANGED, Code.PERIOD_CHANGED, Code.MANIFEST_CHANGED),
        *(Code.SHEET_PROVIDER, Code.SHEET_PERIOD, Code.SEAL_WRONG, Code.SEAL_MISSING, Code.MANIFEST_REBUILT),
    )
)
"""A file with one of these never takes the place of a return that has none and is not blank."""

ANSWERED_BY_DECISION = frozenset(
    (Code.SEAL_WRONG, Code.SEAL_MISSING, Code.MANIFEST_REBUILT, Code.MANIFEST_CHANGED, Code.PROVIDER_RENAMED)
)
"""Queries that only ask which provider a file is from: an officer who decides to use the file has answered them."""

_ASK = "Ask the provider which figures count. If they are these, decide to use this file."

MOST_COMPARED = 100
"""How many returns of one provider are compared with each other; of more, those declared last."""


class Doubt(IntEnum):
    """How sure the provider and the period of a file are."""

    NONE = 0
    QUERY = 1
    MUST_FIX = 2


class Completeness(IntEnum):
    """How much of a return is there; a fuller one goes before another, whenever that was saved."""

    EMPTY = 0
    INCOMPLETE = 1
    COMPLETE = 2


@dataclass(frozen=True)
class NotUsed:
    """Why a return is not used although it is one: its findings, and the reason why the other one is used."""

    findings: tuple[Finding, ...]
    remedy: str
    other_is_used: str
    differs: str = ""

    @property
    def why(self) -> str:
        """Say it in the words of the last finding."""
        return self.findings[-1].message


@dataclass(frozen=True)
class Choice:
    """The return of a provider that is used, and the day by which a saved time is in the future."""

    used: FoundFile
    provider: str
    decision: Decision | None
    today: date


def doubts_of(checked: CheckedReturn) -> tuple[Finding, ...]:
    """Return the findings that make the provider or the period of a file uncertain."""
    return tuple(each for each in checked.findings if each.code in _ABOUT_IDENTITY)


def how_doubtful(checked: CheckedReturn) -> Doubt:
    """Tell whether the provider or the period of a file is uncertain, and whether that must be fixed."""
    severities = {each.severity for each in doubts_of(checked)}
    if Severity.MUST_FIX in severities:
        return Doubt.MUST_FIX
    return Doubt.QUERY if severities else Doubt.NONE


def how_filled(checked: CheckedReturn) -> Completeness:
    """Tell whether a return is complete and declared, and else whether there is any figure in it."""
    if checked.declared_by and checked.declared_on and all_figures(checked):
        return Completeness.COMPLETE
    any_figure = any(entry.x is not None or entry.y is not None for entry in checked.entries)
    return Completeness.INCOMPLETE if any_figure else Completeness.EMPTY


def all_figures(checked: CheckedReturn) -> bool:
    """Tell whether x and y are there, as counts, wherever a return has to have them."""
    asked = [entry for entry in checked.entries if entry.due and entry.required]
    return all(entry.x is not None and entry.y is not None for entry in asked)


def choose_return(returns: Sequence[FoundFile], today: date) -> FoundFile:
    """Choose among different returns of one provider where no officer decided. Names and order do not matter."""
    ranks = [_rank(file.checked) for file in returns]
    highest = max(ranks)
    best = [file for file, rank in zip(returns, ranks, strict=True) if rank == highest]
    best = sorted(best, key=lambda file: _declared_last(file, today))[-MOST_COMPARED:]
    latest = [file for file in best if not any(order_of(file, other, today).later is other for other in best)]
    return (latest or best)[-1]


def _rank(checked: CheckedReturn) -> tuple[bool, bool, int, Completeness]:
    """Rank a return by what is known of it apart from its time.

    A blank one never goes before another, unless the other must be fixed because it is from another provider. A file
    may also be uncertain only because it was built before this PC had a key.
    """
    doubt, filled = how_doubtful(checked), how_filled(checked)
    return doubt is not Doubt.MUST_FIX, filled is not Completeness.EMPTY, -doubt, filled


def _declared_last(file: FoundFile, today: date) -> tuple[date, datetime, datetime, str]:
    # The sha256 comes last, so that the outcome does not depend on names or order even where all else is equal.
    return declared(file, today), received(file), saved(file.checked), file.checked.sha256


def explain_not_used(file: FoundFile, choice: Choice) -> NotUsed:
    """Say why a return does not count. No message says that another is later unless that is known."""
    differs = describe_differences(file.checked, choice.used.checked)
    facts = {"provider": choice.provider, "other": choice.used.file}
    if choice.decision is not None:
        note = finding(Code.ANOTHER_DECIDED, {**facts_of(choice.decision), "other": choice.used.file})
        remedy = "Nothing: an officer decided which one counts."
        return NotUsed((note,), remedy, "An officer decided to use it.", differs)
    doubts = doubts_of(file.checked)
    if how_doubtful(file.checked) > how_doubtful(choice.used.checked):
        query = finding(Code.IDENTITY_IN_DOUBT, facts)
        remedy = "Ask the provider which of the two it sent. If it is this one, decide to use it."
        return NotUsed((*doubts, query), remedy, "Nothing puts in doubt whose return it is.", differs)
    return replace(_compare(file, choice, facts), differs=differs)


def _compare(file: FoundFile, choice: Choice, facts: dict[str, str]) -> NotUsed:
    """Say why of two returns of equally sure identity the other one is used."""
    order = order_of(file, choice.used, choice.today)
    if order.later is choice.used:
        return _earlier(file, choice.used, {**facts, "later": f"{choice.used.file} ({order.since})"}, order.since)
    if how_filled(file.checked) < how_filled(choice.used.checked):
        return _less_filled(file, choice.used, facts)
    figures = list_differences(file.checked, choice.used.checked)
    if not figures:
        return NotUsed(
            (finding(Code.SAME_FIGURES, facts),), "Nothing: the figures are the same.", "Another has the same figures."
        )
    because = "The files do not show which return is later."
    facts |= {"differences": figures, "reason": order.doubt or "their times contradict each other"}
    day = declared(choice.used, choice.today)
    if declared(file, choice.today) < day:
        facts["chosen"] = f"declared later, on {long_date(day)}"
        because = f"The files do not show which return is later; this one was {facts['chosen']}."
    return NotUsed((finding(Code.LATER_NOT_KNOWN, facts),), _ASK, because)


def _earlier(file: FoundFile, used: FoundFile, facts: dict[str, str], since: str) -> NotUsed:
    because = f"It is the later one: {since}."
    lost = list_differences(file.checked, used.checked, only_lost=True)
    if not lost and _has_only_noughts(used.checked):
        lost = list_differences(file.checked, used.checked, only_given=True)
    if lost:
        return NotUsed((finding(Code.LATER_LACKS, {**facts, "differences": lost}),), _ASK, because)
    remedy = "Nothing, unless this is the one that should count: then ask the provider which."
    return NotUsed((finding(Code.SUPERSEDED, facts),), remedy, because)


def _has_only_noughts(checked: CheckedReturn) -> bool:
    """Tell whether every count of a return is 0, as in a fresh copy that somebody filled in to be rid of it."""
    return not any(entry.x or entry.y for entry in checked.entries)


def _less_filled(file: FoundFile, used: FoundFile, facts: dict[str, str]) -> NotUsed:
    """Say that the return that is used is the fuller one; with a query where this one has other figures."""
    because = "It has figures, and the other has none."
    if how_filled(used.checked) is Completeness.COMPLETE:
        facts["complete"] = "complete and declared"
        because = "It is complete and declared, and the other is not."
    missing = "is not declared" if all_figures(file.checked) else "is not complete"
    facts["lacks"] = "has no figures" if how_filled(file.checked) is Completeness.EMPTY else missing
    figures = list_differences(file.checked, used.checked, only_given=True)
    if figures:
        return NotUsed((finding(Code.INCOMPLETE_DIFFERS, {**facts, "differences": figures}),), _ASK, because)
    return NotUsed((finding(Code.INCOMPLETE_RETURN, facts),), "Nothing: the fuller one is used.", because)
