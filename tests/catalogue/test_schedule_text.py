"""Each of the 37 indicators to the letter of the Schedule, and as contract.md reads it."""

from __future__ import annotations

import pytest

from tests.judge.schedule_text import SCHEDULE, schedule
from xlkpi import load_catalogue
from xlkpi.core.vocabulary import Frequency, OutturnRule

BOTH = "put the new indicator into both, in the same place"
QUOTED = (
    "the Schedule says otherwise. A new Schedule goes into docs/contract/schedule.txt first; another reading of the"
    " same one goes under `effective`, with its `why`"
)
CATALOGUE = load_catalogue()

SECTIONS = {
    "S": ("all", "All lots", ()),
    "W": ("wellbeing", "Lot 1 Wellbeing", ("1a", "1b")),
    "I": ("independence", "Lot 2 Independence", ("2a", "2b")),
    "E": ("employment", "Lot 3 Employment", ("3",)),
    "A": ("additional", "Lot 4 Additional", ("4",)),
    "T": ("transport", "Transport", ("transport",)),
}
"""By the letter of the code, as contract.md's table of sections has them."""

every_indicator = pytest.mark.parametrize("code", schedule())


def test_there_are_37_in_the_schedules_order():
    assert list(CATALOGUE.indicators) == list(schedule()), f"{SCHEDULE} and the catalogue differ: {BOTH}"
    assert len(schedule()) == 37, "The Schedule has another number of indicators: correct the counts in the docs too"


@every_indicator
def test_an_indicator_is_quoted_to_the_letter(code):
    row, indicator = schedule()[code], CATALOGUE.indicators[code]
    written = indicator.written
    assert (indicator.description, indicator.measured) == (row.description, row.measured), QUOTED
    assert (written.x, written.y) == (row.x, row.y), QUOTED
    assert (written.red, written.amber, written.green) == (row.red, row.amber, row.green), QUOTED
    assert written.outturn is OutturnRule.X_OF_Y
    assert (written.bands is not None) is row.rated is indicator.is_kpi is code.startswith("KPI")
    assert written.frequency is Frequency(row.ticks[0])


@every_indicator
def test_an_indicator_stands_in_the_section_of_its_letter(code):
    key, title, lots = SECTIONS[code.split()[1][0]]
    section = next(s for s in CATALOGUE.sections if s.key == CATALOGUE.indicators[code].section)
    assert (section.key, section.title, section.lots) == (key, title, lots)
    if key != "all":
        spelt = (text.casefold().replace(" ", "") for text in (section.heading, schedule()[code].heading))
        assert next(spelt).partition("(")[0] in next(spelt)


MIRRORED = {"red": ">25%", "amber": "5-25%", "green": "<5%"}
TO_100 = {"amber": "85% to below 100%"}
READ_OTHERWISE = {
    "KPI S2": {"outturn": OutturnRule.REST_OF_Y},
    "KPI I4": MIRRORED,
    **dict.fromkeys(("KPI S4c", "KPI S5", "KPI S6", "KPI E1"), TO_100),
    "KPI T1": {"amber": "95% to below 100%"},
    "INFO A1": {"y": "total no. of individual accessing the additional support service*"},
}
"""contract.md, Contract readings: all that is read otherwise than it is written."""


@every_indicator
def test_an_indicator_is_read_as_the_contract_notes_say(code):
    indicator = CATALOGUE.indicators[code]
    names = ("x", "y", "red", "amber", "green", "outturn", "frequency")
    differing = {
        name: getattr(indicator.effective, name)
        for name in names
        if getattr(indicator.effective, name) != getattr(indicator.written, name)
    }
    assert differing == READ_OTHERWISE.get(code, {}), "a reading that was agreed goes into READ_OTHERWISE"
    assert bool(indicator.why) is (code in READ_OTHERWISE)


def test_cases_may_be_carried_over_in_two_kpis_only():
    assert {code for code, i in CATALOGUE.indicators.items() if i.carried_over} == {"KPI S3", "KPI E4"}


CROSS_CHECKED = """
    KPI S1, KPI S2, KPI E2, INFO W1, INFO W3, INFO I1, INFO I3, INFO E1, INFO A1, INFO A3a, INFO A3b, INFO A3c,
    INFO A4, INFO T1"""
"""contract.md, Performance management."""


def test_the_cross_check_is_asked_for_where_the_schedule_asks_for_it():
    codes_found = {code for code, i in CATALOGUE.indicators.items() if i.cross_checked}
    assert codes_found == {code.strip() for code in CROSS_CHECKED.split(",")}, "correct CROSS_CHECKED by contract.md"


def test_a_slug_is_the_code_with_an_underscore():
    assert CATALOGUE.indicators["KPI S4a"].slug == "KPI_S4a"
    assert len({i.slug.casefold() for i in CATALOGUE.indicators.values()}) == len(CATALOGUE.indicators)
