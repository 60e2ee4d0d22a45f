"""A test that asserts in a loop over what a search found first asserts that the search found something."""

from __future__ import annotations

import ast

import pytest

from tests.house.project_files import listed, name, nodes, python_files, walk

pytestmark = pytest.mark.xdist_group("files of the project")  # they are parsed once
SEARCHES = {"glob", "rglob", "iterdir", "findall", "finditer", "xpath"}
AROUND = {"sorted", "list", "tuple", "set", "reversed", "enumerate", "dict"}


def may_be_empty(node):
    """Whether an expression searches or filters, and so may come to nothing; `some(...)` never does."""
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return any(generator.ifs for generator in node.generators)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in SEARCHES
    called = node.func.id if isinstance(node.func, ast.Name) else ""
    return called == "filter" or (called in AROUND and any(map(may_be_empty, node.args)))


def loops(nodes):
    """Each loop that asserts, and each `assert all(...)`: the statement and what it goes through."""
    for node in nodes:
        if isinstance(node, ast.For) and any(isinstance(inner, ast.Assert) for inner in walk(node)):
            yield node, node.iter
        elif isinstance(node, ast.Assert):
            for call in walk(node.test):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "all":
                    yield from ((node, inner.generators[0].iter) for inner in call.args if hasattr(inner, "generators"))


def names_in(node):
    return {inner.id for inner in walk(node) if isinstance(inner, ast.Name)}


def over_nothing(nodes):
    """The lines of loops over what may be empty without an assertion, outside the loop, about what it goes through."""
    for function in nodes:
        if not (isinstance(function, ast.FunctionDef) and function.name.startswith("test_")):
            continue
        inner_nodes = walk(function)
        asserting = list(loops(inner_nodes))
        if not asserting:
            continue
        searched = {
            node.targets[0].id
            for node in inner_nodes
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and may_be_empty(node.value)
        }
        for loop, through in asserting:
            doubtful = names_in(through) & searched  # names, so `zip` and `.items()` of what was searched count too
            inside = set(walk(loop))
            outside = [node for node in inner_nodes if isinstance(node, ast.Assert) and node not in inside]
            if may_be_empty(through) or (doubtful and not any(doubtful & names_in(node) for node in outside)):
                yield loop.lineno


def test_no_test_asserts_in_a_loop_over_nothing():
    files = [path for path in python_files("tests") if path.name.startswith("test_")]
    offenders = [f"{name(path)}:{line}: use some(...)" for path in files for line in over_nothing(nodes(path))]
    assert len(files) > 100
    assert not offenders, listed(offenders)


BAD = """
def test_it(folder):
    {before}
    for path in {through}:
        assert path.name
"""


@pytest.mark.parametrize(
    ("before", "through", "lines"),
    [
        ("pass", "folder.glob('*')", [4]),
        ("pass", "sorted(folder.rglob('*'))", [4]),
        ("pass", "some(folder.glob('*'))", []),
        ("paths = [p for p in folder if p]", "paths", [4]),
        ("paths = some(p for p in folder if p)", "paths", []),
        ("pass", "folder", []),
    ],
)
def test_the_search_finds_loops_over_nothing(before, through, lines):
    assert list(over_nothing(walk(ast.parse(BAD.format(before=before, through=through))))) == lines


def test_an_assertion_about_what_was_found_is_enough():
    code = BAD.format(before="paths = [p for p in folder if p]; assert paths", through="paths")
    assert list(over_nothing(walk(ast.parse(code)))) == []
