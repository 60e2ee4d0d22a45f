"""A room looks down, never up, never across; and what runs inside LibreOffice stays plain and old enough."""

from __future__ import annotations

import ast
import sys

import pytest
from importlinter import cli

from tests.house.project_files import ROOT, listed, name, parsed, python_files, source

INSIDE_OFFICE = python_files(
    "xlkpi/core",
    "xlkpi/catalogue",
    "xlkpi/layout",
    "xlkpi/findings",
    "xlkpi/errors.py",
    "xlkpi/plain_text.py",
    "xlkpi/problem_log.py",
    "xlkpi/hosts/functions.py",
    "xlkpi/hosts/array_arguments.py",
    "xlkpi/hosts/protocol.py",
    "xlkpi/hosts/macros.py",
    "xlkpi/hosts/menu.py",
    "xlkpi/hosts/subprocess_bridge.py",
    "xlkpi/commands/explain.py",
    "xlkpi/ooxml/addresses.py",
    "xlkpi/ooxml/limits.py",
    "xlkpi/ooxml/serial_days.py",
)


BEFORE_INSTALLING = [
    *python_files("xlkpi/hosts/registry.py"),
    *(path for path in python_files("xlkpi/hosts") if path.name.startswith(("find_", "install_", "check_"))),
    *(path for path in python_files("scripts") if path.name.startswith("dev_machine")),
]


@pytest.mark.xdist_group("house")
def test_the_rooms_keep_to_their_layers(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    status = cli.lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def test_what_runs_inside_libreoffice_reads_in_python_3_9():
    offenders = []
    for path in INSIDE_OFFICE:
        try:
            ast.parse(source(path), feature_version=(3, 9))
        except SyntaxError as problem:
            offenders.append(f"{name(path)}:{problem.lineno}: {problem.msg}")
    assert not offenders, listed(offenders)


def third_party(paths):
    """Each import of something that is neither Python's own nor ours, as file:line: module."""
    known = sys.stdlib_module_names | {"xlkpi", "udfs"} | {path.stem for path in python_files("scripts")}
    return [
        f"{name(path)}:{line}: {module}"
        for path in paths
        for module, line in imports(parsed(path))
        if module not in known
    ]


def test_what_runs_inside_libreoffice_needs_the_standard_library_only():
    offenders = third_party(INSIDE_OFFICE)
    assert not offenders, listed(offenders)


def test_the_installer_needs_the_standard_library_only():
    offenders = third_party([*python_files("install_addin.py", "xlkpi/installer"), *BEFORE_INSTALLING])
    assert BEFORE_INSTALLING
    assert not offenders, listed(offenders)


def imports(tree):
    """The first name of every module imported absolutely, wherever in the file it is, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).partition(".")[0], node.lineno


def imported(tree):
    """The names that `imports` gives, without their lines."""
    return {module for module, _ in imports(tree)}


def test_the_import_finder_sees_late_and_nested_imports():
    code = "import os.path as p\nfrom a.b import c\ndef f():\n    import numpy\nfrom . import here\n"
    assert imported(ast.parse(code)) == {"os", "a", "numpy"}
