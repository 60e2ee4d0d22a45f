"""The list of meetings: forums, meetings, spot checks and reviews, planned and held, and their minutes (9.0).

The decisions *minutes sent* and *minutes agreed* are about the same minutes: they complete the list, and count where
the two differ. What is wrong with a row is named by its cell, and the row is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from xlkpi.core.day import long_date
from xlkpi.core.near_text import find_nearest
from xlkpi.council.decisions import Decision, DecisionKind, DecisionLog
from xlkpi.council.lists.columns import ListColumns, wide_fault
from xlkpi.council.lists.faults import CellFault, Fault, row_fault
from xlkpi.council.lists.parse_values import read_optional_day, read_text, required
from xlkpi.council.lists.reader import ListedRow, open_list
from xlkpi.council.lists.validate_row import validate_row
from xlkpi.findings import Severity

_NAMES = ("meeting", "provider_id", "planned_for", "held_on", "minutes_sent", "minutes_agreed", "note")
_ALIASES = {
    **dict.fromkeys(("kind", "type"), "meeting"),
    "provider": "provider_id",
    "planned": "planned_for",
    "held": "held_on",
}
MEETING_COLUMNS = ListColumns(_NAMES, ("meeting",), _ALIASES, may_overflow=True)
SPOT_CHECK, REVIEW = "spot check", "review"
MINUTES = "Minutes"
"""What minutes are called that a decision names and no row of the list has."""
_IN_ORDER = (("held_on", "minutes_sent"), ("minutes_sent", "minutes_agreed"))

_kind = required("Enter what it is, such as spot check or provider forum.")


class MeetingRow(BaseModel):
    """A row of the list as text, turned into what it means."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)  # most runs read few of the lists

    meeting: Annotated[str, Field(validate_default=True), PlainValidator(_kind)] = ""
    provider_id: Annotated[str, PlainValidator(read_text)] = ""
    planned_for: Annotated[date | None, PlainValidator(read_optional_day)] = None
    held_on: Annotated[date | None, PlainValidator(read_optional_day)] = None
    minutes_sent: Annotated[date | None, PlainValidator(read_optional_day)] = None
    minutes_agreed: Annotated[date | None, PlainValidator(read_optional_day)] = None
    note: str = ""


@dataclass(frozen=True)
class Meeting:
    """A meeting, forum, spot check or review. ``provider_id`` is empty for all providers, ``row`` 0 for no row."""

    meeting: str
    provider_id: str = ""
    planned_for: date | None = None
    held_on: date | None = None
    minutes_sent: date | None = None
    minutes_agreed: date | None = None
    note: str = ""
    row: int = 0

    @property
    def is_spot_check(self) -> bool:
        """Whether it is a spot check, of which nobody writes minutes."""
        return SPOT_CHECK in self.meeting.casefold()

    @property
    def is_review(self) -> bool:
        """Whether it is a review."""
        return REVIEW in self.meeting.casefold()


