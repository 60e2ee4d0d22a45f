"""A case system counts by service: its rows are added up where they say so, and never compared by halves."""

from __future__ import annotations

import pytest

from tests.field.list_files import NUMBERED, text_file
from tests.finance.ledger_builders import GOOD_LEDGER_ROW, checked, registered
from xlkpi.core.period import Period
from xlkpi.finance.extract import read_extract
from xlkpi.finance.providers import ProviderDirectory

HEADER = "provider_id,period,indicator,service,x,y"
PLAIN = "provider_id,period,indicator,x,y"
S2 = ("P001", "KPI S2")


def extract(folder, *lines, name="extract.csv"):
    path = text_file(folder, *lines, name=name)
    return read_extract(path, Period(2026, 2), ProviderDirectory(NUMBERED, {}), {})


def counted(read):
    return {key: (count.x, count.y) for key, count in read.counts.items()}


def messages(read):
    return [(finding.severity.value, finding.message) for finding in read.findings]


def test_rows_of_different_services_are_added_up(tmp_path):
    rows = ["P001,2026-27 Q2,KPI S2,Hub A,1,3", "P001,Q2 2026/27,KPI S2,Hub B,0,2.00", "P002,26/27 Q2,KPI S2,Hub A,0,4"]
    read = extract(tmp_path, HEADER, *rows, "P001,2026-27 Q1,KPI S2,Hub A,9,9")
    assert counted(read) == {S2: (1, 5), ("P002", "KPI S2"): (0, 4)}
    assert (read.rows_read, read.other_periods, read.rows_set_aside, messages(read)) == (4, 1, 0, [])


@pytest.mark.parametrize("header", ["Site", "Team", "Location", "service name", "Scheme"])
def test_the_column_of_services_under_other_names(tmp_path, header):
    rows = ["P001,2026-27 Q2,KPI S2,A,1,3", "P001,2026-27 Q2,KPI S2,B,0,2"]
    assert counted(extract(tmp_path, HEADER.replace("service", header), *rows)) == {S2: (1, 5)}


UNSURE = {
    "no column of services": (
        [PLAIN, "P001,2026-27 Q2,KPI S2,1,3", "P001,2026-27 Q2,KPI S2,0,2"],
        "and nothing says that each is a service of its own, so it is not compared."
        ' Keep one, or name the column of the services with --columns "service=Its header".',
    ),
    "a service left empty": (
        [HEADER, "P001,2026-27 Q2,KPI S2,A,1,3", "P001,2026-27 Q2,KPI S2,,0,2"],
        "and nothing says that each is a service of its own, so it is not compared."
        ' Keep one, or name the column of the services with --columns "service=Its header".',
    ),
    "a service twice": (
        [HEADER, "P001,2026-27 Q2,KPI S2,Hub,1,3", "P001,2026-27 Q2,KPI S2,HUB,0,2"],
        "two of which name one service, so it is not compared. Keep one line per service.",
    ),
    "a total below": (
        [HEADER, "P001,2026-27 Q2,KPI S2,Hub,1,3", "P001,2026-27 Q2,KPI S2,All services,1,3"],
        "one of which is a total, so it is not compared. Keep the total or the services.",
    ),
}


@pytest.mark.parametrize(("lines", "why"), UNSURE.values(), ids=UNSURE)
def test_what_cannot_be_added_up_is_not_compared_and_said(tmp_path, lines, why):
    read = extract(tmp_path, *lines)
    assert (counted(read), read.unsure, read.rows_set_aside) == ({}, {S2}, 2)
    assert messages(read) == [("query", f"extract.csv line 2: KPI S2 of P001 is on 2 lines, {why}")]


@pytest.mark.parametrize(
    "row", ["P001,2026-27 Q2,KPI S2,B,two,2", "P001,2026-27 Q2,KPI S2,B,1,234,5", 'P001,2026-27 Q2,KPI S2,"B,0,2']
)
def test_a_sum_of_which_a_row_cannot_be_read_is_not_compared(tmp_path, row):
    read = extract(tmp_path, HEADER, "P001,2026-27 Q2,KPI S2,A,1,3", row)
    assert (counted(read), read.unsure) == ({}, {S2})
    assert messages(read)[0][1].startswith("extract.csv line 3 is set aside: ")
    assert messages(read)[1:] == [
        (
            "query",
            "extract.csv line 2: KPI S2 of P001 is on 2 lines, one of which cannot be read, so it is not compared."
            " Correct it.",
        )
    ]


def test_whose_a_row_is_and_rows_that_are_not_ours(tmp_path):
    rows = [
        "104523,Whoever,2026-27 Q2,KPI S2,1,3",
        ",Oast House Ltd,2026-27 Q2,KPI S2,0,4",
        "9,Other,2026-27 Q2,x,y,z",
        ",,2026-27 Q2,KPI S2,1,1",
    ]
    read = extract(tmp_path, "Supplier No,Supplier Name,period,indicator,x,y", *rows)
    assert counted(read) == {S2: (1, 3), ("P002", "KPI S2"): (0, 4)}
    assert [message.split(":")[0] for _, message in messages(read)] == [
        "extract.csv line 5 is set aside",
        "extract.csv",
    ]


def test_several_extracts_are_one(tmp_path):
    paths = [
        text_file(tmp_path, HEADER, f"P001,2026-27 Q2,KPI S2,{team},1,2", name=f"{team}.csv")
        for team in ("north", "south")
    ]
    read = read_extract(paths, Period(2026, 2), ProviderDirectory(NUMBERED, {}), {})
    assert (counted(read), read.file) == ({S2: (2, 4)}, "north.csv, south.csv")


def test_the_check_does_not_say_that_the_extract_lacks_what_it_has_twice(tmp_path):
    lines = [PLAIN, "P001,2026-27 Q2,KPI S2,1,3", "P001,2026-27 Q2,KPI S2,0,2"]
    check = checked(
        tmp_path,
        [GOOD_LEDGER_ROW],
        {1: (0, 1)},
        register=registered(1),
        extract=text_file(tmp_path, *lines, name="extract.csv"),
    )
    about = [each.finding.code.name for each in check.findings if each.finding.indicator == "KPI S2"]
    assert about == ["EXTRACT_ROWS"]
    lines = {line.indicator.code: line.agreement.value for line in check.cross.lines}
    assert lines["KPI S2"] == "Not checked"
