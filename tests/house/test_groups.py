"""Tests that share something dear run on one worker: else each worker makes it, and the suite takes half as long again.

Groups work by an agreement between pytest and pytest-xdist that a new version of either may break without a word.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.project_files import ROOT

WITH_A_FIXTURE = """
import os
import pytest

@pytest.fixture(scope="module")
def dear():
    note("{name}")

def note(what):
    with open("notes.txt", "a") as file:
        file.write(f"{{what}} {{os.environ['PYTEST_XDIST_WORKER']}}\\n")

@pytest.mark.parametrize("number", range(4))
def test_it(dear, number):
    pass

@pytest.mark.xdist_group("named")
@pytest.mark.parametrize("number", range(2))
def test_with_those_of_another_file(number):
    note("named")
"""


@pytest.mark.parametrize("options", [("-n", "2"), ("-n", "2", "--dist", "loadgroup")], ids=" ".join)
def test_a_fixture_of_a_module_is_made_once_and_a_named_group_stays_together(tmp_path, options):
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = xdist_group: x\n", encoding="utf-8")
    for name in ("one", "two", "three"):
        (tmp_path / f"test_{name}.py").write_text(WITH_A_FIXTURE.format(name=name), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-p", "no:cacheprovider", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "18 passed" in done.stdout, done.stdout + done.stderr
    lines = (tmp_path / "notes.txt").read_text(encoding="utf-8").splitlines()
    fixtures = sorted(line.split()[0] for line in lines if not line.startswith("named"))
    assert fixtures == ["one", "three", "two"], "a version of pytest or pytest-xdist without groups: see pyproject.toml"
    assert len({line for line in lines if line.startswith("named")}) == 1
