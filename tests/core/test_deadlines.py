"""The deadline a timescale names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.core.deadlines import find_deadline

DAYS = st.dates(date(2022, 1, 1), date(2027, 11, 30))


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
    deadline = find_deadline(text)
    assert deadline is None or deadline > date.min + timedelta(days=1)
