"""The list of changed targets: read beside the register, every fault by its cell, each in force from its period."""

from __future__ import annotations

from fractions import Fraction

import openpyxl
import pytest

from tests.small_catalogue import small_catalogue
from xlkpi.catalogue.load import load_terms, terms_of
from xlkpi.core.assess import assess_indicator
from xlkpi.core.gap import gap_to_green
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Reading
from xlkpi.council import locate_lists, read_council
from xlkpi.council.targets import read_targets

HEADER = "indicator,from_period,red,amber,green,stretch,reference,agreed_by,agreed_on"
TERMS = terms_of(small_catalogue())


def read(tmp_path, *rows, terms=TERMS, name="targets.csv"):
    path = tmp_path / name
    path.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    return read_targets(path, terms)


def faults(tmp_path, *rows):
    return [fault.message for fault in read(tmp_path, *rows).faults]


SOUND = "KPI S3,2026-27 Q3,<80%,80-90%,>90%,97.5%,Variation 4,Ada Bexon,01/09/2026"


def test_a_change_is_read_with_what_was_agreed(tmp_path):
    (change,) = read(tmp_path, SOUND).changes
    assert (change.indicator, str(change.from_period)) == ("KPI S3", "2026-27 Q3")
    assert (change.red, change.amber, change.green, change.stretch) == ("<80%", "80-90%", ">90%", "97.5%")
    assert (change.reference, change.agreed_by) == ("Variation 4", "Ada Bexon")
    assert change.agreed_on.isoformat() == "2026-09-01"


def test_a_workbook_is_read_alike(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEADER, SOUND):
        book.active.append(row.split(","))
    book.save(tmp_path / "targets.xlsx")
    assert read_targets(tmp_path / "targets.xlsx", TERMS).changes == read(tmp_path, SOUND).changes


def test_without_a_list_nothing_changes():
    assert read_targets(None, TERMS).changes == ()
    assert TERMS.with_changes(()) is TERMS


WRONG = [
    ("KPI S9,2026-27 Q3,<80%,80-90%,>90%", "indicator (A2) says “KPI S9”, which is not an indicator. Did you mean"),
    (",2026-27 Q3,<80%,80-90%,>90%", "indicator (A2) is empty"),
    ("KPI S3,soon,<80%,80-90%,>90%", "from_period (B2) says “soon”"),
    ("KPI S3,,<80%,80-90%,>90%", "from_period (B2) is empty"),
    ("KPI S3,2026-27 Q3,,80-90%,>90%", "red (C2) is empty"),
    ("KPI S3,2026-27 Q3,,,", "red (C2) is empty"),
    ("KPI S3,2026-27 Q3,<80%,80 or so,>90%", "amber (D2) says “80 or so”"),
    ("KPI S3,2026-27 Q3,<80%,80-90%,0.9", "green (E2) says “0.9”. Write a band as"),
    ("KPI S3,2026-27 Q3,<80%,80-90%,>=90%", "amber (D2) shares an outturn with Green"),
    ("KPI S3,2026-27 Q3,<80%,75-90%,>90%", "red (C2) shares an outturn with Amber"),
    ("KPI S3,2026-27 Q3,<80%,80-89%,>90%", "amber (D2) leaves outturns between it and Green without a band"),
    ("KPI S3,2026-27 Q3,<80%,81-90%,>90%", "red (C2) leaves outturns between it and Amber without a band"),
    ("KPI S3,2026-27 Q3,<80%,91-95%,>85%", "amber (D2) shares an outturn with Green"),
    ("KPI S3,2026-27 Q3,>20%,10-20%,<10%", "green (E2) turns KPI S3 round, where the higher outturn is better"),
    ("KPI S1,2026-27 Q3,<80%,80-90%,>90%", "green (E2) turns KPI S1 round, where the lower outturn is better"),
    ("KPI S2,2026-27 Q3,<80%,80-90%,90-95%", "green (E2) leaves the outturns at its end without a band"),
    ("KPI S2,2026-27 Q3,<80%,80% to below 90%,90-95%", "green (E2) leaves the outturns at its end without a band"),
    ("KPI S2,2026-27 Q3,10% to below 80%,80-90%,>90%", "red (C2) leaves the outturns at its end without a band"),
    ("KPI S3,2026-27 Q3,<80%,80-90%,>90%,85%", "stretch (F2) says “85%”, which is not Green"),
    ("KPI S3,2026-27 Q3,<80%,80-90%,>90%,101%", "stretch (F2) says “101%”, which is not Green"),
    ("KPI S3,2026-27 Q3,<80%,80-90%,>90%,high", "stretch (F2) says “high”. Enter one outturn"),
    ("KPI S3,2026-27 Q3,<80%,80-90%,>90%,,,,31/02/2026", "agreed_on (I2) says “31/02/2026”"),
]


@pytest.mark.parametrize(("row", "says"), WRONG)
def test_each_fault_is_named_by_its_cell_and_its_row_is_left_out(tmp_path, row, says):
    told = read(tmp_path, row, SOUND.replace("S3", "S2"))
    assert f"Row 2, {says}" in told.faults[0].message
    assert [change.indicator for change in told.changes] == ["KPI S2"]


