"""Which number formats show a count as it is stored, and what the others make of it."""

from __future__ import annotations

import pytest

from xlkpi.ooxml.number_formats import BUILT_IN
from xlkpi.ooxml.shown_number import (
    EXPONENT,
    FRACTION,
    MONEY,
    NOTHING,
    OTHER,
    PERCENT,
    SCALED,
    TEXT,
    TIME,
    shown_as,
)

PLAIN = (
    "General", "general", "GENERAL", "", "0", "#,##0", "#", "0.00", "#,##0.00", "###0", "00000", "?0", "# ##0",
    "#\xa0##0",
    '#" "##0', "#\\ ##0", "0_)", "0_);(0)", "0_);[Red](0)", "#,##0_);[Red](#,##0)", "0;-0;0;@", "0;@", "General;@",
    "0_ ",
    "#,##0_ ;[Red]\\-#,##0\\ ", "[Blue]0", "[Color10]0", "[colour 3]0", "[$-809]#,##0", "[$-409]General", "[>=0]0;-0",
    "[<10]0;[<100]0.0;#,##0", "_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", '0" "', "General_)",
)  # fmt: skip


@pytest.mark.parametrize("code", PLAIN)
def test_a_plain_format_shows_the_count(code):
    assert shown_as(code, 4.0) == ""
    assert shown_as(code, 4000.0) == ""


ODD = [
    ("[h]:mm:ss", TIME), ("[h]:mm", TIME), ("[mm]:ss", TIME), ("hh:mm", TIME), ("h:mm AM/PM", TIME),
    ("dd/mm/yyyy", TIME),
    ("mmm", TIME), ("[$-F800]dddd, mmmm dd", TIME), ("[ss]", TIME), ("0,", SCALED), ("#,##0,,", SCALED),
    ("0.0,", SCALED),
    ('#,##0,"k"', SCALED), ("[$£-809]#,##0.00", MONEY), ("£#,##0", MONEY), ('"£"#,##0', MONEY), ("\\£0", MONEY),
    ("[$USD] 0", MONEY), ("#,##0 €", MONEY), ("0%", PERCENT), ("0.00%", PERCENT), ("[Red]0%", PERCENT),
    ("# ?/?", FRACTION),
    ("# ??/16", FRACTION), ("0.00E+00", EXPONENT), ("##0.0e-0", EXPONENT), ("@", TEXT), ('"No. "@', TEXT),
    (";;;", NOTHING),
    (";", NOTHING), ('""', NOTHING), ("[White]0", NOTHING), ('0" visits"', OTHER), ('"about "0', OTHER), ("+0", OTHER),
    ("-0", OTHER), ("(0)", OTHER), ("0-00", OTHER), ("000 000 0", OTHER), ("*-0", OTHER), ("[DBNum1]0", OTHER),
    ("[<1]0", OTHER),
    ("0x", OTHER), ('General" people"', OTHER), ("0" * 300, OTHER), ('"ten"', OTHER), ("[h", TIME), ('"open', OTHER),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words"), ODD)
def test_any_other_format_shows_something_else(code, words):
    assert shown_as(code, 4.0) == words


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ('0"0"', 4.0, OTHER),
        ("0\\0", 4.0, OTHER),
        ('"4"', 4.0, OTHER),
        ('0;-0;"0"', 0.0, ""),
        ("#", 0.0, NOTHING),
        ("#,###", 0.0, NOTHING),
        ("0;-0;;@", 0.0, NOTHING),
        ("0;-0;;@", 4.0, ""),
        ("0;-0", 0.0, ""),
        ('0;-0;"none"', 0.0, OTHER),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', 0.0, ""),
        ('[<100]0;[<1000]0,"k";0', 99.0, ""),
        ('[<100]0;[<1000]0,"k";0', 100.0, SCALED),
        ('[<100]0;[<1000]0,"k";0', 1000.0, ""),
        ("[=4]0;[<>4]0%", 5.0, PERCENT),
        ("[>4]0%;[<=4]0", 4.0, ""),
        ("0;(0);0", -4.0, OTHER),
    ],
)
def test_the_section_that_applies_decides(code, value, words):
    assert shown_as(code, value) == words


def test_the_built_in_formats_are_judged_too():
    plain = {number for number, code in BUILT_IN.items() if not shown_as(code, 4.0)}
    assert plain == {0, 1, 2, 3, 4, 37, 38, 39, 40, 41, 43}
    assert {shown_as(BUILT_IN[number], 4.0) for number in (5, 6, 7, 8, 42, 44)} == {MONEY}
