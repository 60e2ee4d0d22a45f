"""The day after the deadline: 200 attachments of every kind become one master, and nothing is lost.

The inbox is made by `tests/corpus/rubbish_inbox.py`, which knows what every file is; nothing of ours reads it there.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from fractions import Fraction
from functools import cache

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from tests.acceptance.officer.officer_command import started, xlkpi
from tests.corpus.rubbish_inbox import FILES, inbox
from tests.evidence import some
from tests.judge.ironcalc_engine import row_and_column
from tests.judge.sheet_rows import sheet_rows

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def master_of_inbox(tmp_path_factory):
    """The inbox, its register, what must come of it, and the master with the command's own account of it."""
    folder = tmp_path_factory.mktemp("day after")
    target, register, expected = inbox(folder)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    done = consolidate(target, register, folder / "master.xlsx", "--data", folder / "data", run=started)
    assert done.returncode == 1, done.stderr
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    return folder, expected, json.loads(done.stdout), done


def consolidate(target, register, out, *more, run=xlkpi):
    given = ("--register", register, "--period", "2026-27 Q2", "--as-of", "2026-11-24", "--json")
    return run("consolidate", target, "--out", out, *given, *more)


@cache
def sheet(folder, name):
    """A sheet's first table as rows by header; an empty cell is an empty text."""
    header, *rows = sheet_rows(folder / "master.xlsx", name)
    return some({h: "" if v is None else v for h, v in zip(header, row, strict=True)} for row in rows)


def test_every_file_is_accounted_for(master_of_inbox):
    folder, expected, expected_texts, _ = master_of_inbox
    files = {row["file"]: row for row in sheet(folder, "Files")}
    assert {name: row["status"] for name, row in files.items()} == expected.status
    assert (
        expected_texts["found"]
        == FILES
        == expected_texts["used"] + expected_texts["set_aside"] + expected_texts["superseded"]
    )
    assert expected_texts["used"] == len(expected.figures)


def test_what_is_not_used_says_why_and_what_to_do(master_of_inbox):
    folder, expected, _, _ = master_of_inbox
    for row in sheet(folder, "Files"):
        if row["status"] != "used":
            assert expected.says[row["file"]].casefold() in row["why"].casefold(), row["file"]
            assert row["what to do"].endswith("."), row["file"]
            assert len(row["sha256"]) == 64


def test_who_is_missing_is_known_and_can_be_written_to(master_of_inbox):
    folder, expected, expected_texts, _ = master_of_inbox
    assert sorted(expected_texts["missing"]) == expected.missing
    rows = sheet(folder, "Missing")
    assert sorted(row["provider_id"] for row in rows) == expected.missing
    for row in rows:
        assert row["days late"] == 27
        assert row["reminder"].startswith("Subject: KPI return 2026-27 Q2: ")
        assert row["provider"] in row["reminder"].splitlines()[0]
        assert "@example.org" in row["e-mail"]


def test_every_figure_is_the_one_that_was_typed_and_leads_back_to_its_cell(master_of_inbox):
    folder, expected, _, _ = master_of_inbox
    results = {}
    for row in sheet(folder, "Data"):
        results.setdefault(row["provider_id"], {})[row["indicator"]] = (row["x"], row["y"])
        assert expected.status[row["file"]] == "used"
    assert results == expected.figures
    dice = random.Random(2)
    for row in dice.sample(sheet(folder, "Data"), 25):
        book = CalamineWorkbook.from_path(folder / "inbox" / row["file"])
        cells = book.get_sheet_by_name(row["sheet"]).to_python(skip_empty_area=False)
        places = [row_and_column(row[name]) for name in ("x_cell", "y_cell")]
        assert [cells[line - 1][column - 1] for line, column in places] == [row["x"], row["y"]]


def test_the_county_equals_what_pandas_makes_of_the_raw_counts(master_of_inbox):
    folder, expected, _, _ = master_of_inbox
    raw = pd.DataFrame(
        [(code, x, y) for counts in expected.figures.values() for code, (x, y) in counts.items()],
        columns=["indicator", "x", "y"],
    )
    totals = raw.groupby("indicator")[["x", "y"]].sum()
    rows = sheet_rows(folder / "master.xlsx", "Summary")
    start = next(number for number, row in enumerate(rows) if row[0] == "Indicator") + 1
    end = next(number for number in range(start, len(rows)) if not rows[number][0])
    shown = {row[0]: row[1:6] for row in rows[start:end]}
    assert set(shown) == set(totals.index)
    for code, (x, y, outturn, _, returns) in shown.items():
        assert (x, y) == tuple(totals.loc[code])
        assert returns == (raw["indicator"] == code).sum()
        assert outturn == pytest.approx(float(Fraction(int(y - x if code == "KPI S2" else x), int(y))))


