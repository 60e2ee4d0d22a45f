"""Entries with mistakes, or that only look odd: each change is named, with the finding it leads to."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core.checks import AskedIndicator, Entry
from xlkpi.core.vocabulary import State
from xlkpi.demo.figures import group_by_state
from xlkpi.demo.filling import Entries
from xlkpi.findings import Code

PLANTED = {
    "KPI S1": Code.X_OVER_Y,
    "KPI S2": Code.REASON,
    "INFO W2": Code.COUNT_TEXT,
    "INFO W3": Code.COUNT_DECIMAL,
    "KPI W2": Code.SAME_Y,
}
"""What `with_mistakes` plants, by indicator; its return lacks the declaration as well."""

EXPLAINED = {"KPI S1": Code.CHANGE, "KPI S3": Code.CARRIED_OVER}
"""The queries that `with_explanations` answers, by indicator; the change shows only beside the earlier return."""


def plant_mistakes(entries: Entries, asked: Sequence[AskedIndicator]) -> Entries:
    """Plant the mistakes of a hurried return; it needs the sections of every provider and of Lot 1."""
    people = _y(entries, "INFO W1")
    return {
        **entries,
        "KPI S1": _x_over_y(entries["KPI S1"]),
        "KPI S2": _amber(asked, "KPI S2", _y(entries, "KPI S2")),
        "INFO W2": entries["INFO W2"]._replace(x="12 visits"),
        "INFO W3": entries["INFO W3"]._replace(x=3.5),
        "KPI W2": Entry(people - 3, people - 3),
    }


def undo_correction(entries: Entries) -> Entries:
    """Give the first of two versions: one x larger than its y."""
    return {**entries, "KPI S1": _x_over_y(entries["KPI S1"])}


def add_explanations(entries: Entries) -> Entries:
    """Add figures that look odd and are right, each with a comment that says why."""
    grown = _y(entries, "KPI S1") * 2 + 10
    return {
        **entries,
        "KPI S1": Entry(
            grown // 20,
            grown,
            "A day centre near us closed in June, and its members were referred to us over the summer.",
        ),
        "KPI S3": Entry(5, 4, "One of the five was received in March and resolved in April."),
    }


def remove_cases(entries: Entries) -> Entries:
    """Remove all cases: a service that has only just begun has nothing to count."""
    empty = {code: Entry(0, 0) for code in entries}
    return {**empty, "KPI S1": Entry(0, 0, "Our contract began on 14 September; nobody has been referred yet.")}


def _x_over_y(entry: Entry) -> Entry:
    y = _whole(entry)
    return Entry(y + 3, y)


def _amber(asked: Sequence[AskedIndicator], code: str, y: int) -> Entry:
    wanted = next(entry for entry in asked if entry.indicator.code == code)
    return Entry(group_by_state(wanted, y, y)[State.AMBER][0], y)


def _y(entries: Entries, code: str) -> int:
    return _whole(entries[code])


def _whole(entry: Entry) -> int:
    if not isinstance(entry.y, int):
        raise TypeError(entry)
    return entry.y
