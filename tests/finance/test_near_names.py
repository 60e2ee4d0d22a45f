"""Near names: the same as difflib finds by comparing every pair, with a thousandth of the comparisons."""

from __future__ import annotations

import difflib
import random

import pytest

from tests.bench.bench_suppliers import names
from tests.evidence import some
from xlkpi.finance import near_names
from xlkpi.finance.near_names import NEAR, NearNames

NAMES = [name.casefold() for name in names(1200)]


def mangled(text, chance):
    letters = list(text)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(letters))
        letters[at : at + chance.randint(0, 1)] = chance.choice(("", "a", "e", " ", "."))
    return "".join(letters)


def test_what_difflib_finds_is_found():
    chance = random.Random(5)
    known = NAMES[:80]
    nearest = NearNames(known)
    texts = [mangled(chance.choice(known if number % 2 else NAMES), chance) for number in range(300)]
    expected = {text: set(difflib.get_close_matches(text, known, n=2, cutoff=NEAR)) for text in texts}
    assert {text: set(nearest.find(text)) for text in texts} == expected
    assert len(some(text for text in texts if expected[text])) > 50


def test_of_the_two_nearest_those_that_can_be_meant_are_found():
    chance = random.Random(6)
    known = NAMES[:80]
    nearest = NearNames(known)
    texts = [mangled(chance.choice(known if number % 2 else NAMES), chance) for number in range(300)]
    expected = {
        text: [name for name in difflib.get_close_matches(text, known, n=2, cutoff=NEAR) if len(name) % 2]
        for text in texts
    }
    assert {text: nearest.find(text, lambda name: len(name) % 2 == 1) for text in texts} == expected
    assert len(some(text for text in texts if expected[text])) > 25


def test_few_pairs_are_compared_letter_by_letter():
    nearest = NearNames(NAMES[:200])
    for text in NAMES[200:]:
        nearest.find(text)
    assert nearest.pairs == 200 * 1000
    assert nearest.compared < nearest.pairs / 100


def test_nothing_is_near_to_what_is_much_longer_or_shorter():
    nearest = NearNames(["willow tree cic", "oast house ltd"])
    assert nearest.find("w") == nearest.find("willow tree cic " * 12) == []
    assert nearest.find("willow tre cic") == ["willow tree cic"]


def test_there_is_an_end_to_comparing(monkeypatch):
    monkeypatch.setattr(near_names, "MOST_PAIRS", 5)
    nearest = NearNames(["willow tree cic", "oast house ltd"])
    results = [nearest.find("willow tre cic") for _ in range(3)]
    assert results == [["willow tree cic"], ["willow tree cic"], []]
    assert nearest.is_exhausted


@pytest.mark.parametrize("known", [[], ["oast"]])
def test_few_or_no_names(known):
    assert NearNames(known).find("willow") == []
