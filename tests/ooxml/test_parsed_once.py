"""A sheet that the parser takes over from the short cut is parsed once, however often it is asked."""

from __future__ import annotations

from tests.ooxml.test_fast_path_agrees import FAST, SAMPLE, parse, sheets


def test_what_the_parser_takes_over_is_parsed_once():
    part = sheets(SAMPLE)[1].replace(b"<f>B2", b'<f t="normal">B2')
    parses = []
    contents = FAST(part, lambda: parses.append(1) or parse(part))
    assert contents.cells["L7"] == parse(part).cells["L7"]
    for _ in range(3):
        assert contents.arrays() == ()
        assert contents.cells["F7"][0][1] == 42
    assert parses == [1]
