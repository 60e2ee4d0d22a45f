"""The edition with functions: the native plan, cell for cell, but for the formulas that call a function."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.evidence import some
from tests.layout.planned_returns import AS_WRITTEN, CATALOGUE, EVERYTHING, LEAST, SENDER, plan
from xlkpi.catalogue.targets import change_targets
from xlkpi.core.period import Period
from xlkpi.core.target_change import TargetChange
from xlkpi.layout.addresses import UDF
from xlkpi.layout.plan import plan_return
from xlkpi.layout.plan_model import SlotKind


@pytest.mark.parametrize("provider", [EVERYTHING, LEAST])
@pytest.mark.parametrize("quarter", [1, 2, 4])
@pytest.mark.parametrize("filled", ["no", "well", "badly"])
def test_only_formulas_differ_from_the_native_plan(provider, quarter, filled):
    native = plan(quarter, provider, filled=filled)
    ours = plan(quarter, provider, filled=filled, edition=UDF)
    assert (native.with_macros, ours.with_macros) == (False, True)
    assert set(native.named()) == set(ours.named())
    for sheet, other in zip(native.sheets, ours.sheets, strict=True):
        slots = {slot.ref: slot for slot in other.slots}
        added = set(slots) - {slot.ref for slot in sheet.slots}
        assert added == ({"A3"} if other.name == "Start here" else set())
        for slot in sheet.slots:
            values = slots[slot.ref]
            if slot.name == "Return.manifest":
                assert '"edition": "udf"' in values.value
            else:
                assert values == replace(slot, formula=values.formula)
        assert (sheet.columns, sheet.heights, sheet.print_range) == (other.columns, other.heights, other.print_range)


def live(layout_plan, part):
    named = [
        (name, slot.formula) for name, (_, slot) in layout_plan.named().items() if name.endswith(part) and slot.formula
    ]
    return dict(some(named))


@pytest.mark.parametrize("as_written", [(), AS_WRITTEN])
def test_every_result_is_asked_of_its_function_for_its_own_indicator_and_reading(as_written):
    ours = plan(as_written=as_written, edition=UDF)
    for part, function in ((".outturn", "OUTTURN"), (".rag", "RAG"), (".check", "CHECK")):
        formulas = live(ours, part)
        assert len(formulas) == len(CATALOGUE.indicators)
        for name, formula in formulas.items():
            code = name.partition(".")[0].replace("_", " ")
            row = ours.named()[name][1].row
            reading = "as written" if code in as_written else "effective"
            given = f'IF(O{row}=0,"",F{row}),IF(P{row}=0,"",G{row}),"{reading}","2026-27 Q4"'
            assert formula.count(f'KPI_{function}("{code}",{given})') == formula.count("KPI_") > 0


def test_every_rated_row_asks_for_its_gap():
    gaps = [
        s.formula
        for sheet in plan(edition=UDF).sheets
        for s in sheet.slots
        if s.kind is SlotKind.LIVE and "KPI_GAP" in s.formula
    ]
    assert len(gaps) == sum(indicator.is_kpi for indicator in CATALOGUE.indicators.values())


def test_a_row_with_a_changed_target_does_not_ask_a_function_that_may_not_know_it():
    change = TargetChange("KPI S3", Period(2026, 2), "<80%", "80-90%", ">90%")
    changed = change_targets(CATALOGUE, [change])
    native, ours = (
        plan_return(changed, EVERYTHING, Period(2026, 4), sender=SENDER, edition=edition).named()
        for edition in ("native", "udf")
    )
    for part in ("outturn", "rag", "check"):
        assert ours[f"KPI_S3.{part}"] == native[f"KPI_S3.{part}"]
        assert "KPI_" in ours[f"KPI_S4a.{part}"][1].formula


def test_no_formula_is_too_long_for_excel_and_no_text_in_it_either():
    for sheet in plan(as_written=AS_WRITTEN, edition=UDF).sheets:
        for slot in sheet.slots:
            assert len(slot.formula) < 8_192
            assert max(map(len, re.findall(r'"([^"]*)"', slot.formula)), default=0) <= 255


def test_no_result_can_show_an_error_value():
    for part in (".outturn", ".rag", ".check"):
        assert all("IFERROR(" in formula for formula in live(plan(edition=UDF), part).values())


def test_the_cover_has_the_two_buttons_where_nothing_is_written():
    cover = plan(edition=UDF).sheets[0]
    assert [(b.caption, b.macro) for b in cover.buttons] == [
        ("Check this return", "CheckThisReturn"),
        ("Refresh", "RefreshThisReturn"),
    ]
    written = {(slot.row, slot.col) for slot in cover.slots}
    assert not {(b.row, b.col) for b in cover.buttons} & written
    assert not any(sheet.buttons for sheet in plan().sheets)
