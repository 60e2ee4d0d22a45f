"""The judges of catalogues other than Kent's: every kind of outturn, both readings, every target changed.

Worksheet formulas in LibreOffice and IronCalc, the functions, core and a master agree with an oracle that reads the
catalogue's files itself. `python -m tests.by_hand.any_catalogue` takes every y, and any folder.
"""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

import xlkpi
import xlkpi.council.catalogue_example
from tests.acceptance.officer.contract_figures import EXAMPLES
from tests.conftest import missing
from tests.every_outturn import write_folder
from tests.hosts.functions_in_use import functions_in_use
from tests.judge.catalogue_judge import (
    differing_in_core,
    due_period,
    list_judged,
    sheets_of,
    terms_of_folder,
)
from tests.judge.catalogue_oracle import expected, has_y
from tests.judge.formula_grid import FIRST, by_ironcalc, write_grid
from tests.judge.libreoffice import MissingTool
from tests.judge.sheet_rows import sheet_rows
from xlkpi.catalogue import terms_in_use
from xlkpi.catalogue.terms_in_use import write_terms
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.council.catalogue_folder import read_versions
from xlkpi.council.contract_folder import ContractFolder
from xlkpi.hosts import functions
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.reading.returns.check_return import check_return
from xlkpi.writing.returns.write_return import write_return

FOLDERS = ("every kind", "built-in example", "homecare", "waste")


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request, tmp_path_factory):
    """A catalogue folder: of every kind, the one that `catalogue example` writes, and the two complete examples."""
    if request.param == "every kind":
        return write_folder(tmp_path_factory.mktemp("kinds") / "catalogue")
    if request.param == "built-in example":
        return Path(xlkpi.council.catalogue_example.__file__).parent
    return EXAMPLES / request.param / "catalogue"


@pytest.fixture(scope="module")
def judged(folder):
    """Every indicator under both readings, and again with every target changed."""
    return [*list_judged(folder), *list_judged(folder, moved=True)]


def test_core_agrees(folder):
    for moved in (False, True):
        terms, rows = terms_of_folder(folder, moved=moved)
        assert {str(row["code"]) for row in rows} == set(terms.in_force(due_period(terms)).indicators)
        judged = list_judged(folder, moved=moved)
        assert {each.code for each in judged if each.pairs} == {str(row["code"]) for row in rows}
        assert not differing_in_core(terms, judged)[:3]


def test_ironcalc_agrees(judged, tmp_path):
    try:
        values = by_ironcalc(tmp_path / "grid.xlsx", sheets_of(judged), "HIJ")
    except MissingTool as problem:
        missing(problem)
    for each, results in zip(judged, values.values(), strict=True):
        assert not each.differing(results)[:3]


@pytest.mark.office
def test_libreoffice_agrees(judged, tmp_path, calc):
    book = calc(write_grid(tmp_path / "grid.xlsx", sheets_of(judged)))
    for number, each in enumerate(judged):
        results = book.values(f"T{number}", f"H{FIRST}:J{FIRST + len(each.pairs) - 1}")
        assert not each.differing(results)[:3]


def test_the_functions_agree(folder, tmp_path, monkeypatch):
    for moved in (False, True):
        terms, _ = terms_of_folder(folder, moved=moved)
        place = tmp_path / f"terms {moved}.json"
        place.write_text(write_terms(read_versions(folder), terms.changes, terms.words), encoding="utf-8")
        monkeypatch.setenv(terms_in_use.PLACE_VARIABLE, str(place))
        with functions_in_use():
            for each in list_judged(folder, moved=moved, ys=(1, 7, 200)):
                judge_functions(each, str(due_period(terms)))


def judge_functions(judged, period):
    for (x, y), wanted in zip(judged.pairs, judged.answers, strict=True):
        given = (judged.code, x, y, judged.reading, period)
        assert functions.rag(*given) == wanted.state, given
        outturn, gap = functions.outturn(*given), functions.gap(*given)
        assert (outturn == "") is (wanted.outturn is None), given
        assert wanted.outturn is None or math.isclose(outturn, wanted.outturn, rel_tol=4e-15), given
        assert gap == ("" if wanted.gap is None else float(wanted.gap)), given


def return_of(terms, provider_id, figures):
    """A return of the period in which every indicator is due, filled in with figures by code."""
    period = due_period(terms)
    provider = Provider(provider_id, f"Provider {provider_id}", lots=terms.lots)
    filled = Filled({code: Entry(*pair) for code, pair in figures.items()})
    return write_return(plan_return(terms.in_force(period), provider, period, filled=filled))


def test_a_filled_return_is_read_as_the_oracle_says(folder, tmp_path):
    terms, rows = terms_of_folder(folder, moved=False)
    named = {str(row["code"]): row for row in rows}
    effective = [each for each in list_judged(folder) if each.reading == "effective"]
    sound = {each.code: each.with_outturn for each in effective}
    for turn in range(6):
        figures = {code: pairs[turn * 7 % len(pairs)] for code, pairs in sound.items()}
        file = tmp_path / f"return {turn}.xlsx"
        file.write_bytes(return_of(terms, "P1", figures))
        checked_return = check_return(file, terms=terms)
        assert {entry.code for entry in checked_return.entries} == set(named)
        for entry in checked_return.entries:
            x, y = figures[entry.code]
            wanted = expected(named[entry.code], "effective", x, y)
            assert (entry.state.value, entry.outturn, entry.gap) == (wanted.state, wanted.outturn, wanted.gap)
            assert (entry.y is None) is not has_y(named[entry.code])


def test_a_master_rates_every_pair_as_the_oracle_does(folder, tmp_path):
    terms, _ = terms_of_folder(folder, moved=False)
    shutil.copytree(folder, tmp_path / "catalogue", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "xlkpi.toml").touch()
    judged = [each for each in list_judged(folder, ys=(1, 7, 200)) if each.reading == "effective"]
    pairs = {each.code: each.with_outturn for each in judged}
    wanted = {each.code: dict(zip(each.pairs, each.answers, strict=True)) for each in judged}
    for number in range(8):
        figures = {code: sound[number * 7 % len(sound)] for code, sound in pairs.items()}
        (tmp_path / "inbox" / f"{number}.xlsx").write_bytes(return_of(terms, f"P{number:02}", figures))
    xlkpi.consolidate(
        tmp_path / "inbox", tmp_path / "master.xlsx", period=str(due_period(terms)), contract=ContractFolder(tmp_path),
        jobs=1, keep=False,
    )  # fmt: skip
    header, *rows = sheet_rows(tmp_path / "master.xlsx", "Data")
    results = [dict(zip(header, row, strict=True)) for row in rows]
    assert len(results) == 8 * len(pairs)
    for row in results:
        sound = pairs[row["indicator"]]
        answer = wanted[row["indicator"]][sound[int(row["provider_id"][1:]) * 7 % len(sound)]]
        assert row["state"] == answer.state, row
        assert row["outturn"] == (None if answer.outturn is None else pytest.approx(float(answer.outturn))), row
