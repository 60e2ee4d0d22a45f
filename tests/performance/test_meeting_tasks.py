"""What is next about meetings, from the list of meetings and the decisions about their minutes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consolidation.return_builders import council_of, provider
from tests.performance.matters_sample import WILLOW, decided
from xlkpi.council.decisions import DecisionLog
from xlkpi.council.meetings import read_meetings
from xlkpi.performance.meeting_tasks import list_meeting_tasks
from xlkpi.performance.next_tasks import TaskKind

HEADER = "meeting,provider_id,planned_for,held_on,minutes_sent,minutes_agreed,note\n"
DAY = date(2027, 5, 4)
"""A Tuesday, the day after a bank holiday."""


def read(folder, text, *decisions):
    """The list of meetings with these rows."""
    path = folder / "meetings.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    return read_meetings(path, DecisionLog(None, decisions, ()), {"P001": None})


def tasks(meetings, as_of=DAY):
    """What is next about them: kind, day, provider."""
    council = council_of([provider(1, WILLOW)], meetings=meetings)
    return [(task.kind, task.day, task.provider) for task in list_meeting_tasks(council, as_of)]


@pytest.mark.parametrize(("as_of", "count"), [(date(2027, 5, 18), 1), (date(2027, 5, 19), 0)])
@pytest.mark.parametrize("is_listed", [True, False])
def test_minutes_are_deemed_agreed_after_ten_working_days(tmp_path, as_of, count, is_listed):
    row = "Provider forum,P001,,2027-04-20,2027-05-04,,\n" if is_listed else ""
    sent = () if is_listed else (decided("minutes sent", DAY),)
    waiting = [(TaskKind.MINUTES, date(2027, 5, 18), WILLOW)] * count
    assert tasks(read(tmp_path, row, *sent), as_of) == waiting
    agreed = decided("minutes agreed", date(2027, 5, 6))
    assert tasks(read(tmp_path, row, *sent, agreed), as_of) == []


def test_the_next_step_of_each_meeting(tmp_path):
    meetings = read(
        tmp_path,
        "spot check,P001,01/05/2027,,,,not announced\n"
        "SAF review,p001,01/06/2027,,,,\n"
        "annual county-wide meeting,,30/07/2027,,,,\n"
        "provider forum,,05/08/2027,,,,\n"
        "provider forum,,01/04/2027,02/04/2027,,,\n"
        "spot check,P001,,02/04/2027,,,\n"
        "KPI meeting,P001,,01/02/2027,02/02/2027,03/02/2027,\n",
    )
    assert meetings.faults == ()
    assert tasks(meetings) == [
        (TaskKind.SPOT_CHECK, date(2027, 5, 1), WILLOW),
        (TaskKind.REVIEW, date(2027, 6, 1), WILLOW),
        (TaskKind.MEETING, date(2027, 7, 30), ""),
        (TaskKind.MINUTES_TO_SEND, None, ""),
    ]


def test_a_decision_about_minutes_completes_the_meeting_held_before_it(tmp_path):
    rows = "KPI meeting,P001,,01/02/2027,,,\nKPI meeting,P001,,20/04/2027,,,\nKPI meeting,P001,,01/06/2027,,,\n"
    meetings = read(tmp_path, rows, decided("minutes sent", DAY), decided("minutes agreed", date(2027, 5, 6)))
    assert [meeting.minutes_agreed for meeting in meetings.meetings] == [None, date(2027, 5, 6), None]
    assert meetings.faults == ()


@pytest.mark.parametrize("before", ["", "KPI meeting,P001,,12/01/2027,13/01/2027,20/01/2027,\n"])
def test_minutes_that_were_agreed_need_not_be_sent_any_more(tmp_path, before):
    """Nobody wrote down that they were sent; the meeting before has its own minutes."""
    agreed = decided("minutes agreed", date(2027, 5, 6))
    meetings = read(tmp_path, f"{before}KPI meeting,P001,,20/04/2027,,,\n", agreed)
    assert meetings.meetings[-1].minutes_agreed == date(2027, 5, 6)
    assert (tasks(meetings, date(2027, 5, 7)), meetings.faults) == ([], ())


def test_where_list_and_decision_differ_the_decision_counts_and_both_rows_are_named(tmp_path):
    meetings = read(tmp_path, "KPI meeting,P001,,20/04/2027,21/04/2027,,\n", decided("minutes sent", DAY))
    assert meetings.meetings[0].minutes_sent == DAY
    (fault,) = meetings.faults
    assert fault.message.startswith("Row 2: minutes_sent says 21 April 2027, and row ")
    assert fault.message.endswith(" 4 May 2027. The decision counts; correct one.")
    assert fault.list_name == "meetings.csv"


def test_minutes_of_two_meetings_that_are_not_listed_are_two(tmp_path):
    meetings = read(tmp_path, "", decided("minutes sent", DAY), decided("minutes sent", date(2027, 5, 10)))
    assert [day for _, day, _ in tasks(meetings, date(2027, 5, 11))] == [date(2027, 5, 18), date(2027, 5, 24)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",P001,,,,,", "Row 2, meeting (A2) is empty. Enter what it is, such as spot check or provider forum."),
        (
            "forum,,,,,,",
            "Row 2, planned_for (C2) is empty. Enter the day it is planned for, or the day it was held under held_on.",
        ),
        (
            "forum,P01,1/4/27,,,,",
            "Row 2, provider_id (B2) says “P01”, which is not in the register. Did you mean P001?",
        ),
        (
            "forum,Z,1/4/27,,,,",
            "Row 2, provider_id (B2) says “Z”, which is not in the register. Enter its number, or leave it empty for"
            " all providers.",
        ),
        ("forum,,1/4/27,,2/4/27,,", "Row 2, held_on (D2) is empty, and minutes_sent has a day. Enter the day."),
        (
            "forum,,,3/4/27,2/4/27,,",
            "Row 2, minutes_sent (E2) is 2 April 2027, before held_on, 3 April 2027. Correct one of the two days.",
        ),
        ("forum,,soon,,,,", "Row 2, planned_for (C2) says “soon”, which is not a date. Write day/month/year."),
        ('forum,,"1/4/27,,,,', "Row 2, planned_for (C2) opens a quotation mark that is not closed."),
    ],
)
def test_what_is_wrong_with_a_row_is_named_by_its_cell(tmp_path, row, message):
    meetings = read(tmp_path, f"{row}\n")
    assert meetings.meetings == ()
    assert any(fault.message.startswith(message) for fault in meetings.faults), meetings.faults


def test_without_a_list_there_are_no_meetings():
    assert tasks(read_meetings(None, DecisionLog(), None)) == []
