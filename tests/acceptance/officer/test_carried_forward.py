"""Promise: plans, questions and contacts go from one return into the next, and into the master, until they are settled.

A contract folder over three periods: what a provider wrote is in the next workbook, also from the masters alone.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.evidence import some
from tests.reading.return_edits import type_in
from xlkpi import load_catalogue, make_feedback
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.period import Period
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.reading.returns.check_return import check_return
from xlkpi.writing.returns.write_return import write_return

Q2, Q3, Q4 = (f"2025-26 Q{quarter}" for quarter in (2, 3, 4))
ELM = Provider("P1", "Elm House", lots=("1a",), contacts=(Contact("Ann One", "Manager", "old@example.org"),))
OAK = Provider("P2", "Oak Lodge", lots=("1a",))
REGISTER = (
    "provider_id,provider,lots,contract_start,contact_1\n"
    "P1,Elm House,1a,2024-04-01,Ann One; Manager; old@example.org;\nP2,Oak Lodge,1a,2024-04-01,\n"
)
EXTRACT = f"provider_id,period,indicator,x,y\nP1,{Q2},KPI S1,3,40\n"
LEDGER = "provider_id,invoice_no,invoice_date,due_date,received_date,amount,disputed_date,resolved_date,paid_date\n"
NO_DECISIONS = "decided_on,decided_by,decision,provider_id,period,indicator,file,value,why\n"
PLAN = ActionPlanEntry("Two left", "Manager to recruit two", "Full team", "31 January 2026")
DAY = ("--as-of", "2026-05-20")


def first_return(provider, **changes):
    """A return of Q2: KPI S3 Red with a plan, a query on INFO W2, nothing else to say."""
    few = {"KPI S1": 1, "KPI S2": 1}
    entries = {code: Entry(few.get(code, 40 if row.is_kpi else 10), 40)
               for code, row in load_catalogue().indicators.items()}  # fmt: skip
    entries |= {code.replace("_", " "): entry for code, entry in changes.items()}
    filled = Filled(entries, Declaration("Ann One", 45_945))  # 15 October 2025
    return write_return(plan_return(load_catalogue(), provider, Period(2025, 2), filled=filled))


def rows_of(book, sheet):
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def status_of(root, period):
    done = xlkpi("status", "--json", "--period", period, *DAY, cwd=root)
    return [(task["kind"], task["text"]) for task in json.loads(done.stdout)["tasks"] if task["provider_id"] == "P1"]


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Q2 returned, Q3 built and returned with updates and answers, contacts accepted, Q4 built."""
    root = tmp_path_factory.mktemp("desk") / "services"
    assert xlkpi("new", root).returncode == 0
    (root / "register.csv").write_text(REGISTER, encoding="utf-8")
    (root / "extract" / "swift.csv").write_text(EXTRACT, encoding="utf-8")
    red, query = Entry(30, 40, "Two left", PLAN), Entry(10, 38)
    (root / "inbox" / "elm q2.xlsx").write_bytes(first_return(ELM, KPI_S3=red, INFO_W2=query))
    (root / "inbox" / "oak q2.xlsx").write_bytes(first_return(OAK))
    assert xlkpi("consolidate", "--period", Q2, *DAY, cwd=root).returncode in (0, 1)
    asked = status_of(root, Q2)
    built = xlkpi("build", "--period", Q3, "--out", root / "q3", cwd=root)
    assert built.returncode == 0, built.stderr
    (workbook,) = (root / "q3").iterdir()
    cells = {
        "KPI_S3.progress": "The manager has recruited one of two",
        "KPI_S3.new_timescale": "31 March 2026",
        "Question_1.answer": "Three is right: one was counted late",
        "Return.contact_1.email": "new@example.org",
        "Return.declared_by": "Ann One",
        "Return.declared_on": 46_035,
    }
    (root / "inbox" / "elm q3.xlsx").write_bytes(type_in(workbook.read_bytes(), cells))
    assert xlkpi("consolidate", "--period", Q3, "--out", root / "q3.xlsx", *DAY, cwd=root).returncode in (0, 1)
    return SimpleNamespace(root=root, q3=workbook, master=root / "q3.xlsx", asked=asked, answered=status_of(root, Q3))


def test_only_the_provider_with_something_open_gets_a_workbook_where_nothing_is_due(story):
    checked_return = check_return(story.q3)
    assert checked_return.manifest.provider_id == "P1"
    assert set(checked_return.manifest.open_plans) == {"KPI S3"}
    about = [(question.indicator, question.about) for question in checked_return.manifest.questions]
    assert about == [("KPI S1", "Both sides' counts"), ("INFO W2", "Lot 1 Wellbeing, G7")]
    assert checked_return.manifest.questions[0].text == (
        "You returned x = 1 and y = 40. The Council's case system has x = 3 and y = 40."
        " Which is right, and why do they differ?"
    )
    query = checked_return.manifest.questions[1].text
    assert query.endswith(f"Both count everyone who used the service this period. Explain it here, or send a corrected"
                          f" return of {Q2}.")  # fmt: skip


def test_updates_answers_and_contacts_are_in_the_master(story):
    book = openpyxl.load_workbook(story.master)
    (plan,) = [row for row in rows_of(book, "Action plans") if row["KPI"] == "KPI S3"]
    assert (plan["Progress to date"], plan["New timescale"]) == (
        "The manager has recruited one of two",
        "31 March 2026",
    )
    assert plan["re-dated"] == 1
    states = [(row["state"], row["indicator"], row["answer"]) for row in rows_of(book, "Questions")]
    assert states == [("Not answered", "INFO W2", None), ("Answered", "KPI S1", "Three is right: one was counted late")]
    contact, *_ = rows_of(book, "Contacts")
    assert (contact["email"], contact["was email"], contact["state"]) == (
        "new@example.org", "old@example.org", "Proposed by the provider",
    )  # fmt: skip
    assert (
        contact["to accept"]
        == f'xlkpi decide "contacts accepted" --provider P1 --period "{Q3}" --why "As its return says"'
    )


