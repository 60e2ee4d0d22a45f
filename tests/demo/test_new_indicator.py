"""A KPI that is added to the catalogue needs nothing from the demo: the sample county fills it in too."""

from __future__ import annotations

import json

import pytest

from xlkpi.catalogue.load import DATA, parse_catalogue
from xlkpi.core.assess import decide_state
from xlkpi.core.cell_count import read_count
from xlkpi.core.vocabulary import State
from xlkpi.demo import DEMO_PERIOD, read_sample_register
from xlkpi.demo.filling import fill_entries
from xlkpi.layout.addresses import list_asked
from xlkpi.layout.plan import make_return_key

NEW = {
    "code": "KPI Z9",
    "description": "% of people who were asked something new",
    "x": "no. of people who were asked*",
    "y": "total no. of people*",
    "red": "<75%",
    "amber": "75-95%",
    "green": ">95%",
    "frequency": "six-monthly",
    "measured": "Provider Return",
}
SECTIONS = [section["key"] for section in json.loads(DATA.read_text(encoding="utf-8"))["sections"]]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_kpi_added_to_a_section_is_filled_in_with_reason_and_plan(section):
    data = json.loads(DATA.read_text(encoding="utf-8"))
    data["indicators"].append({**NEW, "section": section})
    catalogue = parse_catalogue(data)
    states = set()
    for provider in read_sample_register():
        asked = list_asked(catalogue, make_return_key(catalogue, provider, DEMO_PERIOD, ()))
        entry = fill_entries(provider, asked, DEMO_PERIOD).get("KPI Z9")
        if entry is not None:
            (new,) = [row for row in asked if row.indicator.code == "KPI Z9"]
            state = decide_state(new.indicator, read_count(entry.x), read_count(entry.y), new.reading)
            states.add(state)
            assert state in (State.GREEN, State.AMBER, State.RED, State.NO_CASES)
            assert bool(entry.comment) == (state in (State.AMBER, State.RED))
    assert State.GREEN in states
