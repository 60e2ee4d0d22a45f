"""Targets by date: what both sides agreed is in force from its period on, and what cannot be is named."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.every_outturn import every_outturn
from tests.evidence import some
from tests.small_catalogue import small_catalogue
from xlkpi.catalogue.load import load_catalogue, terms_of
from xlkpi.catalogue.targets import change_targets, find_change_faults
from xlkpi.core.assess import assess_indicator
from xlkpi.core.gap import gap_to_green
from xlkpi.core.period import Period
from xlkpi.core.period_text import parse_period
from xlkpi.core.target_change import TargetChange
from xlkpi.core.vocabulary import Reading

SMALL = small_catalogue()
TERMS = terms_of(SMALL)


def change(code, period, *bands, **more):
    """A change of a target, its bands and stretch in their order."""
    names = ("red", "amber", "green", "stretch")
    return TargetChange(code, parse_period(period), **dict(zip(names, bands, strict=False)), **more)


def faults(code, *bands):
    return list(find_change_faults(change(code, "2026-27 Q3", *bands), SMALL.find(code)))


SOUND = [
    ("KPI S3", "<80%", "80-90%", ">90%"),
    ("KPI S3", "<80%", "80-90%", ">90%", "97.5%"),
    ("KPI S1", ">20%", "5-20%", "<5%", "2%"),
    ("KPI S2", "<92.5%", "n/a", ">=92.5%"),
    ("KPI S3", "", "", "", "99%"),
]


@pytest.mark.parametrize("row", SOUND, ids=" ".join)
def test_what_can_be_put_in_force_has_no_fault(row):
    assert faults(*row) == []


BAND = "Let the bands meet, each edge in one of them."
WRONG = [
    ("KPI S3", ("", "80-90%", ">90%"), "red", "is empty. Enter the band, as <85%, 85-95% or >95%."),
    ("KPI S3", ("<80%", "80 or so", ">90%"), "amber", "says “80 or so”. Write a band as <85%, 85-95% or >95%."),
    ("KPI S3", ("<80%", "80-90%", "0.9"), "green",
     "says “0.9”. Format the cell as text, and type the band again, as 90%."),
    ("KPI S3", ("n/a", "80-90%", ">90%"), "red", "says “n/a”. Write a band as <85%, 85-95% or >95%."),
    ("KPI S3", ("<80%", "80-90%", ">=90%"), "amber", f"shares an outturn with Green. {BAND}"),
    ("KPI S3", ("<80%", "75-90%", ">90%"), "red", f"shares an outturn with Amber. {BAND}"),
    ("KPI S3", ("<80%", "80-89%", ">90%"), "amber", f"leaves outturns between it and Green without a band. {BAND}"),
    ("KPI S3", ("<80%", "81-90%", ">90%"), "red", f"leaves outturns between it and Amber without a band. {BAND}"),
    ("KPI S2", ("<80%", "80-90%", "90-95%"), "green", f"leaves the outturns at its end without a band. {BAND}"),
    ("KPI S2", ("10% to below 80%", "80-90%", ">90%"), "red", f"leaves the outturns at its end without a band. {BAND}"),
    ("KPI S3", (">20%", "10-20%", "<10%"), "green",
     "turns KPI S3 round, where the higher outturn is better. Check red and green."),
    ("KPI S1", ("<80%", "80-90%", ">90%"), "green",
     "turns KPI S1 round, where the lower outturn is better. Check red and green."),
    ("KPI S3", ("<80%", "80-90%", ">90%", "high"), "stretch", "says “high”. Enter one outturn with %, as 98%."),
    ("KPI S3", ("<80%", "80-90%", ">90%", "85%"), "stretch",
     "says “85%”, which is not Green. A stretch target is a better outturn than the target."),
    ("KPI S3", ("", "", "", "95%"), "stretch",
     "says “95%”, which is not Green. A stretch target is a better outturn than the target."),
    ("KPI S3", ("<80%", "80-90%", ">90%", "101%"), "stretch",
     "says “101%”, which is not Green. A stretch target is a better outturn than the target."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "bands", "column", "reason"), WRONG)
def test_what_keeps_a_change_out_of_force_is_named_by_its_column(code, bands, column, reason):
    assert (column, reason) in faults(code, *bands)


def test_every_fault_of_a_change_is_named():
    assert [column for column, _ in faults("KPI S3")] == ["red", "amber", "green"]
    assert [column for column, _ in faults("KPI S3", "<80%", "81-89%", ">90%")] == ["amber", "red"]
    assert [column for column, _ in faults("KPI S3", "few", "some", "0.9", "high")] == ["red", "amber", "green"]


def test_an_indicator_that_is_only_reported_has_no_target():
    info = load_catalogue().find("INFO W1")
    (fault,) = find_change_faults(change("INFO W1", "2026-27 Q3", "<80%", "80-90%", ">90%"), info)
    assert fault == ("indicator", "says “INFO W1”, which is not rated, so it has no target. Delete the row.")


def test_two_bands_and_decimals_may_be_agreed():
    agreed = change("KPI S3", "2026-27 Q3", "<92.5%", "n/a", ">=92.5%")
    now = TERMS.with_changes([agreed]).in_force(Period(2026, 3)).indicators["KPI S3"]
    assert [assess_indicator(now, x, 1000).rag.value for x in (924, 925)] == ["Red", "Green"]
    assert gap_to_green(now, 924, 1000) == 1


def test_without_changes_it_is_the_same_catalogue_and_only_what_is_named_changes():
    assert change_targets(SMALL, ()) is SMALL
    changed = change_targets(SMALL, [change("KPI S3", "2026-27 Q3", "<80%", "80-90%", ">90%")]).indicators
    assert {code for code, each in changed.items() if each != SMALL.indicators[code]} == {"KPI S3"}
    assert changed["KPI S3"].target == "Red <80%, Amber 80-90%, Green >90%"


# --- what is in force when, calculated by hand ---

STORY = (
    change("KPI S3", "2027-28 Q4", stretch="99%"),
    change("KPI S1", "2026-27 Q2", ">20%", "5-20%", "<5%", "2%"),
    change("KPI S1", "2027-28 Q1", ">15%", "5-15%", "<5%"),
    change("KPI S3", "2026-27 Q3", "<80%", "80-90%", ">90%", "97.5%"),
    change("KPI S2", "2027-28 Q1", "<90%", "90-97.5%", ">97.5%"),
)
"""In no order: a list may name them as it likes."""
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
def test_every_period_is_judged_by_its_own_targets_under_both_readings(period):
    terms = TERMS.with_changes(STORY)
    now = terms.in_force(period)
    assert terms.in_force(period) is now
    for code, indicator in some(now.indicators.items()):
        for reading in Reading:
            for x in range(201):
                rag, stretch = by_hand(code, period, reading.value, x, 200)
                assert assess_indicator(indicator, x, 200, reading=reading).rag.value == rag, (code, x)
                assert indicator.read(reading).stretch == stretch


def test_a_change_is_known_with_what_was_in_force_at_first():
    terms = TERMS.with_changes(STORY)
    changed = terms.in_force(Period(2027, 4)).indicators["KPI S3"]
    assert changed.first_target == "Red <85%, Amber 85-95%, Green >95%"
    assert [str(each.from_period) for each in changed.changes] == ["2026-27 Q3", "2027-28 Q4"]
    assert terms.in_force(Period(2026, 1)).indicators["KPI S3"].changes == ()
    assert terms.in_force().indicators["KPI S1"].target == "Red >15%, Amber 5-15%, Green <5%"


KINDS = every_outturn()
IN_UNIT = [
    ("N 1", (">5", "2-5", "<=1", "0")), ("A 2", ("<£1,500", "n/a", ">=£1,500", "£2,000.50")),
    ("D 1", (">6 days", "5-6 days", "<5 days", "4.5 days")), ("N 2", ("", "", "", "1,200")),
]  # fmt: skip
NOT_IN_UNIT = [
    ("N 1", (">5%", "2-5", "<=1"), ("red", "says “>5%”. Did you mean >5?")),
    ("A 1", (">£500", "£99-£500", ""), ("green", "is empty. Enter the band, as <£500, £500-£800 or >£800.")),
    ("D 1", (">6 days", "5-6 days", "<4 days"),
     ("amber", "leaves outturns between it and Green without a band. Let the bands meet, each edge in one of them.")),
    ("D 1", ("", "", "", "4"), ("stretch", "says “4”. Enter one number with days, as 4.5 days.")),
    ("D 1", ("", "", "", "9 days"),
     ("stretch", "says “9 days”, which is not Green. A stretch target is a better outturn than the target.")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "bands"), IN_UNIT)
def test_a_target_of_any_kind_changes_in_its_own_unit(code, bands):
    target = change(code, "2026-27 Q3", *bands)
    assert list(find_change_faults(target, KINDS.find(code))) == []
    changed = change_targets(KINDS, [target]).find(code)
    assert changed.effective.stretch == bands[3]
    assert changed.effective.green == (bands[2] or KINDS.find(code).effective.green)


@pytest.mark.parametrize(("code", "bands", "fault"), NOT_IN_UNIT)
def test_a_target_in_another_unit_is_named(code, bands, fault):
    assert list(find_change_faults(change(code, "2026-27 Q3", *bands), KINDS.find(code))) == [fault]
