"""Bands: as the Schedule prints them, and on which side each edge falls."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

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


@pytest.mark.parametrize(
    ("text", "highest", "beyond"),
    [(">100%", 1, True), (">=100%", 1, False), (">100.5%", 1, True), (">100%", None, False), ("<0%", 1, True),
     ("<=0%", 1, False), ("<5%", 1, False), ("0-100%", 1, False)],
)  # fmt: skip
def test_a_band_that_no_outturn_can_reach_is_beyond(text, highest, beyond):
    assert parse_interval(text).is_beyond(highest) is beyond


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


# --- decimals, two bands, and whether bands fit together ---


@cache
def percent_of(text, step=Fraction(1, 20)):
    """The percentages of a grid that a band contains, by reading its text in another way than the code does."""
    low, high, low_open, high_open = Fraction(-1), Fraction(201), False, False
    words = text.replace("%", "").replace("above ", ">~").replace(" to below ", "~<").replace(" to ", "~")
    if words[0] in "<>" and "~" not in words:
        edge = Fraction(words.lstrip("<>="))
        if words[0] == "<":
            high, high_open = edge, "=" not in words
        else:
            low, low_open = edge, "=" not in words
    else:
        first, _, second = words.replace(">~", ">").replace("-", "~").partition("~")
        low_open, high_open = first.startswith(">"), second.startswith("<")
        low = Fraction(first.lstrip(">"))
        high = Fraction(second.lstrip("<")) if second else low
    grid = (step * number for number in range(int(200 / step) + 1))
    return frozenset(
        p for p in grid if (p > low or (p == low and not low_open)) and (p < high or (p == high and not high_open))
    )


DECIMALS = [
    "<92.5%",
    ">97.25%",
    ">=97.5%",
    "<=0.1%",
    "92.5-97.5%",
    "92.5% to below 97.5%",
    "above 92.5% to 97.5%",
    "99.95%",
]


@pytest.mark.parametrize("text", DECIMALS)
def test_bands_with_decimals_are_exact(text):
    interval, wanted = parse_interval(text), percent_of(text)
    for number in range(4001):
        p = Fraction(number, 20)
        assert interval.holds(p.numerator, 100 * p.denominator) is (p in wanted), (text, p)


@pytest.mark.parametrize("band_text", [*DECIMALS, "<85%", ">95%", "100%"])
@pytest.mark.parametrize("other", [*DECIMALS, "<85%", ">95%", "100%"])
def test_an_outturn_that_two_bands_share_is_found_where_there_is_one(band_text, other):
    shared = parse_interval(band_text).overlap(parse_interval(other))
    both = percent_of(band_text) & percent_of(other)
    assert (shared is not None) is bool(both)
    if shared is not None:
        for text in (band_text, other):
            assert parse_interval(text).holds(shared.numerator, shared.denominator)


def test_bands_without_ends_share_what_one_of_them_has():
    assert Interval().overlap(Interval()) is None
    assert Interval(high=5, high_open=True).overlap(Interval()) == Fraction(9, 200)
    assert Interval(high=5).overlap(Interval()) == Fraction(1, 20)
    assert Interval(low=5, low_open=True).overlap(Interval()) == Fraction(11, 200)


FAULTY = [
    # red, amber, green, and the bands to correct
    ("<85%", "85-95%", ">95%", []),
    (">25%", "10-25%", "<10%", []),
    ("<92.5%", "n/a", ">=92.5%", []),
    ("<85%", "85-99%", "100%", ["Amber"]),
    ("<85%", "86-95%", ">95%", ["Red"]),
    ("<85%", "80-95%", ">95%", ["Red"]),
    ("<85%", "85-95%", "96-98%", ["Green", "Amber"]),
    ("5-84%", "84% to below 95%", ">=95%", ["Red", "Red"]),
    (">95%", "85-95%", ">95%", ["Green", "Amber"]),
    ("<85%", "96-97%", "85-95%", ["Green", "Amber", "Red"]),
    ("1-5%", "n/a", "0%", ["Red", "Red"]),
]


@pytest.mark.parametrize(("red", "amber", "green", "wrong"), FAULTY)
def test_bands_that_do_not_fit_together_are_named(red, amber, green, wrong):
    assert sorted(rag.value for rag, _ in parse_bands(red, amber, green).faults()) == sorted(wrong)


def test_outturns_may_have_no_highest_value():
    assert [rag.value for rag, _ in parse_bands("<85%", "85% to below 100%", "100%").faults(None)] == ["Green"]
    assert parse_bands("<85%", "85-95%", ">95%").faults(None) == ()


def test_two_bands_have_no_amber():
    bands = parse_bands("<92.5%", "n/a", ">=92.5%")
    assert [bands.rag(n, 1000) for n in (924, 925)] == [Rag.RED, Rag.GREEN]
