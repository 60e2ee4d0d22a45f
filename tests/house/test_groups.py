"""Tests that share something dear run on one worker: else each worker makes it, and the suite takes half as long again.

Groups work by an agreement between pytest and pytest-xdist that a new version of either may break without a word.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.project_files import ROOT

NOTES = """
import os

def note(what):
    with open("notes.txt", "a") as file:
        file.write(f"{what} {os.environ['PYTEST_XDIST_WORKER']}\\n")
"""
WITH_A_FIXTURE = """
import pytest
from notes import note

@pytest.fixture(scope="module")
def dear():
    note("{name}")

@pytest.mark.parametrize("number", range(4))
def test_it(dear, number):
    pass

@pytest.mark.xdist_group("named")
@pytest.mark.parametrize("number", range(2))
def test_with_those_of_another_file(number):
    note("named")
"""
LONG = """
import os
import pytest
from notes import note

@pytest.mark.slow
def test_it():
    note("long")

@pytest.mark.parametrize("data", [os.urandom(99)])
def test_of_bytes(data):
    pass
"""


@pytest.mark.parametrize("options", [("-n", "2"), ("-n", "2", "--dist", "loadgroup")], ids=" ".join)
def test_a_fixture_is_made_once_a_group_stays_together_and_long_tests_begin_first(tmp_path, options):
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  xdist_group: x\n  slow: x\n", encoding="utf-8")
    files = {f"test_{name}.py": WITH_A_FIXTURE.format(name=name) for name in ("one", "two", "three")}
    for name, text in {**files, "test_zz_long.py": LONG, "notes.py": NOTES}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-p", "no:cacheprovider", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "20 passed" in done.stdout, done.stdout + done.stderr
    lines = (tmp_path / "notes.txt").read_text(encoding="utf-8").splitlines()
    fixtures = sorted(line.split()[0] for line in lines if not line.startswith(("named", "long")))
    assert fixtures == ["one", "three", "two"], "a version of pytest or pytest-xdist without groups: see pyproject.toml"
    assert len({line for line in lines if line.startswith("named")}) == 1
    (worker,) = (line.split()[1] for line in lines if line.startswith("long"))
    assert next(line for line in lines if line.endswith(worker)) == f"long {worker}"
