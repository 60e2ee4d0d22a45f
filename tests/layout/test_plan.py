"""What every planned cell must be, whatever the return."""

from __future__ import annotations

import re

import pytest

from tests.evidence import some
from tests.judge.schedule_text import schedule
from tests.layout.planned_returns import PLANS, plan
from xlkpi.layout.addresses import COVER, HELP, MANIFEST
from xlkpi.layout.addresses import PLAN as ACTION_PLAN
from xlkpi.layout.plan_model import InputRuleKind, SlotKind
from xlkpi.layout.styles import STYLES
from xlkpi.ooxml.addresses import cell_address, column_letters, quoted_sheet

every_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
FORBIDDEN = re.compile(r"\b(please|sorry|valid|invalid|error|errors)\b", re.IGNORECASE)
IN_A_FORMULA = re.compile(r'"((?:[^"]|"")*)"')


def slots(layout_plan):
    return some(slot for sheet in layout_plan.sheets for slot in sheet.slots)


@every_plan
def test_no_two_slots_stand_in_one_cell_and_no_two_share_a_name(plan):
    for sheet in plan.sheets:
        refs = [slot.ref for slot in sheet.slots]
        assert len(refs) == len(set(refs)), sheet.name
    names = [slot.name.casefold() for slot in slots(plan) if slot.name]
    assert len(names) == len(set(names))


