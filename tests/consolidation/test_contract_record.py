"""The record of all periods: the same whichever period is on screen, from files or from masters."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consolidation.return_builders import SMALL, manifest, provider
from xlkpi.catalogue.load import terms_of
from xlkpi.commands.previous import record_of_master
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.core.period import Period
from xlkpi.sheets.master.write_master import write_master

Q1, Q2, Q3, Q4 = (Period(2026, quarter) for quarter in (1, 2, 3, 4))
NAMES = {1: "Ash", 2: "Beech", 3: "Cedar"}
AS_OF = date(2027, 5, 20)
EVERYBODY = [(number, period) for number in NAMES for period in (Q1, Q2, Q3, Q4)]


def name_of(number):
    return NAMES.get(number, f"No. {number:02d}")


def consolidated(returned, *, period=Q4, register=tuple(NAMES), as_of=AS_OF, history=None):
    """A consolidation in which each provider's return is that of the pairs of number and period."""
    results = []
    for number, each in returned:
        checked = SMALL.build_return(manifest(number, name_of(number), period=each), {"KPI S3": (9, 10)})
        results.append(FoundFile(f"{number} {each}.xlsx", checked))
    known = None if register is None else [provider(number, name_of(number)) for number in register]
    more = {} if history is None else {"history": history}
    return consolidate_files(results, SMALL.council_of(known), period=period, as_of=as_of, **more)


def missing_in(record):
    """The ids of the providers whose return is missing, by period."""
    return {
        str(each.period): [absent.provider.provider_id for absent in each.missing]
        for each in record.periods
        if each.missing
    }


@pytest.mark.parametrize("period", [Q1, Q2, Q3, Q4])
def test_the_record_is_the_same_whichever_period_is_on_screen(period):
    returned = [pair for pair in EVERYBODY if pair not in ((2, Q2), (2, Q3))]
    record = consolidated(returned, period=period).record
    assert [each.period for each in record.periods] == [Q1, Q2, Q3, Q4]
    assert missing_in(record) == {"2026-27 Q2": ["P002"], "2026-27 Q3": ["P002"]}
    assert [len({row.provider_id for row in each.rows}) for each in record.periods] == [3, 2, 2, 3]
    assert record == consolidated(returned, period=Q4).record


def test_a_period_without_any_return_counts_where_few_are_expected():
    record = consolidated([(1, Q2), (1, Q4)], register=(1,)).record
    assert missing_in(record) == {"2026-27 Q3": ["P001"]}


def test_nothing_is_missing_before_the_first_period_that_was_collected():
    many = range(11, 21)
    stray = [(11, Q1)]
    record = consolidated([*stray, *((number, Q3) for number in many)], register=many, period=Q3).record
    assert missing_in(record) == {"2026-27 Q4": [f"P{number:03d}" for number in many]}, "Q1 came from one of ten"


def test_without_a_register_nobody_is_missing():
    assert missing_in(consolidated(EVERYBODY[:-1], register=None).record) == {}


def test_a_master_carries_the_record_of_its_period(tmp_path):
    returned = [pair for pair in EVERYBODY if pair != (3, Q3)]
    whole = consolidated(returned).record
    records = []
    for period in (Q1, Q2, Q3):
        path = tmp_path / f"{period}.xlsx"
        at_the_time = [pair for pair in returned if pair[1] <= period]
        write_master(consolidated(at_the_time, period=period), path, catalogue=SMALL.catalogue)
        records.append(record_of_master(path, terms_of(SMALL.catalogue)))
    history = records[0].completed(records[1]).completed(records[2])
    again = consolidated([pair for pair in returned if pair[1] == Q4], history=history, register=None).record
    assert missing_in(again) == missing_in(whole) == {"2026-27 Q3": ["P003"]}
    assert [(row.period, row.provider_id, row.x) for row in again.rows] == [
        (row.period, row.provider_id, row.x) for row in whole.rows
    ]


def test_what_a_file_says_goes_before_what_a_master_says():
    file, master = consolidated([(1, Q2)], period=Q3).record, consolidated([(1, Q2), (2, Q2)], period=Q3).record
    both = file.completed(master).by_period[Q2]
    assert sorted(both.returned) == ["P001", "P002"]
    assert [row.provider_id for row in both.rows if row.indicator == "KPI S3"] == ["P001", "P002"]
    assert [absent.provider.provider_id for absent in both.missing] == ["P003"]


def test_a_day_before_a_period_ends_nobody_is_missing_in_it():
    record = consolidated([(1, Q1), (2, Q1)], period=Q1, as_of=date(2026, 9, 30)).record
    assert missing_in(record) == {"2026-27 Q1": ["P003"]}
    assert record.before(None).periods == ()
