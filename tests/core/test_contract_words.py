"""What a contract is called, and how a code becomes the name of a cell."""

from __future__ import annotations

import pytest

from xlkpi.core.contract_words import UNNAMED, parse_words
from xlkpi.core.indicator import slug_of


def test_notes_are_not_read_and_what_is_missing_has_a_plain_word():
    words = parse_words({"_note": "for people", "council": "Borsetshire", "short_names": {"HC 1": "In time"}})
    assert (words.council, words.short, words.short_names) == ("Borsetshire", UNNAMED.short, (("HC 1", "In time"),))


@pytest.mark.parametrize(
    ("code", "slug"),
    [("KPI S4a", "KPI_S4a"), ("HC-INFO.A", "HC_INFO.A"), ("R/1", "R_1"), ("1.2", "I_1.2"), ("é1", "I__1")],
)
def test_a_code_of_any_form_becomes_a_name_that_every_program_takes(code, slug):
    assert slug_of(code) == slug