@dataclass(frozen=True)
class MeetingList:
    """The meetings, and what is wrong with other rows of their list."""

    meetings: tuple[Meeting, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_meetings(path: Path | None, log: DecisionLog, providers: Mapping[str, object] | None) -> MeetingList:
    """Read the list of meetings, None for none, with the minutes that decisions name.

    ``providers`` are those of the register by provider_id, None where there is none. Raises UnreadableFile where the
    file is neither CSV nor .xlsx, RegisterError where it lacks a column.
    """
    meetings, faults = _read_list(path, providers) if path else ([], [])
    name = path.name if path else ""
    for decision in log.of(DecisionKind.MINUTES_SENT, DecisionKind.MINUTES_AGREED):
        faults += _apply(decision, meetings)
    return MeetingList(tuple(meetings), tuple(replace(fault, list_name=name) for fault in faults))


def _read_list(path: Path, providers: Mapping[str, object] | None) -> tuple[list[Meeting], list[Fault]]:
    opened = open_list(path, MEETING_COLUMNS)
    faults = [wide_fault(opened.header, "list of meetings")] if opened.header.is_cut else []
    meetings: list[Meeting] = []
    for listed in opened:
        if listed.is_blank:
            continue
        meeting, wrong = _read_row(listed, providers)
        faults += [row_fault(listed.row, fault, sheet=listed.sheet) for fault in wrong]
        meetings += [meeting] if meeting and not wrong else []
    return meetings, [*faults, *opened.remarks]


def _read_row(
    listed: ListedRow, providers: Mapping[str, object] | None
) -> tuple[Meeting | None, tuple[CellFault, ...]]:
    if listed.fault:
        return None, (listed.fault,)
    row, wrong = validate_row(MeetingRow, listed.header.filled(listed.cells), listed.header, listed.row)
    if row is None:
        return None, wrong
    reasons = (*_day_faults(row), *_provider_faults(row.provider_id, providers))
    meeting = Meeting(**dict(row), row=listed.row)
    return meeting, tuple(CellFault(column, listed.cell(column), reason) for column, reason in reasons)


def _day_faults(row: MeetingRow) -> Iterator[tuple[str, str]]:
    if row.planned_for is None and row.held_on is None:
        yield "planned_for", "is empty. Enter the day it is planned for, or the day it was held under held_on."
    for before, after in _IN_ORDER:
        first, second = getattr(row, before), getattr(row, after)
        if second and first is None:
            yield before, f"is empty, and {after} has a day. Enter the day."
        elif second and second < first:
            yield after, f"is {long_date(second)}, before {before}, {long_date(first)}. Correct one of the two days."


def _provider_faults(provider_id: str, providers: Mapping[str, object] | None) -> Iterator[tuple[str, str]]:
    if provider_id and providers is not None and provider_id.casefold() not in map(str.casefold, providers):
        near = find_nearest(provider_id, {name: name for name in providers})
        advice = f"Did you mean {near}?" if near else "Enter its number, or leave it empty for all providers."
        yield "provider_id", f"says “{provider_id}”, which is not in the register. {advice}"


def _apply(decision: Decision, meetings: list[Meeting]) -> Iterator[Fault]:
    """Put the day of a decision about minutes into the meeting that it is about; give a fault where it differs."""
    is_sent = decision.kind is DecisionKind.MINUTES_SENT
    column, day = "minutes_sent" if is_sent else "minutes_agreed", decision.day_meant
    about = [each for each in meetings if each.provider_id.casefold() == decision.provider_id.casefold()]
    meant = _last(about, "held_on", day) if is_sent else _last_with_minutes(about, day)
    if meant is None:
        meetings += [Meeting(MINUTES, decision.provider_id, minutes_sent=day)] if is_sent else []
        return
    listed = getattr(meant, column)
    completed = replace(meant, minutes_sent=day) if is_sent else replace(meant, minutes_agreed=day)
    meetings[meetings.index(meant)] = completed
    if listed and listed != day and meant.row:
        what = f"{column} says {long_date(listed)}, and row {decision.row} of {decision.list_name} {long_date(day)}"
        yield Fault(meant.row, column, f"Row {meant.row}: {what}. The decision counts; correct one.", Severity.QUERY)


def _last(meetings: Iterable[Meeting], column: str, day: date) -> Meeting | None:
    """Find the meeting whose day in a column is the last by a day."""
    started = [each for each in meetings if (on := getattr(each, column)) and on <= day]
    return max(started, key=lambda each: getattr(each, column), default=None)


def _last_with_minutes(meetings: Sequence[Meeting], day: date) -> Meeting | None:
    """Find the meeting whose minutes can have been agreed: the last sent, or one held since, sent or not recorded."""
    sent = _last(meetings, "minutes_sent", day)
    held = _last([each for each in meetings if each.minutes_sent is None], "held_on", day)
    if sent is None or (sent.minutes_agreed and held and held.held_on and held.held_on > sent.minutes_agreed):
        return held
    return sent
