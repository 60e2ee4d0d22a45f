"""What changed against the master before: everything that differs, once, and nothing where nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import Q2, SCHEDULE, build_return, manifest, provider, rubbish
from tests.council.decision_builders import agreed, log_of
from xlkpi.catalogue import load_catalogue
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.master_changes import list_changes
from xlkpi.core.period import Period
from xlkpi.reading.masters.lists import read_master
from xlkpi.sheets.master.what_changed import plan_what_changed
from xlkpi.sheets.master.write_master import write_master

CATALOGUE = load_catalogue()
ASH, BIRCH = manifest(1, "Ash"), manifest(2, "Birch")
REGISTER = [provider(1, "Ash"), provider(2, "Birch")]
FIRST = {"ash.xlsx": build_return(ASH, {"KPI S2": (0, 20), "KPI S1": (None, 3)})}


def together(files, *decisions, period=Q2):
    found_files = [FoundFile(name, checked) for name, checked in files.items()]
    council = SCHEDULE.council_of(REGISTER, decisions=log_of(*decisions))
    return consolidate_files(found_files, council, period=period, as_of=date(2026, 11, 24))


@pytest.fixture
def compared(tmp_path):
    """Write a master of each step in turn; give the changes of the last."""

    def compare(*steps):
        path, changes = tmp_path / "master.xlsx", ()
        for result in steps:
            changes = list_changes(read_master(path), result) if path.is_file() else ()
            write_master(result, path, catalogue=CATALOGUE, more=plan_what_changed(changes))
        return [
            (change.what, change.provider_id, change.indicator, change.file, change.before, change.now)
            for change in changes
        ]

    return compare


def test_nothing_changed_where_the_files_are_the_same(compared):
    files = {**FIRST, "letter.pdf": rubbish("letter.pdf"), "copy.xlsx": FIRST["ash.xlsx"]}
    assert compared(together(files), together(files)) == []


def test_figures_rag_files_and_findings_are_listed_with_before_and_now(compared):
    later = build_return(
        ASH, {"KPI S2": (8, 20), "KPI S1": (None, 3)}, saved="2026-10-20T08:00:00Z", declared=date(2026, 10, 19)
    )
    changes = compared(together(FIRST), together({**FIRST, "later.xlsx": later}))
    assert changes[:5] == [
        ("Figures", "P001", "KPI S2", "", "x 0, y 20", "x 8, y 20"),
        ("RAG", "P001", "KPI S2", "", "Green", "Red"),
        ("File", "P001", "", "ash.xlsx", "used", "superseded"),
        ("File", "P001", "", "later.xlsx", "not there", "used"),
        ("Finding", "P001", "", "ash.xlsx", "", changes[4][5]),
    ]
    assert changes[4][5].startswith("note: Ash sent a later return, later.xlsx")


def test_returns_that_are_new_or_gone_are_one_row_each(compared):
    both = {**FIRST, "birch.xlsx": build_return(BIRCH, {"KPI S2": (0, 9)})}
    assert ("Return", "P002", "", "", "no return", "3 entries") in compared(together(FIRST), together(both))
    assert ("Return", "P002", "", "", "3 entries", "no return") in compared(together(both), together(FIRST))


def test_agreed_figures_are_a_change(compared):
    changes = compared(together(FIRST), together(FIRST, agreed(1, 8, 20, period=Q2)))
    assert ("Agreed figures", "P001", "KPI S2", "", "none", "x 8, y 20") in changes
    assert ("RAG", "P001", "KPI S2", "", "Green", "Red") in changes
    assert not [change for change in changes if change[0] == "Figures"]


def test_made_again_of_the_same_files_a_master_keeps_its_changes(compared, tmp_path):
    decided = together(FIRST, agreed(1, 8, 20, period=Q2))
    changes = compared(together(FIRST), decided)
    before = (tmp_path / "master.xlsx").read_bytes()
    assert compared(decided) == changes != []
    assert (tmp_path / "master.xlsx").read_bytes() == before


def test_a_master_of_another_period_is_not_compared(compared):
    then = Period(2025, 4)
    old = {"old.xlsx": build_return(manifest(1, "Ash", period=then), {"KPI S2": (0, 20)})}
    assert compared(together(old, period=then), together(FIRST)) == []


def test_returns_of_other_periods_change_nothing_in_this_one_of_a_contract_folder(compared):
    later = build_return(manifest(1, "Ash", period=Period(2026, 3)), {})
    files = {**FIRST, "q3.xlsx": later}
    in_contract = together(files)
    rows = tuple(replace(row, counts_elsewhere=True) if row.file == "q3.xlsx" else row for row in in_contract.files)
    first = replace(together(FIRST), findings=())
    assert compared(first, replace(in_contract, files=rows, findings=())) == []


def test_a_return_of_another_period_in_an_ordinary_inbox_is_listed(compared):
    later = build_return(manifest(1, "Ash", period=Period(2026, 3)), {})
    changes = compared(together(FIRST), together({**FIRST, "q3.xlsx": later}))
    assert [change[0] for change in changes] == ["File", "Finding"]


def test_rows_that_would_be_written_just_so_are_not_worked_out_again(tmp_path):
    path, result = tmp_path / "master.xlsx", together(FIRST, agreed(1, 8, 20, period=Q2))
    write_master(result, path, catalogue=CATALOGUE)
    before = read_master(path, known=result.rows).entries
    assert before == read_master(path).entries
    assert [id(row) for row in before.rows] == [id(row) for row in result.rows]


def test_rows_of_other_figures_are_worked_out(tmp_path):
    path = tmp_path / "master.xlsx"
    write_master(together(FIRST), path, catalogue=CATALOGUE)
    other = together({"ash.xlsx": build_return(ASH, {"KPI S2": (8, 20), "KPI S1": (None, 3)})})
    before = read_master(path, known=other.rows).entries
    assert before == read_master(path).entries
    assert "x 0, y 20" in [change.before for change in list_changes(read_master(path, known=other.rows), other)]
