"""Working days of England, and the deadline a timescale names."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlkpi.core.deadlines import find_deadline
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


NAMED = [
    ("31/03/2027", date(2027, 3, 31)),
    ("by 1.4.27", date(2027, 4, 1)),
    ("1-4-2027", date(2027, 4, 1)),
    ("2027-03-31", date(2027, 3, 31)),
    ("31 March 2027", date(2027, 3, 31)),
    ("31st of March, 2027", date(2027, 3, 31)),
    ("by the 3rd Sept 2026.", date(2026, 9, 3)),
    ("March 31, 2027", date(2027, 3, 31)),
    ("end of February 2028", date(2028, 2, 29)),
    ("Dec 2026", date(2026, 12, 31)),
    ("2026-27 Q3", date(2026, 12, 31)),
    ("begin 1 December 2026, done 31 January 2027", date(2027, 1, 31)),
    ("done 31/01/2027 (begun 01/12/2026)", date(2027, 1, 31)),
    ("3 March 2027", date(2027, 3, 3)),  # and not the end of March
    ("31\nMarch\xa02027", date(2027, 3, 31)),
]


@pytest.mark.parametrize(("text", "day"), NAMED)
def test_a_day_is_read_as_people_write_it(text, day):
    assert find_deadline(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "ongoing", "within 3 months", "31/02/2027", "31/13/2027", "next March", "31 March", "KPI 1/2/3", "2027",
     "45 May 2027", "phone 01632 960001", "00/00/0000", "3/4", "by Easter 2027", "1/2/2027/3",
     "May 0000", "Dec 9999", "2026-28 Q3"],
)  # fmt: skip
def test_no_day_is_made_up(text):
    assert find_deadline(text) is None


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y"]))
def test_every_day_survives_every_spelling(day, spelling):
    assert find_deadline(f"finished by {day.strftime(spelling)} at the latest") == day


@given(st.text(max_size=60))
def test_no_text_breaks_it(text):
    found = find_deadline(text)
    assert found is None or found > date.min + timedelta(days=1)
