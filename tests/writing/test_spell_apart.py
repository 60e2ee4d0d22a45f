"""Sheets spelt on a second core: the same bytes, whoever spells them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest

from tests.writing import workbook_sample
from xlkpi import second_core
from xlkpi.writing.workbook import Cell, Column, Sheet, Table, WorkbookPlan, render, render_workbook, spell_apart
from xlkpi.writing.workbook.workbook_plan import Link

DAY = date(2026, 9, 30)


@pytest.fixture
def two_cores(two_cores):
    """A machine and a process that can be copied, and no workbook too small for it."""
    two_cores.setattr(spell_apart, "FEWEST_CELLS", 1)
    return two_cores


def table(name, texts):
    return Table(name, (Column("name", 12), Column("count", 9, "whole")), [[text, len(text)] for text in texts])


def plan(*others):
    """A first sheet with most of the cells, and others that share some of its texts and have some of their own."""
    first = Sheet("First", (table("T_First", [f"text {number}" for number in range(500)]),))
    return WorkbookPlan("Two", DAY, (first, *others))


def own_and_shared():
    cells = (Cell(9, 1, "only here"), Cell(9, 2, Link("go", "'First'!A1", "a b.xlsx"), "link open"))
    shared = table("T_Second", ["text 7", "new", "a _x0041_ & <b>", "line\nline", "\x00 \x1f 5 \x00", "new"])
    return Sheet("Second", (shared,), cells), Sheet("Third", (table("T_Third", ["only here", "text 8", "newer"]),))


def is_spelt_apart(monkeypatch, book):
    """Whether another process spells some of a workbook's sheets; its bytes are those of one process."""
    ours, calls, begin, spell = os.getpid(), [], second_core.on_second_core, spell_apart.spell_apart

    def spell_elsewhere(*arguments):
        assert os.getpid() != ours
        return spell(*arguments)

    monkeypatch.setattr(render, "spell_apart", spell_elsewhere)
    monkeypatch.setattr(render, "on_second_core", lambda work: calls.append(work) or begin(work))
    assert render_workbook(book, two_cores=True) == render_workbook(book)
    return bool(calls)


def test_texts_have_the_numbers_that_one_process_gives_them(two_cores):
    assert is_spelt_apart(two_cores, plan(*own_and_shared()))


def test_every_kind_of_value_and_style_is_the_same(two_cores):
    assert is_spelt_apart(two_cores, plan(*workbook_sample.book().sheets))


def test_a_workbook_with_too_few_cells_behind_the_first_sheets_is_written_by_one_process(two_cores):
    two_cores.setattr(spell_apart, "FEWEST_CELLS", 40)
    assert not is_spelt_apart(two_cores, plan(*own_and_shared()))


def test_a_workbook_with_too_many_cells_is_written_by_one_process_piece_by_piece(two_cores):
    two_cores.setattr(spell_apart, "MOST_CELLS", 10)
    assert not is_spelt_apart(two_cores, plan(*own_and_shared()))


def test_where_no_process_can_be_copied_one_writes_all(two_cores):
    two_cores.setattr(os, "cpu_count", lambda: 1)
    assert not is_spelt_apart(two_cores, plan(*own_and_shared()))


def test_the_sheets_apart_have_at_most_half_of_the_cells(two_cores):
    small, large = Sheet("S", (table("A", "abc"),)), Sheet("L", (table("B", "abcdefgh"),))
    assert [spell_apart.first_apart(sheets) for sheets in ([small, large, small], [large, small], [small, small])] == [
        2,
        1,
        1,
    ]
    assert spell_apart.first_apart([small, large]) == 2
    assert spell_apart.first_apart([replace(small, tables=())]) == 1
