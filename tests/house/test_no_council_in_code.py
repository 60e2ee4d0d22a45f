"""No code names a council or its case system: that is data. What still does is listed, and may only shrink."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.house.project_files import name, nodes, python_files

pytestmark = pytest.mark.xdist_group("files of the project")  # they are parsed once

NAMES = re.compile(
    r"\b(?:Kent|KCC|SWIFT|Liberi)\b|\b(?:KPI|INFO)[ _][A-Z]\d"
    r"|\b(?:Clause|paragraph|Section) \d|\bAppendix [A-Z]\b|\bfourteen\b",
    re.IGNORECASE,
)
"""A council, its case system, a code of its indicators, and the places of its contract."""
STILL = {
    "xlkpi/cli/demo.py": "the demonstration is of Kent's contract",
    "xlkpi/demo": "the demonstration is of Kent's contract: its figures and stories are by its codes",
    "xlkpi/council/register/register_cells.py": "registers call an in-house provider so, as they call it council",
    "xlkpi/hosts/functions.py": "KPI_S2 is a function of the product, whichever indicator counts invoices",
    "xlkpi/hosts/lite/build_starters.py": "two starter workbooks are of Kent's contract, as the samples are",
}
"""Files and folders whose texts still name Kent, and why. Its docstrings and comments may."""


def texts_of(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Every text in a file that is not a docstring, or a note below an assignment."""
    notes = {
        id(statement.value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    constants = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in notes)
    return (node.value for node in constants if isinstance(node.value, str))


def place_of(path: str) -> str:
    """The folder that is listed as a whole, or the file."""
    return next((place for place in STILL if path.startswith(f"{place}/")), path)


def test_only_the_files_that_are_listed_name_a_council():
    files = python_files("xlkpi")
    naming = {place_of(name(path)) for path in files if any(NAMES.search(text) for text in texts_of(nodes(path)))}
    assert len(files) > 300
    assert naming == set(STILL), "put the name into the data of the catalogue"
