"""The return with functions, live in a LibreOffice that has the extension, beside the native one: cell by cell.

Both are recalculated from nothing, so a result that is wrong cannot hide behind the value it was written with.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.judge.chance_oracle import change_cell
from tests.judge.formula_grid import FIRST, READINGS, WHOLE, GridSheet, edge_pairs, odd_pairs, real_rows, write_grid
from tests.judge.oracle import expected
from tests.judge.real_returns import CODES, EVERYTHING, JUDGED, SOUND, plan_of, saved, slug, stamped
from tests.layout.planned_returns import badly, well
from xlkpi.catalogue.load import load_catalogue
from xlkpi.layout.plan_model import SlotKind
from xlkpi.reading.returns.check_return import check_return
from xlkpi.writing.returns.write_return import write_return

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("kpi office")]

Q4 = "2026-27 Q4"
PAIRS = (*edge_pairs()[::2], *list(odd_pairs())[::7])
SHARED_BY = 3
"""Each indicator gets every third pair, and neighbours in the catalogue the others: a call costs a millisecond.

Under the other reading an indicator that has only one gets half of these.
"""

ERROR_RESULTS = 4  # com.sun.star.sheet.FormulaResult
SHOWN = "HIJKT"
"""Outturn, RAG, gap, message, and the number of the message."""


def live_cells(plan):
    return [(sheet.name, slot) for sheet in plan.sheets for slot in sheet.slots if slot.kind is SlotKind.LIVE]


def badly_typed():
    """Everything wrong somewhere; what the writer keeps as text, and a sheet would take for an error, is left out."""
    bad_return = badly()
    before = {code: entry for code, entry in bad_return.entries.items() if "#N/A" not in (entry.x, entry.y)}
    return replace(bad_return, entries=before)


def is_shown(value, planned):
    """To fourteen digits: a probability is the sum of many numbers, which no two programs round alike."""
    if isinstance(value, float) and isinstance(planned, float):
        return value == pytest.approx(planned, rel=1e-12, abs=1e-15)
    return (value or "") == (planned or "")


@pytest.mark.parametrize("filled", [well, badly_typed])
@pytest.mark.parametrize("as_written", [(), CODES], ids=READINGS)
def test_every_live_cell_shows_what_the_native_one_shows(kpi_calc, tmp_path, filled, as_written):
    options = {"as_written": as_written, "previous": dict.fromkeys(CODES, (42, 50)), "filled": filled()}
    plans = {edition: plan_of(EVERYTHING, Q4, edition=edition, **options) for edition in ("native", "udf")}
    books = {
        edition: kpi_calc(saved(tmp_path / f"{edition}.{'xlsm' if edition == 'udf' else 'xlsx'}", write_return(plan)))
        for edition, plan in plans.items()
    }
    cells = live_cells(plans["udf"])
    assert [(sheet, slot.ref) for sheet, slot in cells] == [(s, c.ref) for s, c in live_cells(plans["native"])]
    texts = []
    for name in {sheet for sheet, _ in cells}:
        for book in books.values():
            assert book.sheet(name).queryFormulaCells(ERROR_RESULTS).Count == 0
        udf, native = (books[edition].values(name, "A1:Z200") for edition in ("udf", "native"))
        for slot in (slot for sheet, slot in cells if sheet == name):
            shown = [block[slot.row - 1][slot.col - 1] for block in (udf, native)]
            if not all(is_shown(value, slot.value) for value in shown):
                texts.append((name, slot.ref, *shown, slot.value))
    assert not texts[:5]


def pairs_for(code, number, reading):
    has_two = load_catalogue().indicators[code].why
    shared_by = SHARED_BY if has_two or WHOLE or reading == READINGS[0] else 2 * SHARED_BY
    return PAIRS[number % shared_by :: shared_by]


@pytest.mark.slow
@pytest.mark.parametrize("reading", READINGS)
def test_every_indicator_on_the_grid_agrees_with_the_native_formulas_and_the_oracle(kpi_calc, tmp_path, reading):
    pairs_of = {code: pairs_for(code, number, reading) for number, code in enumerate(CODES)}
    sheets = [
        GridSheet(f"{edition} {slug(code)}", row.formulas, pairs_of[code])
        for edition in ("udf", "native")
        for code, row in real_rows(reading, edition).items()
    ]
    book = kpi_calc(write_grid(tmp_path / "grid.xlsx", sheets))
    texts = []
    for code in JUDGED:
        columns = {}
        for edition in ("udf", "native"):
            rows = book.values(f"{edition} {slug(code)}", f"H{FIRST}:T{FIRST + len(pairs_of[code]) - 1}")
            columns[edition] = [tuple(row[ord(letter) - ord("H")] for letter in SHOWN) for row in rows]
        for pair, udf, native in zip(pairs_of[code], columns["udf"], columns["native"], strict=True):
            wanted = expected(code, *pair, reading)
            # to fifteen digits: a y of 195.99999999999997 is 196 to both, and divides a little otherwise
            outturn = "" if wanted.outturn is None else pytest.approx(float(wanted.outturn), rel=4e-15, abs=1e-12)
            shown = (outturn, wanted.state, change_cell(code, *pair, reading))
            if udf[1:] != native[1:] or udf[:3] != shown or native[:3] != shown:
                texts.append((code, pair, udf, native, wanted))
    assert not texts[:5]


@pytest.fixture(scope="module")
def typed_into(kpi_office_session, tmp_path_factory):
    """A return as `xlkpi build` makes it, with figures entered: every fourth indicator's at the keyboard."""
    path = saved(tmp_path_factory.mktemp("typed") / "return.xlsm", stamped(EVERYTHING, Q4, edition="udf"))
    office = kpi_office_session.ensure()
    dog = office.watchdog()
    book = office.open(path)
    for number, (code, typed) in enumerate(SOUND.items()):
        for part, value in (("x", typed.x), ("y", typed.y)):
            place = book.named(f"{slug(code)}.{part}")
            if number % 4:
                book.set(*place, value)
            else:
                book.type_text(*place, str(value))
    yield book
    book.close()
    dog.cancel()


