"""Texts, days, facts and formulas in their smallest parts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.layout.planned_returns import AS_WRITTEN, CATALOGUE, EVERYTHING, LEAST, PLANS, SENDER, plan
from xlkpi.catalogue.load import load_terms
from xlkpi.core.bands import Interval, parse_interval
from xlkpi.core.day import long_date
from xlkpi.core.period import Period
from xlkpi.core.target_change import TargetChange
from xlkpi.findings import Code
from xlkpi.layout.addresses import ReturnKey, list_asked
from xlkpi.layout.expression import filled_flag, in_band, is_one_of, literal, message_formula, nested_if, visible_text
from xlkpi.layout.help_sheet import plan_help
from xlkpi.layout.plan import get_layout, make_return_key, plan_return
from xlkpi.layout.plan_model import SlotKind
from xlkpi.layout.provider_texts import compute_seal, make_provider_texts
from xlkpi.layout.wording import (
    band_words,
    bands_cell,
    bands_words,
    describe_change,
    how_cell,
    period_words,
    reading_words,
)
from xlkpi.ooxml.serial_days import from_serial, to_serial

FIRST = load_terms().version("2026-27.1")
"""The version that went out without a frequency for the transport indicators."""
BANDS = [
    ("<85%", "below 85%"),
    (">95%", "above 95%"),
    ("85-95%", "85% to 95%"),
    ("100%", "100%"),
    ("85% to below 100%", "85% to below 100%"),
    ("above 85.5% to 97.25%", "above 85.5% to 97.25%"),
    (">=97.5%", "from 97.5%"),
]


@pytest.mark.parametrize(("band", "words"), BANDS)
def test_a_band_in_words(band, words):
    assert band_words(parse_interval(band)) == words


def test_bands_closed_at_one_end_have_words_too():
    assert (band_words(Interval(high=5)), band_words(Interval(low=5))) == ("up to 5%", "from 5%")


def test_the_bands_of_an_indicator_best_first_and_of_which_share():
    indicators = CATALOGUE.indicators
    assert bands_words(indicators["KPI S1"].effective) == "Green: below 10%\nAmber: 10% to 25%\nRed: above 25%"
    assert bands_words(indicators["KPI S2"].effective).endswith("\nof the share (y − x) ÷ y")
    assert bands_words(indicators["INFO W1"].effective) == "Reported for information, not rated."


def asked(code, quarter=4, as_written=(), catalogue=CATALOGUE):
    key = ReturnKey(tuple(s.key for s in catalogue.sections), Period(2026, quarter), as_written)
    return next(question for question in list_asked(catalogue, key) if question.indicator.code == code)


def test_the_reading_in_force_is_told_where_it_matters():
    assert bands_cell(asked("KPI S2")).endswith("\nAs KCC reads the Schedule: see Help")
    assert bands_cell(asked("KPI S2", as_written=("KPI S2",))).endswith("\nAs written in the Schedule: see Help")
    assert "see Help" not in bands_cell(asked("KPI S1"))
    assert "see Help" not in bands_cell(asked("INFO T1"))


AGREED = TargetChange(
    "KPI S3", Period(2026, 3), "<80%", "80-90%", ">90%", "97.5%", "Variation 4", "Ada Bexon", date(2026, 9, 1)
)
NOW = load_terms().with_changes([AGREED]).in_force(Period(2026, 4))
"""Ours, with a target that has changed."""


def test_a_target_that_changed_is_shown_with_its_stretch():
    assert bands_cell(asked("KPI S3", catalogue=NOW)) == (
        "Green: above 90%\nAmber: 80% to 90%\nRed: below 80%\nStretch target: 97.5% (not rated)"
        "\nTarget changed from 2026-27 Q3: see Help"
    )
    assert "hange" not in bands_cell(asked("KPI S5", catalogue=NOW))


CHANGES = [
    ({}, "From 2026-27 Q3: Red <80%, Amber 80-90%, Green >90%; stretch target 97.5%",
     "Variation 4. Agreed by Ada Bexon on 1 September 2026"),
    ({"stretch": "", "agreed_by": ""}, "From 2026-27 Q3: Red <80%, Amber 80-90%, Green >90%",
     "Variation 4. Agreed on 1 September 2026"),
    ({"red": "", "amber": "", "green": "", "agreed_on": None},
     "From 2026-27 Q3: bands as before; stretch target 97.5%", "Variation 4. Agreed by Ada Bexon"),
    ({"reference": "", "agreed_by": "", "agreed_on": None},
     "From 2026-27 Q3: Red <80%, Amber 80-90%, Green >90%; stretch target 97.5%", ""),
]  # fmt: skip


@pytest.mark.parametrize(("change", "in_force", "agreed"), CHANGES)
def test_a_change_says_what_is_in_force_and_by_which_agreement(change, in_force, agreed):
    assert describe_change(replace(AGREED, **change)) == (in_force, agreed)


def test_help_lists_the_targets_that_changed():
    def rows(catalogue):
        key = ReturnKey(("all",), Period(2026, 4))
        facts = make_provider_texts(catalogue, key, LEAST, SENDER, {})
        cells = {(slot.row, slot.col): slot.value for slot in plan_help(list_asked(catalogue, key), facts, key).slots}
        first = next((row for (row, _), text in cells.items() if text == "Targets that changed"), None)
        return first and [[cells.get((first + down, col)) for col in (1, 2, 3, 4)] for down in (2, 3, 5)]

    assert rows(NOW) == [
        ["Indicator", "In force", "At first", "Agreed"],
        ["KPI S3", *describe_change(AGREED)[:1], "Red <85%, Amber 85-95%, Green >95%", describe_change(AGREED)[1]],
        ["Who to contact", None, None, None],
    ]
    assert rows(CATALOGUE) is None


HOW = [
    ("KPI S1", 4, (), "Six-monthly: 1 October 2026 to 31 March 2027\nProvider Return and KCC cross check with"
     " SWIFT/Liberi"),
    ("KPI S4a", 4, (), "Annual: 1 April 2026 to 31 March 2027\nCustomer Survey\n(managed by the Provider)"),
    ("KPI E3", 1, (), "Quarterly: 1 April to 30 June 2026\n"),
    ("KPI S1", 1, (), "Six-monthly: not due in 2026-27 Q1\n"),
    ("KPI T1", 1, ("KPI T1",), "Quarterly: 1 April to 30 June 2026\n"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "quarter", "as_written", "start"), HOW)
def test_how_often_and_which_days(code, quarter, as_written, start):
    assert how_cell(asked(code, quarter, as_written), Period(2026, quarter)).startswith(start)


def test_a_version_without_a_frequency_is_open_in_every_return():
    key = ReturnKey(tuple(s.key for s in FIRST.sections), Period(2026, 1), ("KPI T1",))
    (transport,) = (each for each in list_asked(FIRST, key) if each.indicator.code == "KPI T1")
    words = "No frequency stated; open in every return: 1 April to 30 June 2026\nMay be left empty\n"
    assert how_cell(transport, Period(2026, 1)).startswith(words)


def test_what_may_be_left_empty_is_not_counted_as_entered_or_missing():
    progress = {
        as_written: plan_return(FIRST, EVERYTHING, Period(2026, 2), as_written=as_written).named()["Return.progress"][1]
        for as_written in ((), ("KPI T1",))
    }
    counts = [int(slot.value.split()[2]) for slot in progress.values()]
    assert counts[0] - counts[1] == 1


def test_both_readings_in_a_line_each():
    written, effective = reading_words(CATALOGUE.indicators["KPI S2"])
    assert written == "outturn x/y; Red <85%, Amber 85-95%, Green >95%; reported six-monthly"
    assert effective == "outturn (y − x)/y; Red <85%, Amber 85-95%, Green >95%; reported six-monthly"
    info = reading_words(FIRST.indicators["INFO T1"])
    assert info[0].endswith("; reported not stated")
    assert info[1].endswith("; reported six-monthly")
    assert "y = " in info[0]


def test_help_marks_the_reading_in_force_and_says_when_there_is_but_one():
    def texts(layout_plan):
        return [slot.value for slot in layout_plan.slots if isinstance(slot.value, str)]

    def marked(layout_plan):
        return {slot.col for slot in layout_plan.slots if str(slot.value).startswith("IN FORCE: ")}

    helps = {name: next(s for s in PLANS[name].sheets if s.name == "Help") for name in ("Q4 blank", "as written")}
    assert (marked(helps["Q4 blank"]), marked(helps["as written"])) == ({3}, {2})
    key = ReturnKey(("all",), Period(2026, 4))
    facts = make_provider_texts(CATALOGUE, key, LEAST, SENDER, {})
    assert "None of your indicators can be read in two ways." in texts(plan_help([asked("KPI S1")], facts, key))
    assert any(text == "C. Officer" for text in texts(helps["Q4 blank"]))


def test_days_are_numbered_as_sheets_number_them():
    assert to_serial(date(1900, 3, 1)) == 61
    assert to_serial(date(2026, 9, 30)) == 46_295
    assert from_serial(46_295.75) == date(2026, 9, 30)
    assert from_serial(2_958_465) == date(9999, 12, 31)
    assert [from_serial(number) for number in (-1, 0, 60, 2_958_466, float("nan"), float("inf"))] == [None] * 6
    assert long_date(date(2026, 9, 3)) == "3 September 2026"
    assert period_words(Period(2026, 4)) == "2026-27 Q4 (1 January to 31 March 2027)"


def test_formulas_are_written_as_hosts_read_them():
    assert literal('say "hi"') == '"say ""hi"""'
    assert literal("") == '""'
    assert literal("a" * 251) == f'"{"a" * 250}"&"a"'
    assert in_band(parse_interval("85-95%"), "F7", "G7") == "AND(100*F7>=85*G7,100*F7<=95*G7)"
    assert in_band(parse_interval("<10%"), "(G7-F7)", "G7") == "100*(G7-F7)<10*G7"
    assert in_band(parse_interval(">95%"), "F7", "G7") == "100*F7>95*G7"
    assert nested_if([("A1=1", "2"), ("A1=2", "3")], "4") == "IF(A1=1,2,IF(A1=2,3,4))"
    assert is_one_of("A1", ("Red",)) == 'A1="Red"'
    assert is_one_of("A1", ("Red", "Amber")) == 'OR(A1="Red",A1="Amber")'
    assert filled_flag("A1") == f'IF(ISERROR(A1),0,IF({visible_text("A1")}="",0,1))'


