"""Which period a folder collects where nobody names one: the latest that has ended, however few have returned it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consolidation.return_builders import SMALL, manifest
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.which_period import choose_period
from xlkpi.core.period import Period

Q1, Q2, Q3, Q4 = (Period(2026, quarter) for quarter in (1, 2, 3, 4))
DAY = date(2026, 11, 24)
"""In Q3, so that Q2 is the latest that has ended."""


def returns(*periods):
    return {
        f"{number}": SMALL.build_return(manifest(number, f"Provider {number}", period=period), {})
        for number, period in enumerate(periods, start=1)
    }


CHOICES = [
    ((Q1, Q1, Q1, Q2), Q2, ""),
    ((Q2, Q3, Q3, Q3), Q2, ""),
    ((Q1, Q1, Q3), Q1, "No return of 2026-27 Q2, the latest period that has ended, is in the folder: 2026-27 Q1"),
    ((Period(2024, 4), Q1), Q1, "2026-27 Q1 was taken. To collect another period, name it."),
    ((Q4, Q3), Q3, "2026-27 Q3 was taken."),
    ((Period(2062, 2),), None, ""),
    ((), None, ""),
]


@pytest.mark.parametrize(("periods", "chosen", "note"), CHOICES)
def test_the_latest_period_that_has_ended_is_taken_and_another_one_only_with_a_sentence(periods, chosen, note):
    result = SMALL.together(returns(*periods))
    assert result.period == chosen
    assert note in result.period_note
    assert bool(note) == bool(result.period_note)


def test_a_period_that_is_named_needs_no_sentence():
    result = SMALL.together(returns(Q1, Q1), period=Q4)
    assert (result.period, result.period_note) == (Q4, "")


@pytest.mark.parametrize(("day", "chosen"), [(date(2026, 9, 30), Q1), (date(2026, 10, 1), Q2), (date(2027, 1, 1), Q3)])
def test_a_period_has_ended_on_the_day_after_its_last(day, chosen):
    files = [FoundFile(name, checked) for name, checked in returns(Q1, Q2, Q3).items()]
    assert choose_period(files, day).period == chosen
