"""Promise: `--edition udf` makes macro workbooks that are checked, marked and consolidated like the others."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.acceptance.officer.test_build import REGISTER
from tests.judge.real_returns import EVERYTHING, SOUND, plan_of, stamped
from xlkpi.core.checks import Entry
from xlkpi.layout.plan import Filled
from xlkpi.writing.returns.write_return import write_return

PERIOD = "2026-27 Q4"


def build(folder, *more):
    folder.mkdir(exist_ok=True)
    register = folder / "register.csv"
    register.write_text(REGISTER, encoding="utf-8")
    done = xlkpi("build", register, "--period", PERIOD, "--out", folder / "out", *more)
    assert done.returncode == 0, done.stderr
    return sorted((folder / "out").iterdir())


@pytest.fixture
def built_returns(tmp_path):
    return build(tmp_path, "--edition", "udf")


def test_a_macro_workbook_a_provider_of_the_same_names_and_sheets(built_returns, tmp_path):
    native = build(tmp_path / "native")
    assert [path.name for path in built_returns] == [path.with_suffix(".xlsm").name for path in native]
    for ours, other in zip(built_returns, native, strict=True):
        books = [openpyxl.load_workbook(path, keep_vba=True) for path in (ours, other)]
        assert books[0].sheetnames == books[1].sheetnames
        assert set(books[0].defined_names) == set(books[1].defined_names)


def test_the_same_register_gives_the_same_bytes(built_returns, tmp_path):
    before = [hashlib.sha256(path.read_bytes()).digest() for path in built_returns]
    assert [hashlib.sha256(path.read_bytes()).digest() for path in build(tmp_path, "--edition", "udf")] == before


def test_stamping_gives_what_building_from_scratch_gives():
    scratch = write_return(plan_of(EVERYTHING, PERIOD, edition="udf"))
    books = [
        openpyxl.load_workbook(io.BytesIO(data), keep_vba=True)
        for data in (stamped(EVERYTHING, PERIOD, edition="udf"), scratch)
    ]
    ours, wanted = ({s.title: [[c.value for c in row] for row in s] for s in book} for book in books)
    assert ours == wanted


def filled(edition):
    entries = {code: Entry(typed.x, typed.y, typed.comment) for code, typed in SOUND.items()}
    return write_return(plan_of(EVERYTHING, PERIOD, edition=edition, filled=Filled(entries)))


def return_report_of(path):
    (return_report,) = json.loads(xlkpi("check", path, "--json").stdout)
    return return_report


def test_both_editions_of_the_same_figures_are_checked_alike(tmp_path):
    paths = [tmp_path / "return.xlsx", tmp_path / "return.xlsm"]
    for path, edition in zip(paths, ("native", "udf"), strict=True):
        path.write_bytes(filled(edition))
    native, ours = map(return_report_of, paths)
    assert (native["edition"], ours["edition"]) == ("native", "udf")
    assert ours["entries"] == native["entries"]
    assert ours["findings"] == native["findings"]
    assert not any(finding["code"] == "FORMULA_LOST" for finding in ours["findings"])


def test_the_marked_copy_keeps_macros_and_kind(tmp_path):
    path = tmp_path / "return.xlsm"
    path.write_bytes(filled("udf"))
    xlkpi("check", path, "--annotate", tmp_path / "marked")
    (copy,) = (tmp_path / "marked").iterdir()
    assert copy.name == "return - checked.xlsm"
    with zipfile.ZipFile(copy) as marked, zipfile.ZipFile(path) as own:
        assert marked.read("xl/vbaProject.bin") == own.read("xl/vbaProject.bin")
        assert b"sheet.macroEnabled.main+xml" in marked.read("[Content_Types].xml")
        assert b"KPI_RAG(" in marked.read("xl/worksheets/sheet2.xml")


def test_a_folder_of_both_editions_becomes_one_master(built_returns, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.xlsm").write_bytes(built_returns[0].read_bytes())
    (inbox / "b.xlsm").write_bytes(filled("udf"))
    native = build(tmp_path / "native")
    (inbox / "c.xlsx").write_bytes(native[1].read_bytes())
    done = xlkpi("consolidate", inbox, "--out", tmp_path / "master.xlsx", "--json")
    counts = json.loads(done.stdout)
    assert (counts["found"], counts["used"], counts["set_aside"]) == (3, 3, 0)
    files = openpyxl.load_workbook(tmp_path / "master.xlsx")["Files"]
    header = [cell.value for cell in files[1]]
    column = next(n for n, word in enumerate(header) if word == "edition")
    assert sorted(row[column].value for row in files.iter_rows(min_row=2, max_row=4)) == ["native", "udf", "udf"]


def test_an_edition_that_is_none_is_refused(tmp_path):
    register = tmp_path / "register.csv"
    register.write_text(REGISTER, encoding="utf-8")
    done = xlkpi("build", register, "--period", PERIOD, "--out", tmp_path / "out", "--edition", "lite")
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
