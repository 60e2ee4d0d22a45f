"""Where to look first, counted by hand."""

from __future__ import annotations

from tests.consolidation.return_builders import SMALL, manifest
from xlkpi.consolidation.ranking import worst_indicators, worst_providers
from xlkpi.consolidation.series import build_series
from xlkpi.core.direction import Direction
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag

CATALOGUE, build_return, together = SMALL.catalogue, SMALL.build_return, SMALL.together

Q4, Q1 = Period(2025, 4), Period(2026, 1)
RED, AMBER, GREEN = (50, 100), (90, 100), (99, 100)  # of KPI S3


def county():
    files = {
        "ash": build_return(manifest(1, "Ash"), {"KPI S1": (30, 100), "KPI S3": RED}),
        "beech": build_return(manifest(2, "Beech"), {"KPI S1": (20, 100), "KPI S3": RED}),
        "cedar": build_return(manifest(3, "cedar"), {"KPI S1": (0, 100), "KPI S3": AMBER}),
        "dogwood": build_return(manifest(4, "Dogwood"), {"KPI S1": (0, 100), "KPI S3": GREEN}),
        "ash before": build_return(manifest(1, "Ash", period=Q4), {"KPI S1": (0, 100)}),
        "beech before": build_return(manifest(2, "Beech", period=Q4), {"KPI S1": (30, 100)}),
        "ash last quarter": build_return(manifest(1, "Ash", period=Q1), {"KPI S3": RED}),  # a quarterly indicator
        "beech last quarter": build_return(manifest(2, "Beech", period=Q1), {"KPI S3": AMBER}),
    }
    result = together(files)
    return result, build_series(result, CATALOGUE)


def test_providers_by_red_then_amber_and_the_green_ones_not():
    ranked = worst_providers(*county())
    assert [
        (
            ranked_provider.provider,
            ranked_provider.red,
            ranked_provider.amber,
            ranked_provider.green,
            ranked_provider.better,
            ranked_provider.worse,
        )
        for ranked_provider in ranked
    ] == [
        ("Ash", 2, 0, 0, 0, 1),
        ("Beech", 1, 1, 0, 1, 1),
        ("cedar", 0, 1, 1, 0, 0),
    ]


def test_indicators_with_the_pooled_outturn_and_where_the_county_went():
    first, second = worst_indicators(*county())
    assert (first.indicator.code, first.red, first.amber, first.green) == ("KPI S3", 2, 1, 1)
    assert (first.county.x, first.county.y) == (50 + 50 + 90 + 99, 400)
    assert (first.county.assessed.rag, first.direction) == (Rag.RED, Direction.BETTER)  # from 140 of 200
    assert (second.indicator.code, second.red, second.amber, second.green) == ("KPI S1", 1, 1, 2)
    assert second.direction is Direction.BETTER  # 50 of 400 refused, 30 of 200 before


def test_nothing_found_nothing_ranked():
    result = together({})
    assert worst_indicators(result, {}) == worst_providers(result, {}) == ()