def test_status_says_what_is_to_answer_and_then_what_to_read_and_to_accept(story):
    asked = f"{Q2}: 1 to correct or explain and 1 to answer. Send the feedback."
    assert ("queries unanswered", asked) in story.asked
    assert not {kind for kind, _ in story.asked} & {"answers to read", "contacts to accept"}
    answers = "It answered 1 question about KPI S1. Read the sheet Questions of the master, and agree the figures."
    contacts = f"Its return of {Q3} has other contacts. Check them on the sheet Contacts of the master."
    assert {("answers to read", answers), ("contacts to accept", contacts)} <= set(story.answered)


def test_what_is_decided_is_gone_from_status(story, tmp_path):
    root = shutil.copytree(story.root, tmp_path / "decided")
    figures = ("--indicator", "KPI S1", "--period", Q2, "--value", "x=3; y=40")
    for kind, *about in (("contacts accepted", "--period", Q3), ("agree figures", *figures)):
        assert xlkpi("decide", kind, "--provider", "P1", "--why", "agreed", *about, cwd=root).returncode == 0
    assert not {kind for kind, _ in status_of(root, Q3)} & {"answers to read", "contacts to accept"}


@pytest.mark.parametrize("from_masters", [False, True])
def test_the_next_workbook_has_what_is_still_open_and_the_accepted_contacts(story, tmp_path, from_masters):
    order = ("--provider", "P1", "--period", Q3, "--why", "By telephone", "--by", "Jo")
    decided = xlkpi("decide", "contacts accepted", *order, cwd=story.root)
    assert decided.returncode == 0, decided.stderr
    where = story.root
    if from_masters:
        where = tmp_path / "masters only"
        assert xlkpi("new", where).returncode == 0
        for name in ("register.csv", "decisions.csv"):
            (where / name).write_bytes((story.root / name).read_bytes())
    previous = ("--previous", story.master) if from_masters else ()
    built = xlkpi("build", "--period", Q4, "--out", tmp_path / "q4", *previous, cwd=where)
    assert built.returncode == 0, built.stderr
    checked = {
        checked_return.manifest.provider_id: checked_return
        for checked_return in map(check_return, (tmp_path / "q4").iterdir())
    }
    checked_return = checked["P1"]
    plan = checked_return.manifest.open_plans["KPI S3"]
    assert plan.timescales == ("31 January 2026", "31 March 2026")
    assert next(e.plan.timescale for e in checked_return.entries if e.code == "KPI S3") == "31 March 2026"
    assert [question.indicator for question in checked_return.manifest.questions] == ["INFO W2"], (
        "what is answered is settled"
    )
    assert checked_return.contacts[0].email == "new@example.org"


@pytest.mark.parametrize("source", ["inbox", "q3.xlsx", "elsewhere"])
def test_feedback_from_the_master_too_counts_what_was_decided_since(story, tmp_path, source):
    desk = shutil.copytree(story.root, tmp_path / "desk")
    for kind, *about in (("contacts accepted", "--period", Q3), ("plan agreed", "--indicator", "KPI S3")):
        decided = xlkpi("decide", kind, "--provider", "P1", *about, "--why", "By telephone", "--by", "Jo", cwd=desk)
        assert decided.returncode == 0, decided.stderr
    place, named = desk / source, ()
    if source == "elsewhere":
        place, named = shutil.copy(story.master, tmp_path / "m.xlsx"), ("--decisions", desk / "decisions.csv")
    order = ("--register", desk / "register.csv", "--period", Q3, "--answer-by", "2026-06-01", "--without-pdf", *named)
    done = xlkpi("feedback", place, "--out", tmp_path / "out", *order)
    row = next(line for line in done.stdout.splitlines() if line.startswith("P1\t")).split("\t")
    assert row[2] == "new@example.org", "the contact that was accepted"
    assert "KPI S3 since 2025-26 Q2 (action plan: agreed on " in (tmp_path / "out" / row[3]).read_text(encoding="utf-8")


@pytest.mark.parametrize("source", ["inbox", "q3.xlsx"])
def test_the_day_of_writing_decides_what_is_overdue_and_by_when_to_answer(story, tmp_path, source):
    day = date(2026, 4, 30)
    lists = {"register": story.root / "register.csv", "decisions": tmp_path / "decisions.csv"}
    lists["decisions"].write_text(NO_DECISIONS, encoding="utf-8")
    feedback = make_feedback(story.root / source, tmp_path / "out", **lists, period=Q3, as_of=day, pdf=False)
    assert feedback.answer_by == date(2026, 5, 15), "ten working days, the bank holiday of 4 May left out"
    (elm,) = (entry for entry in feedback.entries if entry.provider_id == "P1")
    text = (tmp_path / "out" / elm.text).read_text(encoding="utf-8")
    assert "(action plan: overdue by 30 days, due by 31 March 2026)" in text


def test_a_plan_that_was_delivered_is_not_carried_any_more(story, tmp_path):
    order = ("--provider", "P1", "--indicator", "KPI S3", "--why", "Seen", "--by", "Jo")
    assert xlkpi("decide", "plan delivered", *order, cwd=story.root).returncode == 0
    assert xlkpi("build", "--period", Q4, "--out", tmp_path / "q4", cwd=story.root).returncode == 0
    assert not any(check_return(path).manifest.open_plans for path in some((tmp_path / "q4").iterdir()))
