"""The file that says by which contract the functions on this computer judge."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.small_catalogue import SMALL, small_catalogue
from xlkpi.catalogue.load import load_terms
from xlkpi.catalogue.terms_in_use import parse_terms, terms_in_use, terms_path, write_terms
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.period import Period
from xlkpi.core.target_change import TargetChange
from xlkpi.errors import CatalogueError

AGREED = TargetChange(
    "KPI S3", Period(2026, 3), "<80%", "80-90%", ">90%", "97.5%", "Variation 4", "Ada Bexon", date(2026, 9, 1)
)
STRETCH = TargetChange("KPI S3", Period(2027, 4), stretch="99%")
WORDS = ContractWords("Borsetshire County Council", "Borsetshire", short_names=(("KPI S1", "Refused"),))
FILE = write_terms([json.loads(SMALL)], [AGREED, STRETCH], WORDS)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The file of this computer, which is read once: forget what was read before and after."""
    monkeypatch.setenv("XLKPI_TERMS", str(tmp_path / "terms.json"))
    terms_in_use.cache_clear()
    yield tmp_path / "terms.json"
    terms_in_use.cache_clear()


def test_terms_are_read_as_they_were_written():
    terms = parse_terms(FILE)
    assert (terms.changes, terms.words) == ((AGREED, STRETCH), WORDS)
    (version,) = terms.versions
    assert list(version.indicators) == list(small_catalogue().indicators)
    assert terms.in_force(Period(2026, 3)).find("KPI S3").effective.green == ">90%"


def test_a_provider_without_a_lot_reports_where_every_version_has_a_section_for_everyone():
    first, second = json.loads(SMALL), json.loads(SMALL)
    for section in first["sections"]:
        section["lots"] = []
    for section in second["sections"]:
        section["lots"] = ["1"]
    second.update(version="two", from_period="2027-28 Q1")
    answers = [
        parse_terms(write_terms(each, [], WORDS)).has_sections_for_everyone for each in ([first], [first, second])
    ]
    assert answers == [True, False]


def test_without_versions_the_catalogue_is_ours():
    assert parse_terms(write_terms([], [])) is load_terms()
    assert parse_terms(write_terms([], [AGREED])).versions is load_terms().versions


DATA = json.loads(FILE)
LATE = {**DATA["changes"][0], "from_period": "soon"}
UNDATED = {**DATA["changes"][0], "agreed_on": "31/02/2026"}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", json.dumps({**DATA, "words": {"colour": "blue"}}), json.dumps({**DATA, "changes": [{}]}),
     json.dumps({**DATA, "changes": [LATE]}), json.dumps({**DATA, "changes": [UNDATED]})],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(text, place):
    with pytest.raises(CatalogueError) as caught:
        parse_terms(text)
    assert caught.value.faults == ["terms.json cannot be read. Choose the contract again."]


def test_a_version_that_contradicts_itself_is_refused_with_its_fault():
    with pytest.raises(CatalogueError, match="the catalogue has no sections"):
        parse_terms(write_terms([{"version": "1"}], []))


def test_what_somebody_chose_is_in_use_and_else_ours(place):
    assert terms_in_use() is load_terms()
    place.write_text(FILE, encoding="utf-8")
    assert terms_in_use() is load_terms(), "programs are started again to read it"
    terms_in_use.cache_clear()
    assert terms_in_use().changes == (AGREED, STRETCH)


def test_its_place_is_what_the_computer_names_or_the_users_home(place, monkeypatch):
    assert terms_path() == place
    monkeypatch.delenv("XLKPI_TERMS")
    assert terms_path() == Path.home() / ".xlkpi" / "terms.json"


@pytest.mark.parametrize(
    ("provider", "said"),
    [("provider", "a provider"), ("operator", "an operator"), ("university", "a university"), ("Unit", "a Unit")],
)
def test_the_other_side_has_the_article_that_english_gives_it(provider, said):
    assert ContractWords("Loamshire", "the Council", "Collection", provider=provider).a_provider == said
