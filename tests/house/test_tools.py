"""The tools that read the code for us find nothing, and the project file says what is true."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

import xlkpi
from tests.house.project_files import ROOT

pytestmark = pytest.mark.xdist_group("house")
CHECKED = ["xlkpi", "udfs", "tests", "scripts", "install_addin.py"]


def run(*arguments):
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


def test_ruff_finds_nothing():
    run("ruff", "check", "--output-format", "concise", *CHECKED)


def test_the_formatter_changes_nothing():
    run("ruff", "format", "--check", *CHECKED)


def test_mypy_finds_nothing():
    run("mypy", "--strict", "xlkpi")


def test_each_rule_left_out_has_its_reason_beside_it():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("ignore = [")
    left_out = lines[start + 1 : lines.index("]", start)]
    assert left_out
    assert not [line for line in left_out if "#" not in line]


def test_the_project_file_and_the_package_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"xlkpi": "xlkpi.cli:main"}
    assert project["requires-python"] == ">=3.11"
    bounded = project["dependencies"] + project["optional-dependencies"]["test"]
    assert not [text for text in bounded if ">=" not in text or "<" not in text]
    assert xlkpi.__version__.count(".") == 2