def test_the_same_again_is_the_same_bytes_and_so_is_reading_it_all_afresh(master_of_inbox):
    folder, expected, _, _ = master_of_inbox
    first = (folder / "master.xlsx").read_bytes()
    for more in ((), ("--afresh", "--jobs", "1")):  # the first was read by as many workers as there are processors
        done = consolidate(folder / "inbox", folder / "register.csv", folder / "master.xlsx", *more)
        assert (folder / "master.xlsx").read_bytes() == first
        assert json.loads(done.stdout)["used"] == len(expected.figures)


def test_names_and_folders_of_the_files_change_no_figure(master_of_inbox, tmp_path):
    folder, expected, expected_texts, _ = master_of_inbox
    dice = random.Random(3)
    files = sorted(expected.status)
    dice.shuffle(files)
    for number, name in enumerate(files):
        plain = name.rsplit("/", 1)[-1]
        keeps_its_name = plain.startswith(("~$", ".", "Thumbs", "desktop"))
        target = tmp_path / "other" / str(dice.randrange(9)) / (plain if keeps_its_name else f"{number}.xlsx")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / "inbox" / name, target)
    done = consolidate(tmp_path / "other", folder / "register.csv", tmp_path / "master.xlsx")
    counts = ("found", "used", "set_aside", "superseded", "missing")
    assert {key: json.loads(done.stdout)[key] for key in counts} == {key: expected_texts[key] for key in counts}

    def nameless(rows):
        return [{key: cell for key, cell in row.items() if key != "file"} for row in rows]

    assert nameless(sheet(tmp_path, "Data")) == nameless(sheet(folder, "Data"))


def test_an_officer_decides(master_of_inbox, tmp_path):
    folder, expected, expected_texts, _ = master_of_inbox
    shutil.copytree(folder / "inbox", tmp_path / "inbox")
    first_try = next(name for name in expected.status if name.endswith("first try 0.xlsx"))
    stranger = next(name for name, status in expected.status.items() if status == "used" and name.endswith(" 30.xlsx"))
    for name, what in ((first_try, "--use"), (stranger, "--set-aside")):
        done = xlkpi("decide", tmp_path / "inbox", name, what, "--why", "agreed by telephone", "--who", "Jane Roe")
        assert done.returncode == 0, done.stderr
    done = consolidate(tmp_path / "inbox", folder / "register.csv", tmp_path / "master.xlsx")
    counts = json.loads(done.stdout)
    assert (counts["found"], counts["used"]) == (FILES, expected_texts["used"] - 1)
    files = {row["file"]: row for row in sheet(tmp_path, "Files")}
    assert (files[first_try]["status"], files[stranger]["status"]) == ("used", "set aside")
    for name, what in ((first_try, "use"), (stranger, "set aside")):
        assert files[name]["officer's decision"].startswith(f"{what}: Jane Roe, ")
        assert files[name]["officer's decision"].endswith(": agreed by telephone")


def test_what_differs_between_two_returns_is_said(master_of_inbox):
    folder, expected, _, _ = master_of_inbox
    rows = {row["file"]: row for row in sheet(folder, "Files")}
    resent = some(rows[name] for name, says in expected.says.items() if says == "later return")
    assert all(", used: " in row["what differs"] for row in resent)


def test_findings_stand_provider_by_provider(master_of_inbox):
    folder, _, _, _ = master_of_inbox
    rows = sheet(folder, "Findings")
    order = [row["provider_id"] for row in rows if row["provider_id"]]
    assert len([who for who, before in zip(order, ["", *order], strict=False) if who != before]) == len(set(order))
    assert {row["severity"] for row in rows} == {"must fix", "query", "note"}


def test_the_same_rows_as_files_for_power_bi(master_of_inbox):
    folder, _, texts, _ = master_of_inbox
    data, findings = (pd.read_parquet(folder / "data" / f"{name}.parquet") for name in ("Data", "Findings"))
    assert len(data) == len(sheet(folder, "Data"))
    assert Counter(findings["severity"])["must fix"] == texts["must_fix"]
    assert list(pd.read_csv(folder / "data/Data.csv").columns) == list(data.columns)


@pytest.mark.office
def test_libreoffice_recalculates_it_to_the_same(master_of_inbox, calc):
    folder = master_of_inbox[0]
    book = calc(folder / "master.xlsx")
    rows = sheet(folder, "Data")
    for shown, row in zip(book.values("Data", f"B2:J{len(rows) + 1}"), rows, strict=True):
        assert shown[:6] == tuple(row[key] for key in ("provider_id", "provider", "section", "indicator", "x", "y"))
        assert shown[8] == row["rag"]
    assert book.sheet("Summary").Charts.Count == 1
