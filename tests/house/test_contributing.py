"""CONTRIBUTING and the release steps name files, tests and parts that exist."""

from __future__ import annotations

import re

import pytest
import regenerate

from tests.house.project_files import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROWS = [row.strip("| ").split(" | ") for row in PAGE.splitlines() if row.startswith("| **")]
PATH = re.compile(r"`((?:xlkpi|udfs|tests|scripts|docs)(?:/[\w./]+)?)`")


def test_the_table_answers_where_to_change_each_thing():
    subjects = (
        "indicator",
        "band",
        "sentences",
        "example contracts",
        "finding",
        "function",
        "column of Data",
        "tab",
        "letter",
        "host",
        "dependency",
        "period scheme",
    )
    assert len(ROWS) == len(subjects)
    for subject, row in zip(subjects, ROWS, strict=True):
        assert subject in row[0]
        assert len(row) == 4


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].split("**")[1])
def test_a_row_names_files_and_tests_that_exist(row):
    places, tests = PATH.findall(row[1]), PATH.findall(row[2])
    assert places
    assert tests
    assert not [path for path in places + tests if not (ROOT / path).exists()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].split("**")[1])
def test_a_row_names_parts_that_regenerate_knows(row):
    assert set(row[3].split(", ")) <= set(regenerate.PARTS)


def test_the_release_steps_name_files_that_exist():
    steps = (ROOT / "docs/releasing.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:xlkpi|docs|scripts|workbooks)/[\w./]+|\w+\.(?:md|toml|py))`", steps)
    assert len(named) >= 6
    assert not [path for path in named if not (ROOT / path).exists()]
