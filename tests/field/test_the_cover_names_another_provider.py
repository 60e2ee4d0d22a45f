"""A cover that names another provider than the workbook was made for, with the number changed or not."""

from __future__ import annotations

import pytest

from tests.reading.return_edits import checked, clean, finding_marks, typed
from xlkpi.consolidation.which_return import doubts_of
from xlkpi.findings import Severity
from xlkpi.reading.returns.cover import is_slip_of


def about_the_provider(**cells):
    checked_return = checked(typed(**cells))
    return checked_return, [each for each in checked_return.findings if each.code.name.startswith("PROVIDER_")]


@pytest.mark.parametrize("name", ["Elm Day Services Ltd", "Ash Day Centre", "Oak & Elm"])
def test_another_name_must_be_fixed_with_both_names(name):
    findings, (finding,) = about_the_provider(**{"Return.provider": name})
    assert (finding.code.name, finding.severity) == ("PROVIDER_CHANGED", Severity.MUST_FIX)
    assert f"{name} (P01)" in finding.message
    assert "Oak & Ash (P01)" in finding.message
    assert finding in doubts_of(findings)


@pytest.mark.parametrize("name", ["Oak", "Oak & Ash Day Services", "The Oak & Ash", "Oak & Assh"])
def test_a_name_with_words_more_or_less_is_asked_about(name):
    findings, (finding,) = about_the_provider(**{"Return.provider": name})
    assert (finding.code.name, finding.severity) == ("PROVIDER_RENAMED", Severity.QUERY)
    assert name in finding.message
    assert not doubts_of(findings)


@pytest.mark.parametrize(
    ("name", "other", "is_slip"),
    [
        ("Riverside Care Ltd", "Rivreside Care Ltd", True),
        ("Riverside Care Ltd", "River side Care Ltd", True),
        ("Brook House Day Services 1", "Brook House Day Services 2", False),
        ("East Herts Day Services", "West Herts Day Services", False),
        ("Provider 112 Limited", "Provider 113 Limited", False),
        ("Oak" * 99, "Oak" * 99 + "k", False),
    ],
)
def test_a_letter_is_a_slip_but_a_number_and_how_a_word_begins_are_not(name, other, is_slip):
    assert is_slip_of(name, other) is is_slip


@pytest.mark.parametrize("name", ["oak and ash", "Oak  &  Ash", "OAK & ASH.", " Oak & Ash", "Oák & Åsh", "", "#REF!"])
def test_the_same_name_in_another_spelling_is_not_another(name):
    assert about_the_provider(**{"Return.provider": name})[1] == []


def test_another_number_is_said_once_with_its_name():
    _, (finding,) = about_the_provider(**{"Return.provider": "Elm Ltd", "Return.provider_id": "P02"})
    assert "Elm Ltd (P02)" in finding.message
    assert about_the_provider(**{"Return.provider_id": "p01"})[1] == []


def test_the_return_as_it_was_built_has_nothing_of_it():
    assert finding_marks(checked(clean())) == []
