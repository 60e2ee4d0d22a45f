"""The list of changed targets: read beside the register, every fault by its cell, each in force from its period."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from tests.small_catalogue import small_catalogue
from xlkpi.catalogue.load import ContractTerms, load_terms, terms_of
from xlkpi.core.period import Period
from xlkpi.council import locate_lists, read_council
from xlkpi.council.targets import read_targets
from xlkpi.findings import Severity

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
    (
        "KPI S3,2026-27 Q3,<80%,80-90%,0.9",
        "green (E2) says “0.9”. Format the cell as text, and type the band again, as",
    ),
    ("KPI S3,2026-27 Q3,<80%,80-90%,>=90%", "amber (D2) shares an outturn with Green"),
    ("KPI S3,2026-27 Q3,<80%,80-89%,>90%", "amber (D2) leaves outturns between it and Green without a band"),
    ("KPI S3,2026-27 Q3,>20%,10-20%,<10%", "green (E2) turns KPI S3 round, where the higher outturn is better"),
    ("KPI S3,2026-27 Q3,<80%,80-90%,>90%,high", "stretch (F2) says “high”. Enter one outturn"),
    ("KPI S3,2026-27 Q3,<80%,80-90%,>90%,,,,31/02/2026", "agreed_on (I2) says “31/02/2026”"),
]


@pytest.mark.parametrize(("row", "says"), WRONG)
def test_each_fault_is_named_by_its_cell_and_its_row_is_left_out(tmp_path, row, says):
    text = read(tmp_path, row, SOUND.replace("S3", "S2"))
    assert f"Row 2, {says}" in text.faults[0].message
    assert [change.indicator for change in text.changes] == ["KPI S2"]


def test_every_fault_of_a_row_is_named(tmp_path):
    assert len(faults(tmp_path, "KPI S3,2026-27 Q3,<80%,81-89%,>90%")) == 2


def test_a_column_that_is_not_read_is_named(tmp_path):
    """A stretch target under a misspelt header would be lost in silence."""
    path = tmp_path / "targets.csv"
    path.write_text(
        "indicator,from_period,red,amber,green,strech,agreed in\nKPI S3,2026-27 Q3,<80%,80-90%,>90%,95%,May\n",
        encoding="utf-8",
    )
    advice = "is not one the list of targets uses. If it is {}, rename it; otherwise leave it."
    assert [fault.message for fault in read_targets(path, TERMS).faults] == [
        f"Column F, “strech”, {advice.format('stretch')}",
        f"Column G, “agreed in”, {advice.format('agreed_on')}",
    ]


def test_bands_of_a_later_version_that_a_row_keeps_out_of_force_are_asked_about(tmp_path):
    now = small_catalogue()
    known = now.find("KPI S3")
    other = replace(
        known, written=replace(known.written, green=">96%"), effective=replace(known.effective, green=">96%")
    )
    later = replace(now, version="small.2", from_period=Period(2027, 1), indicators={**now.indicators, "KPI S3": other})
    terms = ContractTerms((now, later))
    (fault,) = read(tmp_path, SOUND, terms=terms).faults
    assert (fault.severity, fault.cell) == (Severity.QUERY, "B2")
    assert fault.message == (
        "Row 2, from_period (B2) keeps its bands in force, though version small.2 has others for KPI S3 from"
        " 2027-28 Q1. Add a row from 2027-28 Q1 with the bands that count."
    )
    again = "KPI S3,2027-28 Q1,<85%,85-96%,>96%,,,,"
    assert not read(tmp_path, SOUND, again, terms=terms).faults
    assert not read(tmp_path, again, terms=terms).faults
    between = "KPI S3,2026-27 Q4,<81%,81-91%,>91%,,,,"
    assert [fault.row for fault in read(tmp_path, between, SOUND, terms=terms).faults] == [2]
    stretch_alone = "KPI S3,2027-28 Q1,,,,98%,,,"
    assert [fault.row for fault in read(tmp_path, SOUND, stretch_alone, terms=terms).faults] == [2]
    assert not read(tmp_path, SOUND, terms=ContractTerms((now, replace(later, indicators=now.indicators)))).faults


def test_the_same_indicator_and_period_twice_is_named_with_both_rows(tmp_path):
    text = read(tmp_path, SOUND, SOUND)
    assert [fault.message for fault in text.faults] == [
        "Row 3, from_period (B3) says 2026-27 Q3 for KPI S3, as row 2 does. Delete one of the two."
    ]
    assert len(text.changes) == 1


def test_the_list_beside_the_register_is_the_councils(tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("provider_id,provider,lots,transport\nP1,Oak,3,no\n", encoding="utf-8")
    read(tmp_path, SOUND, "KPI S3,2026-27 Q4,<80%,80-89%,>90%")
    council = read_council(locate_lists(register=register))
    assert council.terms.in_force(Period(2026, 3)).indicators["KPI S3"].effective.green == ">90%"
    assert council.terms.in_force(Period(2026, 2)).indicators["KPI S3"].effective.green == ">95%"
    assert (council.targets.name, len(council.targets.faults)) == ("targets.csv", 1)
    assert council.terms.digest != load_terms().digest == ""
