"""Promise: previews, phones and viewers that calculate nothing show what the workbook itself would show."""

from __future__ import annotations

import io
from functools import cache

import pytest
from python_calamine import CalamineWorkbook

from tests.acceptance.provider.provider_workbooks import KINDS, built, parts
from tests.conftest import missing
from tests.judge.ironcalc_engine import Ironbook, row_and_column
from tests.judge.libreoffice import MissingTool
from tests.judge.more_engines import cached, differences, package_of
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
FILLED = {
    "sound": {"filled": SOUND_FILLED},
    "odd": {"filled": ODD_FILLED},
    "odd, last time known, as written": {"filled": ODD_FILLED, "previous": LAST, "as_written": CODES},
}


@cache
def data_of(kind):
    return built(kind) if kind in KINDS else scratch(EVERYTHING, "2026-27 Q4", **FILLED[kind])


@pytest.mark.parametrize("kind", [*KINDS, *FILLED])
def test_every_formula_has_a_stored_value_and_none_is_an_error(kind):
    formula_count = 0
    for sheet, cells in package_of(data_of(kind)).cells.items():
        for address, cell in cells.items():
            if cell.formula is not None:
                formula_count += 1
                assert cell.value is not None, (sheet, address)
                assert cell.type in {"n", "str"}, (sheet, address)
    spelt = sum(data.count(b"<f>") for part, data in parts(data_of(kind)).items() if "worksheets/sheet" in part)
    assert formula_count == spelt > 20


@pytest.mark.parametrize("kind", [*KINDS, *FILLED])
def test_another_reader_shows_the_stored_values(kind):
    """As a viewer does that calculates nothing, and knows nothing of how we write."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data_of(kind)))
    rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    stored = cached(data_of(kind))
    shown = {}
    for sheet, ref in stored:
        row, column = row_and_column(ref)
        if row <= len(rows[sheet]) and column <= len(rows[sheet][row - 1]):  # it leaves out what is empty to the end
            shown[sheet, ref] = as_number(rows[sheet][row - 1][column - 1])
    assert not differences(shown, stored)[:5]
    assert sum(value != "" for value in stored.values()) > 20


def as_number(value):
    """A day by its number, as it is stored."""
    return value.toordinal() - 693_594 if hasattr(value, "toordinal") else value


@pytest.mark.office
@pytest.mark.parametrize("kind", [*KINDS, *FILLED])
def test_stored_values_are_what_libreoffice_calculates(kind, calc, tmp_path):
    stored = cached(data_of(kind))
    book = calc(saved(tmp_path / "return.xlsx", data_of(kind)))
    grids = {name: book.values(name, "A1:Z60") for name in book.sheet_names}
    shown = {(sheet, ref): grids[sheet][int(ref[1:]) - 1][ord(ref[0]) - 65] for sheet, ref in stored}
    assert not differences(shown, stored)[:5]


@pytest.mark.parametrize("kind", [*KINDS, *FILLED])
def test_stored_values_are_what_a_second_engine_calculates(kind, tmp_path):
    stored = cached(data_of(kind))
    try:
        book = Ironbook(saved(tmp_path / "return.xlsx", data_of(kind)))
    except MissingTool as problem:
        missing(problem)
    assert not differences({place: book.get(*place) for place in stored}, stored)[:5]
