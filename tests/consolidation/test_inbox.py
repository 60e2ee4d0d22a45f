"""Every file of a folder tree is met once, in one order, and read with the same result by any number of processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.consolidation.return_builders import council_of, rubbish
from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.executors import default_jobs
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.inbox import find_files, is_left_by_programs, is_workbook_name, name_within
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.errors import MissingPart, UnreadableFile

NAMES = (
    *("b.xlsx", "a/b.xlsx", "a/.DS_Store", "a/~$b.xlsx", "a/x/y/z/cover letter.pdf"),
    *("Thumbs.db", "no suffix", "é.xlsx"),
)


@pytest.fixture
def folder(tmp_path):
    for name in NAMES:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "in"


def test_nothing_is_passed_over(folder):
    paths = [name_within(path, folder) for path in find_files(folder)]
    assert sorted(paths) == sorted(NAMES)
    assert paths == [name_within(path, folder) for path in find_files(folder)]


def test_links_are_found_and_not_followed(folder):
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.xlsx").symlink_to(folder / "gone.xlsx")
    paths = {name_within(path, folder) for path in find_files(folder)}
    assert paths == {*NAMES, "round", "nowhere.xlsx"}


def test_a_folder_that_cannot_be_listed_is_found_itself(folder, monkeypatch):
    listed = os.scandir

    def refuse(path):
        if Path(path).name == "a":
            raise PermissionError(13, "refused")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    paths = {name_within(path, folder) for path in find_files(folder)}
    assert paths == {"a", *(name for name in NAMES if not name.startswith("a/"))}


def test_our_own_master_is_no_part_of_the_inbox(folder):
    assert folder / "b.xlsx" not in find_files(folder, leave_out=[folder / "b.xlsx"])


def test_a_file_is_an_inbox_of_one(folder):
    path = folder / "b.xlsx"
    assert find_files(path) == (path,)
    assert name_within(path, path) == "b.xlsx"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match=r"inbox does not exist"):
        find_files(tmp_path / "inbox")


def test_an_empty_folder_gives_an_empty_consolidation(tmp_path):
    result = collect_period(ReturnSources(tmp_path), council_of(), ReadOptions(rubbish))
    assert (result.found, result.used, result.period, result.rows, result.missing) == (0, 0, None, (), ())


@pytest.mark.parametrize("name", ["~$x.xlsx", ".DS_Store", "._x.xlsx", ".~lock.x.xlsx#", "THUMBS.DB", "desktop.ini"])
def test_what_programs_leave_behind_is_told_from_what_people_send(tmp_path, name):
    assert is_left_by_programs(tmp_path / name)
    assert not is_left_by_programs(tmp_path / "return.xlsx")


def test_workbooks_are_told_by_name(tmp_path):
    assert is_workbook_name(tmp_path / "a.XLSX")
    assert is_workbook_name(tmp_path / "a.ods")
    assert not is_workbook_name(tmp_path / "a.pdf")


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_stand_in_the_order_of_the_paths(folder, jobs):
    sources = find_sources(folder) * 5
    texts = []
    results = read_all(sources, ReadOptions(rubbish, jobs, progress=lambda done, of: texts.append((done, of))))
    assert [result.file for result in results] == [source.place for source in sources]
    assert texts == [(number, len(sources)) for number in range(1, len(sources) + 1)]


def test_a_few_files_start_no_other_process():
    assert default_jobs(8) == 1
    assert default_jobs(9) == min(os.cpu_count() or 1, 60)


@pytest.mark.parametrize("problem", [ZeroDivisionError, RecursionError, MemoryError])
def test_a_bug_in_reading_is_a_finding_on_its_file_and_an_entry_in_the_log(folder, tmp_path, monkeypatch, problem):
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))
    first, *others = find_sources(folder)

    def broken(path):
        if str(path) == first.place:
            raise problem
        return rubbish(path)

    bad, *good = read_all([first, *others], ReadOptions(broken, 1))
    assert bad.unreadable
    assert f"reading it stopped unexpectedly ({problem.__name__}). Ask for a fresh copy" in bad.findings[0].message
    assert good == [rubbish(source.place) for source in others]
    assert problem.__name__ in (tmp_path / "xlkpi.log").read_text(encoding="utf-8")


def test_a_part_that_is_not_installed_is_no_fault_of_a_file(folder):
    def broken(_path):
        raise MissingPart("Reading", "cluster")

    with pytest.raises(MissingPart):
        read_all(find_sources(folder), ReadOptions(broken, 1))