def shown(book, part):
    return {code: book.get(*book.named(f"{slug(code)}.{part}")) for code in CODES}


def test_it_answers_while_figures_are_typed(kpi_office, typed_into):
    wanted = {code: expected(code, typed.x, typed.y) for code, typed in SOUND.items()}
    assert shown(typed_into, "rag") == {code: wanted_value.state for code, wanted_value in wanted.items()}
    outturns = {
        c: "" if wanted_value.outturn is None else pytest.approx(float(wanted_value.outturn))
        for c, wanted_value in wanted.items()
    }
    assert shown(typed_into, "outturn") == outturns
    assert typed_into.get(*typed_into.named("KPI_S4c.check")).startswith("KPI S4c is Amber. Enter the reason")
    typed_into.type_text(*typed_into.named("KPI_S1.x"), "50")
    text = "KPI S1: x is 50 and y is 40 (F6, G6). x counts some of the y, so it cannot be larger. Check both."
    assert typed_into.get(*typed_into.named("KPI_S1.check")) == text
    typed_into.type_text(*typed_into.named("KPI_S1.x"), str(SOUND["KPI S1"].x))


def test_its_values_stay_when_libreoffice_saves_it(typed_into, kpi_calc, tmp_path):
    before = [shown(typed_into, part) for part in ("outturn", "rag", "check")]
    path = typed_into.save(tmp_path / "saved.xlsm", "Calc MS Excel 2007 VBA XML")
    again = kpi_calc(path)
    assert [shown(again, part) for part in ("outturn", "rag", "check")] == before
    assert ".KPIRAG(" in again.formula(*again.named("KPI_S1.rag"))
    again.set(*again.named("KPI_S1.x"), None)
    assert again.get(*again.named("KPI_S1.rag")) == "Incomplete"
    checked = check_return(path)
    assert checked.manifest.edition == "udf"
    assert {entry.code: (entry.x, entry.y) for entry in checked.entries} == {c: (t.x, t.y) for c, t in SOUND.items()}


def test_with_macros_on_too_it_is_the_extension_that_answers(kpi_calc, tmp_path):
    plan = plan_of(EVERYTHING, Q4, edition="udf", filled=well())
    book = kpi_calc(saved(tmp_path / "return.xlsm", write_return(plan)), MacroExecutionMode=4)
    assert ".KPIRAG(" in book.formula(*book.named("KPI_S1.rag"))
    assert shown(book, "rag") == {c: plan.named()[f"{slug(c)}.rag"][1].value for c in CODES}


def test_without_the_extension_every_row_says_so_and_the_return_is_not_ready(calc, tmp_path):
    plan = plan_of(EVERYTHING, Q4, edition="udf", filled=well())
    book = calc(saved(tmp_path / "return.xlsm", write_return(plan)))
    assert set(shown(book, "rag").values()) == {"Not calculated"}
    assert set(shown(book, "outturn").values()) <= {"", None}
    for text in shown(book, "check").values():
        assert text.startswith("The KPI functions are missing here")
    assert book.get(*book.named("Return.status")) == "Not ready"
    assert book.get(*book.named("Return.progress")).startswith(f"0 of {len(CODES)} entered")
