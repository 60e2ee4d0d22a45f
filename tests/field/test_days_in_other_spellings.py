"""*Sept* and the other ways in which people and programs write a day."""

from __future__ import annotations

import pytest

from tests.field.ledgers import RIGHT, check, counted, csv_with_days, reported

SPELLINGS = [
    "{day:%d}-Sept-{day:%Y}", "{day:%d} Sept {day:%y}", "{day:%d}/Sep/{day:%Y}", "{day:%d}-SEP-{day:%y}",
    "{day:%d}Sep{day:%Y}", "{day.day}th of Sept., {day:%Y}", "Sept {day.day} {day:%Y}", "September {day.day}, {day:%Y}",
    "{day:%Y}-Sep-{day:%d}", "{day:%d} {day:%m} {day:%Y}", "{day:%Y%m%d}", "{day:%Y}/{day:%m}/{day:%d}",
    "{day:%d}\u2011{day:%m}\u2011{day:%Y}", "{day:%d}-SEP-{day:%y} 00.00.00.000000", "Thu, {day:%d} Septem. {day:%Y}",
    "{day:%d}/{day:%m}/{day:%Y} 00:00:00", "Sep {day.day}, {day:%Y} 12:00:00 AM",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_day_is_read_in_the_spelling_of_the_ledger(tmp_path, spelling):
    def spelt(day, _):
        return "" if day is None else '"' + spelling.format(day=day.replace(month=9)) + '"'

    finance = check(tmp_path, csv_with_days(spelt))
    assert (counted(finance), reported(finance)) == (RIGHT, {})
