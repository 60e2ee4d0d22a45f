"""Going from one pool to another of very different size is no trend, and the master says so wherever it shows it."""

from __future__ import annotations

import pytest

from tests.consolidation.return_builders import SMALL, manifest
from xlkpi.consolidation.series import COUNTY, build_series
from xlkpi.core.direction import Direction
from xlkpi.core.period import Period
from xlkpi.sheets.master.plan_master import plan_master
from xlkpi.sheets.master.trend_charts import plan_trend_charts
from xlkpi.sheets.master.trends import COLUMNS, plan_trends

CATALOGUE, build_return, together = SMALL.catalogue, SMALL.build_return, SMALL.together

NOW, BEFORE = Period(2026, 2), Period(2026, 1)


def county(now, before):
    """A consolidation in which each pair is x and y of KPI S3 in a return of a provider of its own."""
    files = {}
    for period, pairs in ((NOW, now), (BEFORE, before)):
        for number, pair in enumerate(pairs, start=1):
            whose = manifest(number, f"Provider {number:02d}", period=period)
            files[f"{period} {number}.xlsx"] = build_return(whose, {"KPI S3": pair})
    return together(files, period=NOW)


def path(now, before):
    return build_series(county(now, before), CATALOGUE)[COUNTY, "KPI S3"]


@pytest.mark.parametrize(
    ("now", "before", "uneven"),
    [
        ([(9, 10)] * 40, [(8, 10)] * 3, True),  # nearly everybody now, three before
        ([(9, 10)] * 3, [(8, 10)] * 40, True),
        ([(9, 10)] * 4, [(8, 10)] * 2, False),  # half is not less than half
        ([(9, 10)] * 5, [(8, 25)] * 2, True),  # fewer than half the returns, though y is the same
        ([(9, 10)] * 2, [(20, 21)] * 2, True),  # as many returns, less than half the y
        ([(9, 10)] * 2, [(19, 20)] * 2, False),
        ([(9, 10)] * 2, [], False),  # nothing before: New, no trend to be read
        ([(9, 10)] * 9, [(0, 0)], False),  # no cases before: New as well
        ([(0, 0)], [(9, 10)] * 9, False),
    ],
)
def test_less_than_half_the_returns_or_the_y(now, before, uneven):
    assert path(now, before).uneven(NOW) is uneven


SEVERAL = [(30, 60), *[(10, 10)] * 5]
"""One is Red, so that the KPI stands under where to look first; 80 of 110 for the county."""


@pytest.mark.parametrize(
    ("before", "note"), [([(1, 10)] * 2, "uneven"), ([(1, 20)] * 3, ""), ([(2, 25), (2, 25), (2, 25)], "")]
)
def test_the_master_says_it_beside_went_wherever_it_stands(before, note):
    result = county(SEVERAL, before)
    cells = {(cell.row, cell.col): cell.value for cell in plan_master(result, CATALOGUE).sheets[0].cells}
    (below,) = [row for (row, col), value in cells.items() if col == 1 and value == "KPI S3"]
    (first,) = [row for (row, col), value in cells.items() if col == 9 and value == "KPI S3"]
    assert [cells[below, col] for col in (8, 9)] == [Direction.BETTER.value, note]
    assert [cells[first, col] for col in (15, 16)] == [Direction.BETTER.value, note]
    (table,) = plan_trends(result, CATALOGUE, build_series(result, CATALOGUE)).tables
    headers = [column.header for column in COLUMNS]
    texts = [dict(zip(headers, row, strict=True)) for row in table.rows]
    (county_row,) = [row for row in texts if row["provider"] == "County" and row["period"] == str(NOW)]
    assert (county_row["direction"], county_row["note"]) == (Direction.BETTER.value, note)
    assert not any(row["note"] for row in texts if row["provider"] != "County")
    (title,) = [chart.title for chart in plan_trend_charts(result, CATALOGUE, build_series(result, CATALOGUE)).charts]
    assert title == "KPI S3: 72.73% Red, Better" + (f", {note}" if note else "")


def test_small_and_uneven_are_both_said_on_two_lines():
    sheet = plan_master(county([(4, 5)], [(9, 10)] * 3), CATALOGUE).sheets[0]
    rows = {cell.row for cell in sheet.cells if cell.value == "small, uneven"}
    assert len(rows) == 2
    assert rows <= {row for row, points in sheet.heights if points > 25}
