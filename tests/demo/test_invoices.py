"""The sample ledger and extract: real enough to show every kind of thing, and read without trouble."""

from __future__ import annotations

import csv
import io

from tests.consolidation.return_builders import build_return, manifest
from xlkpi.demo.sample_ledger import HEADER, collect_entries, make_extract, make_ledger

PERIOD = "2026-27 Q2"


def entries(many=12, y=20):
    figures = {"KPI S2": (1, y), "KPI S1": (2, 30)}
    return collect_entries(
        [build_return(manifest(number, f"Provider {number}"), figures) for number in range(1, many + 1)], PERIOD
    )


def test_the_ledger_bears_out_most_of_what_was_returned_and_holds_some_odd_rows():
    head, *rows = csv.reader(io.StringIO(make_ledger(entries()).decode("utf-8-sig")))
    assert tuple(head) == HEADER
    assert 12 * 20 - 5 <= len(rows) <= 12 * 20 + 12
    assert any(row[5].startswith("(") for row in rows)
    assert any(row[4] == "31/09/2026" for row in rows)
    assert any(row[0].startswith("PO") for row in rows)
    assert len({tuple(row) for row in rows}) < len(rows)


def test_the_extract_leaves_out_kpi_s2_and_some_rows():
    head, *rows = csv.reader(io.StringIO(make_extract(entries(), PERIOD).decode("utf-8-sig")))
    assert head == ["provider_id", "period", "indicator", "x", "y"]
    assert {row[2] for row in rows} == {"KPI S1"}
    assert 6 < len(rows) <= 12
    assert all(int(row[3]) <= int(row[4]) for row in rows)


def test_the_same_returns_give_the_same_lists_and_none_give_none():
    assert make_ledger(entries()) == make_ledger(entries())
    assert make_ledger({}).decode("utf-8-sig").count("\n") == 1
