"""The band that a slip was meant to be, in the unit of its outturn; what nobody can tell stays as it is."""

from __future__ import annotations

import pytest

from xlkpi.catalogue.near_band import describe_unread, find_near_band, find_retyped_band
from xlkpi.core.vocabulary import OutturnRule

SHARE, COUNT, AMOUNT, DAYS = OutturnRule.X_OF_Y, OutturnRule.COUNT, OutturnRule.AMOUNT, OutturnRule.DAYS


@pytest.mark.parametrize(
    ("text", "rule", "band"),
    [
        ("< 92.5 %", SHARE, "<92.5%"),
        ("below 92,5%", SHARE, "<92.5%"),
        ("at least 97.5 per cent", SHARE, ">=97.5%"),
        ("no more than 5%", SHARE, "<=5%"),
        ("under 1 percent", SHARE, "<1%"),
        ("97.5%+", SHARE, ">=97.5%"),
        ("97.5% or more", SHARE, ">=97.5%"),
        ("=>97.5%", SHARE, ">=97.5%"),
        ("between 85% and 95%", SHARE, "85-95%"),
        ("85–95", SHARE, "85-95%"),
        ("0.85-0.95", SHARE, "85-95%"),
        ("0.5%-1", SHARE, "0.5-1%"),
        ("N/A", SHARE, "n/a"),
        ("-", COUNT, "n/a"),
        ("more than 1,000", COUNT, ">1,000"),
        (">5%", COUNT, ">5"),
        ("under 1,200.50 pounds", AMOUNT, "<£1,200.50"),
        ("£1.75 to 2.50", AMOUNT, "£1.75-£2.50"),
        ("over 10 working days", DAYS, ">10 days"),
        ("<=1", DAYS, "<=1 days"),
        ("good", SHARE, ""),
        ("<85%, or 90%", SHARE, ""),
        ("<85%", SHARE, ""),
    ],
)
def test_a_slip_is_the_band_that_was_meant(text, rule, band):
    assert find_near_band(text, rule) == band


@pytest.mark.parametrize(
    ("text", "rule", "typed"),
    [
        ("1", SHARE, "100%"),
        ("0.005", SHARE, "0.5%"),
        ("8.5", AMOUNT, "£8.5"),
        ("4.5", DAYS, "4.5 days"),
        ("2026-05-02", COUNT, "2-5"),
        ("2026-05-02", DAYS, "2-5 days"),
        ("0", COUNT, ""),
        ("<85%", SHARE, ""),
    ],
)
def test_what_a_spreadsheet_program_made_of_a_band_is_typed_again(text, rule, typed):
    assert find_retyped_band(text, rule) == typed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("85-95%", ""),
        ("95-85%", "amber is “95-85%”. Write the lower edge first"),
        ("85-95", "amber is “85-95”. Did you mean 85-95%?"),
        ("good", "amber is “good”. Write a band as <85%, 85-95% or >95%"),
    ],
)
def test_a_band_that_cannot_be_read_is_named_with_what_to_write(text, says):
    assert describe_unread("amber", text, SHARE) == says
