"""People send a return twice: which one counts, and that nobody is told “later” of what is not known to be later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.consolidation.return_builders import SMALL, manifest, statuses
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.result import FileStatus
from xlkpi.findings import Code, Severity, finding

build_return = SMALL.build_return
WILLOW = manifest(1, "Willow")
ALL = {"KPI S1": (4, 200), "KPI S2": (0, 10), "KPI S3": (0, 0)}
CORRECTED = {**ALL, "KPI S1": (9, 200)}
TODAY = date(2026, 11, 24)
FIRST_DAY, SECOND_DAY = date(2026, 10, 12), date(2026, 10, 20)


def collect(*, received=(), **files):
    """The consolidation of some files by name (without its ending); ``received`` are times of emails by name."""
    received = dict(received)
    found_files = [FoundFile(f"{name}.xlsx", checked, received.get(name)) for name, checked in files.items()]
    return consolidate_files(found_files, SMALL.council_of(), period=None, as_of=TODAY)


def first(**more):
    return build_return(
        WILLOW, more.pop("figures", ALL), **{"saved": "2026-10-12T09:00:00Z", "declared": FIRST_DAY, **more}
    )


def second(**more):
    figures = more.pop("figures", CORRECTED)
    return build_return(WILLOW, figures, **{"saved": "2026-10-20T09:00:00Z", "declared": SECOND_DAY, **more})


def used(result):
    (name,) = (row.file for row in result.files if row.status is FileStatus.USED)
    return name


def outcome(result):
    """The file used, and code, severity and message of what is said of the other."""
    (other,) = (row for row in result.files if row.status is FileStatus.SUPERSEDED)
    (about,) = (each.finding for each in result.findings if each.file == other.file)
    assert other.why == about.message
    return used(result), about.code, about.severity, about.message


def test_the_later_one_counts_where_nothing_speaks_against_its_time():
    result = collect(a=second(), b=first())
    name, code, severity, message = outcome(result)
    assert (name, code, severity) == ("a.xlsx", Code.SUPERSEDED, Severity.NOTE)
    assert message == (
        "Willow sent a later return, a.xlsx (saved 20 October 2026, 09:00 UTC). This one is kept but not used."
    )
    (row,) = (row for row in result.files if row.status is FileStatus.USED)
    assert row.why == "It is the later one: saved 20 October 2026, 09:00 UTC."


NO_EVIDENCE = {
    "Google Sheets writes no time": ({}, {"saved": ""}, "b.xlsx does not say when it was saved"),
    "the first one has no time": ({"saved": ""}, {}, "a.xlsx does not say when it was saved"),
    "a time that is not one": ({}, {"saved": "yesterday"}, "b.xlsx does not say when it was saved"),
    "ExcelJS keeps the time": ({}, {"saved": "2026-10-12T09:00:00Z"}, "b.xlsx says that it was saved on 12 October"),
    "both have one time": (
        {"saved": "2026-10-20T09:00:00Z"},
        {"saved": "2026-10-20T09:00:00Z"},
        "both have the same saved time",
    ),
    "the clock says 2035": ({"saved": "2035-04-12T09:00:00Z"}, {}, "12 April 2035, which is in the future"),
    "the clock says 2001": ({}, {"saved": "2001-01-01T00:00:00Z"}, "1 January 2001, before the period ended"),
    "the time of the build": ({}, {"saved": "2026-09-30T00:00:00Z"}, "30 September 2026, before the period ended"),
    "summer time as if it were UTC": (
        {"saved": "2026-10-20T10:30:00Z"},
        {"saved": "2026-10-20T10:00:00Z"},
        "within an hour of each other",
    ),
    "within an hour": (
        {"saved": "2026-10-20T10:00:00Z"},
        {"saved": "2026-10-20T11:00:00Z"},
        "within an hour of each other",
    ),
    "declared the other way round": (
        {"saved": "2026-10-25T09:00:00Z"},
        {},
        "the one that was saved later was declared earlier",
    ),
    "saved before it was declared": (
        {"saved": "2026-10-14T09:00:00Z"},
        {"saved": "2026-10-18T09:00:00Z"},
        "b.xlsx says that it was saved on 18 October 2026, before it was declared on 20 October 2026",
    ),
}


@pytest.mark.parametrize("name", NO_EVIDENCE)
def test_where_later_is_not_known_the_later_declaration_is_used_and_a_query_names_what_differs(name):
    of_first, of_second, reason = NO_EVIDENCE[name]
    a, b = first(**of_first), second(**of_second)
    for files in ({"a": a, "b": b}, {"b": b, "a": a}):
        taken, code, severity, message = outcome(collect(**files))
        assert (taken, code, severity) == ("b.xlsx", Code.LATER_NOT_KNOWN, Severity.QUERY)
        assert reason in message
        assert "b.xlsx is used for now, as it was declared later, on 20 October 2026" in message
        assert "KPI S1 x 4, used: 9" in message
        assert "later return" not in message
        assert message.count(". ") <= 1


def test_declared_on_one_day_the_choice_is_the_same_whatever_the_names_and_never_silent():
    a, b = first(saved=""), second(saved="", declared=FIRST_DAY)
    results = [outcome(collect(a=a, b=b)), outcome(collect(b=a, a=b))]
    assert {each[1] for each in results} == {Code.LATER_NOT_KNOWN}
    assert {each[0] for each in results} == {"a.xlsx", "b.xlsx"}  # the same content both times
    assert "is used for now; ask which counts" in results[0][3]


def test_a_declaration_in_the_future_is_a_slip_and_not_the_later_one():
    slip = first(declared=date(2027, 10, 12), saved="")
    name, code, _, message = outcome(collect(a=slip, b=second(saved="")))
    assert (name, code) == ("b.xlsx", Code.LATER_NOT_KNOWN)
    assert "as it was declared later, on 20 October 2026" in message
    assert outcome(collect(a=first(declared=date(2027, 10, 12)), b=second()))[:2] == ("b.xlsx", Code.SUPERSEDED)


def test_two_versions_with_the_same_figures_need_no_question():
    a, b = first(saved=""), second(figures=ALL, saved="")
    assert outcome(collect(a=a, b=b))[:3] == ("b.xlsx", Code.SAME_FIGURES, Severity.NOTE)
    reason = {**ALL, "KPI S1": (4, 200, "a fall in the minibus")}
    assert outcome(collect(a=a, b=second(figures=reason, saved="")))[1] is Code.LATER_NOT_KNOWN


HALF = {"KPI S1": (4, 200)}
LESS_FILLED = {
    "a blank one saved later": ({}, {}, Code.INCOMPLETE_RETURN, "has no figures"),
    "half of it": (HALF, {}, Code.INCOMPLETE_RETURN, "is not complete"),
    "half of it, corrected": ({"KPI S1": (9, 200)}, {}, Code.INCOMPLETE_DIFFERS, "is not complete"),
    "x without y": ({**ALL, "KPI S2": (0, None)}, {}, Code.INCOMPLETE_RETURN, "is not complete"),
    "not declared": (CORRECTED, {"declared": None}, Code.INCOMPLETE_DIFFERS, "is not declared"),
}


@pytest.mark.parametrize("saved", ["2026-11-01T09:00:00Z", "", "2026-10-01T09:00:00Z", "2040-01-01T00:00:00Z"])
@pytest.mark.parametrize("name", LESS_FILLED)
def test_complete_and_declared_goes_before_incomplete_however_late_that_was_saved(name, saved):
    figures, more, code, words = LESS_FILLED[name]
    other = second(figures=figures, saved=saved, **more)
    taken, messages, severity, message = outcome(collect(a=first(), b=other))
    assert taken == "a.xlsx"
    if saved == "2026-10-01T09:00:00Z" and more == {}:
        assert messages is code  # its time is before its declaration, so that it shows nothing
    if messages is Code.SUPERSEDED:  # undeclared and known to be earlier
        return
    assert (messages, severity) == (code, Severity.QUERY if code is Code.INCOMPLETE_DIFFERS else Severity.NOTE)
    assert f"This return of Willow {words}, so a.xlsx is used, which is complete and declared." in message
    if code is Code.INCOMPLETE_DIFFERS:
        assert "KPI S1 x 9, used: 4" in message


def test_a_count_that_could_not_be_read_in_the_later_one_is_asked_about():
    text = finding(
        Code.COUNT_TEXT, dict.fromkeys(("code", "which", "at", "found", "figure"), "x"), indicator="KPI S1", cell="F6"
    )
    later = second(figures={**ALL, "KPI S1": (None, 200)})
    later = replace(later, findings=(*later.findings, text))
    name, code, severity, message = outcome(collect(a=first(), b=later))
    assert (name, code, severity) == ("a.xlsx", Code.INCOMPLETE_DIFFERS, Severity.QUERY)
    assert "KPI S1 x could not be read, used: 4" in message


def test_a_blank_one_never_wipes_one_that_is_only_partly_filled():
    result = collect(a=first(figures=HALF), b=second(figures={}))
    assert outcome(result)[:2] == ("a.xlsx", Code.INCOMPLETE_RETURN)
    assert {row.why for row in result.files if row.status is FileStatus.USED} == {
        "It has figures, and the other has none."
    }


def test_counts_that_the_later_one_lost_are_asked_for():
    result = collect(a=first(figures={"KPI S1": (4, 200), "KPI S2": (1, 10)}), b=second(figures={"KPI S1": (9, 200)}))
    name, code, severity, message = outcome(result)
    assert (name, code, severity) == ("b.xlsx", Code.LATER_LACKS, Severity.QUERY)
    assert "KPI S2 x 1, used: none; KPI S2 y 10, used: none" in message
    assert "KPI S1" not in message


def at(day, hour=9):
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def test_a_later_one_with_noughts_only_is_asked_about():
    name, code, severity, message = outcome(collect(a=first(), b=second(figures=dict.fromkeys(ALL, (0, 0)))))
    assert (name, code, severity) == ("b.xlsx", Code.LATER_LACKS, Severity.QUERY)
    assert "KPI S1 x 4, used: 0; KPI S1 y 200, used: 0; KPI S2 y 10, used: 0" in message
    nothing = first(figures=dict.fromkeys(ALL, (0, 0)))
    assert outcome(collect(a=nothing, b=second(figures=dict.fromkeys(ALL, (0, 0)))))[1] is Code.SUPERSEDED


def test_the_time_of_the_email_goes_before_the_time_in_the_file():
    old = first(saved="2026-10-22T09:00:00Z")
    result = collect(a=old, b=second(saved=""), received={"a": at(12), "b": at(21)})
    name, code, _, message = outcome(result)
    assert (name, code) == ("b.xlsx", Code.SUPERSEDED)
    assert "b.xlsx (received 21 October 2026, 09:00 UTC)" in message
    assert outcome(collect(a=old, b=second(saved=""), received={"a": at(23), "b": at(21)}))[0] == "a.xlsx"


def test_saved_after_the_other_was_received_is_later_and_before_it_is_not_known():
    received = {"a": at(14)}
    assert outcome(collect(a=first(saved=""), b=second(), received=received))[:2] == ("b.xlsx", Code.SUPERSEDED)
    unknown = collect(a=first(saved=""), b=second(declared=FIRST_DAY, saved="2026-10-13T09:00:00Z"), received=received)
    assert outcome(unknown)[1] is Code.LATER_NOT_KNOWN
    contradicted = collect(a=first(declared=date(2026, 10, 13)), b=second(declared=FIRST_DAY), received=received)
    assert outcome(contradicted)[1] is Code.LATER_NOT_KNOWN


@pytest.mark.parametrize("clock", [datetime(2035, 4, 12, tzinfo=UTC), datetime(2021, 4, 12, tzinfo=UTC)])
def test_an_email_whose_clock_was_wrong_is_no_evidence(clock):
    for received in ({"a": clock}, {"a": clock, "b": at(21)}):
        assert outcome(collect(a=first(), b=second(), received=received))[:2] == ("b.xlsx", Code.SUPERSEDED)
    unknown = collect(a=first(), b=second(saved=""), received={"a": clock, "b": at(21)})
    assert outcome(unknown)[:2] == ("b.xlsx", Code.LATER_NOT_KNOWN)
    (row,) = collect(a=first(), received={"a": clock}).files
    assert (row.received_at, row.days_late) == (None, 0), "late by what was typed, not by that clock"


def test_a_file_that_was_saved_after_its_own_receipt_is_not_later_than_itself():
    ahead = first(saved="2026-10-23T09:00:00Z")
    result = collect(a=ahead, b=second(), received={"a": at(21), "b": at(20)})
    assert outcome(result)[:2] == ("a.xlsx", Code.SUPERSEDED)


def test_two_versions_in_one_email_are_told_apart_by_the_files():
    received = {"a": at(21), "b": at(21)}
    assert outcome(collect(a=first(), b=second(), received=received))[:2] == ("b.xlsx", Code.SUPERSEDED)
    assert outcome(collect(a=first(), b=second(saved=""), received=received))[1] is Code.LATER_NOT_KNOWN


def test_a_copy_of_an_attachment_was_received_when_the_email_was():
    mailed, old = second(saved=""), first()
    result = collect(a=mailed, b=old, z=mailed, received={"z": at(21), "b": at(12)})
    assert statuses(result) == {
        "a.xlsx": FileStatus.USED,
        "b.xlsx": FileStatus.SUPERSEDED,
        "z.xlsx": FileStatus.SUPERSEDED,
    }
    assert {each.finding.code for each in result.findings} == {Code.SUPERSEDED, Code.SAME_FILE}


@pytest.mark.parametrize(
    "code", [Code.SHEET_PROVIDER, Code.SHEET_PERIOD, Code.PROVIDER_CHANGED, Code.PERIOD_CHANGED, Code.SEAL_WRONG]
)
def test_one_whose_identity_is_in_doubt_displaces_no_other(code):
    facts = dict.fromkeys(("sheets", "found", "at", "provider", "period"), "x")
    doubtful = second(findings=(finding(code, facts),))
    result = collect(a=first(), b=doubtful)
    assert used(result) == "a.xlsx"
    assert {each.finding.code for each in result.findings if each.file == "b.xlsx"} == {code, Code.IDENTITY_IN_DOUBT}
    assert used(collect(a=first(findings=(finding(code, facts),)), b=doubtful)) == "b.xlsx"


def with_doubt(make, code, **more):
    facts = dict.fromkeys(("sheets", "found", "at", "provider", "period"), "x")
    return make(findings=(finding(code, facts),), **more)


def test_a_blank_one_goes_before_no_return_that_is_only_asked_about():
    unsealed = with_doubt(first, Code.SEAL_MISSING)
    result = collect(a=unsealed, b=second(figures={}))
    assert used(result) == "a.xlsx"
    assert {each.finding.code for each in result.findings} == {Code.SEAL_MISSING, Code.INCOMPLETE_RETURN}
    assert used(collect(a=unsealed, b=second(figures=HALF))) == "b.xlsx"
    assert used(collect(a=with_doubt(first, Code.PROVIDER_CHANGED), b=second(figures={}))) == "b.xlsx"


def test_of_two_doubtful_ones_the_one_to_fix_is_not_used():
    result = collect(a=with_doubt(first, Code.SEAL_MISSING), b=with_doubt(second, Code.SHEET_PROVIDER))
    assert used(result) == "a.xlsx"
    assert Code.IDENTITY_IN_DOUBT in {each.finding.code for each in result.findings}


def test_three_versions_of_which_one_has_no_time():
    third = second(figures={**ALL, "KPI S1": (7, 200)}, saved="", declared=date(2026, 10, 15))
    result = collect(a=first(), b=second(), c=third)
    codes = {each.file: each.finding.code for each in result.findings}
    assert codes == {"a.xlsx": Code.SUPERSEDED, "c.xlsx": Code.LATER_NOT_KNOWN}
    (row,) = (row for row in result.files if row.status is FileStatus.USED)
    assert row.file == "b.xlsx"
    assert "It is the later one: saved 20 October 2026, 09:00 UTC." in row.why
    assert "The files do not show which return is later; this one was declared later" in row.why


def test_times_that_go_round_in_a_circle_end_with_the_later_declaration():
    a = first(saved="2026-10-16T09:00:00Z", declared=FIRST_DAY)
    b = first(figures=CORRECTED, saved="2026-10-14T09:00:00Z", declared=FIRST_DAY)
    c = first(figures=HALF | {"KPI S2": (1, 10), "KPI S3": (0, 0)}, saved="2026-10-15T09:00:00Z", declared=FIRST_DAY)
    received = {"a": at(13), "b": at(17)}  # b after a by email, a after c and c after b by the files
    result = collect(a=a, b=b, c=c, received=received)
    assert len([row for row in result.files if row.status is FileStatus.USED]) == 1
    assert all(each.finding.code in (Code.SUPERSEDED, Code.LATER_NOT_KNOWN) for each in result.findings)


def test_very_many_versions_are_compared_in_no_time():
    versions = {f"v{n}": replace(first(saved=""), sha256=f"{n:064x}") for n in range(500)}
    result = collect(**versions, last=second(saved=""))
    assert used(result) == "last.xlsx"
