"""A return with counts, amounts and days: what is an input, how it is shown, and the formulas of each kind."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from tests.every_outturn import every_outturn
from xlkpi.core.checks import Entry
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.layout.addresses import NATIVE, UDF
from xlkpi.layout.change_words import change_words
from xlkpi.layout.plan import Filled, make_return_key, plan_return
from xlkpi.layout.plan_model import InputRuleKind, SlotKind
from xlkpi.layout.provider_texts import LastFigures, Sender, manifest_text
from xlkpi.layout.styles import STYLES

ENTRIES = {
    "S 1": Entry(974, 1000), "N 1": Entry(4), "N 2": Entry(999), "A 1": Entry(Fraction(50001, 100)), "A 2": Entry(0.5),
    "A 3": Entry(125, 10), "D 1": Entry(12, 2), "D 2": Entry(3.5), "D 3": Entry(1, 2), "R 1": Entry(1, 10),
}  # fmt: skip
BEFORE = {
    "A 1": LastFigures("2026-27 Q1", Fraction(5, 2), None, 2.5, "Green", every_outturn().find("A 1").effective),
    "D 1": LastFigures("2026-27 Q1", 30, 12, 2.5, "Green", every_outturn().find("D 1").effective),
}


@cache
def planned(edition=NATIVE):
    provider = Provider("P1", "One & Co")
    return plan_return(
        every_outturn(), provider, Period(2026, 2), previous=BEFORE, edition=edition, filled=Filled(ENTRIES)
    )


def test_the_manifest_names_reporting_periods_that_are_not_quarters_from_april():
    words = ContractWords(periods="monthly", first_month="July")
    monthly = replace(every_outturn(), words=words)
    provider = Provider("P1", "One & Co")
    for catalogue, named in ((monthly, ("monthly", "July")), (every_outturn(), (None, None))):
        key = make_return_key(catalogue, provider, Period(2026, 2, catalogue.scheme), ())
        content = json.loads(manifest_text(catalogue, key, provider, Sender(), {}))
        assert (content.get("periods"), content.get("first_month")) == named


def cell(plan, name):
    return plan.named()[name][1]


def in_column(plan, row, column):
    return next(slot for sheet in plan.sheets[1:2] for slot in sheet.slots if slot.ref == f"{column}{row}")


def test_y_that_is_not_asked_for_says_so_and_is_not_an_input():
    y, x = cell(planned(), "A_1.y"), cell(planned(), "A_1.x")
    assert (y.kind, y.value, x.kind, x.value) == (SlotKind.LABEL, "not asked", SlotKind.INPUT, 500.01)
    assert in_column(planned(), y.row, "D").value == "Nothing: only x is asked for."
    assert cell(planned(), "D_1.y").kind is SlotKind.INPUT


def test_an_amount_is_entered_in_pounds_and_pence_and_a_count_in_whole_numbers():
    rules = {code: cell(planned(), f"{code}.x").rule for code in ("A_1", "D_1", "D_2", "N_1")}
    assert [rule.kind for rule in rules.values()] == [
        InputRuleKind.DECIMAL, InputRuleKind.WHOLE, InputRuleKind.DECIMAL, InputRuleKind.WHOLE,
    ]  # fmt: skip
    assert rules["A_1"].alert == (
        "A 1 x is an amount: enter pounds and pence, with two decimals at most, 0 or more, in digits only."
    )


@pytest.mark.parametrize(
    ("code", "numbers"),
    [("S_1", "0.00%"), ("N_1", "#,##0"), ("A_3", '"£"#,##0.00'), ("D_1", '0.00" days"'), ("D_2", '0.00" days"')],
)
def test_an_outturn_is_shown_with_its_unit(code, numbers):
    assert STYLES[cell(planned(), f"{code}.outturn").style].numbers == numbers


CHANGES = {
    "N 1": "4 fewer to Green", "N 2": "1 more to Green", "A 1": "£400.03 less to Green",
    "A 2": "£1,200.00 more to Green", "A 3": "£25.01 less to Green", "D 1": "4 days less to Green",
    "D 2": "1 day less to Green", "D 3": "10 days more to Green",
}  # fmt: skip


@pytest.mark.parametrize(("code", "words"), CHANGES.items())
def test_the_change_needed_has_its_unit_and_no_words_on_chance(code, words):
    row = cell(planned(), f"{code.replace(' ', '_')}.x").row
    assert in_column(planned(), row, "J").value == words


def test_a_change_of_thousands_of_days_is_written_as_its_formula_writes_it():
    assert change_words(every_outturn().find("D 1").effective, -1551) == "1551 days less to Green"


def test_a_share_has_words_on_chance():
    assert "no better" in in_column(planned(), cell(planned(), "S_1.x").row, "J").value


def formula(code, column, edition=NATIVE):
    plan = planned(edition)
    return in_column(plan, cell(plan, f"{code}.x").row, column).formula


def test_an_amount_is_judged_in_whole_pence():
    row = cell(planned(), "A_1.x").row
    assert f"1*ROUND(100*F{row},0)>50000" in formula("A_1", "I")
    assert formula("A_1", "H").endswith(f'ROUND(100*F{row},0)/100,"")')
    average = cell(planned(), "A_3.x").row
    assert f"100*ROUND(100*F{average},0)>1250*(100*G{average})" in formula("A_3", "I")


def test_only_what_can_happen_is_in_a_formula():
    row = cell(planned(), "D_1.x").row
    assert f"F{row}>G{row}" not in formula("D_1", "I")
    assert "Incomplete" in formula("D_1", "I")
    assert "Enter how many cases x is for" in formula("D_1", "K")
    assert "y is" not in formula("N_1", "K")


def test_the_functions_are_asked_without_y_where_there_is_none():
    row = cell(planned(UDF), "N_1.x").row
    assert f'KPI_RAG("N 1",IF(O{row}=0,"",F{row}),""' in formula("N_1", "I", UDF)
    assert '"£"&FIXED(ABS(KPI_GAP(' in formula("A_1", "J", UDF)


def test_the_last_figures_have_their_unit():
    plan = planned()
    assert in_column(plan, cell(plan, "A_1.x").row, "E").value == "2026-27 Q1: £2.50, Green"
    assert in_column(plan, cell(plan, "D_1.x").row, "E").value == "2026-27 Q1: 30 days over 12, 2.50 days, Green"


def test_an_outturn_beside_an_edge_of_its_own_has_a_format_of_its_own():
    section = planned().sheets[1]
    formats = {highlight.range: highlight.style for highlight in section.highlights if highlight.style[:5] == "exact"}
    rows = {code: cell(planned(), f"{code}.x").row for code in ("S_1", "N_1", "A_3", "D_1", "D_4", "R_1")}
    expected = {"S_1": "exact", "A_3": "exact amount", "D_1": "exact days"}
    for code, style in expected.items():
        assert formats[f"H{rows[code]}:H{rows[code]}"] == style
    assert not {f"H{rows[code]}:H{rows[code]}" for code in ("N_1", "D_4")} & set(formats)
    assert formats[f"H{rows['R_1']}:H{rows['R_1']}"] == "exact"  # whole percents, as in every contract until now


def test_a_sound_return_is_clear_of_messages_about_figures():
    checks = [slot.value for name, (_, slot) in planned().named().items() if name.endswith(".check")]
    assert [text for text in checks if "enter" in text.lower() and "reason" not in text] == []
