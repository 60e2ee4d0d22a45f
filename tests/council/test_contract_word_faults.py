"""Words of a contract that cannot be used: each is named by its place, with the word that was probably meant."""

from __future__ import annotations

import pytest

from xlkpi.council.contract_word_faults import find_code_faults, find_word_faults


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"payment_days": 0}, "payment_days is 0. Enter a whole number of 1 or more."),
        ({"minutes_days": -1}, "minutes_days is -1. Enter a whole number of 0 or more."),
        ({"payment_target": 101}, "payment_target is 101. Enter a percentage of at most 100."),
        ({"positions": ["A", "B", "C", "D"]}, "positions has 4 entries. Keep at most 3."),
        ({"texts": {"warning leter": ""}}, "texts: “warning leter” is not known. Did you mean warning letter?"),
        (
            {"texts": {"warning by": "by {bye}"}},
            "texts, warning by has {bye}, which nothing fills in. Did you mean by?",
        ),
        (
            {"texts": {"warning by": "by {by:d}"}},
            "texts, warning by has {by:d}, which nothing fills in. Did you mean by?",
        ),
        (
            {"texts": {"routine": "{"}},
            "texts, routine has a single brace. Write {{ or }} for a brace that is meant.",
        ),
    ],
)
def test_of_a_number_or_a_sentence(words, fault):
    assert list(find_word_faults(words)) == [fault]


def test_sound_words_and_notes_have_none():
    words = {"payment_days": 1, "minutes_days": 0, "positions": ["A"], "texts": {"warning by": "{by}", "_note": "{"}}
    assert list(find_word_faults(words)) == []


def test_of_a_code_that_no_version_has():
    words = {"invoice_indicator": "HC 11", "short_names": {"HC 2": "Visits", "_note": "x"}}
    assert list(find_code_faults(words, ("HC 1", "HC 2"))) == [
        "“HC 11” is not an indicator. Did you mean HC 1?",
    ]
    assert list(find_code_faults({}, ("HC 1",))) == []
