"""The master, held against the council's own lists: both figures stand, and what officers agreed on beside them."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pandas as pd
import pytest

from tests.acceptance.finance.test_the_finance_officer_agrees_or_challenges import REGISTER, inbox
from tests.acceptance.officer.officer_command import xlkpi
from tests.finance.ledger_builders import HEADER
from tests.sheets.test_master import DATA_COLUMNS

__all__ = ["inbox"]
SHEETS = [
    "Summary", "Data", "Findings", "Files", "Missing", "Open matters", "Action plans", "Escalation", "Monitoring",
    "Trends", "Trend charts", "S2 check", "Cross-check", "Readings", "About",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path, inbox):
    """P001 claims 3 disputed of 12; the ledger holds 5 of 12. P002 claims 0 of 12, as the ledger does."""
    rows = [HEADER]
    for who, disputed in (("P001", 5), ("P002", 0)):
        for number in range(12):
            dispute = "12/08/2026,wrong rate,20/08/2026" if number < disputed else ",,"
            rows.append(f"{who},INV-{number},01/08/2026,10/08/2026,03/08/2026,£10.00,{dispute},28/08/2026")
    (tmp_path / "ledger.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "extract.csv").write_text(
        "provider_id,period,indicator,x,y\nP001,2026-27 Q2,KPI S2,5,12\nP002,2026-27 Q2,KPI S2,0,12\n", encoding="utf-8"
    )
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    shutil.copytree(inbox, tmp_path / "inbox")
    return tmp_path


def consolidate(folder, *more):
    given = ("--register", folder / "register.csv", "--as-of", "2026-11-24", "--json")
    done = xlkpi("consolidate", folder / "inbox", "--out", folder / "master.xlsx", *given, *more)
    assert done.returncode == 1, done.stderr
    return openpyxl.load_workbook(folder / "master.xlsx"), json.loads(done.stdout)


def records(book, sheet):
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_without_lists_their_sheets_say_so(folder):
    book, _ = consolidate(folder)
    assert book.sheetnames == SHEETS
    assert [row["provider"] for row in records(book, "S2 check")] == ["Not known: no ledger was given (--ledger)."]
    assert [row["provider"] for row in records(book, "Cross-check")] == ["Not known: no extract was given (--extract)."]
    assert [cell.value for cell in book["Data"][1]] == DATA_COLUMNS


def test_a_ledger_fills_the_s2_check_and_tells_of_differences(folder):
    _, before = consolidate(folder)
    book, texts = consolidate(folder, "--ledger", folder / "ledger.csv")
    lines = {row["provider_id"]: row for row in records(book, "S2 check")}
    line, two = lines["P001"], lines["P002"]
    assert (line["x return"], line["y return"], line["x ledger"], line["y ledger"]) == (3, 12, 5, 12)
    assert (line["class"], two["class"]) == ("Return understates disputes", "Agreed")
    differs = [row for row in records(book, "Findings") if row["code"] == "S2_DIFFERS"]
    assert [row["provider_id"] for row in differs] == ["P001"]
    assert texts["queries"] > before["queries"]
    assert texts["found"] == before["found"]


def test_an_extract_alone_fills_the_cross_check(folder):
    book, _ = consolidate(folder, "--extract", folder / "extract.csv")
    lines = {(row["provider_id"], row["indicator"]): row for row in records(book, "Cross-check")}
    line = lines["P001", "KPI S2"]
    assert (line["x return"], line["x case system"], line["x difference"]) == (3, 5, -2)
    assert lines["P002", "KPI S2"]["class"] != line["class"]
    assert {row["code"] for row in records(book, "Findings")} >= {"CROSS_DIFFERS", "CROSS_NOT_CHECKED"}


def test_the_settings_beside_an_extract_alone_say_whose_a_spelling_is(folder):
    extract = folder / "extract.csv"
    extract.write_text(extract.read_text(encoding="utf-8").replace("P001", "Provider One"), encoding="utf-8")
    book, _ = consolidate(folder, "--extract", extract)
    (text,) = [row["message"] for row in records(book, "Findings") if row["code"] == "LEDGER_OTHERS"]
    assert "xlkpi-ledger.toml" in text
    (folder / "xlkpi-ledger.toml").write_text('[providers]\n"Provider One" = "P001"\n', encoding="utf-8")
    book, _ = consolidate(folder, "--extract", extract)
    lines = {(row["provider_id"], row["indicator"]): row for row in records(book, "Cross-check")}
    assert lines["P001", "KPI S2"]["x case system"] == 5
    assert not [row for row in records(book, "Findings") if row["code"] == "LEDGER_OTHERS"]


def test_what_officers_agreed_on_is_carried_to_data_and_nothing_is_overwritten(folder):
    (folder / "inbox S2 decisions.csv").write_text(
        "provider_id,period,agreed_x,agreed_y,who,when,why\n"
        "P001,2026-27 Q2,4,12,Jane Roe,24/11/2026,one was withdrawn\n",
        encoding="utf-8",
    )
    book, _ = consolidate(folder, "--ledger", folder / "ledger.csv", "--data", folder / "data")
    assert [cell.value for cell in book["Data"][1]] == DATA_COLUMNS
    rows = {(row["provider_id"], row["indicator"]): row for row in records(book, "Data")}
    table_row = rows["P001", "KPI S2"]
    assert (table_row["x"], table_row["y"], table_row["rag"], table_row["rag_in_force"]) == (3, 12, "Red", "Red")
    assert (table_row["agreed_x"], table_row["agreed_y"], table_row["agreed_by"], table_row["agreed_why"]) == (
        4, 12, "Jane Roe", "one was withdrawn",
    )  # fmt: skip
    assert table_row["agreed_on"].date().isoformat() == "2026-11-24"
    assert {row["agreed_x"] for key, row in rows.items() if key != ("P001", "KPI S2")} == {None}
    assert not [row for row in records(book, "Findings") if row["code"] == "S2_DIFFERS"]
    frame = pd.read_parquet(folder / "data/Data.parquet")
    assert frame.loc[frame["agreed_x"].notna(), ["provider_id", "agreed_x"]].to_numpy().tolist() == [["P001", 4.0]]


def test_a_ledger_in_the_inbox_is_no_return(folder):
    shutil.move(folder / "ledger.csv", folder / "inbox/ledger.csv")
    _, texts = consolidate(folder, "--ledger", folder / "inbox/ledger.csv")
    assert texts["found"] == 4


def test_a_list_that_is_not_there_is_named(folder):
    for name in ("--ledger", "--extract"):
        done = xlkpi("consolidate", folder / "inbox", "--out", folder / "m.xlsx", name, folder / "none.csv")
        assert done.returncode == 3
        assert "none.csv does not exist" in done.stderr
        assert not (folder / "m.xlsx").exists()
