"""Promise: one command shows the whole flow on sample data, the same way every time."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import started, xlkpi
from tests.house.project_files import ROOT

SAMPLES = ROOT / "workbooks"
ELSEWHERE = {"xlkpi.oxt", "README.md"}  # tests/hosts/test_extension.py compares the first; people write the second


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "sample"
    done = started("demo", folder, "--without-libreoffice")
    assert done.returncode == 0, done.stderr
    return folder, done


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.xdist_group("demo")
def test_it_says_where_everything_lies(demo):
    folder, done = demo
    for name in ("register.csv", "returns", "inbox", "checked", "feedback", "KCC master 2026-27 Q2.xlsx"):
        assert str(folder / name) in done.stdout
        assert (folder / name).exists()
    with (folder / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 24
    assert len(list((folder / "returns").glob("*.xlsx"))) == 24
    assert {row["type"] for row in rows} == {"voluntary or community", "SME", "large", "in-house"}


@pytest.mark.xdist_group("demo")
def test_people_are_people(demo):
    folder, done = demo
    assert "29 = 23 used + 4 set aside + 2 superseded. Missing: P018. Late: 3." in done.stdout
    book = openpyxl.load_workbook(folder / "KCC master 2026-27 Q2.xlsx")
    missing = [row[0] for row in book["Missing"].iter_rows(min_row=2, values_only=True)]
    assert missing == ["P018"]
    assert len(list((folder / "checked").glob("*.xlsx"))) >= 1


@pytest.mark.xdist_group("demo")
def test_running_it_again_in_its_own_folder_wherever_that_is_by_now_gives_the_same_bytes(demo, tmp_path):
    folder, _ = demo
    moved = shutil.copytree(folder, tmp_path / "moved")
    (moved / "inbox" / "left over.txt").write_text("x", encoding="utf-8")
    next((moved / "returns").glob("*P001*.xlsx")).write_bytes(b"spoilt")
    assert xlkpi("demo", moved, "--without-libreoffice").returncode == 0
    assert files(moved) == files(folder)


@pytest.mark.xdist_group("demo")
def test_it_touches_no_other_folder(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine", encoding="utf-8")
    done = xlkpi("demo", mine)
    assert done.returncode == 4
    assert files(mine) == {"letter.txt": b"mine"}


@pytest.mark.xdist_group("demo")
def test_the_commands_it_stands_for_give_the_same_master(demo):
    folder, _ = demo
    master = folder / "KCC master 2026-27 Q2.xlsx"
    before = master.read_bytes()
    given = ("--register", folder / "register.csv", "--previous", folder / "earlier", "--as-of", "2026-11-24")
    lists = ("--ledger", folder / "ledger.csv", "--extract", folder / "extract.csv")
    done = xlkpi("consolidate", folder / "inbox", "--out", master, *given, *lists, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1, "the sample has something to fix"
    assert told["found"] == told["used"] + told["set_aside"] + told["superseded"] == 29
    assert told["missing"] == ["P018"]
    assert set(told) == {
        *(
            "master",
            "period",
            "found",
            "used",
            "set_aside",
            "superseded",
            "missing",
            "must_fix",
            "queries",
            "lists",
            "seconds",
        ),
    }
    assert master.read_bytes() == before


def parts(content):
    """What a file holds: of a workbook its parts, for another zlib may pack the same parts into other bytes."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [(part.filename, part.date_time, package.read(part)) for part in package.infolist()]


@pytest.mark.xdist_group("demo")
def test_the_samples_in_workbooks_are_what_the_command_makes(demo):
    folder, _ = demo
    made = files(folder)
    kept = {name: content for name, content in files(SAMPLES).items() if name not in ELSEWHERE}
    again = "run: python scripts/regenerate.py --only workbooks"
    assert sorted(kept) == sorted(made), again
    assert [name for name in made if parts(made[name]) != parts(kept[name])] == [], again
