"""Open plans, questions and contacts: what a return was built with, and what the provider did with it."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.layout.carried_returns import ELM, FILLED, LATER, QUESTIONS, plan, record, stamped
from tests.reading.return_edits import PLAN_SHEET, by_openpyxl, checked, clean, finding_marks, remade, type_in
from xlkpi.consolidation.pack_return import pack, unpack
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.lot import Contact
from xlkpi.layout.carried_forward import CarriedForward
from xlkpi.layout.plan import Filled
from xlkpi.reading.returns.carried_fields import carried_fields
from xlkpi.writing.returns.write_return import write_return

UPDATES = ("PLAN_NO_PROGRESS", "PLAN_PROGRESS_SAYS_NOTHING", "PLAN_NO_DAY", "PLAN_NOBODY", "QUESTION_OPEN",
           "QUESTIONS_OPEN", "CONTACTS_CHANGED")  # fmt: skip


def changed(data, **cells):
    """The file with other contents in named cells, `.` written as two underscores."""
    return type_in(data, {name.replace("__", "."): content for name, content in cells.items()})


def updates(checked_return):
    return [(code, cell) for code, _, _, cell in finding_marks(checked_return) if code in UPDATES]


def plan_of(checked_return, code):
    return next(entry.plan for entry in checked_return.entries if entry.code == code)


def test_a_blank_return_knows_what_it_carries_and_asks_for_every_update():
    checked_return = checked(stamped())
    carried = checked_return.manifest.open_plans
    assert set(carried) == {"KPI S1", "KPI S3", "KPI E3"}
    assert carried["KPI S1"].timescales == ("30 September 2026", "31 December 2026")
    assert (carried["KPI S3"].rag.value, carried["KPI S3"].outturn) == ("Red", record("KPI S3").outturn)
    assert plan_of(checked_return, "KPI S3") == ActionPlanEntry(
        "Two carers left.", "Manager to recruit two carers & train them", "95% by spring", "31 December 2026"
    )
    assert checked_return.manifest.questions == QUESTIONS
    assert [answer.answer for answer in checked_return.answers] == ["", ""]
    assert updates(checked_return) == [
        ("PLAN_NO_PROGRESS", "J6"), ("PLAN_NO_PROGRESS", "J8"), ("PLAN_NO_PROGRESS", "J18"), ("QUESTIONS_OPEN", "F6"),
    ]  # fmt: skip


def test_updates_and_answers_are_read_with_their_places():
    checked_return = checked(write_return(plan(FILLED)))
    assert plan_of(checked_return, "KPI S3").progress == "The manager has recruited one carer"
    assert plan_of(checked_return, "KPI S3").new_timescale == "28 February 2027"
    assert [(a.question.question_id, a.answer, a.is_given, a.sheet, a.cell) for a in checked_return.answers] == [
        ("q1", "4475: the post was late", True, "Questions", "F6"), ("q2", "", False, "Questions", "F7"),
    ]  # fmt: skip
    assert updates(checked_return) == [
        ("PLAN_NO_PROGRESS", "J6"), ("PLAN_PROGRESS_SAYS_NOTHING", "J18"), ("QUESTION_OPEN", "F7"),
    ]  # fmt: skip
    assert not [code for code, severity, _, _ in finding_marks(checked_return) if severity == "must fix"]


@pytest.mark.parametrize(("cells", "findings"), [
    ({"KPI_S3__progress": "TBC"}, [("PLAN_PROGRESS_SAYS_NOTHING", "J8")]),
    ({"KPI_S3__progress": "Recruited", "KPI_S3__new_timescale": "soon"}, [("PLAN_NO_DAY", "K8")]),
    ({"KPI_S3__progress": "Recruited", "KPI_S3__new_timescale": "end of March 2027"}, []),
    ({"KPI_S3__progress": "Recruited", "KPI_S3__action": "recruit and train"}, [("PLAN_NOBODY", "G8")]),
    ({"KPI_S3__progress": "Recruited", "KPI_S3__action": "recruit with Jane"}, []),
])  # fmt: skip
def test_vague_words_in_an_update_are_queried(cells, findings):
    alone = stamped(CarriedForward({"KPI S3": record("KPI S3")}))
    checked_return = checked(changed(alone, **cells))
    assert updates(checked_return) == findings
    assert {f.severity.value for f in checked_return.findings if f.code.name in UPDATES} <= {"query"}


def test_a_red_kpi_with_an_open_plan_needs_no_second_plan():
    entries = {"KPI S3": Entry(20, 40, "Two left", ActionPlanEntry(progress="The manager has recruited one carer"))}
    checked_return = checked(write_return(plan(Filled(entries), CarriedForward({"KPI S3": record("KPI S3")}), LATER)))
    assert [code for code, _, _, cell in finding_marks(checked_return) if code == "PLAN" or cell.startswith("L8")] == []


def test_a_return_without_anything_carried_has_no_such_sheet_columns_or_fields():
    checked_return = checked(clean())
    assert (checked_return.manifest.open_plans, checked_return.manifest.questions, checked_return.answers) == (
        {},
        (),
        (),
    )
    book = openpyxl.load_workbook(io.BytesIO(clean()))
    assert "Questions" not in book.sheetnames
    assert [cell.value for cell in book[PLAN_SHEET][5]][-3:] == [None, "has issue", "complete"]


def test_an_answer_is_found_without_its_name():
    data = by_openpyxl(lambda book: book.defined_names.pop("Question_1.answer"), write_return(plan(FILLED)))
    assert checked(data).answers[0].answer == "4475: the post was late"


def test_what_was_read_is_the_same_from_the_cache():
    checked_return = checked(write_return(plan(FILLED)))
    assert unpack(pack(checked_return), checked_return.file) == checked_return


PLAN = {"period": "2026-27 Q1", "outturn": "", "rag": "Red", "on": "2026-01-01", "timescales": []}
NOT_OURS = [
    ("open_plans", 3), ("open_plans", [3]), ("open_plans", {"KPI S3": {}}), ("open_plans", {"KPI S3": 3}),
    ("open_plans", {"KPI S3": {**PLAN, "period": "x"}}), ("open_plans", {"KPI S3": {**PLAN, "outturn": "1/0"}}),
    ("open_plans", {"KPI S3": {**PLAN, "outturn": "9" * 999}}), ("open_plans", {"KPI S3": {**PLAN, "rag": "Blue"}}),
    ("open_plans", {"KPI S3": {**PLAN, "on": "soon"}}), ("questions", 3), ("questions", [{"id": "x"}]),
    ("questions", [{"id": "x", "period": "", "indicator": "", "about": "", "text": ""}] * 99), ("contacts", 3),
    ("contacts", [{}]), ("contacts", [{"name": "A"}] * 9),
]  # fmt: skip


@pytest.mark.parametrize(("field", "content"), NOT_OURS)
def test_a_field_that_xlkpi_did_not_write_so_is_refused(field, content):
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError)):
        carried_fields({field: content})


def test_a_manifest_that_xlkpi_did_not_write_so_is_lost():
    checked_return = checked(remade(stamped(), open_plans=3))
    assert checked_return.unreadable
    assert [f.code.name for f in checked_return.findings] == ["MANIFEST_LOST"]


def test_a_plan_of_an_indicator_that_is_not_known_is_left_out():
    checked_return = checked(remade(stamped(), open_plans={"KPI X9": PLAN}))
    assert not checked_return.unreadable
    assert checked_return.manifest.open_plans == {}


def test_a_return_of_the_first_layout_is_still_read():
    checked_return = checked(remade(stamped(CarriedForward()), layout=1, contacts=None))
    assert (checked_return.unreadable, checked_return.manifest.layout, checked_return.manifest.contacts) == (
        False,
        1,
        None,
    )
    assert not checked_return.contacts_changed


# --- contacts ---


def test_contacts_as_they_were_stamped_are_no_change():
    checked_return = checked(stamped())
    assert checked_return.contacts == checked_return.manifest.contacts == ELM.contacts
    assert not checked_return.contacts_changed


def test_a_corrected_contact_is_read_and_proposed():
    cells = {"Return.contact_1.email": "new@example.org", "Return.contact_2.name": " B.  Two "}
    checked_return = checked(changed(stamped(), **cells))
    assert checked_return.contacts == (Contact("A. One", "Manager", "new@example.org", "01622"), Contact("B. Two"))
    assert checked_return.contacts_changed
    (note,) = [f for f in checked_return.findings if f.code.name == "CONTACTS_CHANGED"]
    assert note.severity.value == "note"
    assert note.message == (
        "The provider's points of contact were changed (D34, B35): contact 1, email: new@example.org (was"
        ' a@example.org), contact 2, name: B. Two. To use them, accept them: xlkpi decide "contacts accepted".'
    )


def test_a_contact_that_was_removed_is_a_change_too():
    empty = {f"Return.contact_1.{part}": None for part in ("name", "position", "email", "telephone")}
    checked_return = checked(changed(stamped(), **empty, **{"Return.contact_2.name": "B. Two"}))
    assert checked_return.contacts == (Contact(), Contact("B. Two"))
    assert "contact 1, name: none (was A. One)" in next(
        f.message for f in checked_return.findings if "contact" in f.message
    )
