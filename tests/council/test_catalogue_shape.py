"""Content of another kind than its place has, in each file of a catalogue folder: a fault that names the place."""

from __future__ import annotations

import json

import pytest

from tests.small_catalogue import SMALL, folder_files
from xlkpi.council.catalogue_folder import LARGEST_FILE, find_catalogue_faults


def write_folder(folder, **files):
    for name, text in {**folder_files(), **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def version_with(**changes):
    return json.dumps({**json.loads(SMALL), **changes})


def indicator_with(**changes):
    first, *others = json.loads(SMALL)["indicators"]
    return version_with(indicators=[{**first, **changes}, *others])


def test_a_sound_folder_has_none(tmp_path):
    assert find_catalogue_faults(write_folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        (version_with(version=7), "version is a number. Write it as text in quotation marks."),
        (version_with(sections={}), "sections is a table. Write a list in square brackets."),
        (version_with(sections=[[]]), "sections, entry 1 is a list. Write a table in braces."),
        (indicator_with(lots=1, red=5), "indicators, entry 1, red is a number. Write it as text in quotation marks."),
        (indicator_with(code=["KPI S1"]), "indicators, entry 1, code is a list. Write it as text in quotation marks."),
        (
            indicator_with(frequency=True),
            "indicators, entry 1, frequency is true. Write it as text in quotation marks.",
        ),
        (indicator_with(carried_over="yes"), "indicators, entry 1, carried_over is “yes”. Write true or false."),
        (indicator_with(effective=None), "indicators, entry 1, effective is null. Write a table in braces."),
        (indicator_with(x="\ud800"), "indicators, entry 1, x has characters that cannot be shown. Type it again."),
        (indicator_with(y="\x1b[2J"), "indicators, entry 1, y has characters that cannot be shown. Type it again."),
        (version_with(x_parts=[{"part": "KPI S1"}]), "x_parts, entry 1: whole is missing."),
        (version_with(x_parts=[{"part": "KPI S1"}]), "x_parts, entry 1: because is missing."),
        (version_with(same_y=[{"indicators": "KPI S1"}]), "same_y, entry 1, indicators is “KPI S1”. Write a list in"),
        ("[" * 5_000, "it has a number or a nesting that nobody writes."),
        ("9" * 5_000, "it has a number or a nesting that nobody writes."),
        ("1", "it should be one table in braces."),
        (SMALL + " " * LARGEST_FILE, "it has over 5 MB."),
    ],
)
def test_of_a_version(tmp_path, version, fault):
    faults = find_catalogue_faults(write_folder(tmp_path, **{"small.1.json": version}))
    assert any(each.startswith(f"small.1.json: {fault}") for each in faults), faults


def test_of_the_words_and_of_the_ladder(tmp_path):
    ladder = json.loads(folder_files()["ladder.json"])
    ladder["rungs"][1] |= {"contact": True, "working_days": "ten"}
    words = {**json.loads(folder_files()["contract.json"]), "short_names": {"KPI S1": 5, "_note": 5}}
    changed = {"contract.json": json.dumps(words), "ladder.json": json.dumps(ladder)}
    assert find_catalogue_faults(write_folder(tmp_path, **changed)) == [
        "contract.json: short_names, KPI S1 is a number. Write it as text in quotation marks.",
        "ladder.json: rungs, entry 2, contact is true. Write a whole number.",
        "ladder.json: rungs, entry 2, working_days is “ten”. Write a whole number.",
    ]
