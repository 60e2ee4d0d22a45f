"""Every formula of a row over small counts, edges and odd contents: LibreOffice, IronCalc and core as the oracle.

The indicators' formulas for outturn, RAG and gap come to a few distinct templates (formula_grid says why identical
ones need one evaluation); every result is compared for every indicator of its group.
"""

from __future__ import annotations

import math
import re
from functools import cache

import pytest

from tests.conftest import missing
from tests.judge.chance_oracle import change_cell
from tests.judge.formula_grid import (
    EDGES,
    FIRST,
    READINGS,
    GridSheet,
    all_counts,
    by_ironcalc,
    edge_pairs,
    odd_pairs,
    real_rows,
    write_grid,
)
from tests.judge.libreoffice import MissingTool
from tests.judge.oracle import MAY_EXCEED, NOT_OF_Y, Expected, expected
from tests.judge.real_returns import JUDGED
from tests.judge.schedule_text import schedule
from xlkpi import assess, load_catalogue
from xlkpi.core.gap import gap_to_green
from xlkpi.core.vocabulary import Reading

pytestmark = pytest.mark.xdist_group("formula grid")  # the oracle's answers are worked out once
NEEDED = ("H", "I", "J", "O", "P", "X")
PAIRS = (*odd_pairs(), *all_counts())
CASES = [(code, reading) for reading in READINGS for code in JUDGED]


@cache
def judged_alike(code, reading):
    """What the oracle goes by: two indicators alike in all of it have the same answers."""
    row = schedule()[code]
    turned = reading == "effective" and code in NOT_OF_Y
    unsaid = reading == "as written"  # what the bands don't say
    return row.red, row.amber, row.green, turned, unsaid, code == "KPI S2" and turned, code in MAY_EXCEED


@cache
def answers(alike):
    """The oracle's answer to every pair, for indicators of one kind."""
    code, reading = next(case for case in CASES if judged_alike(*case) == alike)
    return tuple((expected(code, x, y, reading), change_cell(code, x, y, reading)) for x, y in PAIRS)


def groups():
    """The distinct templates, each with the cases that share it letter for letter."""
    results = {}
    for code, reading in CASES:
        results.setdefault(real_rows(reading)[code].only(NEEDED), []).append((code, reading))
    return results


def named_groups():
    """A sheet for each distinct template with every pair, and the cases it serves."""
    return [(GridSheet(f"T{n}", templates, PAIRS), cases) for n, (templates, cases) in enumerate(groups().items())]


def disagreements(cases, results):
    """Where results (outturn, RAG word, gap of every pair) differ from the oracle's for any of the cases."""
    return [
        (cases, pair, result, wanted)
        for alike in {judged_alike(*case) for case in cases}
        for pair, result, wanted in zip(PAIRS, results, answers(alike), strict=True)
        if not same(result, *wanted)
    ]


def same(result, wanted: Expected, change: str):
    outturn, word, shown = result
    if word != wanted.state or (shown or "") != change:
        return False
    if wanted.outturn is None:
        return outturn in ("", None)
    return isinstance(outturn, float) and math.isclose(outturn, wanted.outturn, rel_tol=4e-15, abs_tol=1e-12)


def test_the_edges_are_the_shares_that_the_contract_names():
    bands = " ".join(band or "" for row in schedule().values() for band in (row.red, row.amber, row.green))
    named = {int(number) for number in re.findall(r"\d+", bands)}
    assert len(named) > 5
    assert named <= {0, *EDGES}


def test_the_groups_cover_every_indicator_under_both_readings():
    assert sorted(case for cases in groups().values() for case in cases) == sorted(CASES)
    assert len(CASES) == 2 * len(JUDGED)


def rated_alike(code, reading):
    """All of an indicator that core goes by when it rates one, so that indicators alike in it are rated alike."""
    indicator = load_catalogue().indicators[code]
    definition = indicator.read(Reading(reading))
    return definition.bands, definition.outturn, indicator.carried_over, indicator.is_kpi


@pytest.mark.slow
@pytest.mark.parametrize("reading", READINGS)
def test_core_agrees_for_every_kind_of_indicator_on_every_pair_and_for_every_one_on_edge_pairs(reading):
    find = load_catalogue().find
    differing, kinds, edges = [], set(), {*map(repr, edge_pairs())}
    for code in JUDGED:
        kind = rated_alike(code, reading), judged_alike(code, reading)
        for (x, y), (wanted, _) in zip(PAIRS, answers(judged_alike(code, reading)), strict=True):
            if kind in kinds and repr((x, y)) not in edges:
                continue
            assessment = assess(code, x, y, reading=reading)
            gap = gap_to_green(find(code), x, y, Reading(reading))
            rag = assessment.rag.value if assessment.rag else None
            if Expected(assessment.state.value, assessment.outturn, rag, gap) != wanted:
                differing.append((code, reading, x, y, assessment, gap, wanted))
        kinds.add(kind)
    assert 5 < len(kinds) < len(JUDGED)
    assert not differing[:5]


def test_ironcalc_agrees_for_every_indicator_and_pair(tmp_path):
    sheets = named_groups()
    try:
        values = by_ironcalc(tmp_path / "grid.xlsx", [sheet for sheet, _ in sheets], "HIJ")
    except MissingTool as problem:
        missing(problem)
    for sheet, cases in sheets:
        assert not disagreements(cases, values[sheet.name])[:5]


@pytest.mark.slow
@pytest.mark.office
def test_libreoffice_agrees_for_every_indicator_and_pair(calc, tmp_path):
    sheets = named_groups()
    book = calc(write_grid(tmp_path / "grid.xlsx", [sheet for sheet, _ in sheets]))
    for sheet, cases in sheets:
        values = book.values(sheet.name, f"H{FIRST}:J{FIRST + len(PAIRS) - 1}")
        assert not disagreements(cases, values)[:5]
