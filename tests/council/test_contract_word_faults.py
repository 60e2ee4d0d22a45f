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


ROWS = ({"code": "HC 1", "measured": "Return", "y": "visits"},
        {"code": "HC 2", "measured": "Return, compared with Mosaic", "y": "n/a", "outturn": "count"})  # fmt: skip


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"invoice_indicator": "HC 11"}, "invoice_indicator: “HC 11” is not an indicator. Did you mean HC 1?"),
        ({"short_names": {"HC 3": "Visits", "_note": "x"}}, "short_names: “HC 3” is not an indicator. Did you mean"),
        ({"invoice_indicator": "HC 2"}, "invoice_indicator is HC 2, which is not a share. Name one with invoices"),
    ],
)
def test_of_what_no_indicator_has(words, fault):
    (only,) = find_code_faults(words, ROWS)
    assert only.startswith(fault)


def test_words_that_fit_the_indicators_have_none():
    words = {"invoice_indicator": "HC 1", "short_names": {"HC 2": "Visits"}}
    assert list(find_code_faults(words, ROWS)) == list(find_code_faults({}, ROWS)) == []


@pytest.mark.parametrize("key", ["document", "provider", "area"])
def test_a_word_that_is_empty_would_leave_a_hole_in_a_sentence(key):
    assert list(find_word_faults({key: " "})) == [f"{key} is empty. Enter a word, or delete the line."]
