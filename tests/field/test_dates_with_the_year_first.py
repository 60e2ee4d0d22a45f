"""26-05-03, 26/05/14, 20260503: dates with the year first, in two digits or four, alone or mixed with others."""

from __future__ import annotations

import pytest

from tests.field.ledgers import RIGHT, ROWS, check, counted, csv_with_days, message, reported


@pytest.mark.parametrize("spelling", ["%y-%m-%d", "%y/%m/%d", "%y.%m.%d", "%y %m %d", "%y-%m-%d 00:00"])
def test_two_digits_of_the_year_first_are_read_so_and_asked_about(tmp_path, spelling):
    finance = check(tmp_path, csv_with_days(lambda day, _: day.strftime(spelling) if day else ""))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LIST_YEAR_FIRST": "query"})
    assert "ledger.csv: invoice_date is read with the year first, in two digits" in message(finance, "LIST_YEAR_FIRST")


def test_a_year_of_invoices_with_the_year_first(tmp_path):
    rows = [row.replace("/05/2026", f"/{4 + place:02d}/2026") for place, row in enumerate(ROWS[:5])]
    finance = check(tmp_path, csv_with_days(lambda day, _: f"{day:%y-%m-%d}" if day else "", rows))
    assert reported(finance) == {"LIST_YEAR_FIRST": "query"}
    received = list(finance.ledger.invoices["received_date"])
    assert received == sorted(received)


@pytest.mark.parametrize("spelling", ["%d-%m-%y", "%d/%m/%y", "%Y%m%d", "%Y-%m-%d", "%Y.%m.%d"])
def test_the_year_last_or_in_four_digits_is_read_as_before(tmp_path, spelling):
    finance = check(tmp_path, csv_with_days(lambda day, _: day.strftime(spelling) if day else ""))
    assert (counted(finance), reported(finance)) == (RIGHT, {})


def test_another_column_with_four_digits_of_the_year_shows_where_it_is(tmp_path):
    def mixed(day, column):
        return f"{day:%Y%m%d}" if column == "paid_date" else f"{day:%y-%m-%d}"

    finance = check(tmp_path, csv_with_days(lambda day, column: mixed(day, column) if day else "", ROWS[:1]))
    assert (counted(finance)["P001"], reported(finance)) == ((1, 1), {"LIST_YEAR_FIRST": "query"})


def test_each_date_of_a_mixed_list_is_read_where_only_one_place_of_the_year_is_possible(tmp_path):
    def mixed(day, column):
        return (
            f"{day:%d/%m/%Y}" if column == "invoice_date" else f"{day:%y-%m-%d}" if day.day > 9 else f"{day:%d-%m-%y}"
        )

    finance = check(tmp_path, csv_with_days(lambda day, column: mixed(day, column) if day else ""))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LIST_YEAR_FIRST": "query"})


def test_dates_that_could_have_the_year_in_either_place_are_set_aside(tmp_path):
    def mixed(day, column):
        return f"{day:%y-%m-%d}" if column in ("received_date", "due_date") else f"{day:%d-%m-%y}"

    finance = check(tmp_path, csv_with_days(lambda day, column: mixed(day, column) if day else ""))
    assert reported(finance)["LIST_YEAR_ORDER"] == "must fix"
    assert finance.ledger.rows_set_aside == len(ROWS)


def test_two_dates_that_show_too_little_are_set_aside(tmp_path):
    rows = ["P001,INV-1,,,26-05-03,100.00,,,,26-05-04"]
    finance = check(tmp_path, "\n".join([csv_with_days(lambda *_: "", []).strip(), *rows]))
    assert reported(finance)["LIST_YEAR_ORDER"] == "must fix"


def test_the_day_between_year_and_month_sets_the_others_aside(tmp_path):
    finance = check(tmp_path, csv_with_days(lambda day, _: f"{day:%Y-%d-%m}" if day else ""))
    assert "must fix" in reported(finance).values()
    assert finance.ledger.rows_set_aside == len(ROWS)
