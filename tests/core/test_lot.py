"""Which sections a provider reports."""

from __future__ import annotations

from datetime import date

import pytest

from tests.lots import LOTS
from xlkpi import load_catalogue
from xlkpi.core.lot import Contact, Provider, by_name, fold_name, fold_number, select_sections, tidy_contacts
from xlkpi.core.period import Period

HELD = [
    ((), False, "all"),
    (("1a",), False, "all wellbeing"),
    (("1b",), False, "all wellbeing"),
    (("1a", "1b"), False, "all wellbeing"),
    (("2a",), True, "all independence transport"),
    (("2b",), False, "all independence"),
    (("3",), False, "all employment"),
    (("4",), False, "all additional"),
    (("4", "1b", "3"), True, "all wellbeing employment additional transport"),
    (LOTS, True, "all wellbeing independence employment additional transport"),
]


@pytest.mark.parametrize(("lots", "transport", "keys"), HELD)
def test_a_provider_reports_what_its_lots_ask_for(lots, transport, keys):
    provider = Provider("P1", "One", lots=lots, transport=transport)
    assert [section.key for section in select_sections(provider, load_catalogue().sections)] == keys.split()


def test_all_lots_together_report_every_indicator_once():
    catalogue = load_catalogue()
    sections = select_sections(Provider("P1", "One", lots=LOTS, transport=True), catalogue.sections)
    assert [i.code for s in sections for i in catalogue.of_section(s.key)] == list(catalogue.indicators)


def test_providers_are_sorted_by_name_without_regard_to_capitals_then_by_id():
    names = [("Zest", "P1"), ("apple", "P3"), ("Apple", "P2")]
    assert sorted(names, key=lambda name: by_name(*name)) == [("Apple", "P2"), ("apple", "P3"), ("Zest", "P1")]


def test_spellings_of_a_name_compare_equal():
    assert fold_name("  Willow   TREE cic ") == fold_name("Willow Tree CIC") == "willow tree cic"


@pytest.mark.parametrize(("text", "number"), [("007", "7"), ("7.0", "7"), (" 7", "7"), ("V 07", "v07"), ("00.00", "0")])
def test_a_supplier_number_is_compared_without_what_programs_add(text, number):
    assert fold_number(text) == number


LIVES = [
    ({}, "Q1 Q2 Q3 Q4", "Q1 Q2 Q3 Q4"),
    ({"contract_start": date(2026, 7, 1)}, "Q2 Q3 Q4", "Q2 Q3 Q4"),
    ({"contract_start": date(2026, 9, 30)}, "Q2 Q3 Q4", "Q3 Q4"),
    ({"contract_end": date(2026, 7, 1)}, "Q1 Q2", "Q1"),
    ({"contract_end": date(2026, 9, 30)}, "Q1 Q2", "Q1 Q2"),
    ({"contract_end": date(2026, 9, 30), "extended_to": date(2026, 12, 30)}, "Q1 Q2 Q3", "Q1 Q2"),
    ({"contract_start": date(2026, 8, 1), "contract_end": date(2026, 8, 31)}, "Q2", ""),
    ({"contract_start": date(2027, 4, 1)}, "", ""),
]


@pytest.mark.parametrize(("days", "in_part", "whole"), LIVES)
def test_a_provider_reports_the_periods_in_which_its_contract_runs(days, in_part, whole):
    provider = Provider("P1", "One", lots=("3",), **days)
    year = [Period(2026, quarter) for quarter in (1, 2, 3, 4)]
    assert " ".join(f"Q{period.number}" for period in year if provider.runs_in(period)) == in_part
    assert " ".join(f"Q{period.number}" for period in year if provider.runs_whole(period)) == whole


def test_contacts_are_compared_as_people_read_them():
    written = (
        Contact(" Ann  One ", email="a@example.org\u200b"),
        Contact(),
        Contact("B. Two"),
        Contact(" "),
        Contact(),
    )
    assert tidy_contacts(written) == (Contact("Ann One", email="a@example.org"), Contact(), Contact("B. Two"))
    assert tidy_contacts(()) == ()
