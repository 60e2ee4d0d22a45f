"""What a contract is called, and how a code becomes the name of a cell."""

from __future__ import annotations

import pytest

from xlkpi.catalogue.load import load_terms
from xlkpi.core.contract_texts import TEXTS, find_unfilled_names
from xlkpi.core.contract_words import UNNAMED, parse_words
from xlkpi.core.indicator import slug_of
from xlkpi.core.near_text import find_nearest, suggest


def test_notes_are_not_read_and_what_is_missing_has_a_plain_word():
    words = parse_words({"_note": "for people", "council": "Borsetshire", "short_names": {"HC 1": "In time"}})
    assert (words.council, words.short, words.short_names) == ("Borsetshire", UNNAMED.short, (("HC 1", "In time"),))


@pytest.mark.parametrize(
    ("code", "slug"),
    [("KPI S4a", "KPI_S4a"), ("HC-INFO.A", "HC_INFO.A"), ("R/1", "R_1"), ("1.2", "I_1.2"), ("é1", "I__1")],
)
def test_a_code_of_any_form_becomes_a_name_that_every_program_takes(code, slug):
    assert slug_of(code) == slug


def test_a_sentence_is_the_contracts_or_a_plain_one_with_its_facts_filled_in():
    words = parse_words({"short": "the Authority", "texts": {"agree plan by": "{council}: by {by}", "routine": ""}})
    assert words.say("agree plan by", by="1 June") == "the Authority: by 1 June"
    assert words.say("routine") == ""
    assert UNNAMED.say("agree plan by", by="1 June") == "Agree the action plan with the provider by 1 June."
    assert (words.council_begins, words.area_begins) == ("The Authority", "Area")


@pytest.mark.parametrize(
    ("name", "text", "unfilled"),
    [
        ("agree plan by", "by {by}, {area}", ()),
        ("agree plan by", "by {bye} and {day}", ("bye", "day")),
        ("first year", "to {ends}", ()),
        ("routine", "an {open brace", None),
        ("agree plan by", "by {by:d} and {council!x}", ("by:d", "council!x")),
    ],
)
def test_what_nothing_fills_in_is_found(name, text, unfilled):
    assert find_unfilled_names(name, text)[0] == unfilled


def test_every_sentence_that_is_shown_has_only_names_that_are_filled_in():
    assert all(not find_unfilled_names(name, text)[0] for name, text in TEXTS.items())
    own = load_terms().words
    assert {name for name, _ in own.texts} <= set(TEXTS)
    assert not [name for name, text in own.texts if find_unfilled_names(name, text)[0]]


def test_the_nearest_word_is_suggested_else_all_are_listed():
    assert suggest("Colection", ["collection", "all"]) == "Did you mean collection?"
    assert suggest("zzz", ["collection", "all"]) == "Write one of: collection, all."
    assert find_nearest("zzz", {"a": "a"}) == ""
