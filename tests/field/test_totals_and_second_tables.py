"""Reports have totals, second tables and placeholders in them: none is an invoice, and none is passed over."""

from __future__ import annotations

import pytest

from tests.field.ledgers import COLUMNS, HEADER, RIGHT, ROWS, check, counted, message, reported, text_of, workbook_of
from tests.field.list_files import text_file
from xlkpi.council.register.read import read_register

TOTALS = {
    "a word beside the sum": "Total,,,,,900.00,,,,",
    "a grand total among the numbers": ",Grand Total,,,,900.00,,,,",
    "a sub-total of a provider, with a date": "P001,Sub-total:,,,31/05/2026,500.00,,,,",
    "as Excel's Subtotal writes it": "P001 Total,,,,,500.00,,,,",
}


@pytest.mark.parametrize("name", TOTALS)
def test_a_total_is_not_an_invoice(tmp_path, name):
    finance = check(tmp_path, text_of([*ROWS, TOTALS[name]]))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LEDGER_TOTALS": "note"})
    assert message(finance, "LEDGER_TOTALS").startswith("ledger.csv: rows of totals: 1 (first in line 11).")
    assert finance.ledger.rows_set_aside == 1


def test_a_row_with_nothing_but_a_sum_is_asked_about_once(tmp_path):
    finance = check(tmp_path, text_of([*ROWS, ",,,,,900.00,,,,", ",,,,,900.00,,,,"]))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LEDGER_SUM_ONLY": "query"})
    assert "rows with nothing but a sum: 2 (first in line 11)" in message(finance, "LEDGER_SUM_ONLY")


def test_a_number_that_begins_like_a_total_is_one(tmp_path):
    finance = check(tmp_path, text_of([*ROWS, ROWS[1].replace("INV-2", "Total-17")]))
    assert counted(finance)["P001"] == (1, 6)


@pytest.mark.parametrize("number", ["n/a", "TBC", "-", "unknown"])
def test_a_placeholder_is_not_the_number_of_an_invoice(tmp_path, number):
    finance = check(tmp_path, text_of([*ROWS, ROWS[1].replace("INV-2", number)]))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LIST_ROW": "must fix"})
    assert message(finance, "LIST_ROW") == (
        f"ledger.csv line 11 is set aside: invoice_no (B11) says “{number}”, which is not the number of an invoice."
        " Enter its number."
    )


def test_numbers_that_a_narrow_column_showed_as_signs_are_lost(tmp_path):
    finance = check(tmp_path, text_of([*ROWS, *(row.replace("INV-2", "#######") for row in ROWS[1:2])]))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LEDGER_NUMBER_LOST": "must fix"})


ALIKE = {"a space for a hyphen": ("INV-1", "INV 1"), "zeros lost": ("00012", "12"), "a point added": ("1001", "1001.0")}


@pytest.mark.parametrize("name", ALIKE)
def test_numbers_that_look_alike_are_asked_about(tmp_path, name):
    first, second = ALIKE[name]
    rows = [ROWS[0].replace("INV-1", first), ROWS[0].replace("INV-1", second).replace("03/05", "20/05"), *ROWS[1:]]
    finance = check(tmp_path, text_of(rows))
    assert counted(finance)["P001"][1] == 6
    assert f"1 (first: {first} and {second} of P001, lines 2 and 3)" in message(finance, "LEDGER_NUMBERS_ALIKE")


def test_numbers_that_differ_where_it_counts_are_not(tmp_path):
    rows = [ROWS[0].replace("INV-1", "1-11"), ROWS[1].replace("INV-2", "11-1"), *ROWS[2:]]
    assert reported(check(tmp_path, text_of(rows))) == {}
    later = ROWS[1].replace("INV-2", "INV 1").replace("01/05/2026", "02/05/2026").replace("100.00", "90.00")
    assert reported(check(tmp_path, text_of([ROWS[0], later, *ROWS[2:]]))) == {}


def test_a_second_table_beside_the_first_must_be_moved(tmp_path):
    cells = [row.split(",") for row in ROWS]
    rows = [[*left, "", *right] for left, right in zip(cells[:5], [*cells[5:], [""] * 10], strict=True)]
    finance = check(tmp_path, workbook_of(rows, [*COLUMNS, "", *COLUMNS]), name="ledger.xlsx")
    assert reported(finance) == {"LIST_TABLE_BESIDE": "must fix"}
    assert message(finance, "LIST_TABLE_BESIDE").startswith("ledger.xlsx: a second table begins in column L, beside")


def test_sums_in_two_columns_are_asked_about(tmp_path):
    rows = [f"{row},,100.00" for row in ROWS]
    header = f"{HEADER},Debit,Credit".replace("amount", "nothing")
    assert reported(check(tmp_path, text_of(rows, header)))["LEDGER_TWO_SUMS"] == "query"


@pytest.mark.parametrize("footer", ["Total providers: 2", "Grand total", "Page 1 of 2", "End of report"])
def test_what_is_below_the_providers_of_a_register_is_a_note(tmp_path, footer):
    rows = ["provider_id,provider,type,lots,transport", "P1,Oak,SME,1a,no", f"{footer},,,,", "P2,Elm,SME,1a,no"]
    providers, faults = read_register(text_file(tmp_path, *rows, name="register.csv"))
    assert [each.provider_id for each in providers] == ["P1", "P2"]
    assert [(fault.severity.value, fault.message) for fault in faults] == [
        ("note", "Row 3 is not a provider, so it was not read.")
    ]
