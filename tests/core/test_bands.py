"""Bands: as the Schedule prints them, and on which side each edge falls."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.cell_contents import examples
from tests.judge.oracle import within
from xlkpi.core.bands import Bands, Interval, parse_bands, parse_interval
from xlkpi.core.vocabulary import Rag

PRINTED = [
    ("<85%", Interval(high=85, high_open=True)),
    (">95%", Interval(low=95, low_open=True)),
    ("85-95%", Interval(low=85, high=95)),
    ("100%", Interval(low=100, high=100)),
    ("85% to below 100%", Interval(low=85, high=100, high_open=True)),
]


@pytest.mark.parametrize(("text", "interval"), PRINTED)
def test_a_band_is_read_as_the_schedule_prints_it(text, interval):
    assert parse_interval(text) == interval


@pytest.mark.parametrize("text", ["", "n/a", "about 85%", "=85%", "85-90-95%", "85.%", "> 85 or so"])
def test_a_band_nobody_can_read_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parse_interval(text)


HELD = [
    # band, share in percent, whether it is held
    ("<85%", 84, True),
    ("<85%", 85, False),
    (">95%", 95, False),
    (">95%", 96, True),
    ("85-95%", 84, False),
    ("85-95%", 85, True),
    ("85-95%", 95, True),
    ("85-95%", 96, False),
    ("100%", 99, False),
    ("100%", 100, True),
    ("100%", 101, False),
    ("85% to below 100%", 85, True),
    ("85% to below 100%", 99, True),
    ("85% to below 100%", 100, False),
]


@pytest.mark.parametrize(("text", "percent", "held"), HELD)
def test_each_edge_falls_on_its_side(text, percent, held):
    assert parse_interval(text).holds(percent, 100) is held
    assert parse_interval(text).holds(percent * 10**30, 100 * 10**30) is held


def test_a_hair_beside_the_edge_is_beside_it():
    above = parse_interval(">95%")
    assert not above.holds(95 * 10**30, 10**32)
    assert above.holds(95 * 10**30 + 1, 10**32)


def test_an_interval_without_ends_holds_everything():
    assert Interval().holds(0, 1)
    assert Interval().holds(10**40, 1)


BAND = st.one_of(
    st.integers(0, 100).map("<{}%".format),
    st.integers(0, 100).map(">{}%".format),
    st.integers(0, 100).map("{}%".format),
    st.tuples(st.integers(0, 50), st.integers(51, 100)).map("{0[0]}-{0[1]}%".format),
)


@examples(300)
@given(BAND, st.integers(0, 10**12), st.integers(1, 10**12))
def test_bands_and_oracle_agree(text, n, d):
    assert parse_interval(text).holds(n, d) == within(text, 100 * Fraction(n, d))


def test_three_bands_rate_and_say_nothing_where_they_say_nothing():
    bands = parse_bands("<85%", "85-99%", "100%")
    assert bands == Bands(parse_interval("<85%"), parse_interval("85-99%"), parse_interval("100%"))
    assert [bands.rag(n, 1000) for n in (849, 850, 990, 995, 1000)] == [Rag.RED, Rag.AMBER, Rag.AMBER, None, Rag.GREEN]


def test_an_info_indicator_has_no_bands():
    assert parse_bands("n/a", "n/a", "n/a") is None
    with pytest.raises(ValueError, match=r"."):
        parse_bands("n/a", "85-95%", ">95%")
