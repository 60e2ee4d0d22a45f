"""What is next about meetings: those that are due, minutes to send, and minutes that will be deemed agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlkpi.core.contract_words import begin_sentence
from xlkpi.core.day import long_date
from xlkpi.council import Council
from xlkpi.council.meetings import Meeting
from xlkpi.performance.next_tasks import REVIEW_SOON, NextTask, TaskKind
from xlkpi.performance.working_days import add_working_days


def list_meeting_tasks(council: Council, as_of: date) -> Iterator[NextTask]:
    """List what is next on a day about the meetings of the list, and about minutes that only decisions name."""
    for meeting in council.meetings.meetings:
        step = _next_step(meeting, as_of, council.terms.words.minutes_days)
        if step is not None:
            kind, day, text = step
            provider = council.register.find(meeting.provider_id)
            yield NextTask(day, kind, meeting.provider_id, provider.name if provider else "", text)


def _next_step(meeting: Meeting, as_of: date, minutes_days: int) -> tuple[TaskKind, date | None, str] | None:
    """Give the kind, the day and the text of what is next about a meeting; None where nothing is."""
    if meeting.minutes_agreed:
        return None
    if meeting.minutes_sent:
        return _minutes(meeting.minutes_sent, as_of, minutes_days)
    if meeting.held_on and meeting.held_on <= as_of:
        return None if meeting.is_spot_check else (TaskKind.MINUTES_TO_SEND, None, _to_send(meeting, meeting.held_on))
    day = meeting.held_on or meeting.planned_for
    if day and day <= as_of + REVIEW_SOON:
        when = f"{begin_sentence(meeting.meeting)} is planned for {long_date(day)}."
        return _kind_of(meeting), day, f"{when} Once it is held, enter held_on in the list of meetings."
    return None


def _minutes(sent: date, as_of: date, minutes_days: int) -> tuple[TaskKind, date | None, str] | None:
    """After the contract's working days, minutes that nobody answers are deemed agreed: then nothing is left to do."""
    day = add_working_days(sent, minutes_days)
    if not minutes_days or day < as_of:
        return None
    text = f"The minutes sent on {long_date(sent)} are deemed agreed after {long_date(day)}."
    return TaskKind.MINUTES, day, text


def _to_send(meeting: Meeting, held: date) -> str:
    what = f"{begin_sentence(meeting.meeting)} was held on {long_date(held)}."
    return f"{what} Send its minutes, and enter the day under minutes_sent in the list of meetings."


def _kind_of(meeting: Meeting) -> TaskKind:
    if meeting.is_spot_check:
        return TaskKind.SPOT_CHECK
    return TaskKind.REVIEW if meeting.is_review else TaskKind.MEETING
