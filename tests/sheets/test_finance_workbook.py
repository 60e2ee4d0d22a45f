"""The finance workbook: LibreOffice recalculates it and comes to what Python says; text from a ledger stays text."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.finance.ledger_builders import checked, finance_council, returns
from tests.finance.planted_faults import large_world
from tests.judge.sheet_rows import sheet_rows, sheets_rows
from xlkpi.core.lot import Provider
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance.finance_check import check_finance
from xlkpi.sheets.finance import invoices
from xlkpi.sheets.finance.invoice_check import HEADERS
from xlkpi.sheets.finance.plan_finance import plan_finance
from xlkpi.writing.workbook import render_workbook

pytestmark = pytest.mark.xdist_group("20,000 invoices")  # they are made once
SHEETS = [
    "Overview",
    "S2 check",
    "Differences",
    "Disputes",
    "Prompt payment",
    "Cross-check",
    "Findings",
    "Set aside",
    "Invoices",
]
LIVE = (
    "x ledger",
    "y ledger",
    "late",
    "late or disputed",
    "x difference",
    "y difference",
    "undisputed",
    "on time and undisputed",
    "RAG return",
    "RAG return as written",
    "RAG ledger",
    "RAG ledger as written",
    "RAG on time and undisputed",
    "class",
)


@pytest.fixture(scope="module")
def planted_check(tmp_path_factory):
    world = large_world()
    register = tuple(
        Provider(provider, name, world.kinds[provider], lots=("1a",)) for provider, name in world.names.items()
    )
    path = tmp_path_factory.mktemp("workbook") / "ledger.csv"
    path.write_text(world.csv_text(), encoding="utf-8")
    result = returns({int(provider[1:]): pair for provider, pair in world.returned.items()}, register=register)
    return check_finance(result, finance_council(path, register=register))


@pytest.fixture(scope="module")
def planted_book(planted_check, tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "finance.xlsx"
    path.write_bytes(render_workbook(plan_finance(planted_check)))
    return path


@pytest.fixture(scope="module")
def planted_sheets(planted_book):
    """Two of its sheets as they are written, from one reading: all texts of 20,000 invoices are read for each."""
    return sheets_rows(planted_book, ("S2 check", "Differences"))


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_recalculates_20_000_invoices_and_equals_python(planted_check, planted_book, planted_sheets, calc):
    wanted, formulas = sheet_rows(planted_book, "S2 check", data_only=True), planted_sheets["S2 check"]
    book = calc(planted_book)
    last = len(planted_check.lines) + 1
    assert len(wanted) == len(formulas) == last
    shown = book.values("S2 check", f"A1:{openpyxl.utils.get_column_letter(len(HEADERS))}{last}")
    differing = {}
    for row in range(1, last):
        for name in LIVE:
            column = HEADERS.index(name)
            assert formulas[row][column].startswith("="), name
            got, want = shown[row][column], wanted[row][column]
            if (got or "") != (want or "") and got != pytest.approx(want):
                differing[row + 1, name] = (got, want)
    assert differing == {}
    classes = [book.get("Overview", f"B{row}") for row in range(12, 19)]
    assert classes == [3, 3, 6, 6, 18, 3, 3]


@pytest.mark.office
def test_the_formulas_follow_what_an_officer_types(tmp_path, calc):
    rows = [f"P001,I{n},,05/05/2026,03/05/2026,,,,,20/05/2026" for n in range(10)]
    path = tmp_path / "f.xlsx"
    path.write_bytes(render_workbook(plan_finance(checked(tmp_path, rows, {1: (0, 10)}))))
    book = calc(path)

    def shown(name):
        return book.get("S2 check", f"{openpyxl.utils.get_column_letter(HEADERS.index(name) + 1)}2")

    assert (shown("x ledger"), shown("class"), shown("RAG ledger")) == (0, "Agreed", "Green")
    for row in (2, 3):
        book.set("Invoices", f"I{row}", 46150)  # disputed before it was paid
    book.set("Invoices", "G4", 46160)  # received after its due date
    assert (shown("x ledger"), shown("late"), shown("late or disputed")) == (2, 1, 3)
    assert (shown("class"), shown("RAG ledger"), shown("RAG on time and undisputed")) == (
        "Return understates disputes",
        "Red",
        "Red",
    )
    book.set("Overview", "B7", 2)
    assert shown("class") == "Return understates disputes"  # within the tolerance, and another RAG


def book_of(check):
    return openpyxl.load_workbook(io.BytesIO(render_workbook(plan_finance(check))))


def test_the_sheets_and_the_same_bytes(tmp_path):
    check = checked(tmp_path, ["P001,I,,,03/05/2026,,,,,"], {1: (0, 1)})
    assert book_of(check).sheetnames == SHEETS
    assert render_workbook(plan_finance(check)) == render_workbook(plan_finance(check))


def test_the_invoices_that_make_a_difference_are_listed(planted_sheets):
    rows = planted_sheets["Differences"][1:]
    duplicates = [row for row in rows if row[3] == "duplicate"]
    assert len(duplicates) == 9
    assert {row[4] for row in duplicates} == {"yes"}
    assert all(row[7].startswith("INV-") for row in duplicates)


def test_text_that_looks_like_a_formula_is_written_as_text(tmp_path):
    rows = [
        ["=1+1", '=HYPERLINK("x")', "", "", "03/05/2026", "", "04/05/2026", "@SUM(A1)", "", ""],
        "P001,-I,,,03/05/2026,,04/05/2026,@SUM(A1),,",
    ]
    book = book_of(checked(tmp_path, rows, {1: (0, 1)}))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.parent.title for cell in cells if cell.data_type == "f"} == {"S2 check", "Overview"}
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert {"=1+1", '=HYPERLINK("x")', "@SUM(A1)", "-I"} <= texts


def test_a_ledger_too_long_for_a_workbook_is_shown_in_values(tmp_path, monkeypatch):
    monkeypatch.setattr(invoices, "MOST_INVOICES", 1)
    book = book_of(checked(tmp_path, ["P001,I,,,03/05/2026,,,,,", "P001,J,,,03/05/2026,,,,,"], {1: (0, 2)}))
    assert book.sheetnames == SHEETS[:-1]
    assert book["S2 check"]["G2"].value == 2
    texts = [row[2].value for row in book["Overview"].iter_rows() if row[0].value == "Formulas"]
    assert texts == ["This ledger is too long for a workbook: figures are values."]


def test_an_empty_ledger_makes_a_whole_workbook(tmp_path):
    book = book_of(checked(tmp_path, [], {1: (0, 1)}, settings=FinanceSettings()))
    assert book.sheetnames == SHEETS
    assert book["S2 check"]["S2"].value.startswith("=IF(")
