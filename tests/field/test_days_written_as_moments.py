"""A program that keeps moments in UTC writes midnight of a summer's day in Kent as 23:00 of the day before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.field.ledgers import RIGHT, ROWS, SECOND, check, counted, csv_with_days, reported, with_days, workbook_of

FIRST_OF_APRIL = [
    "P001,INV-{number},01/04/2026,10/04/2026,01/04/2026,100.00,{dispute},14/04/2026".format(
        number=number, dispute="06/04/2026,rate," if number == 1 else ",,"
    )
    for number in range(1, 6)
]


def before_midnight(ending):
    return lambda day, _: "" if day is None else f"{day - timedelta(days=1)}{ending}"


@pytest.mark.parametrize(
    ("ending", "expected_text"),
    [
        ("T23:00:00Z", {"LIST_DAYS_UTC": "note"}),
        ("T23:00:00.000Z", {"LIST_DAYS_UTC": "note"}),
        (" 23:00:00 UTC", {"LIST_DAYS_UTC": "note"}),
        (" 23:00:00+00:00", {"LIST_DAYS_UTC": "note"}),
        (" 11:00:00 PM GMT", {"LIST_DAYS_UTC": "note"}),
        (" 23:00:00", {"LIST_DAYS_EVENING": "query"}),
        ("T23:00", {"LIST_DAYS_EVENING": "query"}),
    ],
)
def test_the_evening_before_in_utc_is_the_day_in_kent(tmp_path, ending, expected_text):
    finance = check(tmp_path, csv_with_days(before_midnight(ending), [*FIRST_OF_APRIL, *SECOND]))
    assert counted(finance) == RIGHT  # 31 March would be another period
    assert reported(finance) == expected_text
    assert finance.marked["received_date"].min() == date(2026, 4, 1).toordinal()
    assert finance.marked["disputed_date"].max() == date(2026, 4, 6).toordinal()


def test_date_cells_with_23_00_are_the_day_after_too(tmp_path):
    def moment(day, _):
        return None if day is None else datetime(day.year, day.month, day.day) - timedelta(hours=1)  # noqa: DTZ001

    rows = with_days(moment, [*FIRST_OF_APRIL, *SECOND])
    finance = check(tmp_path, workbook_of(rows), name="ledger.xlsx")
    assert (counted(finance), reported(finance)) == (RIGHT, {"LIST_DAYS_EVENING": "query"})


@pytest.mark.parametrize(
    "ending", ["T00:00:00Z", "T00:00:00+01:00", " 00:00:00", " 09:30", "T09:30:00Z", " 23:00:00+01:00"]
)
def test_other_times_leave_the_day_as_it_is(tmp_path, ending):
    rows = csv_with_days(lambda day, _: "" if day is None else f"{day}{ending}")
    finance = check(tmp_path, rows)
    assert (counted(finance), reported(finance)) == (RIGHT, {})
    assert finance.marked["received_date"].max() == date(2026, 5, 3).toordinal()


def test_times_of_which_only_some_are_23_00_are_times(tmp_path):
    def at_work(day, column):
        return "" if day is None else f"{day} {'23:00' if column == 'received_date' else '16:20'}"

    finance = check(tmp_path, csv_with_days(at_work))
    assert reported(finance) == {}
    assert finance.marked["received_date"].max() == date(2026, 5, 3).toordinal()


def test_winter_midnights_in_utc_are_those_of_kent(tmp_path):
    rows = [row.replace("/05/2026", "/01/2026") for row in ROWS]
    finance = check(tmp_path, csv_with_days(lambda day, _: "" if day is None else f"{day}T00:00:00Z", rows))
    assert finance.marked["received_date"].max() == date(2026, 1, 3).toordinal()
    assert reported(finance) == {"LEDGER_OTHER_PERIOD": "query"}
