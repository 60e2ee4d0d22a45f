"""The officer's master, made with the ledger: S2 check, Cross-check, the findings, and the figures that were agreed."""

from __future__ import annotations

import openpyxl
import pytest

from tests.finance.made import HEADER
from xlkpi import consolidate
from xlkpi.catalogue import load_catalogue
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.writing.returns import write_return

DECISION = "P001,2026-27 Q2,0,3,Ann Reed,05/11/2026,seen together"


@pytest.fixture
def made(tmp_path):
    """A master of one return that claims 2 of 9, with a ledger of three invoices and a decision."""
    whose = Provider("P001", "Willow Tree CIC", "SME", ("1a",))
    filled = Filled({"KPI S2": Entry(2, 9), "KPI S1": Entry(1, 30)})
    plan = plan_return(load_catalogue(), whose, Period(2026, 2), filled=filled)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "return.xlsx").write_bytes(write_return(plan))
    rows = [f"P001,I{number},,05/05/2026,03/05/2026,,,,,20/05/2026" for number in range(3)]
    (tmp_path / "inbox" / "ledger.csv").write_text("\n".join([HEADER, *rows, "P001,X,,,never,,,,,"]), encoding="utf-8")
    (tmp_path / "extract.csv").write_text("provider_id,period,indicator,x,y\nP001,2026-27 Q2,KPI S1,9,30\n")

    def make(*decisions):
        text = "\n".join(("provider_id,period,agreed_x,agreed_y,who,when,why", *decisions))
        (tmp_path / "inbox S2 decisions.csv").write_text(text)
        master = tmp_path / "master.xlsx"
        result = consolidate(
            tmp_path / "inbox",
            master,
            ledger=tmp_path / "inbox" / "ledger.csv",
            extract=tmp_path / "extract.csv",
            keep=False,
        )
        return result.consolidation, openpyxl.load_workbook(master)

    return make


def rows_of(book, sheet):
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.filterwarnings("ignore:Sparkline")
def test_both_sides_stand_in_the_master(made):
    result, book = made()
    (line,) = rows_of(book, "S2 check")
    assert (line["x return"], line["y return"], line["x ledger"], line["y ledger"]) == (2, 9, 0, 3)
    assert line["class"] == "Return overstates"
    cross = {row["indicator"]: row["class"] for row in rows_of(book, "Cross-check")}
    assert cross["KPI S1"] == "Different x"
    assert cross["KPI S2"] == "Not checked"
    codes = {row["code"] for row in rows_of(book, "Findings")}
    assert {"S2_DIFFERS", "CROSS_DIFFERS", "CROSS_NOT_CHECKED", "LIST_ROW"} <= codes
    assert result.found == 1  # the ledger lies in the inbox, and is no return


@pytest.mark.filterwarnings("ignore:Sparkline")
def test_what_was_agreed_stands_beside_what_was_returned(made):
    _, book = made(DECISION)
    (entry,) = [row for row in rows_of(book, "Data") if row["indicator"] == "KPI S2"]
    assert (entry["x"], entry["y"]) == (2, 9)
    assert (entry["agreed_x"], entry["agreed_y"]) == (0, 3)
    assert entry["agreed_by"] == "Ann Reed, 05/11/2026: seen together"
    assert {row["agreed_by"] for row in rows_of(book, "Data") if row["indicator"] != "KPI S2"} == {None}
    assert "S2_DIFFERS" not in {row["code"] for row in rows_of(book, "Findings")}