COUNT_FACTS = {"of_kind": "a count", "needed": "a whole number"}


def test_a_message_becomes_text_joined_with_cells():
    facts = {"code": "KPI S1", "which": "x", "at": "F6", "figure": "count"}
    assert message_formula(Code.COUNT_TEXT, facts, {"found": "F6"}) == (
        '"KPI S1 x is the text “"&F6&"” (F6). Enter the count in digits only."'
    )
    assert message_formula(Code.REASON, {"comment_at": "L6", "code": "KPI S1"}, {"rag": "I6"}).startswith(
        '"KPI S1 is "&I6&"'
    )
    assert message_formula(
        Code.COUNT_DECIMAL,
        COUNT_FACTS,
        {"code": "A1", "which": "B1", "found": "C1"},
    ).startswith('A1&" "&B1&" is "')
    assert message_formula(Code.UNREADABLE, {}, {"reason": "A1", "remedy": "B1"}) == 'A1&" "&B1'


def test_the_manifest_is_sealed_and_tells_what_the_return_was_made_as():
    layout_plan = plan(2, before=True, as_written=("KPI S2",))
    document = json.loads(layout_plan.named()["Return.manifest"][1].value)
    assert document["seal"] == compute_seal(document)
    assert compute_seal({**document, "period": "2026-27 Q1"}) != document["seal"]
    assert (document["provider_id"], document["period"], document["as_written"]) == ("P01", "2026-27 Q2", ["KPI S2"])
    assert document["previous_y"]["KPI S3"] == 50
    assert document["catalogue"] == CATALOGUE.version
    other = json.loads(plan(2).named()["Return.manifest"][1].value)
    assert other["return_id"] != document["return_id"]


