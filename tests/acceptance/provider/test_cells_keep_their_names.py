"""Promise: every figure has a name of its own, the same in every sheet and edition, for scripts and other systems."""

from __future__ import annotations

import re

import pytest

from tests.acceptance.provider.provider_workbooks import KINDS, built, opened, place
from tests.judge.oracle import due
from tests.judge.real_returns import CODES, slug
from tests.judge.schedule_text import schedule

PARTS = ("x", "y", "outturn", "rag", "check", "comment")
COVER = ("provider_id", "provider", "period", "status", "declared_by", "declared_on")
HELD = {"everything": set(CODES), "one lot": {code for code in CODES if code.split()[1][0] in "SW"}}
LAST_COLUMN = 16_384  # XFD

pytestmark = pytest.mark.parametrize("kind", KINDS)


def held(kind):
    return HELD["one lot" if kind.startswith("one lot") else "everything"]


def is_address(name):
    """Whether a spreadsheet would read a name as a cell: A1 style up to XFD1048576, or R1C1 style."""
    match = re.fullmatch(r"([A-Za-z]{1,3})(\d+)", name)
    if match:
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
        return column <= LAST_COLUMN and 1 <= int(match[2]) <= 1_048_576
    return bool(re.fullmatch(r"[Rr]\d*([Cc]\d*)?|[Cc]\d*", name))


@pytest.mark.parametrize("name", ["KPI1", "LOT1", "R1C1", "rc", "C", "XFD9"])
def test_the_judge_knows_an_address_when_it_sees_one(name, kind):
    assert is_address(name)


def test_every_indicator_held_has_its_six_names_and_no_other_has_any(kind):
    names = set(opened(built(kind)).defined_names)
    entries = {name for name in names if re.match("(KPI|INFO)_", name)}
    wanted = {f"{slug(code)}.{part}" for code in held(kind) for part in PARTS}
    planned = {name for name in entries if re.search(r"\.(issue|action|outcomes|timescale)$", name)}
    assert entries - planned == wanted
    assert {name.partition(".")[0] for name in planned} <= {slug(code) for code in held(kind)}


def test_the_cover_has_its_names(kind):
    book = opened(built(kind))
    for part in COVER:
        assert place(book, f"Return.{part}")[0] == "Start here"


def test_no_name_is_an_address_or_anything_else_than_a_name(kind):
    for name in opened(built(kind)).defined_names:
        assert not is_address(name)
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", name)
        assert len(name) <= 255


def test_each_name_points_to_one_cell_of_its_own_in_the_row_of_its_code(kind):
    book = opened(built(kind))
    places = [place(book, name) for name in book.defined_names]
    assert len(places) == len(set(places))
    for code in held(kind):
        for part in PARTS:
            sheet, ref = place(book, f"{slug(code)}.{part}")
            assert book[sheet][f"A{ref[1:]}"].value == code


def test_what_the_names_hold_in_a_blank_return(kind):
    provider, period, options = KINDS[kind]
    reading = "as written" if options.get("as_written") else "effective"
    book = opened(built(kind), data_only=True)

    def value(name):
        sheet, ref = place(book, name)
        return book[sheet][ref].value

    assert (value("Return.provider_id"), value("Return.provider")) == (provider.provider_id, provider.name)
    assert (value("Return.period"), value("Return.status")) == (period, "Not ready")
    for code in held(kind):
        state = "Not entered" if due(code, period, reading) else "Not due"
        assert value(f"{slug(code)}.rag") == state
        assert [value(f"{slug(code)}.{part}") or None for part in ("x", "y", "outturn", "check", "comment")] == [
            None
        ] * 5


def test_names_say_the_code_to_the_letter(kind):
    names = {name.partition(".")[0] for name in opened(built(kind)).defined_names}
    assert {slug(code) for code in schedule() if code in held(kind)} <= names
