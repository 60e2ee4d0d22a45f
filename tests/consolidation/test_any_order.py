"""Neither the order of the files nor their names, nor the number of processes, changes a master."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import pytest

from tests.consolidation.county_sample import county
from tests.consolidation.return_builders import CATALOGUE, Inbox, council_of, together
from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.findings import Code
from xlkpi.sheets.master.plan_master import plan_master
from xlkpi.writing.workbook import render_workbook

NAMING = {Code.SUPERSEDED, Code.SAME_FILE, Code.UNREADABLE}  # their messages show a file's name


def nameless(lines):
    return [replace(line, file="") for line in lines]


def nameless_findings(result):
    return [
        (finding.provider_id, finding.provider, finding.finding)
        for finding in result.findings
        if finding.finding.code not in NAMING
    ]


@pytest.mark.parametrize("seed", range(8))
def test_order_and_names_of_the_files_play_no_part(seed):
    files, register = county()
    usual = together(files, register=register)
    dice = random.Random(seed)
    shuffled = list(files.values())
    dice.shuffle(shuffled)
    renamed = {
        f"{dice.randrange(10**9)}/{number}.xlsx": shuffled_return for number, shuffled_return in enumerate(shuffled)
    }
    other = together(renamed, register=register)
    assert usual.earlier
    assert usual.record.plans
    for rows in ("rows", "earlier"):
        assert nameless(getattr(other, rows)) == nameless(getattr(usual, rows))
    assert nameless(other.record.rows) == nameless(usual.record.rows)
    assert nameless(other.record.plans) == nameless(usual.record.plans)
    assert nameless_findings(other) == nameless_findings(usual)
    same = {field.name for field in fields(usual) if field.compare} - {"rows", "findings", "files", "earlier", "record"}
    assert {name: getattr(other, name) for name in same} == {name: getattr(usual, name) for name in same}
    assert sorted(row.status.value for row in other.files) == sorted(row.status.value for row in usual.files)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_reading_alone_changes_nothing_at_all(seed):
    files, register = county()
    pairs = list(files.items())
    random.Random(seed).shuffle(pairs)
    assert together(dict(pairs), register=register) == together(files, register=register)


def test_a_second_run_gives_the_same_bytes_however_many_processes_read(tmp_path):
    files, register = county()
    inbox = Inbox(tmp_path / "in", files)
    masters = []
    for jobs in (1, 2):
        result = collect_period(ReturnSources(inbox.folder), council_of(register), ReadOptions(inbox.check, jobs))
        masters.append(render_workbook(plan_master(result, CATALOGUE)))
    assert masters[0] == masters[1]
