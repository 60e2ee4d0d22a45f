"""No period is read or found without the contract's scheme: the default, quarters, is for tests alone."""

from __future__ import annotations

import ast

import pytest

from tests.house.project_files import name, nodes, python_files, walk

pytestmark = pytest.mark.xdist_group("files of the project")  # they are parsed once
SCHEMED = {"parse_period": 2, "find_deadline": 2, "find_periods": 2, "current_period": 2, "choose_period": 3,
           "read_period": 2}  # fmt: skip
"""Functions that take a scheme, and how many arguments a call with one has."""


def calls_without_scheme(nodes):
    for node in nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if len(node.args) + len(node.keywords) < SCHEMED.get(node.func.id, 0):
            yield node


def test_every_call_names_the_scheme():
    offenders = [
        f"{name(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in python_files("xlkpi")
        for node in calls_without_scheme(nodes(path))
    ]
    assert offenders == []


def test_a_call_without_one_is_found():
    tree = ast.parse("parse_period(text)\nparse_period(text, scheme)\nother(text)\nfind_deadline(text)")
    assert [node.lineno for node in calls_without_scheme(walk(tree))] == [1, 4]
