"""What is wrong in the register and in the decisions stands in the master, in its data and in the JSON, by cell."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.corpus.many_returns import filled, providers

WHO = providers(2)
REGISTER = f"""provider_id,provider,type,lots,transport,email,Town
{WHO[0].provider_id},{WHO[0].name},SME,{";".join(WHO[0].lots)},no,kpi@first.example,Deal
{WHO[1].provider_id},{WHO[1].name},SME,7,no,kpi@second.example,Deal
P00009,Third,SME,3,no,nobody,Deal
"""
DECISIONS = """file,sha256,decision,who,when,why
gone.xlsx,,use,Ann Reed,03/11/2026,by telephone
other.xlsx,,use,,03/11/2026,by telephone
"""
LOT = "register.csv: Row 3, lots (D3) says “7”, and “7” is not a lot. Use 1a, 1b, 2a, 2b, 3 or 4, with ; between them."
TOLD = {
    ("must fix", "REGISTER_FAULT", "register.csv", "D3"): LOT,
    ("query", "REGISTER_FAULT", "register.csv", "F4"): (
        "register.csv: Row 4, email (F4) says “nobody”. Write an email address such as name@provider.org.uk."
    ),
    ("note", "REGISTER_FAULT", "register.csv", "G1"): (
        "register.csv: Column G, “Town”, is not one the register uses. It does no harm."
    ),
    ("must fix", "DECISION_FAULT", "inbox decisions.csv", "D3"): (
        "A decision was not applied. Row 3, who (D3) is empty. A decision without a name and a reason is not applied."
    ),
    ("query", "DECISION_NO_FILE", "inbox decisions.csv", ""): (
        "Row 2 of the decisions is about gone.xlsx, which is not in the folder. Correct the name, or delete the row."
    ),
}


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "kept here").mkdir()
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.xlsx").write_bytes(filled(WHO[0], 1, pair=(0, 0))[0])
    (tmp_path / "kept here" / "register.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "inbox decisions.csv").write_text(DECISIONS, encoding="utf-8")
    return tmp_path


def consolidated(desk, *more):
    order = ("consolidate", "inbox", "--out", "out/m.xlsx", "--register", "kept here/register.csv", *more)
    done = xlkpi(*order, "--as-of", "2026-11-24", cwd=desk)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_findings_hold_them_with_the_lists_name_and_cell_and_open_it(desk):
    done = consolidated(desk)
    assert done.returncode == 1
    book = openpyxl.load_workbook(desk / "out" / "m.xlsx")
    header, *rows = book["Findings"].iter_rows()
    names = [cell.value for cell in header]
    listed, ways = {}, {}
    for cells in rows:
        row = dict(zip(names, cells, strict=True))
        file, cell = row["file"].value, row["cell"]
        if file in ("register.csv", "inbox decisions.csv"):
            assert not row["provider_id"].value
            place = (row["severity"].value, row["code"].value, file)
            listed[*place, "" if cell.value == "open" else cell.value] = row["message"].value
            ways[file] = cell.hyperlink.target
    assert listed == TOLD
    assert ways == {"register.csv": "../kept%20here/register.csv", "inbox decisions.csv": "../inbox%20decisions.csv"}


def test_json_data_and_the_screen_say_the_same(desk):
    done = consolidated(desk, "--json", "--data", "data")
    document = json.loads(done.stdout)
    assert {(o["severity"], o["code"], o["file"], o["cell"]): o["message"] for o in document["lists"]} == TOLD
    assert document["must_fix"] == 2
    with (desk / "data" / "Findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].endswith(".csv")]
    assert {(o["severity"], o["code"], o["file"], o["cell"]): o["message"] for o in rows} == TOLD
    assert {f"{weight}: {message}" for (weight, *_), message in TOLD.items()} <= set(done.stderr.splitlines())


def test_a_second_run_gives_the_same_bytes_and_nothing_is_told_without_faults(desk):
    consolidated(desk)
    first = (desk / "out" / "m.xlsx").read_bytes()
    consolidated(desk)
    assert (desk / "out" / "m.xlsx").read_bytes() == first
    (desk / "kept here" / "register.csv").write_text(
        "".join(line.rpartition(",")[0] + "\n" for line in REGISTER.splitlines()[:2]), encoding="utf-8"
    )
    (desk / "inbox decisions.csv").unlink()
    done = consolidated(desk, "--json")
    assert json.loads(done.stdout)["lists"] == []
    assert done.returncode == 0


def test_what_is_an_officers_to_mend_is_not_passed_on_to_a_provider(desk):
    consolidated(desk)
    for source in ("inbox", "out/m.xlsx"):
        order = ("--out", f"feedback of {source[:3]}", "--register", "kept here/register.csv", "--without-pdf")
        done = xlkpi("feedback", source, *order, cwd=desk)
        assert done.returncode == 1, done.stderr
        texts = list((desk / f"feedback of {source[:3]}").glob("*.txt"))
        assert texts
        assert not [path for path in texts if "register" in path.read_text(encoding="utf-8")]