def test_what_is_not_known_reads_as_a_dash():
    facts = make_provider_texts(CATALOGUE, ReturnKey(("all",), Period(2026, 4)), LEAST, SENDER, {})
    assert facts["contract_ref"] == facts["nothing of the kind"] == "–"
    assert facts["council.1.name"] == "C. Officer"
    cover = plan(1, LEAST).sheets[0]
    assert {slot.value for slot in cover.slots if slot.kind.stamped} >= {"Elm", "P02", "–"}
    assert {slot.kind for slot in cover.slots if slot.kind.stamped} == {SlotKind.STAMP, SlotKind.STAMPED_INPUT}


def test_a_key_holds_only_the_readings_that_the_return_asks_about():
    key = make_return_key(CATALOGUE, LEAST, Period(2026, 4), AS_WRITTEN)
    assert key == ReturnKey(("all",), Period(2026, 4), ("KPI S2", "KPI S4c", "KPI S5", "KPI S6"))
    assert make_return_key(CATALOGUE, EVERYTHING, Period(2026, 4), AS_WRITTEN).as_written == tuple(sorted(AS_WRITTEN))


def test_a_layout_is_made_once_a_catalogue_and_key():
    key = ReturnKey(("all", "transport"), Period(2026, 4))
    layout_plan = get_layout(CATALOGUE, key)
    assert get_layout(CATALOGUE, key) is layout_plan
    assert layout_plan.titles == ("All lots", "Transport")
    again = replace(CATALOGUE)
    assert get_layout(again, key).catalogue is again
    made_again = get_layout(CATALOGUE, key)
    assert (made_again.asked, made_again.places) == (layout_plan.asked, layout_plan.places)
