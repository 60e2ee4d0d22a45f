"""Promise: one command shows the whole flow on sample data, the same way every time."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from tests.acceptance.officer.officer_command import started, xlkpi
from tests.house.project_files import ROOT
from tests.judge.sheet_rows import sheet_rows
from xlkpi.demo import run, sample

SAMPLES = ROOT / "workbooks"
OUT = "out/2026-27 Q2"
ELSEWHERE = {"xlkpi.oxt", "README.md", "examples"}
"""What the demo does not make: test_extension.py and test_two_other_contracts.py compare the first and the last."""


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
    paths = [f"{OUT}/{name}" for name in ("returns", "checked", "feedback", "KCC master 2026-27 Q2.xlsx")]
    for name in ("README.txt", "register.csv", "decisions.csv", "meetings.csv", "inbox", "ledger", "extract", *paths):
        assert str(folder / name) in done.stdout
        assert (folder / name).exists()
    with (folder / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 25
    assert len(list((folder / OUT / "returns").glob("*.xlsx"))) == 24
    assert {row["type"] for row in rows} == {"voluntary or community", "SME", "large", "in-house"}


@pytest.mark.xdist_group("demo")
def test_people_are_people(demo):
    folder, done = demo
    assert "102 = 23 used + 77 set aside + 2 superseded. Missing: P018. Late: 3." in done.stdout
    missing = [row[0] for row in sheet_rows(folder / OUT / "KCC master 2026-27 Q2.xlsx", "Missing")]
    assert missing == ["provider_id", "P018"]
    assert len(list((folder / OUT / "checked").glob("*.xlsx"))) >= 1


@pytest.mark.xdist_group("demo")
def test_eight_periods_tell_the_stories_that_the_readme_names(demo):
    folder, done = demo
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    for provider_id, title in (("P009", "Warned"), ("P018", "Sends nothing"), ("P025", "Ended")):
        assert f"{provider_id}  {title}." in readme
    periods = {path.name for path in (folder / "inbox").iterdir() if path.name.startswith("202")}
    assert len(periods) == 7, "and those of 2026-27 Q2 beside them"
    document = json.loads(xlkpi("status", "--as-of", "2026-11-24", "--json", cwd=folder).stdout)
    tasks = {(task["provider_id"], task["kind"], task["day"]) for task in document["tasks"]}
    assert tasks >= {
        ("P001", "step to consider", "2026-11-24"),
        ("P006", "contract ends", "2027-03-31"),
        ("P008", "review due", "2026-12-15"),
        ("P009", "letter running", "2026-11-26"),
        ("P018", "return missing", "2026-04-28"),
        ("P018", "return missing", "2026-10-28"),
        ("P018", "step to consider", "2026-11-24"),
        ("P020", "plan running", "2027-01-06"),
        ("P009", "minutes deemed agreed", "2026-12-03"),
        ("P020", "minutes to send", None),
        ("P018", "spot check due", "2026-12-01"),
    }
    assert not any(task["provider_id"] == "P025" for task in document["tasks"]), "its contract has ended"
    assert "letter running  P009" in done.stdout, "the demo itself shows what is open"
    findings = sheet_rows(folder / OUT / "KCC master 2026-27 Q2.xlsx", "Findings")
    assert "the folder collects" not in str(findings), "the inbox has all periods"


@pytest.fixture
def few_providers(tmp_path, monkeypatch):
    """Only some of the sample county: one that is clean, one with mistakes, one that sends twice, and one nothing."""
    header, *rows = sample.REGISTER.read_text(encoding="utf-8-sig").splitlines()
    chosen = [row for row in rows if row.partition(",")[0] in {"P001", "P006", "P013", "P018"}]
    register = tmp_path / "register.csv"
    register.write_text("\n".join((header, *chosen, "")), encoding="utf-8")
    for module in (sample, run):
        monkeypatch.setattr(module, "REGISTER", register)


@pytest.mark.usefixtures("few_providers")
def test_running_it_again_in_its_own_folder_wherever_that_is_by_now_gives_the_same_bytes(tmp_path):
    """Of the whole county the same bytes come out as in workbooks/: the test below."""
    first, moved = tmp_path / "first", tmp_path / "moved"
    assert xlkpi("demo", first, "--without-libreoffice").returncode == 0
    before = files(first)
    assert len(list((first / OUT / "returns").iterdir())) == 4
    first.rename(moved)
    (moved / "inbox" / "left over.txt").write_text("x", encoding="utf-8")
    next((moved / OUT / "returns").glob("*P001*.xlsx")).write_bytes(b"spoilt")
    assert xlkpi("demo", moved, "--without-libreoffice").returncode == 0
    assert files(moved) == before


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
    master = folder / OUT / "KCC master 2026-27 Q2.xlsx"
    before = master.read_bytes()
    done = xlkpi("consolidate", "--as-of", "2026-11-24", "--json", cwd=folder)
    document = json.loads(done.stdout)
    assert done.returncode == 1, "the sample has something to fix"
    assert document["found"] == document["used"] + document["set_aside"] + document["superseded"] == 102
    assert document["missing"] == ["P018"]
    assert set(document) == {
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
    paths = files(folder)
    before = {name: content for name, content in files(SAMPLES).items() if name.partition("/")[0] not in ELSEWHERE}
    again = "run: python scripts/regenerate.py --only workbooks"
    assert sorted(before) == sorted(paths), again
    unlike = [name for name in paths if paths[name] != before[name]]
    assert [name for name in unlike if parts(paths[name]) != parts(before[name])] == [], again
