"""Promise: previews, phones and viewers that calculate nothing show what the workbook itself would show."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import etree

from tests.acceptance.provider.provider_workbooks import KINDS, built, opened, parts
from tests.conftest import missing
from tests.judge.ironcalc_engine import Ironbook
from tests.judge.libreoffice import MissingTool
from tests.judge.real_returns import CODES, EVERYTHING, SOUND, saved, scratch
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled


def entry_of(typed):
    return Entry(typed.x, typed.y, typed.comment, ActionPlanEntry("", *typed.plan) if typed.plan else ActionPlanEntry())


SOUND_FILLED = Filled({code: entry_of(typed) for code, typed in SOUND.items()}, Declaration("Ann Example", 46490))
ODD_FILLED = Filled(
    {
        code: Entry(*pair)
        for code, pair in zip(
            CODES, [(3, 10), (11, 10), ("12", 9), (None, 4), (2.5, 8), (199, 200), (0, 0), (-1, 5)] * 5, strict=False
        )
    }
)
LAST = dict.fromkeys(CODES, (1, 50))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FILLED = {
    "sound": {"filled": SOUND_FILLED},
    "odd": {"filled": ODD_FILLED},
    "odd, last time known, as written": {"filled": ODD_FILLED, "previous": LAST, "as_written": CODES},
}


@cache
def data_of(kind):
    return built(kind) if kind in KINDS else scratch(EVERYTHING, "2026-27 Q4", **FILLED[kind])


@cache
def cached(kind):
    """Each formula's cell with the value stored beside it."""
    data = data_of(kind)
    written, values = opened(data), opened(data, data_only=True)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
        for sheet in written
        for row in sheet
        for cell in row
        if cell.data_type == "f"
    }


def same(stored, calculated):
    if hasattr(stored, "toordinal"):
        stored = stored.toordinal() - 693_594
    if isinstance(stored, (int, float)) and isinstance(calculated, (int, float)):
        return abs(stored - calculated) < 1e-12
    return (stored or "") == (calculated or "")


@pytest.mark.parametrize("kind", [*KINDS, *FILLED])
def test_every_formula_has_a_stored_value_and_none_is_an_error(kind):
    formula_count = 0
    for name, part in parts(data_of(kind)).items():
        if name.startswith("xl/worksheets/sheet"):
            for cell in etree.fromstring(part).iter(f"{MAIN}c"):
                if cell.find(f"{MAIN}f") is not None:
                    formula_count += 1
                    assert cell.find(f"{MAIN}v") is not None, (name, cell.get("r"))
                    assert cell.get("t") in {None, "n", "str"}, (name, cell.get("r"))
    assert formula_count == len(cached(kind)) > 20


@pytest.mark.office
@pytest.mark.parametrize("kind", [*KINDS, *FILLED])
def test_stored_values_are_what_libreoffice_calculates(kind, calc, tmp_path):
    book = calc(saved(tmp_path / "return.xlsx", data_of(kind)))
    grids = {name: book.values(name, "A1:Z60") for name in book.sheet_names}
    wrong = []
    for (sheet, ref), stored in cached(kind).items():
        calculated = grids[sheet][int(ref[1:]) - 1][ord(ref[0]) - 65]
        if not same(stored, calculated):
            wrong.append((sheet, ref, stored, calculated))
    assert not wrong[:5]


@pytest.mark.parametrize("kind", [*KINDS, *FILLED])
def test_stored_values_are_what_a_second_engine_calculates(kind, tmp_path):
    try:
        book = Ironbook(saved(tmp_path / "return.xlsx", data_of(kind)))
    except MissingTool as problem:
        missing(problem)
    wrong = [
        (sheet, ref, stored, book.get(sheet, ref))
        for (sheet, ref), stored in cached(kind).items()
        if not same(stored, book.get(sheet, ref))
    ]
    assert not wrong[:5]
