"""The differences between two returns of one provider, so that nobody has to open both."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.core.day import short_date
from xlkpi.findings import Code, Severity
from xlkpi.reading.returns.checked_return import CheckedReturn, ReturnedEntry

MOST_SHOWN, MOST_IN_MESSAGE = 12, 6
_EMPTY = frozenset((Code.ENTRY_EMPTY, Code.COUNT_EMPTY))


def describe_differences(earlier: CheckedReturn, later: CheckedReturn) -> str:
    """List every figure and text that differs, the first twelve in words; empty where nothing differs."""
    differences = list(_differences(earlier, later))
    more = f"; and {len(differences) - MOST_SHOWN} more" if len(differences) > MOST_SHOWN else ""
    return "; ".join(differences[:MOST_SHOWN]) + more


def list_differences(
    here: CheckedReturn, used: CheckedReturn, *, only_lost: bool = False, only_given: bool = False
) -> str:
    """List for a message what differs between the entries of a return and of the one used; empty where nothing does.

    With ``only_given``, only counts that are given here, those that could not be read too; with ``only_lost``, only
    those that the one used has not.
    """
    unread = _unread_cells(here) if only_given else frozenset()
    after = {entry.code: entry for entry in used.entries}
    differences: list[str] = []
    for entry in here.entries:
        other = after.get(entry.code)
        if only_lost or only_given:
            differences += _counts_given(entry, other, only_lost=only_lost)
            differences += _counts_unread(entry, other, unread)
        elif other is not None:
            differences += _of_entry(entry, other)
    more = f" and {len(differences) - MOST_IN_MESSAGE} more" if len(differences) > MOST_IN_MESSAGE else ""
    return "; ".join(differences[:MOST_IN_MESSAGE]) + more


def _counts_given(entry: ReturnedEntry, other: ReturnedEntry | None, *, only_lost: bool) -> Iterator[str]:
    for which in ("x", "y"):
        here, there = getattr(entry, which), getattr(other, which, None)
        if here is not None and here != there and not (only_lost and there is not None):
            yield f"{entry.code} {which} {_shown(here)}, used: {_shown(there)}"


def _unread_cells(here: CheckedReturn) -> frozenset[tuple[str | None, str]]:
    """Indicator and cell of each count that is there and could not be read."""
    must_fix = (finding for finding in here.findings if finding.severity is Severity.MUST_FIX)
    return frozenset((finding.indicator, finding.cell) for finding in must_fix if finding.code not in _EMPTY)


def _counts_unread(
    entry: ReturnedEntry, other: ReturnedEntry | None, unread: frozenset[tuple[str | None, str]]
) -> Iterator[str]:
    for which in ("x", "y"):
        here, there = getattr(entry, which), getattr(other, which, None)
        if here is None and there is not None and (entry.code, getattr(entry, f"{which}_cell")) in unread:
            yield f"{entry.code} {which} could not be read, used: {_shown(there)}"


def _differences(earlier: CheckedReturn, later: CheckedReturn) -> Iterator[str]:
    after = {entry.code: entry for entry in later.entries}
    for entry in earlier.entries:
        other = after.pop(entry.code, None)
        yield from _of_entry(entry, other) if other else (f"{entry.code} only in this one",)
    yield from (f"{code} only in the one used" for code in after)
    if earlier.declared_by != later.declared_by:
        yield f"declared by {earlier.declared_by or 'nobody'}, used: {later.declared_by or 'nobody'}"
    if earlier.declared_on != later.declared_on:
        days = [short_date(day) if day else "no date" for day in (earlier.declared_on, later.declared_on)]
        yield f"declared on {days[0]}, used: {days[1]}"


def _of_entry(entry: ReturnedEntry, other: ReturnedEntry) -> Iterator[str]:
    for which in ("x", "y"):
        here, there = getattr(entry, which), getattr(other, which)
        if here != there:
            yield f"{entry.code} {which} {_shown(here)}, used: {_shown(there)}"
    if entry.x == other.x and entry.y == other.y and entry.state is not other.state:
        yield f"{entry.code} {entry.state.value}, used: {other.state.value}"
    if entry.comment != other.comment:
        yield f"{entry.code} another reason"
    if entry.plan != other.plan:
        yield f"{entry.code} another action plan"


def _shown(count: int | None) -> str:
    return "none" if count is None else f"{count:,}"
