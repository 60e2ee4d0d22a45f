"""Every pair of colours can be read, and a row is as high as its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.planned_returns import PLANS
from xlkpi.layout.styles import STYLES
from xlkpi.layout.text_size import count_lines, fold, row_height, sure_length

ENOUGH = 4.5
WHITE = "#FFFFFF"


def luminance(colour):
    """Relative luminance, WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(colour, other):
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_one_of_the_guidelines():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", WHITE) < ENOUGH


@pytest.mark.parametrize("name", STYLES)
def test_text_can_be_read_on_its_fill(name):
    style = STYLES[name]
    assert contrast(style.ink, style.fill or WHITE) >= ENOUGH


def test_text_can_be_read_on_the_fill_of_its_highlight():
    for plan in PLANS.values():
        for sheet in plan.sheets:
            for highlight in sheet.highlights:
                style = STYLES[highlight.style]
                if style.numbers:
                    continue  # changes how a number is written, and neither fill nor ink
                assert style.fill
                assert contrast(style.ink, style.fill) >= ENOUGH


RATINGS = ("Green", "Amber", "Red", "Information")


def test_a_rating_is_filled_only_where_its_word_stands():
    seen = set()
    for sheet in PLANS["Q4 blank"].sheets[1:]:
        for highlight in sheet.highlights:
            if highlight.style in RATINGS:
                seen.add(highlight.style)
                words = (highlight.style,) if highlight.style != "Red" else ("Red", "Check")
                assert any(f'="{word}"' in highlight.formula for word in words)
    assert seen == set(RATINGS)


def test_a_word_longer_than_its_line_is_cut_and_counted():
    style = STYLES["header"]
    assert count_lines("w" * 20, 10, style) < count_lines("w" * 200, 10, style)
    assert count_lines("short " + "w" * 200, 10, style) > 2


@pytest.mark.parametrize("name", ["text", "header", "title"])
@pytest.mark.parametrize("width", [8, 33.5, 90])
def test_so_many_characters_take_one_line_whichever_they_are(name, width):
    length = sure_length(width, STYLES[name])
    assert length > 0
    assert {count_lines(letter * length, width, STYLES[name]) for letter in "Ww@M…漢"} == {1}
    assert count_lines("W " * length, width, STYLES[name]) > 1


def test_words_that_do_not_fit_go_into_the_next_line():
    lines = fold("first second third", 8, STYLES["text"])
    assert list(lines) == ["first", "second", "third"]


@given(st.text(st.characters(exclude_categories=("C",)), max_size=300), st.floats(1, 100))
def test_more_text_is_never_given_less_room(text, width):
    style = STYLES["text"]
    lines = count_lines(text, width, style)
    assert 1 <= lines <= count_lines(text + " and more", width, style)
    assert count_lines(text + "\n" + text, width, style) == 2 * lines
    assert row_height(lines) <= row_height(lines + 1) <= 409
    assert " ".join(fold(text, width, style)).split() == text.split()
