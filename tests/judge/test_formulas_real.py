"""The real Q4 workbook of a provider who holds everything: about 150 pairs on the bands' edges, in two engines.

Each pair is put into every indicator at once; every state, outturn and RAG must be the oracle's. Both engines take
each pair under one of the two readings (test_formulas_grid.py has them calculate the same formulas under both).
"""

from __future__ import annotations

import math

import pytest

from tests.conftest import missing
from tests.judge.formula_grid import READINGS, edge_pairs
from tests.judge.ironcalc_engine import Ironbook
from tests.judge.libreoffice import MissingTool
from tests.judge.oracle import expected
from tests.judge.real_returns import CODES, EVERYTHING, JUDGED, saved, slug, stamped

pytestmark = pytest.mark.slow
PAIRS = edge_pairs()


@pytest.fixture(params=READINGS)
def real(request, tmp_path):
    """The stamped workbook, and the reading it was built under."""
    data = stamped(EVERYTHING, "2026-27 Q4", as_written=CODES if request.param == "as written" else ())
    return saved(tmp_path / "real.xlsx", data), request.param


def disagreements(reading, pair, agreements):
    """What differs from the oracle's answer; `found` is outturn and RAG word by code."""
    assert set(agreements) == set(CODES)
    return [
        (code, reading, pair, agreements[code])
        for code in JUDGED
        if not same(agreements[code], expected(code, *pair, reading))
    ]


def same(values, wanted):
    outturn, word = values
    if word != wanted.state:
        return False
    if wanted.outturn is None:
        return outturn in ("", None)
    return isinstance(outturn, float) and math.isclose(outturn, wanted.outturn, rel_tol=4e-15, abs_tol=1e-12)


def blocks(book):
    """Each section's sheet with its codes by row, found by name: x, y, outturn and RAG stand in F to I."""
    rows = {}
    for code in CODES:
        sheet, ref = book.named(f"{slug(code)}.x")
        assert ref[0] == "F"
        for part, letter in (("y", "G"), ("outturn", "H"), ("rag", "I")):
            assert book.named(f"{slug(code)}.{part}") == (sheet, letter + ref[1:])
        rows.setdefault(sheet, {})[int(ref[1:])] = code
    return rows


def test_the_pairs_lie_on_every_edge():
    assert 140 <= len(PAIRS) <= 180
    for code in JUDGED:
        states = {expected(code, x, y).state for x, y in PAIRS}
        assert states >= {"Not entered", "Incomplete", "Check", "No cases"}
        assert states >= ({"Information"} if code.startswith("INFO") else {"Green", "Amber", "Red"})


@pytest.mark.office
def test_libreoffice_rates_the_edges(real, calc):
    path, reading = real
    book = calc(path)
    book.document.enableAutomaticCalculation(False)
    where = [
        (codes, *(book.cell(sheet, f"{area[0]}{min(codes)}:{area[1]}{max(codes)}") for area in ("FG", "HI")))
        for sheet, codes in blocks(book).items()
    ]
    texts = []
    for x, y in PAIRS[READINGS.index(reading) :: 2]:
        typed = tuple("" if value is None else value for value in (x, y))
        for codes, inputs, _ in where:
            inputs.setDataArray((typed,) * (max(codes) - min(codes) + 1))
        book.document.calculate()
        values = {}
        for codes, _, shown in where:
            values |= {codes[row]: result for row, result in enumerate(shown.getDataArray(), start=min(codes))}
        texts += disagreements(reading, (x, y), values)
    assert not texts[:5]


def test_ironcalc_rates_the_edges(real):
    path, reading = real
    try:
        book = Ironbook(path)
    except MissingTool as problem:
        missing(problem)
    where = [(sheet, row, code) for sheet, codes in blocks(book).items() for row, code in codes.items()]
    texts = []
    for x, y in PAIRS[READINGS.index(reading) :: 2]:
        for sheet, row, _ in where:
            book.set(sheet, f"F{row}", x)
            book.set(sheet, f"G{row}", y)
        book.calculate()
        results = {code: (book.get(sheet, f"H{row}"), book.get(sheet, f"I{row}")) for sheet, row, code in where}
        texts += disagreements(reading, (x, y), results)
    assert not texts[:5]
