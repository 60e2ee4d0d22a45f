"""People merge the provider's cells over all its rows: what is shown beside a row is what counts."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from tests.field.ledgers import RIGHT, ROWS, check, counted, reported, workbook_of
from xlkpi.council import read_register


def merged(data, *ranges):
    """The workbook with these ranges merged: only their first cells keep what was in them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for each in ranges:
        book.active.merge_cells(each)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(rows):
    return [[float(cell) if cell == "100.00" else cell for cell in row.split(",")] for row in rows]


def test_a_provider_merged_over_its_invoices_is_that_of_each(tmp_path):
    data = merged(workbook_of(cells(ROWS)), "A2:A6", "A7:A10")
    assert openpyxl.load_workbook(io.BytesIO(data)).active["A3"].value is None
    finance = check(tmp_path, data, name="ledger.xlsx")
    assert (counted(finance), reported(finance)) == (RIGHT, {})


def test_a_sum_merged_over_the_lines_of_an_invoice_counts_once(tmp_path):
    lines = [ROWS[0], *[ROWS[0].replace("wrong rate", f"line {number}") for number in (2, 3)], *ROWS[1:]]
    finance = check(tmp_path, merged(workbook_of(cells(lines)), "A2:A4", "B2:B4", "F2:F4"), name="ledger.xlsx")
    assert counted(finance) == RIGHT
    assert finance.ledger.invoices["amount"].max() == 10_000


def test_a_provider_merged_over_its_lots_has_them_all(tmp_path):
    rows = [
        ["P001", "Willow Tree CIC", "SME", "1a"],
        ["", "", "", "2a"],
        ["", "", "", "3"],
        ["P002", "Oast", "large", "4"],
    ]
    path = tmp_path / "register.xlsx"
    path.write_bytes(merged(workbook_of(rows, ["provider_id", "provider", "type", "lots"]), "A2:A4", "B2:B4", "C2:C4"))
    providers, faults = read_register(path)
    assert [provider.lots for provider in providers] == [("1a", "2a", "3"), ("4",)]
    assert not faults


def test_a_merged_title_is_not_a_row(tmp_path):
    data = workbook_of(cells(ROWS))
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active.insert_rows(1, 2)
    book.active["A1"] = "Ledger"
    book.active["C1"] = date(2026, 5, 1)
    book.active.merge_cells("A1:B2")
    book.active.merge_cells("C1:C2")
    out = io.BytesIO()
    book.save(out)
    finance = check(tmp_path, out.getvalue(), name="ledger.xlsx")
    assert (counted(finance), reported(finance)) == (RIGHT, {})
