"""In which unit bands are written and outturns shown: percent, a number, pounds, days."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.every_outturn import every_outturn
from xlkpi.core.bands import parse_bands
from xlkpi.core.outturn_units import (
    band_example,
    describe_pair,
    highest_outturn,
    is_in_unit,
    more_or_less,
    parse_outturn,
    scale_of,
    show_edge,
    show_figures,
    show_outturn,
    steps_of,
    stretch_example,
)
from xlkpi.core.vocabulary import OutturnRule

SHARE, REST, COUNT, AMOUNT, DAYS = OutturnRule


def definition(code):
    return every_outturn().find(code).effective


@pytest.mark.parametrize("rule", OutturnRule)
def test_the_examples_are_in_their_own_unit_and_can_be_read(rule):
    red, amber, green = band_example(rule).replace(" or ", ", ").split(", ")
    assert parse_bands(green, amber, red, scale_of(rule)).faults(highest_outturn(rule), 1) == ()
    stretch = stretch_example(rule).rpartition("as ")[2]
    assert parse_outturn(stretch, rule) is not None
    others = [other for other in OutturnRule if other is not rule and other.is_share is not rule.is_share]
    assert [other for other in others if is_in_unit(stretch, other)] == []


@pytest.mark.parametrize(
    ("text", "rule", "outturn"),
    [
        ("98%", SHARE, Fraction(98, 100)), ("98", SHARE, None), ("£98", SHARE, None), ("12", COUNT, 12),
        ("1,200", COUNT, 1200), ("12%", COUNT, None), ("£450.50", AMOUNT, Fraction(901, 2)), ("450", AMOUNT, None),
        ("4.5 days", DAYS, Fraction(9, 2)), ("1 day", DAYS, 1), ("<5 days", DAYS, None), ("5", DAYS, None),
    ],
)  # fmt: skip
def test_one_outturn_is_read_in_its_unit_alone(text, rule, outturn):
    assert parse_outturn(text, rule) == outturn


@pytest.mark.parametrize(
    ("rule", "edge", "shown"),
    [
        (REST, Fraction(975, 1000), "97.5%"), (SHARE, Fraction(1), "100%"), (COUNT, Fraction(1200), "1,200"),
        (AMOUNT, Fraction(120050, 100), "£1,200.50"), (DAYS, Fraction(1), "1 day"), (DAYS, Fraction(9, 2), "4.5 days"),
        (AMOUNT, Fraction(25, 2), "£12.50"), (AMOUNT, Fraction(1, 8), "£0.125"),
    ],
)  # fmt: skip
def test_an_edge_has_the_decimals_that_it_has(rule, edge, shown):
    assert show_edge(rule, edge) == shown


@pytest.mark.parametrize(
    ("code", "outturn", "shown"),
    [
        ("S 1", Fraction(912, 1000), "91.20%"), ("S 1", Fraction(97496, 100000), "97.496%"),
        ("N 1", Fraction(1234), "1,234"), ("A 1", Fraction(5), "£5.00"),
        ("A 2", Fraction(123450, 100), "£1,234.50"), ("D 1", Fraction(9, 2), "4.50 days"),
        ("D 1", Fraction(4499, 1000), "4.499 days"), ("D 1", Fraction(449999999999, 10**11), "4.50000000 days"),
        ("D 4", Fraction(4499, 1000), "4.50 days"), ("A 3", Fraction(12504, 1000), "£12.504"),
        ("D 4", Fraction(33, 8), "4.13 days"), ("S 1", Fraction(29, 32), "90.63%"), ("S 2", Fraction(-1, 32), "-3.13%"),
    ],
)  # fmt: skip
def test_an_outturn_is_shown_on_its_side_of_an_edge(code, outturn, shown):
    assert show_outturn(definition(code), outturn) == shown


def test_figures_are_shown_with_their_unit():
    assert show_figures(definition("S 1"), 40, 50) == "x 40, y 50"
    assert show_figures(definition("N 1"), 40, None) == "x 40"
    assert show_figures(definition("A 1"), Fraction(123450, 100), None) == "x £1,234.50"
    assert show_figures(definition("D 1"), 30, 12) == "x 30 days, y 12"
    assert describe_pair(1240, 1300, definition("S 1")) == "1,240 of 1,300"
    assert describe_pair(30, 12, definition("D 1")) == "30 days over 12"
    assert describe_pair(Fraction(1), None, definition("D 2")) == "1 day"


def test_things_are_fewer_and_pounds_and_days_are_less():
    assert [more_or_less(rule, rises=False) for rule in OutturnRule] == ["fewer", "fewer", "fewer", "less", "less"]
    assert {more_or_less(rule, rises=True) for rule in OutturnRule} == {"more"}


def test_only_a_share_has_a_highest_outturn_and_only_what_is_counted_has_steps():
    assert [highest_outturn(rule) for rule in OutturnRule] == [1, 1, None, None, None]
    assert highest_outturn(SHARE, carried_over=True) is None
    assert [steps_of(rule, has_y=False) for rule in (COUNT, AMOUNT, DAYS)] == [1, 100, 100]
    assert (steps_of(SHARE, has_y=True), steps_of(DAYS, has_y=True)) == (None, None)


@pytest.mark.parametrize(
    ("bands", "rule", "steps", "faults"),
    [
        ((">5", "3-5", "0-2"), COUNT, 1, 0), ((">5", "3-5", "0-2"), DAYS, None, 1),
        ((">5", "4-5", "0-2"), COUNT, 1, 1), (("£100.01-£200", "n/a", "£0-£100"), AMOUNT, 100, 1),
        ((">£100", "n/a", "£0-£99.99"), AMOUNT, 100, 1), ((">£99.99", "n/a", "£0-£99.99"), AMOUNT, 100, 0),
        ((">£100", "£100-£100", "<£100"), AMOUNT, 100, 0),
    ],
)  # fmt: skip
def test_bands_of_whole_steps_meet_where_nothing_lies_between_them(bands, rule, steps, faults):
    assert len(parse_bands(*bands, scale_of(rule)).faults(None, steps)) == faults
