"""A register typed or exported in other orders of day, month and year, or with points between thousands."""

from __future__ import annotations

from datetime import date

import pytest

from tests.field.list_files import text_file, workbook
from xlkpi.council.register.read import read_register

HEADER = "provider_id,provider,type,lots,transport,contract_start,contract_end,contract_value"
APRIL, MARCH, JUNE = date(2024, 4, 1), date(2028, 3, 31), date(2027, 6, 30)


def read(folder, *rows):
    """The days and the value of each provider's contract, and what is said of the register."""
    lines = [f"P{number},Provider {number},SME,1a,no,{row}" for number, row in enumerate(rows, start=1)]
    providers, faults = read_register(text_file(folder, HEADER, *lines, name="register.csv"))
    contracts = [(each.contract_start, each.contract_end, each.contract_value) for each in providers]
    return contracts, [(fault.severity.value, fault.message) for fault in faults]


@pytest.mark.parametrize("spelling", ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y", "%Y%m%d", "%d %b %Y"])
def test_dates_in_our_order_need_nothing(tmp_path, spelling):
    rows = [f"{APRIL:{spelling}},{day:{spelling}},50000" for day in (MARCH, JUNE)]
    assert read(tmp_path, *rows) == ([(APRIL, MARCH, "50000"), (APRIL, JUNE, "50000")], [])


@pytest.mark.parametrize(("spelling", "words"), [("%y-%m-%d", "year first"), ("%m/%d/%Y", "month first")])
def test_dates_in_another_order_are_read_so_where_the_register_shows_it(tmp_path, spelling, words):
    contracts, faults = read(tmp_path, *(f"{APRIL:{spelling}},{day:{spelling}},1" for day in (MARCH, JUNE)))
    assert contracts == [(APRIL, MARCH, "1"), (APRIL, JUNE, "1")]
    assert [severity for severity, _ in faults] == ["query", "query"]
    assert f"Row 2, contract_start (F2) says “{APRIL:{spelling}}”, which is read with the {words}" in faults[0][1]
    assert "like 1 more. Write dates as day/month/year" in faults[0][1]


def test_a_date_that_could_be_two_is_left_out_and_asked_about(tmp_path):
    contracts, faults = read(tmp_path, "01/04/2024,31/03/2028,1", "01/04/2024,06/30/2027,1")
    assert contracts == [(None, MARCH, "1"), (None, JUNE, "1")]
    ((_, message),) = faults
    assert "could have the day or the month first, as the register has both, and is left out, like 1 more" in message


def test_long_contracts_with_two_digits_of_the_year_and_without_an_end(tmp_path):
    rows = ["01/04/19,31/03/34,1", "01/04/24,30/06/27,1", "01/04/24,ongoing,1"]
    contracts, faults = read(tmp_path, *rows)
    assert [contract[1] for contract in contracts] == [date(2034, 3, 31), JUNE, None]
    assert faults == []


def test_a_day_far_ahead_is_read_in_the_order_of_the_others(tmp_path):
    rows = ["04/01/2024,03/31/2028,1", "04/01/2024,06/30/2027,1", "04/01/2024,04/05/2044,1"]
    assert [contract[1] for contract in read(tmp_path, *rows)[0]] == [MARCH, JUNE, date(2044, 4, 5)]
    unsure, _ = read(tmp_path, "01/04/2024,31/03/2028,1", "01/04/2024,06/30/2027,1", "01/04/2024,04/05/2044,1")
    assert [contract[1] for contract in unsure] == [MARCH, JUNE, None]


@pytest.mark.parametrize(("zone", "words"), [("Z", "as the day in the United Kingdom"), ("", "as the day after")])
def test_days_written_as_moments_are_the_days_that_the_council_typed(tmp_path, zone, words):
    """A list program stores midnight in summer as 23:00 of the day before: a contract would begin a quarter early."""
    rows = [f"2024-03-31T23:00:00{zone},{day},1" for day in (MARCH, JUNE)]
    contracts, ((severity, message),) = read(tmp_path, *rows)
    assert contracts == [(APRIL, MARCH, "1"), (APRIL, JUNE, "1")]
    assert (severity, "says “2024-03-31T23:00:00" in message, words in message) == ("query", True, True)


def test_the_numbers_of_a_workbook_show_nothing_of_the_texts_beside_them(tmp_path):
    rows = [[f"P{n}", f"Provider {n}", "1a", value] for n, value in enumerate((125000, 90500.5, "75.000"), start=1)]
    path = workbook(tmp_path / "register.xlsx", Register=[["provider_id", "provider", "lots", "contract_value"], *rows])
    providers, faults = read_register(path)
    assert [each.contract_value for each in providers] == ["125000", "90500.50", "75000"]
    assert ["the point between thousands" in fault.message for fault in faults] == [True]


VALUES = {
    "a comma before the pence": (['"1.234.567,00"', '"50.000"'], ["1234567", "50000"], "a comma before the pence"),
    "points that nothing explains": (["50.000", "75.500"], ["50000", "75500"], "the point between thousands"),
    "both": (['"1,500.50"', '"1.500,50"', "50.000"], ["1500.50", "1500.50", ""], "has two readings"),
}


@pytest.mark.parametrize(("texts", "values", "words"), VALUES.values(), ids=VALUES)
def test_values_with_points_between_thousands(tmp_path, texts, values, words):
    contracts, faults = read(tmp_path, *(f",,{text}" for text in texts))
    assert [contract[2] for contract in contracts] == values
    assert {severity for severity, _ in faults} == {"query"}
    assert any(words in message for _, message in faults)
