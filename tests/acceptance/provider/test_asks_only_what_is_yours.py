"""Promise: a provider sees the sections of the lots it holds and no other, and is asked only what is due."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from lxml import etree

from tests.acceptance.provider.provider_workbooks import PERIODS, opened, parts, place
from tests.judge.formula_grid import READINGS
from tests.judge.oracle import due, required
from tests.judge.real_returns import ANOTHER, CODES, EVERYTHING, period_of, slug, stamped
from tests.judge.schedule_text import SCHEDULE, schedule
from xlkpi.commands.build import write_returns
from xlkpi.commands.earlier_periods import EarlierPeriods
from xlkpi.council import Council, ProviderRegister

LOTS = ("1a", "1b", "2a", "2b", "3", "4")
ALWAYS = ("Start here", "All lots")
AFTER = ("Action plan", "Help", "_xlkpi")
SHEETS = (
    ("Lot 1 Wellbeing", {"1a", "1b"}, "W"),
    ("Lot 2 Independence", {"2a", "2b"}, "I"),
    ("Lot 3 Employment", {"3"}, "E"),
    ("Lot 4 Additional", {"4"}, "A"),
    ("Transport", {"transport"}, "T"),
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def every_combination():
    """All 128 ways to hold lots and the transport element, no lot at all included."""
    for count in range(len(LOTS) + 1):
        for lots in combinations(LOTS, count):
            yield from ((lots, transport) for transport in (False, True))


def letter(code):
    return code.split()[1][0]


def wanted(lots, transport):
    """Sheets in order and codes, as the contract's table of sections says."""
    holds = {*lots, *({"transport"} if transport else ())}
    held = [(sheet, first) for sheet, any_of, first in SHEETS if any_of & holds]
    letters = {"S", *(first for _, first in held)}
    return (*ALWAYS, *(sheet for sheet, _ in held), *AFTER), {code for code in schedule() if letter(code) in letters}


def test_every_combination_of_lots_gets_exactly_its_sections(tmp_path):
    combos = list(every_combination())
    assert len(combos) == 128
    providers = [
        replace(ANOTHER, provider_id=f"P{n:03d}", name=f"Provider {n}", lots=lots, transport=transport)
        for n, (lots, transport) in enumerate(combos)
    ]
    written = write_returns(
        Council(register=ProviderRegister(tuple(providers))),
        period_of("2026-27 Q4"),
        tmp_path,
        EarlierPeriods(Council()),
    )
    assert len({path for _, path in written}) == 128
    for (provider, path), combo in zip(written, combos, strict=True):
        book = etree.fromstring(parts(path.read_bytes())["xl/workbook.xml"])
        names = [defined_name.get("name") for defined_name in book.iter(f"{MAIN}definedName")]
        codes = {name.partition(".")[0] for name in names if re.fullmatch(r"(KPI|INFO)_\w+\.x", name)}
        sheets, held = wanted(*combo)
        assert tuple(defined_name.get("name") for defined_name in book.iter(f"{MAIN}sheet")) == sheets, provider
        assert codes == {slug(code) for code in held}, f"{provider}; an indicator is in {SCHEDULE} and in the catalogue"


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("period", PERIODS)
def test_what_is_due_is_open_and_the_rest_is_closed_but_legible(period, reading):
    data = stamped(EVERYTHING, period, as_written=CODES if reading == "as written" else ())
    book = opened(data, data_only=True)
    for code in CODES:
        is_due = due(code, period, reading)
        for part in ("x", "y", "comment"):
            sheet, ref = place(book, f"{slug(code)}.{part}")
            cell = book[sheet][ref]
            assert cell.protection.locked == (not is_due), (code, part)
        row = ref[1:]
        word = book[sheet][f"I{row}"].value
        assert word == ("Not entered" if is_due else "Not due")
        assert book[sheet][f"B{row}"].value == schedule()[code].description
        assert ("not due in " + period in book[sheet][f"N{row}"].value) == (not is_due)
    count = sum(required(code, period, reading) for code in CODES)
    sheet, ref = place(book, "Return.progress")
    assert book[sheet][ref].value == f"0 of {count} entered, 0 to fix, 0 reasons missing"


@pytest.mark.parametrize("period", PERIODS)
def test_the_cover_lists_what_is_due(period):
    cover = opened(stamped(EVERYTHING, period))["Start here"]
    rows = list(cover.iter_rows(values_only=True))
    top = next(number for number, row in enumerate(rows) if row[1] == "Sheet")
    listed = {row[1]: (row[2], row[3]) for row in rows[top + 1 : top + 7]}
    for sheet, first in (("All lots", "S"), *((sheet, first) for sheet, _, first in SHEETS)):
        mine = [code for code in CODES if letter(code) == first]
        now = [code for code in mine if due(code, period)]
        later = [code for code in mine if not due(code, period)]
        assert listed[sheet] == (", ".join(now) or "None", ", ".join(later) or "None")
