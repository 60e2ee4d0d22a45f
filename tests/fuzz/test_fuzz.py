"""A few hundred changed files of every kind, the same in every run, and those that failed once.

Longer: python -m tests.fuzz --minutes 5
"""

from __future__ import annotations

import pytest

from tests.fuzz.seed_files import SEEDS
from tests.fuzz.targets import TARGETS, mutated, run

INPUTS = {"return": 80, "inbox": 2, "master": 3}
FAILED_ONCE = sorted(path for path in SEEDS.glob("*/*") if path.is_file())


@pytest.fixture(autouse=True)
def _own_log(tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))
    monkeypatch.setenv("XLKPI_OUTPUTS", str(tmp_path / "outputs.txt"))


@pytest.mark.parametrize("kind", TARGETS)
def test_a_changed_file_gives_findings_and_nothing_else(kind):
    for seed in TARGETS[kind].seeds():
        run(kind, seed)
    for number in range(INPUTS.get(kind, 20)):
        run(kind, mutated(kind, number))


def test_what_failed_once_does_so_no_more():
    assert all(path.parent.name in TARGETS for path in FAILED_ONCE)
    for path in FAILED_ONCE:
        run(path.parent.name, path.read_bytes())
