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
    ("N 1", {"red": "lots"}, "N 1: the bands lots, 1-3, 0 cannot be read"),
    ("N 1", {"red": ">3%"}, "N 1: the bands >3%, 1-3, 0 are not in the outturn's unit. Write them as <3, 3-5 or >5"),
    ("A 2", {"green": ">=1,200.50"},
     "A 2: the bands <£1,200.50, >=1,200.50 are not in the outturn's unit. Write them as <£500, £500-£800 or >£800"),
    ("D 3", {"amber": "3-6 days"}, "D 3: two bands contain 5.5 days"),
    ("N 1", {"amber": "0-3"}, "N 1: two bands contain 0"),
    ("R 1", {"effective": {"outturn": "days"}}, "R 1: both readings must ask for the same figures"),
    ("D 1", {"effective": {"y": "n/a"}, "why": "w"}, "D 1: both readings must ask for the same figures"),
    ("S 1", {"y": "n/a"}, "a check across entries compares the y of S 1, which has none"),
    ("S 1", {"outturn": "days"}, "a check across entries adds up the x of S 1, which is not a count"),
    ("S 1", {"outturn": "count", "y": "n/a"},
     "a check across entries compares a sum with the y of S 1, which has none"),
    ("A 1", {"outturn": "days"}, "a check across entries compares the x of A 1 and A 2, which differ in unit"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fields", "fault"), FAULTS)
def test_a_planted_fault_is_named(code, fields, fault):
    faults = changed(code, **fields)
    assert [each for each in faults if each == fault or each.startswith(f"{fault}. ")], faults


def test_a_relation_with_an_unknown_indicator_is_named_once():
    faults = planted(lambda data: data["x_parts"].append({"part": "Z 9", "whole": "A 1", "because": "b"}))
    assert faults == ["a check across entries names Z 9, which does not exist"]
    assert planted(lambda data: data["x_sums"].append({"indicators": ["Z 9"], "because": "b"})) == faults
    assert planted(lambda data: data["same_y"].append({"indicators": ["Z 9"], "counts": "b"})) == faults
