"""A catalogue that contradicts itself is refused, and every fault is named."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from xlkpi.catalogue.load import SHIPPED, load_catalogue
from xlkpi.catalogue.model import parse_catalogue
from xlkpi.catalogue.validate import REQUIRED, find_faults
from xlkpi.errors import CatalogueError

SOUND = json.loads((SHIPPED / f"{load_catalogue().version}.json").read_text(encoding="utf-8"))


def planted(change):
    """The faults of the catalogue once it has been changed."""
    data = copy.deepcopy(SOUND)
    change(data)
    return find_faults(data)


def row(data, code):
    return next(r for r in data["indicators"] if r["code"] == code)


def changed(code, **fields):
    return planted(lambda data: row(data, code).update(fields))


def test_the_catalogue_that_ships_is_sound():
    assert find_faults(SOUND) == []


@pytest.mark.parametrize("key", ["version", "sections", "indicators", "same_y", "x_sums", "x_parts"])
def test_a_part_that_is_missing_is_named(key):
    assert planted(lambda data: data.pop(key)) == [f"the catalogue has no {key}"]


@pytest.mark.parametrize("key", [key for key in REQUIRED if key not in ("code", "section")])
def test_a_field_that_is_missing_is_named(key):
    assert planted(lambda data: row(data, "KPI S1").pop(key)) == [f"KPI S1 has no {key}"]


def test_an_indicator_without_code_or_section_is_named_too():
    assert "? has no code" in planted(lambda data: row(data, "KPI S1").pop("code"))
    assert "KPI S1 has no section" in planted(lambda data: row(data, "KPI S1").pop("section"))


def test_a_code_that_stands_twice():
    faults = planted(lambda data: data["indicators"].append(copy.deepcopy(row(data, "KPI S1"))))
    assert faults == ["KPI S1 is there twice. Delete one of the two, or give it another code"]


def test_codes_that_differ_only_in_signs_are_named():
    faults = planted(lambda data: row(data, "KPI S3").update(code="kpi-s1"))
    assert "kpi-s1 and KPI S1 differ only in signs that a cell's name cannot have. Give one another code" in faults


FAULTS = [
    ("KPI S1", {"section": "lot 9"}, "KPI S1 names the section lot 9, which does not exist"),
    ("KPI S1", {"why": "because"}, "KPI S1: an effective reading and the reason for it go together"),
    ("KPI S2", {"why": ""}, "KPI S2: an effective reading and the reason for it go together"),
    ("KPI S1", {"effective": {"measured": "x"}, "why": "w"}, "KPI S1: measured cannot be read differently"),
    ("KPI S1", {"effective": {"red": ">25%"}, "why": "w"}, "KPI S1: the effective red is the same as the written one"),
    ("KPI S1", {"frequency": "weekly"}, "KPI S1: weekly is not a frequency"),
    ("KPI S2", {"effective": {"outturn": "y/x"}}, "KPI S2: y/x is not an outturn"),
    ("KPI S1", {"red": "lots"}, "KPI S1: red is “lots”"),
    ("KPI S1", {"red": "n/a"}, "KPI S1: red is n/a"),
    ("KPI S1", {"amber": "10-26%"}, "KPI S1: two bands contain 25.5% ("),
    ("KPI S1", {"amber": "9-25%"}, "KPI S1: two bands contain 9% ("),
    ("KPI S3", {"amber": "85-96%"}, "KPI S3: two bands contain 95.5% ("),
    ("KPI S5", {"amber": "85-100%"}, "KPI S5: two bands contain 100% ("),
    ("KPI S5", {"effective": {"amber": "84% to below 100%"}}, "KPI S5: two bands contain 84% ("),
]


@pytest.mark.parametrize(("code", "fields", "fault"), FAULTS)
def test_a_planted_fault_is_named(code, fields, fault):
    assert [each for each in changed(code, **fields) if each.startswith(fault)]


def test_bands_that_leave_a_gap_are_as_the_schedule_writes_them():
    assert not changed("KPI S1", amber="12-25%")


def test_a_relation_to_an_unknown_indicator_or_across_sections_is_named():
    unknown = planted(lambda data: data["same_y"][0]["indicators"].append("KPI S9"))
    assert unknown == ["same_y, entry 1: KPI S9 is not an indicator"]
    across = planted(lambda data: data["x_sums"][0]["indicators"].append("KPI S1"))
    why = "are not in one section. Name indicators of the same section"
    assert across[0] == f"x_sums, entry 1: INFO W1, INFO W2, KPI S1 {why}"
    pair = planted(lambda data: data["x_parts"][0].update(whole="KPI T1"))
    assert pair == [f"x_parts, entry 1: KPI S4c, KPI T1 {why}"]


def test_a_relation_of_fewer_than_two_indicators_or_of_one_that_another_has_is_named():
    empty = planted(lambda data: data["same_y"][0]["indicators"].clear())
    assert empty == ["same_y, entry 1: it names nothing. Name at least two indicators, each once"]
    twice = planted(lambda data: data["same_y"].append(copy.deepcopy(data["same_y"][0])))
    why = "is in same_y, entry 1 too. Write one entry with all that have the same y"
    assert twice[0].endswith(why)


def test_a_faulty_catalogue_is_refused_with_every_fault_and_crosses_processes():
    data = copy.deepcopy(SOUND)
    row(data, "KPI S1").update(frequency="weekly", red="lots")
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(data)
    assert caught.value.faults == find_faults(data)
    assert "KPI S1: weekly is not a frequency. Write one of: monthly, " in str(caught.value)
    assert "KPI S1: red is “lots”" in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes
