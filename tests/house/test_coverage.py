"""Every branch of core, catalogue and layout is taken by their own tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.house.project_files import ROOT

ROOMS = ("core", "catalogue", "layout")
LEFT_OUT = ("python", "every_edge", "of_every_row", "oracle", "no_text_breaks_it", "come_home", "opposites")
"""Run other Pythons, or the same branches thousands of times, which takes two thirds of the time."""

SELECTED = " and ".join(f"not {name}" for name in LEFT_OUT)
CONFIGURATION = """
[run]
branch = true
source = {sources}
data_file = {data}
[report]
exclude_also =
    if TYPE_CHECKING:
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Coverage of the three rooms by the three folders of tests, by file: a run of its own, so any worker may do it."""
    folder = tmp_path_factory.mktemp("coverage")
    sources = ",".join(f"xlkpi.{room}" for room in ROOMS)
    (folder / "rc").write_text(CONFIGURATION.format(sources=sources, data=folder / "data"), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST_"))}
    environment["XLKPI_FEW_EXAMPLES"] = "1"
    tests = [f"tests/{room}" for room in ROOMS]
    tools = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "-k", SELECTED, "--hypothesis-seed=0"]
    for arguments in (
        ["run", f"--rcfile={folder / 'rc'}", "-m", "pytest", "-q", *tools, *tests],
        ["json", f"--rcfile={folder / 'rc'}", "-o", str(folder / "told.json")],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "coverage", *arguments],
            cwd=ROOT, capture_output=True, text=True, check=False, env=environment,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((folder / "told.json").read_text(encoding="utf-8"))["files"]


@pytest.mark.slow
def test_every_branch_of_the_rooms_is_taken(measured):
    files = {path.replace("\\", "/"): told for path, told in measured.items()}
    there = {path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / "xlkpi" / room).rglob("*.py")}
    assert set(files) == there
    missed = {path: (told["missing_lines"], told["missing_branches"]) for path, told in files.items()}
    assert not {path: what for path, what in missed.items() if any(what)}
