"""docs/trust.md: every promise is linked to a test, and every test linked exists under that name."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.project_files import ROOT, parsed

PAGE = (ROOT / "docs/trust.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[`([\w/]+)`\]\(\.\./(tests/[\w/]+\.py)\)")
ROWS = [
    line
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| ---", "| Promise", "| What"))
]
OPEN = "*to be linked*"
"""Stands where a figure is still to be measured; the row says so."""


def named_in(path):
    """The tests and classes of tests in a file."""
    return {node.name for node in ast.walk(parsed(ROOT / path)) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def test_the_page_has_a_row_for_each_kind_of_promise():
    assert len(ROWS) > 30
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert headings[-1] == "What is not promised"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_a_promise_is_linked_to_a_test_that_exists(row):
    links = LINK.findall(row)
    assert links or OPEN in row
    assert len(row.split("|")) == 5
    missing = [(name, path) for name, path in links if not (ROOT / path).is_file()]
    missing += [(name, path) for name, path in links if "/" not in name and name not in named_in(path)]
    assert not missing
