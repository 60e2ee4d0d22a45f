"""What can be seen of a text, and what is never words."""

from __future__ import annotations

import pytest

from xlkpi.core.visible_text import fold_code, is_blank, is_error_value, tidy

NOTHING = (
    "",
    " ",
    "\xa0",
    "\n",
    "\t \r\n",
    "\u200b",
    "\u2003",
    "\u202f\ufeff",
    "\u2800",
    "\u3164",
    "\u200e\u202a\u202c",
    "\xad",
)


@pytest.mark.parametrize("text", NOTHING)
def test_what_shows_nothing_is_blank(text):
    assert is_blank(text)
    assert tidy(text) == ""


@pytest.mark.parametrize(
    ("text", "seen"),
    [(" 0 ", "0"), ("\ufeff196\u200b", "196"), ("two\n lines", "two lines"), ("a\x07b", "ab"), ("é\xa0\xa0e", "é e")],
)
def test_what_can_be_seen_is_kept_in_one_line(text, seen):
    assert tidy(text) == seen
    assert not is_blank(text)


@pytest.mark.parametrize(
    "text",
    ["#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
     "#FIELD!",
     "#BLOCKED!", "#CONNECT!", "#BUSY!", "#PYTHON!", "#ERROR!", "Err:502", "Err:508", "#ERR:504"],
)  # fmt: skip
def test_an_error_value_is_known_whichever_program_shows_it(text):
    assert is_error_value(text)


@pytest.mark.parametrize("text", ["", "#DIV/0! again", "#1 priority", "#n/a", "Everybody", "Err:", "# REF!", "REF!"])
def test_words_are_not_an_error_value(text):
    assert not is_error_value(text)


@pytest.mark.parametrize(
    "text", ["KPI\u00a0S3", "KPI  S3", "KPI S3\u200b", "kpi s3", " KPI\u2009S3", "KPIS3", "ＫＰＩ Ｓ３", "KPI\nS3"]
)
def test_a_code_is_the_same_with_other_spaces_and_letters(text):
    assert fold_code(text) == fold_code("KPI S3")


def test_other_codes_stay_apart_and_a_long_text_is_not_searched_for_one():
    assert fold_code("KPI S4a") != fold_code("KPI S4b")
    assert fold_code("Ｓ" * 121) == "ｓ" * 121
