"""A room looks down, never up, never across; and what runs inside LibreOffice stays plain and old enough."""

from __future__ import annotations

import ast
import sys

import pytest
from importlinter import cli

from tests.house.tree import ROOT, name, python_files

INSIDE_OFFICE = python_files(
    "xlkpi/core",
    "xlkpi/catalogue",
    "xlkpi/layout",
    "xlkpi/findings",
    "xlkpi/errors.py",
    "xlkpi/hosts/functions.py",
    "xlkpi/hosts/array_arguments.py",
    "xlkpi/hosts/protocol.py",
    "xlkpi/hosts/macros.py",
    "xlkpi/hosts/subprocess_bridge.py",
    "xlkpi/commands/explain.py",
)


@pytest.mark.xdist_group("house")
def test_the_rooms_keep_to_their_layers(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    status = cli.lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("path", INSIDE_OFFICE, ids=name)
def test_what_runs_inside_libreoffice_reads_in_python_3_9(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.mark.parametrize("path", INSIDE_OFFICE, ids=name)
def test_what_runs_inside_libreoffice_needs_the_standard_library_only(path):
    outside = imported(ast.parse(path.read_text(encoding="utf-8"))) - sys.stdlib_module_names - {"xlkpi"}
    assert not outside


@pytest.mark.parametrize("path", python_files("install_addin.py", "xlkpi/installing"), ids=name)
def test_the_installer_needs_the_standard_library_only(path):
    outside = imported(ast.parse(path.read_text(encoding="utf-8"))) - sys.stdlib_module_names - {"xlkpi"}
    assert not outside


def imported(tree):
    """The first name of every module imported absolutely, wherever in the file it is."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def test_the_import_finder_sees_late_and_nested_imports():
    source = "import os.path as p\nfrom a.b import c\ndef f():\n    import numpy\nfrom . import here\n"
    assert imported(ast.parse(source)) == {"os", "a", "numpy"}
