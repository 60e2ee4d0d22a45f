"""The bank holidays written down are those the library tells; without this test they could grow old unseen."""

from __future__ import annotations

import json
from datetime import date

import holidays
import pytest

from tests.house.project_files import ROOT
from xlkpi.performance.working_days import is_working_day

KEPT = json.loads((ROOT / "xlkpi/performance/bank_holidays.json").read_text(encoding="utf-8"))


def test_what_is_kept_is_what_the_library_says():
    years = range(KEPT["from"], KEPT["to"] + 1)
    text = holidays.country_holidays("GB", subdiv="ENG", years=list(years))
    listed = sorted(str(day) for day in text if day.year in years)
    assert KEPT["days"] == listed, "run: python scripts/regenerate.py --only holidays"


@pytest.mark.parametrize("day", [date(2011, 12, 26), date(2022, 9, 19), date(2026, 12, 25), date(2051, 12, 25)])
def test_a_day_is_free_whether_it_is_kept_or_asked_for(day):
    assert not is_working_day(day)
