"""The emails: subject first, plain words, what to correct by cell, what to do by when, and no blame."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.feedback.feedback_sample import BY, HALF, LAST, NAMES, Q4, county, everything, first_card
from xlkpi import assess
from xlkpi.core.vocabulary import Rag
from xlkpi.feedback.provider_facts import MissingReturn, gather_from_consolidation
from xlkpi.findings import Code, finding
from xlkpi.letters.email_text import EmailSender
from xlkpi.letters.emails import POINTS_AT_MOST, write_feedback_email
from xlkpi.letters.reminders import HELP, remind_of_return

COUNCIL = EmailSender("kpi@council.example", "Ada Bexon, Commissioning Officer, ada@council.example")
GREEN = {code: (0, 20) if assess(code, 20, 20).rag is Rag.RED else (20, 20) for code in everything(0, 0)}
RATED = sum(assess(code, *figures).rag is Rag.GREEN for code, figures in GREEN.items())
BLAME = re.compile(r"\b(fail(ed|ure)?|[Ww]rong|mistakes?|errors?|[Ss]orry|invalid|must fix|null|None)\b")


def empty(code, cell):
    facts = {"code": code, "which": "x", "at": cell, "counted": "number of cases"}
    return finding(Code.COUNT_EMPTY, facts, indicator=code, sheet="All lots", cell=cell)


def large(code):
    facts = {"code": code, "y": "120000", "comment_at": "L9"}
    return finding(Code.LARGE, facts, indicator=code, sheet="All lots", cell="G9")


def letter(figures, contact="Ann Lee", **more):
    return write_feedback_email(first_card([figures] * 3, names=NAMES[:3], **more), COUNCIL, contact)


def test_the_subject_stands_first_and_says_how_it_is():
    first, second, third, *_ = letter(GREEN).split("\n")
    assert first == "Subject: KPI return 2026-27 Q4: nothing to fix (Ash & Elm CIC)"
    assert (second, third) == ("", "Dear Ann Lee,")


def test_where_nothing_is_to_fix_it_says_so_and_thanks():
    text = letter(GREEN)
    assert f"All {RATED} rated indicators are Green, and there is nothing to fix. Thank you." in text
    assert "What to do" not in text
    assert "Send to" not in text


def test_what_is_to_correct_is_named_with_sheet_and_cell():
    text = letter(GREEN, findings=(empty("KPI S3", "F8"), large("KPI S5")))
    assert text.startswith("Subject: KPI return 2026-27 Q4: 1 to fix, 1 to correct or explain by 31 May 2027")
    assert "\n1. All lots, F8: KPI S3 x (F8) is empty. Enter the number of cases; if there were none, enter 0." in text
    assert "\n2. All lots, G9: KPI S5 y is 120000, a very large count. Check it, or explain in L9.\n" in text
    assert "- Correct the point that must be fixed, save the workbook and send it again by 31 May 2027." in text
    assert text.count("31 May 2027") == 3
    assert "Send to: kpi@council.example\nQuestions: Ada Bexon" in text


def test_red_asks_for_a_plan_and_amber_for_a_reason_only_where_they_are_missing():
    figures = {**GREEN, "KPI S3": (1, 20), "KPI S5": (1, 20), "KPI S4b": (17, 20), "KPI W1": (19, 20)}
    findings = (
        finding(Code.PLAN, {"code": "KPI S3", "plan_at": "Action plan, row 6"}, indicator="KPI S3"),
        finding(Code.REASON, {"code": "KPI S4b", "rag": "Amber", "comment_at": "L9"}, indicator="KPI S4b"),
    )
    text = letter(figures, findings=findings)
    assert "- Red: KPI S3. Enter the action, the expected outcomes and the timescale on the sheet Action plan" in text
    assert "- Red: KPI S5. Carry out your action plan" in text
    assert "- Amber: KPI S4b. Enter the reason in" in text
    assert "- Amber: KPI W1. Thank you for the reason" in text


def test_it_stays_on_one_screen_however_much_there_is():
    findings = tuple(empty("KPI S3", f"F{row}") for row in range(8, 40))
    text = letter(GREEN, findings=findings)
    assert len(re.findall(r"^\d+\. ", text, re.MULTILINE)) == POINTS_AT_MOST
    assert f"… and {32 - POINTS_AT_MOST} more: see your marked copy." in text
    assert len(text.splitlines()) <= 30


def test_what_changed_since_last_time_is_counted():
    text = letter(GREEN, earlier={HALF: {**GREEN, "KPI S3": (10, 20), "KPI S1": (20, 20)}, LAST: GREEN})
    assert f"Compared with last time: 2 better, 0 worse, {RATED - 4} the same." in text
    assert "last time" not in letter(GREEN)


@pytest.mark.parametrize("contact", ["", "  "])
def test_without_a_name_it_greets_all_the_same(contact):
    assert "\nHello,\n" in letter(GREEN, contact=contact)


def test_a_name_with_a_line_break_cannot_begin_a_line_of_its_own():
    name = "Ash\r\nBcc: everyone@example.org\n\nElm"
    card = replace(first_card([GREEN] * 4), provider=name)
    text = write_feedback_email(card, COUNCIL, "Ann\nCc: x@example.org")
    assert not re.search(r"^(Bcc|Cc):", text, re.MULTILINE)
    assert text.splitlines()[0].startswith("Subject: ")
    assert text.splitlines()[1] == ""


def test_a_long_name_leaves_the_result_in_sight():
    card = replace(first_card([GREEN] * 4), provider="Day Services " * 40)
    subject = write_feedback_email(card, COUNCIL, "").splitlines()[0]
    assert subject.startswith("Subject: KPI return 2026-27 Q4: nothing to fix (Day Services")
    assert len(subject) <= 160


def awaited(**more):
    (missing_provider,) = gather_from_consolidation(county([GREEN] * 3, absent=1)).missing
    return replace(missing_provider, **more)


def test_who_has_sent_nothing_is_told_what_is_due_and_what_to_do():
    text = remind_of_return(awaited(), Q4, BY, COUNCIL, "Dan Elm")
    assert text.startswith("Subject: KPI return 2026-27 Q4: not received yet (Damson Links)\n\nDear Dan Elm,\n")
    assert "It was due by 28 October 2026." in text
    assert "send it to kpi@council.example by 31 May 2027" in text
    assert HELP in text


def test_who_sent_the_workbook_of_another_period_is_told_which():
    sentence = "“half.xlsx” is the workbook of 2026-27 Q2. The one for 2026-27 Q4 is still needed."
    text = remind_of_return(awaited(unusable_files=(sentence,)), Q4, BY, COUNCIL, "")
    assert text.startswith("Subject: KPI return 2026-27 Q4: we cannot use the file you sent (Damson Links)\n")
    assert "We cannot use what you sent as the KPI return of Damson Links for" in text
    assert f"\n\n- {sentence}\n\nWhat to do:\n1." in text
    assert "We have not received" not in text
    assert "It was due" not in remind_of_return(awaited(due_by=None), Q4, BY, EmailSender(), "")


@pytest.mark.parametrize("findings", [(), (empty("KPI S3", "F8"), large("KPI S5"))])
def test_no_letter_blames_anybody(findings):
    assert not BLAME.search(letter(GREEN, findings=findings))
    assert not BLAME.search(remind_of_return(awaited(), Q4, BY, COUNCIL, ""))


def test_awaited_is_what_the_register_says():
    assert awaited() == MissingReturn(
        "P004", "Damson Links", date(2026, 10, 28), "Contact 4", "contact4@example.org", ()
    )
