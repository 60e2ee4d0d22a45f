"""Promise: one command makes every provider's workbook from the register, and a bad row spoils no other."""

from __future__ import annotations

import hashlib
import io
import zipfile

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi

REGISTER = """provider_id,provider,type,lots,transport,contract_ref,contract_start,contract_value,contract_manager,\
lead_director,email,contact_1,contact_2,contact_3
P1,Ash & Elm <Day> Care,SME,1a;3,no,C1,2025-04-01,"£250,000",Ann,Bob,ash@example.org,Ann; Manager; ann@example.org; 1,,
P2,Birch “House”,large,2b,yes,C2,01/04/2025,100,Ann,Bob,birch@example.org,,,
P3,=1+1,in-house,4,no,C3,2025-04-01,100,Ann,Bob,x@example.org,,,
"""


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def built(register, out, *more, period="2026-27 Q2"):
    done = xlkpi("build", register, "--period", period, "--out", out, *more)
    return done, sorted(out.glob("*.xlsx"))


def test_only_providers_whose_contract_runs_in_the_period_get_a_workbook(tmp_path):
    rows = "P1,Ash,3,1/4/2025,31/3/2026,\nP2,Birch,3,1/4/2025,31/3/2026,31/7/2026\nP3,Cedar,3,1/4/2027,,\n"
    path = tmp_path / "register.csv"
    path.write_text(f"provider_id,provider,lots,contract_start,contract_end,extended_to\n{rows}", encoding="utf-8")
    done, files = built(path, tmp_path / "out")
    (file,) = files
    assert "Birch" in file.name
    assert "No workbook for P1: its contract ended on 31 March 2026 by the register." in done.stderr
    assert "No workbook for P3: its contract starts on 1 April 2027 by the register." in done.stderr
    assert done.returncode == 0


def sheets(path):
    return openpyxl.load_workbook(path).sheetnames


def test_a_workbook_a_provider_with_its_own_sections_only(register, tmp_path):
    done, files = built(register, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["P1", "P2", "P3"]
    assert len(files) == 3
    by_id = {line.split("\t")[0]: line.split("\t")[1] for line in done.stdout.splitlines()}
    around = ("Action plan", "Help", "_xlkpi")
    assert sheets(by_id["P1"]) == ["Start here", "All lots", "Lot 1 Wellbeing", "Lot 3 Employment", *around]
    assert sheets(by_id["P2"]) == ["Start here", "All lots", "Lot 2 Independence", "Transport", *around]
    assert sheets(by_id["P3"]) == ["Start here", "All lots", "Lot 4 Additional", *around]


def test_the_provider_stands_in_its_own_workbook_and_in_no_other(register, tmp_path):
    names = {"Ash &amp; Elm &lt;Day&gt; Care", "Birch “House”", "=1+1"}
    _, files = built(register, tmp_path / "out")
    for path in files:
        with zipfile.ZipFile(path) as package:
            text = "".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())
        assert sum(f">{name}<" in text for name in names) == 1


def test_a_name_that_looks_like_a_formula_is_text(register, tmp_path):
    done, _ = built(register, tmp_path / "out")
    path = done.stdout.splitlines()[2].split("\t")[1]
    cell = openpyxl.load_workbook(path)["Start here"]["C4"]
    assert cell.value == "=1+1"
    assert cell.data_type == "s"


def test_the_same_register_gives_the_same_bytes(register, tmp_path):
    digests = []
    for run in ("one", "two"):
        _, files = built(register, tmp_path / run)
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
    assert digests[0] == digests[1]


def test_a_bad_row_is_named_and_the_others_are_built(register, tmp_path):
    register.write_text(REGISTER + "P4,Cedar,SME,9z,no,,,,,,,,,\nP1,Again,SME,1a,no,,,,,,,,,\n", encoding="utf-8")
    done, files = built(register, tmp_path / "out")
    assert done.returncode == 1
    assert [path.name.split(" - ")[1][:2] for path in sorted(files)] == ["P2", "P3"], "P1 contradicts itself"
    assert "9z" in done.stderr
    assert "P1" in done.stderr


def test_what_cannot_be_meant_is_said_and_nothing_is_written(register, tmp_path):
    done, files = built(register, tmp_path / "out", period="2026-28 Q2")
    assert (done.returncode, files) == (2, [])
    assert "2026-27 Q2" in done.stderr
    done, files = built(tmp_path / "nowhere.csv", tmp_path / "out")
    assert (done.returncode, files) == (3, [])
    done, files = built(tmp_path, tmp_path / "out")
    assert (done.returncode, files) == (3, [])


def test_a_period_with_nothing_due_is_said(register, tmp_path):
    done, files = built(register, tmp_path / "out", period="2026-27 Q1")
    assert done.returncode == 0
    assert len(files) == 2, "only lot 3 and transport have a quarterly indicator"
    assert "Nothing is due in 2026-27 Q1 from P3: no workbook was made for them." in done.stderr
    done, files = built(register, tmp_path / "all", "--all", period="2026-27 Q1")
    assert len(files) == 3
    assert "P3: their workbooks say so." in done.stderr


def test_an_indicator_read_as_written_is_so_in_every_workbook(register, tmp_path):
    (tmp_path / "xlkpi.toml").write_text('[readings]\n"KPI S2" = "as written"\n', encoding="utf-8")
    done, files = built(register, tmp_path / "out")
    assert done.returncode == 0
    for path in files:
        book = openpyxl.load_workbook(path)
        assert "As written in the Schedule" in book["All lots"]["M7"].value
        assert '"KPI S2"' in book["_xlkpi"]["A2"].value
        assert "(G7-F7)" not in book["All lots"]["H7"].value


def test_last_figures_stand_beside_the_inputs(register, tmp_path):
    _, files = built(register, tmp_path / "earlier", period="2025-26 Q4")
    for path in files:
        book = openpyxl.load_workbook(path)
        book["All lots"]["F6"], book["All lots"]["G6"] = 3, 50
        saved = io.BytesIO()
        book.save(saved)
        path.write_bytes(saved.getvalue())
    done, files = built(register, tmp_path / "out", "--previous", tmp_path / "earlier")
    assert done.returncode == 0, done.stderr
    for path in files:
        page = openpyxl.load_workbook(path)["All lots"]
        assert page["E6"].value == "2025-26 Q4: 3 of 50, 6.00%, Green"
        assert page["E7"].value == "–"
