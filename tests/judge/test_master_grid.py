"""From real files to the master: every indicator at every band's edge, under both readings, as the oracle has it.

The same pairs go through the worksheet formulas (here), through LibreOffice's functions and Excel's call path
(tests/hosts); all are held against the one oracle, so all four agree with each other. Half of the pairs are rated
under one reading, half under the other, all under both by hand: `python -m tests.by_hand.grids`.
"""

from __future__ import annotations

import pytest

import xlkpi
from tests.corpus.many_returns import CATALOGUE, filled
from tests.judge.formula_grid import READINGS, WHOLE, edge_pairs
from tests.judge.oracle import expected
from tests.judge.real_returns import JUDGED
from tests.judge.sheet_rows import sheet_rows
from tests.lots import LOTS
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period

Q4 = Period(2026, 4)
SWITCHED = tuple(code for code, indicator in CATALOGUE.indicators.items() if indicator.why)


@pytest.mark.parametrize("reading", READINGS)
def test_the_master_rates_every_edge_as_the_oracle_does(tmp_path, reading):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    pairs = {}
    counts = [pair for pair in edge_pairs() if all(isinstance(count, int) and count >= 0 for count in pair)]
    for number, pair in enumerate(counts if WHOLE else counts[READINGS.index(reading) :: 2]):
        who = Provider(f"P{number:04d}", f"Provider {number:04d}", lots=LOTS, transport=True)
        pairs[who.provider_id] = pair
        data, _ = filled(who, 1, Q4, pair=pair, as_written=SWITCHED if reading == "as written" else ())
        (inbox / f"{number}.xlsx").write_bytes(data)
    xlkpi.consolidate(inbox, tmp_path / "master.xlsx", jobs=1, keep=False)
    header, *rows = sheet_rows(tmp_path / "master.xlsx", "Data")
    results = [dict(zip(header, row, strict=True)) for row in rows]
    assert len(results) == len(pairs) * len(CATALOGUE.indicators)
    wrong = []
    for row in results:
        if row["indicator"] not in JUDGED:
            continue
        x, y = pairs[row["provider_id"]]
        wanted = expected(row["indicator"], x, y, reading)
        outturn = None if wanted.outturn is None else float(wanted.outturn)
        assert (row["x"], row["y"], row["reading"] in ("effective", reading)) == (x, y, True)
        if row["state"] != wanted.state or (row["outturn"] is not None and row["outturn"] != pytest.approx(outturn)):
            wrong.append((row["indicator"], x, y, row["state"], wanted))
    assert wrong == []
