"""Promise: type x and y, and the workbook answers at once; what isn't yours to change cannot be changed."""

from __future__ import annotations

import pytest

from tests.judge.oracle import due
from tests.judge.real_returns import CODES, EVERYTHING, LATE_LEAVERS, saved, slug, stamped

pytestmark = pytest.mark.office

PLAN_ROW = {"KPI": "A", "LEVEL": "C", "DATE": "D", "RAG": "E"}


ENTERED = []
"""The names of the cells that the test has typed into."""


@pytest.fixture(scope="module")
def opened_q4(calc_of_module, tmp_path_factory):
    """The Q4 return of a provider who holds everything, open in LibreOffice."""
    return calc_of_module(saved(tmp_path_factory.mktemp("q4") / "return.xlsx", stamped(EVERYTHING, "2026-27 Q4")))


@pytest.fixture
def q4(opened_q4):
    """It as it was sent: what a test has typed into it is deleted after it."""
    assert shown(opened_q4, "Return.progress") == f"0 of {len(CODES)} entered, 0 to fix, 0 reasons missing"
    yield opened_q4
    while ENTERED:
        opened_q4.set(*opened_q4.named(ENTERED.pop()), None)


def shown(book, name):
    return book.text(*book.named(name))


def enter(book, name, text):
    ENTERED.append(name)
    book.type_text(*book.named(name), text)


def row_shown(book, code):
    return tuple(shown(book, f"{slug(code)}.{part}") for part in ("outturn", "rag", "check"))


def plan_shown(book, code):
    sheet, ref = book.named(f"{slug(code)}.action")
    row = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {word: book.text(sheet, f"{letter}{row}") for word, letter in PLAN_ROW.items()}


def test_a_blank_return_says_what_is_still_to_do(q4):
    assert shown(q4, "Return.status") == "Not ready"
    assert shown(q4, "Return.progress") == f"0 of {len(CODES)} entered, 0 to fix, 0 reasons missing"
    assert row_shown(q4, "KPI S4a") == ("", "Not entered", "")


def test_outturn_rag_message_progress_and_action_plan_follow_what_is_typed(q4):
    """From half an entry to Red, to Amber with its reason, to Green: one KPI through all that it can be."""
    enter(q4, "KPI_E2.x", "3")
    outturn, rag, message = row_shown(q4, "KPI E2")
    assert (outturn, rag) == ("", "Incomplete")
    assert message.startswith("KPI E2 y (G")
    assert shown(q4, "Return.progress") == f"0 of {len(CODES)} entered, 1 to fix, 0 reasons missing"

    enter(q4, "KPI_E2.y", "10")
    outturn, rag, message = row_shown(q4, "KPI E2")
    assert (outturn, rag) == ("30.00%", "Red")
    assert message.startswith("KPI E2 is Red. Enter the reason")
    assert shown(q4, "Return.progress") == (
        f"1 of {len(CODES)} entered, 0 to fix, 1 reason missing, 1 action plan missing"
    )
    planned = plan_shown(q4, "KPI E2")
    assert planned == {"KPI": "KPI E2", "LEVEL": "30.00%", "DATE": "31/03/2027", "RAG": "Red"}

    enter(q4, "KPI_E2.comment", LATE_LEAVERS.comment)
    assert row_shown(q4, "KPI E2")[2].startswith("KPI E2 is Red. Complete its action")
    for part, text in zip(("action", "outcomes", "timescale"), LATE_LEAVERS.plan, strict=True):
        enter(q4, f"KPI_E2.{part}", text)
    assert row_shown(q4, "KPI E2")[2] == ""
    assert shown(q4, "Return.progress") == f"1 of {len(CODES)} entered, 0 to fix, 0 reasons missing"

    enter(q4, "KPI_E2.x", "1")  # exactly 10% is still amber
    assert row_shown(q4, "KPI E2") == ("10.00%", "Amber", "")
    assert plan_shown(q4, "KPI E2")["RAG"] == "Amber"
    enter(q4, "KPI_E2.x", "0")
    assert row_shown(q4, "KPI E2") == ("0.00%", "Green", "")
    assert plan_shown(q4, "KPI E2") == dict.fromkeys(PLAN_ROW, "")
    enter(q4, "KPI_E2.y", "0")
    assert row_shown(q4, "KPI E2") == ("", "No cases", "")


def test_the_action_plan_takes_the_day_of_the_declaration(q4):
    enter(q4, "KPI_S1.x", "9")
    enter(q4, "KPI_S1.y", "10")
    enter(q4, "Return.declared_on", "12/04/2027")
    assert plan_shown(q4, "KPI S1") == {"KPI": "KPI S1", "LEVEL": "90.00%", "DATE": "12/04/2027", "RAG": "Red"}


def test_the_rag_is_a_word_and_a_fill(q4):
    for x, word in (("100", "Green"), ("90", "Amber"), ("10", "Red")):
        enter(q4, "KPI_A1.x", x)
        enter(q4, "KPI_A1.y", "100")
        place = q4.named("KPI_A1.rag")
        red, green, blue = bytes.fromhex(q4.shown_fill(*place))
        assert q4.text(*place) == word
        assert {"Green": green > max(red, blue), "Amber": red > green > blue, "Red": red > max(green, blue) + 40}[word]


def test_what_is_locked_refuses_typing(q4):
    """Every named cell that is no input, and a label, a heading and a hidden working of each section."""
    named = [f"{slug(code)}.{part}" for code in CODES[::6] for part in ("outturn", "rag", "check")]
    named += [f"Return.{part}" for part in ("provider_id", "provider", "period", "status", "progress")]
    places = [q4.named(name) for name in named]
    places += [(sheet, cell) for sheet in q4.sheet_names[1:7] for cell in ("A1", "A6", "B6", "M6", "T6")]
    for place in places:
        before = q4.formula(*place)
        assert q4.locked(*place), place
        q4.type_text(*place, "7")
        assert q4.formula(*place) == before, place


def test_rows_that_are_not_due_are_closed(calc, tmp_path):
    q1 = calc(saved(tmp_path / "q1.xlsx", stamped(EVERYTHING, "2026-27 Q1")))
    for code in CODES:
        is_due = due(code, "2026-27 Q1")
        assert (shown(q1, f"{slug(code)}.rag") == "Not due") == (not is_due)
        for part in ("x", "y", "comment"):
            assert q1.locked(*q1.named(f"{slug(code)}.{part}")) == (not is_due), (code, part)
    quarterly = [code for code in CODES if due(code, "2026-27 Q1")]
    assert 0 < len(quarterly) < len(CODES)
    place = q1.named("KPI_S1.x")
    q1.type_text(*place, "5")
    assert q1.get(*place) is None
    assert shown(q1, "Return.progress") == f"0 of {len(quarterly)} entered, 0 to fix, 0 reasons missing"
