"""Invoice numbers shown as 1.23E+15 are lost; a sum that cannot be read loses no invoice."""

from __future__ import annotations

import pytest

from tests.field.ledgers import (
    DISPUTED,
    OTHERS,
    RIGHT,
    ROWS,
    SECOND,
    check,
    counted,
    message,
    reported,
    text_of,
    workbook_of,
)


@pytest.mark.parametrize("number", ["1.23E+15", "1.23457E+11", "4E+12", "1,2E+10", "9.9e+9"])
def test_numbers_cut_short_are_must_fix_and_said_once(tmp_path, number):
    rows = [f'P001,"{number}",01/05/2026,10/05/2026,0{day}/05/2026,10{day}.00,,,,14/05/2026' for day in range(3, 8)]
    finance = check(tmp_path, text_of([*rows, *SECOND]))
    assert counted(finance)["P002"] == RIGHT["P002"]
    assert reported(finance) == {"LEDGER_NUMBER_LOST": "must fix"}
    assert f"(cells: 5; first B2, “{number}”)" in message(finance, "LEDGER_NUMBER_LOST")
    assert finance.ledger.rows_set_aside == 5


@pytest.mark.parametrize("number", ["12E5", "E+15", "1.23E15X", "A+1", "1.5", "INV 1.2E+3 b"])
def test_numbers_that_only_look_a_little_like_it_are_numbers(tmp_path, number):
    rows = [DISPUTED.replace("INV-1", number), *OTHERS, *SECOND]
    finance = check(tmp_path, text_of(rows))
    assert (counted(finance), reported(finance)) == (RIGHT, {})


@pytest.mark.parametrize("amount", ["ask Ann", "£", "1.2.3", "12;00", "#VALUE!", "TBC"])
def test_a_sum_that_cannot_be_read_sets_no_invoice_aside(tmp_path, amount):
    rows = [row.replace("100.00", amount) if "INV-1" in row or "OH-2" in row else row for row in ROWS]
    finance = check(tmp_path, text_of(rows))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LEDGER_AMOUNT": "query"})
    assert f"(cells: 2; first F2, “{amount}”)" in message(finance, "LEDGER_AMOUNT")
    assert finance.ledger.rows_set_aside == 0


def test_the_sign_of_a_sum_that_cannot_be_read_still_makes_a_credit_note(tmp_path):
    finance = check(tmp_path, text_of([*ROWS, "P001,CN-1,05/05/2026,10/05/2026,06/05/2026,-1.2.3,,,,14/05/2026"]))
    assert counted(finance) == RIGHT


def test_a_ledger_of_negative_sums_is_asked_about_once(tmp_path):
    finance = check(tmp_path, text_of(ROWS).replace("100.00", "-100.00"))
    assert counted(finance) == {"P001": (0, 0), "P002": (0, 0)}
    assert reported(finance) == {"LEDGER_SIGNS": "query"}
    assert message(finance, "LEDGER_SIGNS").startswith("ledger.csv: most amounts are negative (rows: 9)")


@pytest.mark.parametrize("kept", ['="{0}"', '"=""{0}"""', ' ="{0}" '])
def test_a_text_that_a_program_keeps_from_becoming_a_number_is_read(tmp_path, kept):
    rows = [
        ",".join(kept.format(cell) if place < 2 else cell for place, cell in enumerate(row.split(","))) for row in ROWS
    ]
    finance = check(tmp_path, text_of(rows))
    assert (counted(finance), reported(finance)) == (RIGHT, {})


@pytest.mark.parametrize("number", ["1.23457E11", "1.2E+15", "1,23457E+11", "1.23457e11"])
def test_a_number_cut_short_in_any_spelling_is_set_aside(tmp_path, number):
    finance = check(tmp_path, text_of([row.replace("INV-3", f'"{number}"') for row in ROWS]))
    assert (counted(finance)["P001"], reported(finance)) == ((1, 4), {"LEDGER_NUMBER_LOST": "must fix"})


def with_numbers(write):
    """The rows, each with a number of its own."""
    cells = [row.split(",") for row in ROWS]
    return [[row[0], write(place), *row[2:]] for place, row in enumerate(cells)]


def test_numbers_of_more_digits_than_a_spreadsheet_keeps_are_must_fix_and_never_joined(tmp_path):
    rows = [",".join(row) for row in with_numbers(lambda place: f"12345678901234{place}000")]
    finance = check(tmp_path, text_of(rows))
    assert (counted(finance)["P001"], reported(finance)) == ((0, 0), {"LEDGER_NUMBER_LOST": "must fix"})
    assert "(cells: 9; first B2, “123456789012340000”)" in message(finance, "LEDGER_NUMBER_LOST")


def test_as_numbers_of_a_workbook_too(tmp_path):
    rows = with_numbers(lambda place: 123456789012345678 + place)
    finance = check(tmp_path, workbook_of(rows), name="ledger.xlsx")
    assert (counted(finance)["P001"], reported(finance)) == ((0, 0), {"LEDGER_NUMBER_LOST": "must fix"})


def test_one_long_number_with_a_nought_at_its_end_on_many_lines_is_no_column_of_them(tmp_path):
    line = ROWS[1].replace("INV-2", "1234567890123450")
    finance = check(tmp_path, text_of([line.replace("100.00", f"{pounds}.00") for pounds in (10, 20, 30, 40)]))
    assert (counted(finance)["P001"], "LEDGER_NUMBER_LOST" in reported(finance)) == ((0, 1), False)


@pytest.mark.parametrize("write", [lambda place: f"12345678901234567{place}", lambda place: f"{place}" * 12 + "000"])
def test_long_numbers_that_are_whole_are_read(tmp_path, write):
    finance = check(tmp_path, text_of([",".join(row) for row in with_numbers(write)]))
    assert (counted(finance), reported(finance)) == (RIGHT, {})
