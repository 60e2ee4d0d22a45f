"""An earlier master stands for the returns it was made of: figures, action plans and all that follows from them."""

from __future__ import annotations

from contextlib import closing

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.corpus.many_returns import filled, providers
from xlkpi.core.period import Period

WHO = providers(6)
BEFORE, LONG_BEFORE = Period(2025, 4), Period(2025, 2)
RED = (50, 100)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Three half-years of returns, and masters: of the second alone, of the first, of the second after the first."""
    folder = tmp_path_factory.mktemp("previous")
    for name, period, pair in (("first", LONG_BEFORE, RED), ("second", BEFORE, None), ("inbox", None, None)):
        (folder / name).mkdir()
        for number, who in enumerate(WHO):
            given = RED if number % 2 else pair
            data, _ = filled(who, 1, *([period] if period else []), pair=given)
            (folder / name / f"{number}.xlsx").write_bytes(data)
    after = ("--previous", "first.xlsx")
    for source, name, more in (("second", "alone", ()), ("first", "first", ()), ("second", "second", after)):
        done = xlkpi("consolidate", source, "--out", f"{name}.xlsx", *more, cwd=folder)
        assert "Traceback" not in done.stderr, done.stderr
    return folder


def cells(path):
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def master_cells(desk, previous, name):
    order = ("--out", name, "--previous", previous, "--as-of", "2026-11-24")
    done = xlkpi("consolidate", "inbox", *order, cwd=desk)
    assert done.returncode in (0, 1), done.stderr
    return cells(desk / name)


@pytest.fixture(scope="module")
def by_master(desk):
    return master_cells(desk, "alone.xlsx", "master.xlsx")


def test_a_master_as_previous_gives_what_its_folder_gives(desk, by_master):
    by_folder = master_cells(desk, "second", "folder.xlsx")
    assert by_master == by_folder
    header, *rows = by_master["Escalation"]
    assert [row for row in rows if "Action plan of 2025-26 Q4" in row[header.index("history")]]


def test_it_brings_all_figures_and_the_plans_of_each_kpi(desk):
    answer = master_cells(desk, "second.xlsx", "three.xlsx")
    header, *rows = answer["Trends"]
    assert {row[header.index("period")] for row in rows} == {"2025-26 Q2", "2025-26 Q4", "2026-27 Q2"}
    header, *rows = answer["Open matters"]
    plans = [str(row[header.index("note")]).count("Action plan of") for row in rows]
    assert max(plans) == 2
    assert "Action plan of 2025-26 Q4" in str(rows)


def test_a_master_without_its_action_plans_still_gives_the_figures(desk, by_master):
    book = openpyxl.load_workbook(desk / "alone.xlsx")
    del book["Action plans"]
    book.save(desk / "cut.xlsx")
    cut = master_cells(desk, "cut.xlsx", "of cut.xlsx")
    assert cut["Trends"] == by_master["Trends"]
    assert "Action plan of 2025-26 Q4" not in str(cut["Escalation"])


def test_several_paths_and_a_folder_of_masters_are_read_and_said(desk):
    several = ("--previous", "first", "--previous", "alone.xlsx")
    order = ("consolidate", "inbox", "--out", "several.xlsx", *several, "--as-of", "2026-11-24")
    done = xlkpi(*order, cwd=desk)
    assert "first: 6 returns of 2025-26 Q2." in done.stderr
    assert "alone.xlsx: a master." in done.stderr
    masters = desk / "masters"
    masters.mkdir()
    for name in ("first.xlsx", "alone.xlsx"):
        (masters / name).write_bytes((desk / name).read_bytes())
    (masters / "notes.txt").write_text("not a workbook")
    by_folder = master_cells(desk, "masters", "by folder.xlsx")
    assert by_folder["Trends"] == cells(desk / "several.xlsx")["Trends"]
    periods = {row[0] for row in by_folder["Trends"][1:]}
    assert periods == {"2025-26 Q2", "2025-26 Q4", "2026-27 Q2"}


@pytest.mark.parametrize("command", ["consolidate", "feedback", "build"])
def test_a_path_with_nothing_earlier_in_it_ends_with_status_3(desk, command, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("not a workbook")
    (tmp_path / "register.csv").write_text("provider_id,provider,lots\nP1,Ash,3\n")
    source = tmp_path / "register.csv" if command == "build" else "inbox"
    out = tmp_path / ("master.xlsx" if command == "consolidate" else "out")
    words = ((tmp_path / "empty", "empty contains no return and no master."), ("inbox", "nothing of a period before"))
    for previous, problem in words:
        order = (command, source, "--out", out, "--period", "2026-27 Q2", "--previous", previous)
        done = xlkpi(*order, cwd=desk)
        assert (done.returncode, out.exists()) == (3, False), done.stderr
        assert problem in done.stderr


def test_build_shows_the_last_figures_of_a_master(desk, tmp_path):
    who = WHO[0]
    row = f"{who.provider_id},{who.name},{';'.join(who.lots)}"
    (tmp_path / "register.csv").write_text(f"provider_id,provider,lots\n{row}\n", encoding="utf-8")
    order = ("--period", "2026-27 Q2", "--out", tmp_path / "out", "--previous", desk / "alone.xlsx")
    done = xlkpi("build", tmp_path / "register.csv", *order)
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "out").glob("*.xlsx")
    assert "2025-26 Q4" in str(cells(file)["All lots"])
