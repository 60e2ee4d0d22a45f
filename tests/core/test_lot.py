"""Which sections a provider reports."""

from __future__ import annotations

import pytest

from xlkpi import load_catalogue
from xlkpi.core.lot import LOTS, Provider, select_sections

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
