"""Trends agrees with pandas working from raw x and y alone, with bands read from the contract's text."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from tests.consolidation.return_builders import CATALOGUE
from tests.judge.oracle import rag_word
from tests.performance.two_years import NOW, county, history, returned, together
from xlkpi.consolidation.series import COUNTY, build_series
from xlkpi.core.period import Period
from xlkpi.sheets.master.trends import COLUMNS, plan_trends

STEPS = {"quarterly": 1, "six-monthly": 2, "annual": 4}
LOW_IS_GOOD = {"KPI S1", "KPI E2", "KPI I4"}


@pytest.fixture(scope="module")
def everything():
    return county()[0]


@pytest.fixture(scope="module")
def sheet(everything):
    rows = plan_trends(everything, CATALOGUE, build_series(everything, CATALOGUE)).tables[0].rows
    return pd.DataFrame(rows, columns=[column.header for column in COLUMNS])


def raw(result):
    """x and y as returned, with the quarter as one number."""
    rows = [
        (row.period.year * 4 + row.period.number, str(row.period), row.provider_id, row.indicator, row.x, row.y)
        for row in (*result.earlier, *result.rows)
    ]
    return pd.DataFrame(rows, columns=["n", "period", "provider_id", "indicator", "x", "y"])


def step_of(code):
    return STEPS[CATALOGUE.indicators[code].effective.frequency.value]


def expected(result):
    """Every figure with its change and direction, by merging each with the one a due period earlier."""
    one_by_one = raw(result)
    pooled = one_by_one.groupby(["n", "period", "indicator"], as_index=False)[["x", "y"]].sum().assign(provider_id="")
    every = pd.concat([one_by_one, pooled], ignore_index=True)
    counted = every.x.where(every.indicator != "KPI S2", every.y - every.x)
    every["share"] = [Fraction(int(n), int(d)) for n, d in zip(counted, every.y, strict=True)]
    every["before"] = every.n - every.indicator.map(step_of)
    key = ["provider_id", "indicator"]
    then = every[[*key, "n", "share", "period"]].rename(columns={"n": "before", "share": "was", "period": "compared"})
    return every.merge(then, on=[*key, "before"], how="left")


def direction_of(row):
    if row.indicator.startswith("INFO"):
        return None
    if pd.isna(row.was):
        return "New"
    rise = (row.share > row.was) - (row.share < row.was)
    return {1: "Better", 0: "Same", -1: "Worse"}[-rise if row.indicator in LOW_IS_GOOD else rise]


def test_every_figure_change_and_direction_is_what_pandas_finds(everything, sheet):
    wanted = expected(everything)
    wanted["word"] = [direction_of(row) for row in wanted.itertuples()]
    key = ["provider_id", "indicator", "period"]
    both = sheet.merge(wanted, on=key, suffixes=("", "_raw"), how="outer", indicator="found_in")
    assert set(both.found_in) == {"both"}
    assert len(both) > 1_000
    assert (both.x == both.x_raw).all()
    assert (both.y == both.y_raw).all()
    assert (both.outturn == both.share).all()
    assert both.direction.where(both.direction.notna(), None).tolist() == both.word.tolist()
    change = [None if pd.isna(row.was) else (row.share - row.was) * 100 for row in both.itertuples()]
    assert both["change, points"].where(both["change, points"].notna(), None).tolist() == change
    assert both["compared with"].fillna("").tolist() == both.compared.fillna("").tolist()
    assert {"Better", "Same", "Worse", "New"} <= set(both.word.dropna())


def test_rag_of_every_figure_is_the_oracles(sheet):
    for row in sheet.itertuples():
        if row.indicator.startswith("KPI"):
            assert row.rag == rag_word(row.indicator, row.x, row.y, "effective"), row


def test_the_county_is_pooled_and_no_mean_of_percentages():
    both = [returned(n, NOW, {"KPI S3": xy}) for n, xy in ((1, (0, 1)), (2, (99, 99)))]
    figure = build_series(together(both), CATALOGUE)[COUNTY, "KPI S3"].at(NOW)
    assert (figure.x, figure.y, figure.returns) == (99, 100, 2)
    assert figure.assessed.outturn == Fraction(99, 100)


def test_entries_to_check_are_not_pooled_and_no_cases_count_nothing():
    wrong = [returned(n, NOW, {"KPI S3": xy}) for n, xy in ((1, (50, None)), (2, (0, 0)), (3, (9, 10)))]
    figure = build_series(together(wrong), CATALOGUE)[COUNTY, "KPI S3"].at(NOW)
    assert (figure.x, figure.y) == (9, 10)


def test_a_provider_renamed_keeps_its_path():
    before = returned(1, Period(2025, 4), {"KPI S3": (9, 10)})
    now = returned(1, NOW, {"KPI S3": (10, 10)})
    old = before.manifest.__class__(**{**vars(before.manifest), "provider": "Old Name Ltd"})
    result = together([before.__class__(**{**vars(before), "manifest": old}), now])
    rows = [
        row
        for row in plan_trends(result, CATALOGUE, build_series(result, CATALOGUE)).tables[0].rows
        if row[1] == "P001" and row[3] == "KPI S3"
    ]
    assert [(row[2], row[12]) for row in rows] == [(now.manifest.provider, "New"), (now.manifest.provider, "Better")]


def test_rows_stand_by_provider_indicator_and_period_with_the_county_first(sheet):
    assert sheet.provider.tolist()[0] == "County"
    codes = list(CATALOGUE.indicators)
    names = sheet.provider.str.casefold().where(sheet.provider != "County", "")
    order = list(zip(names, sheet.provider_id, sheet.indicator.map(codes.index), sheet.period, strict=True))
    assert order == sorted(order)


def test_without_any_return_there_is_nothing_to_show_and_nothing_breaks():
    nothing = together([], period=None)
    table = plan_trends(nothing, CATALOGUE, build_series(nothing, CATALOGUE)).tables[0]
    assert not table.rows
    assert not history({NOW: {}}).earlier
