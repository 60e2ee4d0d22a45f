"""Finding an indicator in the catalogue."""

from __future__ import annotations

import pytest

from tests.judge.schedule_text import schedule
from xlkpi import load_catalogue


@pytest.mark.parametrize("code", schedule())
@pytest.mark.parametrize("spelt", [str, str.lower, str.upper, lambda code: f"  {code.replace(' ', '   ')} ",
                                   lambda code: code.replace(" ", "_")])  # fmt: skip
def test_an_indicator_is_found_however_its_code_is_typed(code, spelt):
    assert load_catalogue().find(spelt(code)).code == code


@pytest.mark.parametrize("text", ["", "W1", "KPI", "KPI S9", "KPIS1", "INFO S1", "KPI S4"])
def test_nothing_is_guessed(text):
    with pytest.raises(KeyError):
        load_catalogue().find(text)


def test_it_is_read_once_and_its_sections_hold_all():
    catalogue = load_catalogue()
    assert load_catalogue() is catalogue
    assert [i.code for s in catalogue.sections for i in catalogue.of_section(s.key)] == list(catalogue.indicators)
    assert catalogue.version
    assert "Schedule" in catalogue.source
