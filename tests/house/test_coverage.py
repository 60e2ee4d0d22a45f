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

UNUSED = ("cacheprovider", "faulthandler", "logging", "threadexception", "unraisableexception", "xdist")
"""What pytest does around each test, and is traced too, although the tests of these rooms do without it."""

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


def measure(folder, *options):
    """Coverage of the three rooms by the three folders of tests, by file: a run of its own, so any worker may do it."""
    folder.mkdir()
    sources = ",".join(f"xlkpi.{room}" for room in ROOMS)
    (folder / "rc").write_text(CONFIGURATION.format(sources=sources, data=folder / "data"), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST_"))}
    environment["XLKPI_FEW_EXAMPLES"] = "1"
    tests = [f"tests/{room}" for room in ROOMS]
    tools = ["-s", *(f"-pno:{name}" for name in UNUSED), "-k", SELECTED, "--hypothesis-seed=0", *options]
    for arguments in (
        ["run", f"--rcfile={folder / 'rc'}", "-m", "pytest", "-q", *tools, *tests],
        ["json", f"--rcfile={folder / 'rc'}", "-o", str(folder / "coverage.json")],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "coverage", *arguments],
            cwd=ROOT, capture_output=True, text=True, check=False, env=environment,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    measured = json.loads((folder / "coverage.json").read_text(encoding="utf-8"))["files"]
    return {path.replace("\\", "/"): lines for path, lines in measured.items()}


def missed_in(files):
    missed = {path: (lines["missing_lines"], lines["missing_branches"]) for path, lines in files.items()}
    return {path: lines for path, lines in missed.items() if any(lines)}


@pytest.mark.slow
def test_every_branch_of_the_rooms_is_taken(tmp_path):
    """Some cases of each test take nearly every branch; where one is missed, all cases are run to decide."""
    files = measure(tmp_path / "few", "-p", "tests.house.few_cases", "--hypothesis-profile=few")
    if missed_in(files):
        files = measure(tmp_path / "all")
    present = {path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / "xlkpi" / room).rglob("*.py")}
    assert set(files) == present
    assert not missed_in(files)
