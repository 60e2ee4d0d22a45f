"""The whole row of every indicator, message and hidden workings included, in LibreOffice and IronCalc.

The oracle says when a row must speak and of which kind; the wording is that of core, which worksheet, command and
master share.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.conftest import missing
from tests.judge.formula_grid import (
    ERROR_VALUES,
    FIRST,
    READINGS,
    GridSheet,
    by_ironcalc,
    edge_pairs,
    real_rows,
    write_grid,
)
from tests.judge.libreoffice import MissingTool
from tests.judge.oracle import MAY_EXCEED, expected, whole
from tests.judge.real_returns import CODES, EVERYTHING, JUDGED, period_of
from xlkpi import load_catalogue
from xlkpi.core.checks import Entry
from xlkpi.layout.live_values import compute_live_rows
from xlkpi.layout.plan import get_layout, make_return_key

pytestmark = pytest.mark.slow

ODD = (
    *((value, 20) for value in (" ", "\xa0", "abc", "12", "12 visits", 2.5, -1, -0.5, True, False, *ERROR_VALUES)),
    *((4, value) for value in (" ", "\xa0", "abc", "12", "1,200", 20.5, -20, True, *ERROR_VALUES)),
    *[("x", "y"), (None, "abc"), ("abc", None), (-1, 2.5), ("#N/A", None), (None, None), (" ", "\xa0"), (True, 0)],
    *[(None, 5), (5, None), (1.5, 2), ("say “no”", 3), ("&<>", 3), ("{x}", 3)],
)
LARGE = [(100_000, 100_000), (99_999, 99_999), (5, 100_000), (9_999_999, 9_999_999), (1, 0), (7, 5)]
COUNTS = (*(pair for pair in edge_pairs() if all(isinstance(part, int) for part in pair)), *LARGE)
PAIRS = (*ODD, *COUNTS)
CASES = [(code, reading) for reading in READINGS for code in JUDGED]
COLUMNS = "HIJKOPQRSTVWX"
RAG, MESSAGE, KIND = COLUMNS.index("I"), COLUMNS.index("K"), COLUMNS.index("T")
QUERIES, REASON, NOTE = range(14, 20), 12, 20


def wanted_kind(code, x, y, reading):
    """What sort of message the row must show, by the oracle: "fix", "reason", "query", "note" or ""."""
    state = expected(code, x, y, reading).state
    if state in {"Incomplete", "Check"}:
        return "fix"
    if state in {"Amber", "Red"}:
        return "reason"
    top, bottom = whole(x), whole(y)
    if top is not None and bottom is not None and (bottom > 99_999 or (code in MAY_EXCEED and top > bottom)):
        return "query"
    return "note" if state == "Unrated" else ""


def sort_of(kind):
    if kind == 0:
        return ""
    if kind == NOTE:
        return "note"
    if kind == REASON:
        return "reason"
    return "query" if kind in QUERIES else "fix" if 0 < kind < REASON else kind


@cache
def said_by_core(reading):
    """The message of core for each pair, were it the only entry of the return."""
    catalogue = load_catalogue()
    key = make_return_key(catalogue, EVERYTHING, period_of("2026-27 Q4"), CODES if reading == "as written" else ())
    layout = get_layout(catalogue, key)
    texts = {}
    for x, y in PAIRS:
        entries = {code: Entry(x, y) for code in CODES}
        for question in layout.asked:
            code = question.indicator.code
            alone = compute_live_rows((question,), layout.places, catalogue.relations, {code: entries[code]}, {})
            texts[code, x, y, type(x), type(y)] = alone[code].check
    return texts


def disagreements(code, reading, results):
    texts = []
    for (x, y), row in zip(PAIRS, results, strict=True):
        words = row[MESSAGE] or ""
        wanted = expected(code, x, y, reading).state
        if row[RAG] != wanted or sort_of(row[KIND]) != wanted_kind(code, x, y, reading):
            texts.append((code, reading, x, y, row))
        elif words != said_by_core(reading)[code, x, y, type(x), type(y)] or bool(words) != bool(row[KIND]):
            texts.append((code, reading, x, y, words, said_by_core(reading)[code, x, y, type(x), type(y)]))
        elif words and not words.startswith(code):
            texts.append((code, reading, x, y, words))
    return texts


def sheets():
    return [GridSheet(f"{code} {reading}", real_rows(reading)[code].formulas, PAIRS) for code, reading in CASES]


def test_every_column_of_the_row_is_judged():
    columns = {column for code, reading in CASES for column, _ in real_rows(reading)[code].formulas}
    assert columns == set(COLUMNS)


def test_ironcalc_says_what_core_says(tmp_path):
    try:
        values = by_ironcalc(tmp_path / "rows.xlsx", sheets(), COLUMNS)
    except MissingTool as problem:
        missing(problem)
    for code, reading in CASES:
        assert not disagreements(code, reading, values[f"{code} {reading}"])[:5]


@pytest.mark.office
@pytest.mark.xdist_group("formula grid")
def test_libreoffice_says_what_core_says(calc, tmp_path):
    book = calc(write_grid(tmp_path / "rows.xlsx", sheets()))
    picked = [ord(letter) - ord("H") for letter in COLUMNS]
    for code, reading in CASES:
        rows = book.values(f"{code} {reading}", f"H{FIRST}:X{FIRST + len(PAIRS) - 1}")
        assert not disagreements(code, reading, [[row[at] for at in picked] for row in rows])[:5]
