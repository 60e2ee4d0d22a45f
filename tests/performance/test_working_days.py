"""Working days of England, by the government's list, by numpy and by hand; ten of them are a letter's deadline."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlkpi.performance.working_days import add_working_days, is_working_day

# Bank holidays in England as the government announced them, typed in by hand.
BANK_HOLIDAYS = [
    "2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03", "2022-08-29", "2022-09-19",
    "2022-12-26", "2022-12-27",
    "2023-01-02", "2023-04-07", "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29", "2023-08-28", "2023-12-25",
    "2023-12-26",
    "2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26", "2024-12-25", "2024-12-26",
    "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26",
    "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
    "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28",
]  # fmt: skip
DAYS = st.dates(date(2022, 1, 1), date(2027, 11, 30))


@settings(deadline=None)  # the first day loads the library of holidays
@given(DAYS)
def test_a_working_day_is_one_by_the_governments_list(day):
    assert is_working_day(day) == bool(np.is_busday(day, holidays=BANK_HOLIDAYS))


@settings(deadline=None)
@given(DAYS.filter(lambda day: day < date(2027, 11, 1)), st.integers(1, 20))
def test_working_days_are_counted_as_numpy_counts_them(day, count):
    start = np.busday_offset(day, 0, roll="backward", holidays=BANK_HOLIDAYS)
    assert add_working_days(day, count) == np.busday_offset(start, count, holidays=BANK_HOLIDAYS).item()


TEN_DAYS = [
    # a plain fortnight: Monday to Monday
    (date(2026, 6, 1), date(2026, 6, 15)),
    # over Easter 2026: Good Friday 3 April, Easter Monday 6 April
    (date(2026, 3, 30), date(2026, 4, 15)),
    # over Easter 2027 and its early May: Good Friday 26 March, Easter Monday 29 March
    (date(2027, 3, 22), date(2027, 4, 7)),
    # both May bank holidays: 4 and 25 May 2026
    (date(2026, 4, 30), date(2026, 5, 15)),
    (date(2026, 5, 21), date(2026, 6, 5)),
    # over Christmas 2026: Friday 25 December, Boxing Day on Saturday kept on Monday 28 December, 1 January 2027
    (date(2026, 12, 18), date(2027, 1, 6)),
    # over Christmas 2027, on a Saturday and a Sunday: kept on Monday 27 and Tuesday 28 December; 3 January 2028
    (date(2027, 12, 20), date(2028, 1, 6)),
    # one-off: the Queen's funeral, Monday 19 September 2022
    (date(2022, 9, 9), date(2022, 9, 26)),
    # one-off: the Platinum Jubilee, Thursday 2 and Friday 3 June 2022
    (date(2022, 5, 27), date(2022, 6, 14)),
    # one-off: the Coronation, Monday 8 May 2023, with the early May holiday on 1 May
    (date(2023, 4, 28), date(2023, 5, 16)),
    # received on a Saturday and on a bank holiday: counted from the next working day
    (date(2026, 8, 29), date(2026, 9, 14)),
    (date(2026, 8, 31), date(2026, 9, 14)),
]


@pytest.mark.parametrize(("received", "by"), TEN_DAYS)
def test_ten_working_days(received, by):
    assert add_working_days(received, 10) == by


BY_HAND = [
    (date(2026, 11, 24), 10, date(2026, 12, 8)),
    (date(2026, 12, 18), 10, date(2027, 1, 6)),  # Christmas, Boxing Day moved to Monday, New Year
    (date(2027, 3, 24), 10, date(2027, 4, 9)),  # Good Friday and Easter Monday
    (date(2026, 11, 28), 1, date(2026, 11, 30)),  # received on a Saturday
    (date(2026, 11, 24), 0, date(2026, 11, 24)),
]


@pytest.mark.parametrize(("day", "count", "after"), BY_HAND)
def test_working_days_by_hand(day, count, after):
    assert add_working_days(day, count) == after