def test_sheets_stand_in_the_order_of_the_schedule_and_their_names_fit():
    names = [sheet.name for sheet in PLANS["Q4 blank"].sheets]
    titles = ["All lots", "Lot 1 Wellbeing", "Lot 2 Independence", "Lot 3 Employment", "Lot 4 Additional", "Transport"]
    assert names == [COVER, *titles, ACTION_PLAN, HELP, MANIFEST]
    assert not [name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\']", name)]
    assert [sheet.name for sheet in PLANS["Q4 blank"].sheets if sheet.hidden] == [MANIFEST]
    assert [sheet.name for sheet in PLANS["least"].sheets] == [COVER, "All lots", ACTION_PLAN, HELP, MANIFEST]


CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[Rr]|[Cc]")


@every_plan
def test_no_name_parses_as_a_cell_and_every_name_is_one(plan):
    names = [slot.name for slot in slots(plan) if slot.name]
    assert not [name for name in names if CELL.fullmatch(name)]
    assert not [name for name in names if not re.fullmatch(r"[A-Za-z_][\w.]*", name) or len(name) > 255]


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_every_indicator_has_its_names_even_where_it_is_not_due(quarter):
    named = plan(quarter).named()
    for code in schedule():
        slug = code.replace(" ", "_")
        for part in ("x", "y", "outturn", "rag", "check", "comment"):
            assert f"{slug}.{part}" in named
    cover = {"provider_id", "provider", "period", "status", "declared_by", "declared_on"}
    assert cover <= {name.removeprefix("Return.") for name in named if name.startswith("Return.")}
    assert {named[f"Return.{part}"][0] for part in cover} == {COVER}


@every_plan
def test_validations_fit_what_excel_allows_and_say_what_they_are(plan):
    for slot in slots(plan):
        if slot.rule is None:
            assert not slot.kind.unlocked, slot  # every input is validated
            continue
        rule = slot.rule
        assert slot.kind.unlocked
        assert 0 < len(rule.tip_title) <= 32
        assert 0 < len(rule.alert_title) <= 32
        assert 0 < len(rule.tip) <= 255
        assert 0 < len(rule.alert) <= 255
        assert rule.tip.endswith((".", "?")), rule.tip
        assert rule.alert.endswith(".")
        assert rule.low <= rule.high
        assert not FORBIDDEN.search(f"{rule.tip_title} {rule.tip} {rule.alert_title} {rule.alert}")
        if rule.kind is InputRuleKind.DATE:
            assert rule.low > 40_000


@every_plan
def test_formulas_fit_what_every_host_allows(plan):
    for slot in slots(plan):
        if slot.kind is not SlotKind.LIVE:
            continue
        assert 0 < len(slot.formula) <= 8192, slot.ref
        assert not slot.formula.startswith("=")
        literals = IN_A_FORMULA.findall(slot.formula)
        assert max(map(len, literals), default=0) <= 255, slot.ref
        assert not FORBIDDEN.search(" ".join(literals))
        assert deepest(slot.formula) <= 60, slot.ref  # Excel nests 64 calls
        assert slot.formula.count("(") == slot.formula.count(")") or "(" in "".join(literals)


def deepest(formula):
    """How deep brackets nest outside literals."""
    depth = most = 0
    for char in IN_A_FORMULA.sub("", formula):
        depth += {"(": 1, ")": -1}.get(char, 0)
        most = max(most, depth)
    return most


FUNCTIONS_OF_2010 = {
    "IF", "AND", "OR", "SUM", "COUNTIF", "COUNTIFS", "ISERROR", "ISLOGICAL", "ISBLANK", "ISNUMBER", "INT", "ROUND",
    "ABS",
    "VALUE", "TRIM", "SUBSTITUTE", "CHOOSE", "LEFT", "SEARCH", "BINOMDIST", "CHAR", "IFERROR",
}  # fmt: skip


@every_plan
def test_formulas_and_highlights_use_only_functions_that_excel_2010_and_libreoffice_7_4_know(plan):
    texts = [slot.formula for slot in slots(plan) if slot.kind is SlotKind.LIVE]
    texts += [highlight.formula for sheet in plan.sheets for highlight in sheet.highlights]
    codes_found = {name for text in texts for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", IN_A_FORMULA.sub("", text))}
    assert codes_found <= FUNCTIONS_OF_2010
    assert {"IF", "COUNTIF", "SUBSTITUTE"} <= codes_found


@every_plan
def test_every_live_cell_carries_its_result(plan):
    live = [slot for slot in slots(plan) if slot.kind is SlotKind.LIVE]
    assert live
    assert not [slot.ref for slot in live if slot.value is None]


@every_plan
def test_formulas_only_point_to_sheets_that_are_there(plan):
    there = {sheet.name for sheet in plan.sheets}
    for slot in slots(plan):
        if slot.kind is SlotKind.LIVE:
            assert set(re.findall(r"'((?:[^']|'')+)'!", IN_A_FORMULA.sub('""', slot.formula))) <= there
        if slot.kind is SlotKind.LINK:
            assert slot.formula.rpartition("!")[0] in there


@every_plan
def test_only_inputs_are_unlocked_and_texts_of_the_sheet_are_as_messages_should_be(plan):
    unlocked = {slot.name.partition(".")[2].partition(".")[0] for slot in slots(plan) if slot.kind.unlocked}
    inputs = {"x", "y", "comment", "issue", "action", "outcomes", "timescale", "declared_by", "declared_on"}
    inputs |= {"progress", "new_timescale", "answer"}
    assert unlocked - {"contact_1", "contact_2", "contact_3"} <= inputs
    assert all(slot.name for slot in slots(plan) if slot.kind.unlocked)
    quoted_from_contract = {row.description for row in schedule().values()}
    for slot in slots(plan):
        if isinstance(slot.value, str) and slot.value not in quoted_from_contract:
            assert not FORBIDDEN.search(slot.value), slot.value
            assert len(slot.value) <= 32_767
        assert slot.style in STYLES


@every_plan
def test_a_sheet_is_set_up_to_be_read_and_printed(plan):
    for sheet in plan.sheets:
        if sheet.hidden:
            continue
        assert sheet.print_range
        assert all(0 < width <= 255 for width, _ in sheet.columns)
        assert all(0 < height <= 409 for _, height in sheet.heights)
        rows = {row for row, _ in sheet.heights}
        assert not [slot.row for slot in sheet.slots if slot.style == "text" and slot.row not in rows]
        if sheet.name not in (COVER, HELP):
            assert sheet.freeze[0] == sheet.header_row > 0
            assert sheet.filter_range
        refs = {slot.ref: slot for slot in sheet.slots}
        if sheet.name == COVER:
            assert refs[sheet.first_input].kind.unlocked


def test_addresses_are_those_of_a_sheet():
    assert [column_letters(n) for n in (1, 26, 27, 52, 702, 703, 16_384)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]
    assert cell_address(7, 6) == "F7"
    assert quoted_sheet("It's odd") == "'It''s odd'"
