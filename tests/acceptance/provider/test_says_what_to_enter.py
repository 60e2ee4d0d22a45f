"""Promise: every yellow cell says what to enter, and refuses what cannot be right, in our own words."""

from __future__ import annotations

import io
import re
from itertools import product

import openpyxl
import pytest

from tests.judge.oracle import due
from tests.judge.real_returns import CODES, EVERYTHING, saved, slug, stamped
from tests.judge.schedule_text import schedule

pytestmark = pytest.mark.office

REFUSED = ("-1", "2.5", "abc")
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # what Excel takes
NEVER_SAID = re.compile(r"\b(please|sorry|invalid|valid|error)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def data():
    return stamped(EVERYTHING, "2026-27 Q4")


@pytest.fixture(scope="module")
def q4(calc_of_module, tmp_path_factory, data):
    """The return in LibreOffice, opened once: what one test types is in no other's way."""
    return calc_of_module(saved(tmp_path_factory.mktemp("q4") / "return.xlsx", data))


def unlocked(data):
    """Every cell that may be typed into, as the file itself says."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        (sheet.title, cell.coordinate) for sheet in book for row in sheet for cell in row if not cell.protection.locked
    ]


def test_every_input_has_its_rule_and_its_words(q4, data):
    places = unlocked(data)
    planned = sum(code.startswith("KPI") for code in CODES)
    assert len(places) == 3 * len(CODES) + 4 * planned + 2 + 3 * 4  # entries, action plan, declaration, contacts
    for place, rule in q4.validations(places).items():
        assert rule, place
        assert rule.alert == "STOP", place
        for title in (rule.title, rule.prompt_title):
            assert 0 < len(title) <= LONGEST_TITLE, place
        for text in (rule.message, rule.prompt):
            assert 0 < len(text) <= LONGEST_MESSAGE, place
            assert not NEVER_SAID.search(text), place


def rules_by_name(book, *parts):
    """The rules on these parts of every entry, by its code and the part."""
    places = {(code, part): book.named(f"{slug(code)}.{part}") for code, part in product(CODES, parts)}
    rules = book.validations(places.values())
    return {name: rules[place] for name, place in places.items()}


STARTS = {("annual",): "1 April 2026", ("six-monthly",): "1 October 2026", ("quarterly",): "1 January"}


def test_the_tip_tells_what_to_count_and_over_which_days(q4):
    rules = rules_by_name(q4, "x", "y")
    for code in CODES:
        row = schedule()[code]
        for part, counts in (("x", row.x), ("y", row.y)):
            tip = rules[code, part]
            assert tip.prompt_title == f"{code} {part}"
            words = counts.rstrip("*").removeprefix("total ").replace("wellbeing service", "service")
            wanted = re.sub(r"\s+", " ", words.replace("no. of", "number of").replace("no. ", "number of "))
            assert wanted in re.sub(r"\s+", " ", tip.prompt).replace("wellbeing service", "service"), tip.prompt
            start = STARTS[row.ticks]
            assert f"{start} to 31 March 2027" in tip.prompt


@pytest.mark.slow
def test_a_count_refuses_what_is_none(q4):
    """A whole number of 0 or more is taken, anything else leaves the cell as it was.

    Each cell is tried with one wrong entry, the first of each sheet with all: its rule is the rule of the others.
    """
    rules = {}
    for number, ((code, part), rule) in enumerate(rules_by_name(q4, "x", "y").items()):
        sheet, ref = q4.named(f"{slug(code)}.{part}")
        tried = REFUSED if sheet not in rules else REFUSED[number % 3 :][:1]
        accepts = (rule.kind, rule.operator, rule.formula1, rule.formula2)
        assert rules.setdefault(sheet, accepts) == accepts, (code, part)
        for refused in tried:
            q4.type_text(sheet, ref, refused)
            assert q4.get(sheet, ref) is None, (code, part, refused)
    for text, expected_number in (
        ("0", 0),
        ("12", 12),
        ("9999999", 9_999_999),
        ("10000000", 9_999_999),
        ("5%", 9_999_999),
    ):
        q4.type_text(*q4.named("KPI_S4a.y"), text)
        assert q4.get(*q4.named("KPI_S4a.y")) == expected_number


def test_the_declaration_refuses_a_day_before_the_period(q4):
    place = q4.named("Return.declared_on")
    for refused in ("31/12/2026", "tomorrow", "12"):
        q4.type_text(*place, refused)
        assert q4.get(*place) is None, refused
    q4.type_text(*place, "31/03/2027")
    assert q4.text(*place) == "31/03/2027"


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_rows_that_are_not_due_have_no_rule(quarter, calc, tmp_path):
    period = f"2026-27 Q{quarter}"
    book = calc(saved(tmp_path / "return.xlsx", stamped(EVERYTHING, period)))
    rules = rules_by_name(book, "x", "y", "comment")
    assert {name: bool(rule) for name, rule in rules.items()} == {name: due(name[0], period) for name in rules}
