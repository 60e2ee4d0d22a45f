"""A catalogue's kinds of outturn: each fault is named, and the sound catalogue of every kind has none."""

from __future__ import annotations

import copy

import pytest

from tests.every_outturn import DATA
from xlkpi.catalogue.validate import find_faults


def planted(change):
    data = copy.deepcopy(DATA)
    change(data)
    return find_faults(data)


def changed(code, **fields):
    return planted(lambda data: next(row for row in data["indicators"] if row["code"] == code).update(fields))


def test_the_catalogue_of_every_kind_is_sound():
    assert find_faults(DATA) == []


FAULTS = [
    ("S 1", {"outturn": "ratio"}, "S 1: ratio is not an outturn"),
    ("S 2", {"y": "n/a"}, "S 2: y is n/a, but x is a share of y. Say what y counts, or write another outturn"),
    ("N 1", {"y": "cases"}, "N 1: a count is x alone. Write n/a for y"),
    ("D 1", {"carried_over": True}, "D 1: only an x that counts some of the y can be carried over"),
    ("N 1", {"red": "lots"}, "N 1: red is “lots”. Write a band as <3, 3-5 or >5"),
    ("N 1", {"red": ">3%"}, "N 1: red is “>3%”. Did you mean >3?"),
    ("A 2", {"green": ">=1,200.50"}, "A 2: green is “>=1,200.50”. Did you mean >=£1,200.50?"),
    ("A 2", {"green": "n/a"}, "A 2: green is n/a. Write a band, or n/a in all three where nothing is rated"),
    ("D 3", {"amber": "3-6 days"}, "D 3: two bands contain 5.5 days ("),
    ("N 1", {"amber": "0-3"}, "N 1: two bands contain 0 ("),
    ("R 1", {"effective": {"outturn": "days"}}, "R 1: both readings must ask for the same figures"),
    ("D 1", {"effective": {"y": "n/a"}, "why": "w"}, "D 1: both readings must ask for the same figures"),
    ("S 1", {"y": "n/a"}, "same_y, entry 1: S 1 has no y to compare. Leave it out"),
    ("S 1", {"outturn": "days"}, "x_sums, entry 1: the x of S 1 is not a count, so it cannot be added up."),
    ("S 1", {"outturn": "count", "y": "n/a"},
     "x_sums, entry 1: S 1 has no y that the sum could be compared with. Leave it out"),
    ("A 1", {"outturn": "days"}, "x_parts, entry 1: the x of A 1 and A 2 differ in unit. Delete the entry"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fields", "fault"), FAULTS)
def test_a_planted_fault_is_named(code, fields, fault):
    faults = changed(code, **fields)
    assert [each for each in faults if each.startswith(fault)], faults


def test_a_relation_with_an_unknown_indicator_is_named_once():
    faults = planted(lambda data: data["x_parts"].append({"part": "Z 9", "whole": "A 1", "because": "b"}))
    assert faults == [f"x_parts, entry {len(DATA['x_parts']) + 1}: Z 9 is not an indicator"]
    faults = planted(lambda data: data["x_sums"].append({"indicators": ["Z 9"], "because": "b"}))
    assert faults == [f"x_sums, entry {len(DATA['x_sums']) + 1}: Z 9 is not an indicator"]
    faults = planted(lambda data: data["same_y"].append({"indicators": ["Z 9"], "counts": "b"}))
    assert faults == [f"same_y, entry {len(DATA['same_y']) + 1}: Z 9 is not an indicator"]
