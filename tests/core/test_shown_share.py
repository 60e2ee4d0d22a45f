"""What is shown is on the side of every edge on which it is judged: an oracle over small y and large ones."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from xlkpi.catalogue.load import load_catalogue
from xlkpi.core.shown_share import MOST_DECIMALS, decimals_to_show, round_beside_edges
from xlkpi.core.vocabulary import Reading
from xlkpi.layout.provider_texts import LastFigures

EDGES = (0, 50, 75, 80, 85, 90, 95, 97, 98, 99, 100)


def shown(share, decimals):
    """As a spreadsheet rounds what it shows: half away from zero."""
    exact = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return Fraction(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def side(percent, edge):
    return (percent > edge) - (percent < edge)


def near_edges(y):
    """The shares x of y that are at an edge or one case beside it."""
    for edge in EDGES:
        for x in (edge * y // 100 - 1, edge * y // 100, edge * y // 100 + 1):
            if 0 <= x <= y:
                yield Fraction(x, y)


@pytest.mark.parametrize("ys", [range(1, 61), (999, 19_999, 99_999, 100_001, 999_999)])
@pytest.mark.parametrize("usual", [0, 1, 2])
def test_the_decimals_keep_every_share_on_its_side_of_every_edge(ys, usual):
    for y in ys:
        for share in near_edges(y):
            decimals = decimals_to_show(share, usual)
            assert [side(shown(share, decimals), e) for e in EDGES] == [side(share * 100, e) for e in EDGES], share
            beside = round_beside_edges(share, max(usual, 1)) * 100
            assert [side(beside, edge) for edge in EDGES] == [side(share * 100, edge) for edge in EDGES], share


def test_every_band_of_the_catalogue_is_judged_as_it_is_shown():
    bands = [
        indicator.read(reading).bands
        for indicator in load_catalogue().indicators.values()
        for reading in Reading
        if indicator.read(reading).bands
    ]
    assert bands
    for y in (7, 40, 250, 24_999, 100_003):
        for share in near_edges(y):
            seen = shown(share, decimals_to_show(share, 2)) / 100
            exact = {band.rag(share.numerator, share.denominator) for band in bands}
            assert {band.rag(seen.numerator, seen.denominator) for band in bands} == exact, share


def test_extra_decimals_appear_only_where_rounding_would_reach_a_whole_percent():
    assert [decimals_to_show(Fraction(n, 10_000), 2) for n in (8_999, 9_000, 9_001)] == [2, 2, 2]
    assert decimals_to_show(Fraction(2, 3), 2) == 2
    assert decimals_to_show(Fraction(89_996, 100_000), 2) == 3
    assert decimals_to_show(Fraction(9 * 10**12 - 1, 10**13), 2) == MOST_DECIMALS


def test_a_step_before_the_edge():
    assert round_beside_edges(Fraction(89_999, 100_000), 1) == Fraction(899, 1000)
    assert round_beside_edges(Fraction(90_001, 100_000), 1) == Fraction(901, 1000)
    assert round_beside_edges(Fraction(9, 10), 1) == Fraction(9, 10)
    assert round_beside_edges(Fraction(2, 3), 1) == Fraction(667, 1000)
    assert round_beside_edges(Fraction(1225, 10_000), 1) == Fraction(123, 1000), (
        "a half goes up, as a spreadsheet has it"
    )


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [(42, 50, "84.00%"), (22_499, 25_000, "89.996%"), (9, 10, "90.00%"), (179_999, 200_000, "89.9995%"), (0, 0, "")],
)
def test_last_periods_outturn_in_a_return(x, y, words):
    figures = LastFigures("2025-26 Q4", x, y, x / y if y else None, "Amber")
    assert figures.shown == f"2025-26 Q4: {x} of {y}{f', {words}' if words else ''}, Amber"