def test_every_fault_of_a_row_is_named(tmp_path):
    assert len(faults(tmp_path, "KPI S3,2026-27 Q3,<80%,81-89%,>90%")) == 2


def test_the_same_indicator_and_period_twice_is_named_with_both_rows(tmp_path):
    told = read(tmp_path, SOUND, SOUND)
    assert [fault.message for fault in told.faults] == [
        "Row 3, from_period (B3) says 2026-27 Q3 for KPI S3, as row 2 does. Delete one of the two."
    ]
    assert len(told.changes) == 1


def test_an_indicator_that_is_only_reported_has_no_target(tmp_path):
    (fault,) = read(tmp_path, "INFO W1,2026-27 Q3,<80%,80-90%,>90%", terms=load_terms()).faults
    assert "indicator (A2) says “INFO W1”, which is not rated, so it has no target." in fault.message


def test_two_bands_and_decimals_may_be_agreed(tmp_path):
    (change,) = read(tmp_path, "KPI S3,2026-27 Q3,<92.5%,n/a,>=92.5%").changes
    now = TERMS.with_changes([change]).in_force(Period(2026, 3)).indicators["KPI S3"]
    assert [assess_indicator(now, x, 1000).rag.value for x in (924, 925)] == ["Red", "Green"]
    assert gap_to_green(now, 924, 1000) == 1


# --- what is in force when, by an oracle of its own ---

STORY = (
    "KPI S1,2026-27 Q2,>20%,5-20%,<5%,2%",
    "KPI S1,2027-28 Q1,>15%,5-15%,<5%,",
    "KPI S3,2026-27 Q3,<80%,80-90%,>90%,97.5%",
    "KPI S3,2027-28 Q4,,,,99%",
    "KPI S2,2027-28 Q1,<90%,90-97.5%,>97.5%,",
)
EDGES = {  # indicator: first period of each target, its edges of Red and Green in percent, and its stretch
    "KPI S1": [("2000-01 Q1", 25, 10, ""), ("2026-27 Q2", 20, 5, "2%"), ("2027-28 Q1", 15, 5, "")],
    "KPI S2": [("2000-01 Q1", 85, 95, ""), ("2027-28 Q1", 90, 97.5, "")],
    "KPI S3": [("2000-01 Q1", 85, 95, ""), ("2026-27 Q3", 80, 90, "97.5%"), ("2027-28 Q4", 80, 90, "99%")],
}
PERIODS = [Period(year, quarter) for year in (2026, 2027, 2028) for quarter in (1, 2, 3, 4)]


def by_hand(code, period, reading, x, y):
    """The RAG by the edges above, and the stretch target: nothing of xlkpi but the period's text is used."""
    _, red, green, stretch = [row for row in EDGES[code] if row[0] <= str(period)][-1]
    percent = 100 * Fraction(y - x if code == "KPI S2" and reading == "effective" else x, y)
    if code == "KPI S1":
        return ("Red" if percent > red else "Green" if percent < green else "Amber"), stretch
    return ("Red" if percent < red else "Green" if percent > Fraction(green) else "Amber"), stretch


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_every_period_is_judged_by_its_own_targets_under_both_readings(tmp_path, period):
    terms = TERMS.with_changes(read(tmp_path, *STORY).changes)
    now = terms.in_force(period)
    assert terms.in_force(period) is now
    for code, indicator in now.indicators.items():
        for reading in Reading:
            for x in range(201):
                rag, stretch = by_hand(code, period, reading.value, x, 200)
                assert assess_indicator(indicator, x, 200, reading=reading).rag.value == rag, (code, x)
                assert indicator.read(reading).stretch == stretch


def test_a_change_is_known_with_what_was_in_force_at_first(tmp_path):
    terms = TERMS.with_changes(read(tmp_path, *STORY).changes)
    changed = terms.in_force(Period(2027, 4)).indicators["KPI S3"]
    assert changed.first_target == "Red <85%, Amber 85-95%, Green >95%"
    assert [str(change.from_period) for change in changed.changes] == ["2026-27 Q3", "2027-28 Q4"]
    assert terms.in_force(Period(2026, 1)).indicators["KPI S3"].changes == ()


def test_the_list_beside_the_register_is_the_councils(tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("provider_id,provider,lots,transport\nP1,Oak,3,no\n", encoding="utf-8")
    read(tmp_path, SOUND, "KPI S3,2026-27 Q4,<80%,80-89%,>90%")
    council = read_council(locate_lists(register=register))
    assert council.terms.in_force(Period(2026, 3)).indicators["KPI S3"].effective.green == ">90%"
    assert council.terms.in_force(Period(2026, 2)).indicators["KPI S3"].effective.green == ">95%"
    assert (council.targets.name, len(council.targets.faults)) == ("targets.csv", 1)
    assert council.terms.digest != load_terms().digest == ""
