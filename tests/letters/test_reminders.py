"""Who is missing, since when, and what to write to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import DUE, Q2, SMALL, manifest, provider, rubbish
from tests.council.decision_builders import about_file, log_of
from tests.findings.test_messages import FORBIDDEN
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.council import Settings
from xlkpi.council.decisions import DecisionKind
from xlkpi.errors import Unreadable
from xlkpi.findings import Code, finding
from xlkpi.letters.email_text import EmailSender
from xlkpi.letters.reminders import Reminder, remind_missing_provider, write_reminder
from xlkpi.reading.returns.checked_return import CheckedReturn
from xlkpi.sheets.master.missing import plan_missing

build_return, council_of = SMALL.build_return, SMALL.council_of

ASH = MissingProvider(provider(1, "Ash & Elm CIC"), DUE)


def remind(missing, as_of):
    """The reminder that the sheet Missing shows."""
    result = consolidate_files([], council_of([missing.provider]), period=Q2, as_of=as_of)
    return remind_missing_provider(missing, result, "Kent County Council")


@pytest.mark.parametrize(
    ("as_of", "days", "expected_text"),
    [
        (date(2026, 10, 28), 0, "It is due by 28 October 2026."),
        (date(2026, 10, 29), 1, "It was due by 28 October 2026, 1 day ago."),
        (date(2026, 11, 24), 27, "It was due by 28 October 2026, 27 days ago."),
        (date(2026, 9, 1), 0, "It is due by 28 October 2026."),
    ],
)
def test_the_message_tells_when_it_was_due(as_of, days, expected_text):
    assert ASH.days_late(as_of) == days
    assert expected_text in remind(ASH, as_of)


def test_the_message_is_whole_and_without_blame():
    text = remind(ASH, date(2026, 11, 24))
    subject, _, greeting, *_ = text.split("\n")
    assert subject == "Subject: KPI return 2026-27 Q2: not received yet (Ash & Elm CIC)"
    assert greeting == "Dear Contact 1,"
    assert "for 2026-27 Q2 (1 July to 30 September 2026)" in text
    assert not FORBIDDEN.search(text)


def test_the_message_names_the_address_and_the_contact_of_the_settings():
    result = consolidate_files([], council_of([ASH.provider]), period=Q2, as_of=date(2026, 11, 24))
    officer = Contact("Ada Bexon", "Officer", "ada@council.example")
    settings = Settings(contacts=(officer,), send_to="kpi@council.example")
    result = replace(result, council=replace(result.council, settings=settings))
    text = remind_missing_provider(ASH, result, "Kent County Council")
    assert "save it and send it to kpi@council.example within five working days." in text
    assert "Questions: Ada Bexon, Officer, ada@council.example" in text


def test_missing_and_feedback_send_the_same_words():
    missing = remind(ASH, date(2026, 10, 28))
    sender = EmailSender("kpi@council.example")
    facts = ("Ash & Elm CIC", Q2, "Contact 1", DUE, ())
    feedback = write_reminder(Reminder(*facts, answer_by=DUE, sender=sender))
    send = "send it to kpi@council.example by 28 October 2026"
    assert missing == (
        feedback.replace("It was due by", "It is due by")
        .replace(send, "reply to this email with it attached by 28 October 2026")
        .replace("Send to: kpi@council.example\n", "")
    )


def test_without_a_contact_or_a_day_it_still_reads_well():
    nobody = MissingProvider(replace(ASH.provider, contacts=()), None)
    text = remind(nobody, date(2026, 11, 24))
    assert "Dear Ash & Elm CIC," in text
    assert "save it and reply to this email with it attached within five working days." in text
    assert nobody.days_late(date(2026, 11, 24)) is None


def together(files, *, period=None, decisions=(), days_to_return=28):
    found_files = [FoundFile(name, checked) for name, checked in files.items()]
    council = council_of(
        [ASH.provider, provider(2, "Oast")],
        settings=Settings(days_to_return=days_to_return),
        decisions=log_of(*decisions),
    )
    return consolidate_files(found_files, council, period=period, as_of=date(2026, 11, 24))


def test_an_empty_inbox_takes_the_day_from_the_settings():
    missing = together({}, period=Q2, days_to_return=33).missing
    assert [missing_provider.due_by for missing_provider in missing] == [date(2026, 11, 2)] * 2


def test_the_returns_own_day_goes_before_the_settings():
    files = {"a.xlsx": build_return(manifest(1, "Ash & Elm CIC"), {})}
    (missing_provider,) = together(files, period=Q2, days_to_return=33).missing
    assert (missing_provider.provider.name, missing_provider.due_by) == ("Oast", DUE)


OAST = manifest(2, "Oast")
OLD = replace(OAST, period=Period(2026, 1))
NAMED = "KPI return 2026-27 Q2 - P002 Oast.xlsx"


def unreadable(name, reason):
    return {name: rubbish(name, reason)}


def of_kind(name, code, facts):
    findings = finding(code, {"file": name, **facts})
    return {f"emails/{name}": CheckedReturn(name, "d" * 64, None, (), (findings,), unreadable=True)}


def sent(files, *decisions):
    """What Missing says Oast sent, and the message to it."""
    result = together(
        {"a.xlsx": build_return(manifest(1, "Ash & Elm CIC"), {}), **files}, period=Q2, decisions=decisions
    )
    (table,) = plan_missing(result, "Kent County Council").tables
    (row,) = (dict(zip((c.header for c in table.columns), row, strict=True)) for row in table.rows)
    assert row["provider_id"] == "P002"
    return row["what they sent"], row["reminder"]


@pytest.mark.parametrize(
    ("files", "expected_text"),
    [
        (
            {"b/old.xlsx": build_return(OLD, {})},
            "“old.xlsx” is the workbook of 2026-27 Q1. The one for 2026-27 Q2 is still needed.",
        ),
        (
            unreadable(NAMED, Unreadable.PASSWORD),
            f"“{NAMED}” (matched to you by its file name) is locked with a password to open it, even if"
            f" Excel opens it without asking. {Unreadable.PASSWORD.remedy}",
        ),
        (
            unreadable("from p002.pdf", Unreadable.PDF),
            "“from p002.pdf” (matched to you by its file name) is a PDF, not a workbook."
            " Send the .xlsx workbook it was printed from.",
        ),
        (
            unreadable("p002.msg", Unreadable.EMAIL),
            "“p002.msg” (matched to you by its file name) is an email, not a workbook. Send the workbook itself.",
        ),
        (
            of_kind(NAMED, Code.TEMPLATE_UNKNOWN, {"found": "2025-26.1/0"}),
            f"“{NAMED}” (matched to you by its file name) was made from another edition of our workbook. "
            "Copy your figures into the one we sent for 2026-27 Q2.",
        ),
        (
            of_kind(NAMED, Code.MANIFEST_LOST, {}),
            f"“{NAMED}” (matched to you by its file name) has lost its hidden sheet,"
            " so we cannot tell whose return it is. Copy your figures into a fresh copy of the workbook.",
        ),
        (
            of_kind(NAMED, Code.NOT_A_RETURN, {}),
            f"“{NAMED}” (matched to you by its file name) is a workbook, but not one of our KPI returns. "
            "Copy your figures into the workbook we sent.",
        ),
        (
            {NAMED: replace(rubbish(NAMED, Unreadable.PERMISSION), sha256="")},
            f"“{NAMED}” (matched to you by its file name) could not be opened here. Send it again.",
        ),
    ],
    ids=lambda value: None if isinstance(value, str) else next(iter(value)),
)
def test_what_came_in_the_returns_place_is_told_with_what_to_do(files, expected_text):
    listed, text = sent(files)
    assert listed == expected_text
    assert f"\n\n- {expected_text}\n\nWhat to do:\n1. Open the workbook we sent you for 2026-27 Q2." in text
    assert "We cannot use what you sent as the KPI return of Oast for" in text
    assert "It was due by 28 October 2026, 27 days ago." in text
    assert "We have not received" not in text
    assert not FORBIDDEN.search(text)


def test_an_officers_reason_stands_in_the_message():
    why = "The figures are last year's."
    decision = about_file("b.xlsx", DecisionKind.SET_ASIDE, why=why)
    listed, text = sent({"b.xlsx": build_return(OAST, {})}, decision)
    assert listed == "“b.xlsx” is set aside: The figures are last year's. Send the return you want us to use."
    assert listed in text


def test_every_file_is_told_of_the_same_in_any_order():
    files = {**unreadable("P002 a.xlsx", Unreadable.EMPTY), **unreadable("P002 b.xlsx", Unreadable.ODS)}
    assert sent(files) == sent(dict(reversed(files.items())))
    assert len(sent(files)[0].splitlines()) == 2


@pytest.mark.parametrize(
    "name",
    [
        "return.xlsx",  # nobody's
        "P001 and P002.xlsx",  # two names
        "XP0021.xlsx",  # another number
        "Oast.xlsx",  # a name so short may be a word
        ".P002 return.xlsx",  # left by a program
    ],
)
def test_whose_a_file_is_is_not_guessed(name):
    listed, text = sent(unreadable(name, Unreadable.DAMAGED))
    assert not listed
    assert "We have not received" in text


def test_a_whole_name_tells_a_file_too_and_a_year_no_number():
    register = [provider(1, "Ash & Elm CIC"), replace(provider(2, "Oast"), provider_id="2026")]
    files = {**unreadable("2026-27 Q2.xlsx", Unreadable.EMPTY), **unreadable("ASH & Elm  CIC.xlsx", Unreadable.EMPTY)}
    found_files = [FoundFile(name, checked) for name, checked in files.items()]
    result = consolidate_files(found_files, council_of(register), period=Q2, as_of=date(2026, 11, 24))
    assert [bool(missing_provider.unusable_files) for missing_provider in result.missing] == [True, False]


def test_a_return_of_an_earlier_period_made_in_its_time_is_history():
    in_time = build_return(OLD, {}, saved="2026-07-12T09:00:00Z", declared=date(2026, 7, 11))
    assert sent({"q1.xlsx": in_time})[0] == ""
    assert sent({"q1.xlsx": replace(in_time, declared_on=date(2026, 10, 3))})[0] != ""
    assert sent({"q1.xlsx": replace(in_time, saved_at="", declared_on=None)})[0] != ""
