"""An officer can have the returns read on an existing Dask cluster, and gets the same master."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.conftest import missing
from tests.consolidation.return_builders import rubbish
from tests.consolidation.test_executors import kill_once
from tests.judge.libreoffice import MissingTool
from xlkpi.consolidation import executors
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.read_returns import ReadOptions, read_all

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def cluster():
    """A real cluster on this machine: a scheduler and two worker processes with a nurse each."""
    try:
        from distributed import LocalCluster
    except ImportError as problem:
        missing(MissingTool(f"distributed is not installed: {problem}"))
        raise
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster_running:
        yield cluster_running


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """The sample inbox with what was sent in the last two periods."""
    older = shutil.ignore_patterns("2024-*", "2025-*")
    return shutil.copytree(ROOT / "workbooks" / "inbox", tmp_path_factory.mktemp("cluster") / "inbox", ignore=older)


def consolidate(inbox, out, *more):
    given = ("--register", "workbooks/register.csv", "--as-of", "2026-11-24", "--afresh", *more)
    return xlkpi("consolidate", inbox, "--out", out, "--json", *given, cwd=ROOT)


def test_a_cluster_makes_the_same_master(cluster, inbox, tmp_path):
    there = consolidate(inbox, tmp_path / "there.xlsx", "--scheduler", cluster.scheduler_address)
    here = consolidate(inbox, tmp_path / "here.xlsx", "--jobs", "1")
    assert (there.returncode, there.stderr) == (here.returncode, here.stderr)
    assert json.loads(here.stdout)["used"] > 20
    assert (tmp_path / "there.xlsx").read_bytes() == (tmp_path / "here.xlsx").read_bytes()
    counts = [{**json.loads(master_folder.stdout), "master": "", "seconds": 0} for master_folder in (there, here)]
    assert counts[0] == counts[1]


def test_a_worker_killed_halfway_loses_nothing(cluster, tmp_path):
    import dask

    inbox = tmp_path / "in"
    inbox.mkdir()
    for number in range(40):
        (inbox / str(number)).write_text("x")
    sources = find_sources(inbox)
    with dask.config.set({"distributed.comm.timeouts.connect": "10s"}):  # not half a minute for the worker that is gone
        results = read_all(sources, ReadOptions(kill_once, scheduler=cluster.scheduler_address))
    assert (tmp_path / "killed").exists()
    assert list(results) == [rubbish(source.place) for source in sources]


def test_no_scheduler_is_said_with_what_to_do(inbox, tmp_path, monkeypatch):
    monkeypatch.setattr(executors, "ANSWER_SECONDS", 0.5)
    done = consolidate(inbox, tmp_path / "master.xlsx", "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 3
    assert "No Dask scheduler responds at tcp://127.0.0.1:9" in done.stderr
    assert "leave out --scheduler" in done.stderr
    assert not (tmp_path / "master.xlsx").exists()


def test_a_cluster_without_workers_is_said_instead_of_waited_for(inbox, tmp_path, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(executors, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(executors, "WORKER_SECONDS", 0.3)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=None) as empty:
        done = consolidate(inbox, tmp_path / "master.xlsx", "--scheduler", empty.scheduler_address)
    assert done.returncode == 3
    assert "has no worker that could read the files. Start its workers" in done.stderr
    assert not (tmp_path / "master.xlsx").exists()


def test_a_cluster_whose_worker_comes_late_is_waited_for(inbox, tmp_path, monkeypatch):
    from distributed import LocalCluster

    few = tmp_path / "few"
    few.mkdir()
    names = [shutil.copy(path, few) for path in inbox.glob("KPI return *.xlsx")]
    monkeypatch.setattr(executors, "LOOK_SECONDS", 0.1)
    look, looked = executors.Cluster.look_for_workers, []
    with LocalCluster(n_workers=0, processes=False, dashboard_address=None) as late:

        def look_in_vain(cluster_without_workers):
            look(cluster_without_workers)
            if not looked:
                late.scale(1)
            looked.append(cluster_without_workers)

        monkeypatch.setattr(executors.Cluster, "look_for_workers", look_in_vain)
        done = consolidate(few, tmp_path / "master.xlsx", "--scheduler", late.scheduler_address)
    assert (done.returncode, json.loads(done.stdout)["used"]) == (1, len(names)), done.stderr
    assert len(names) > 8
    assert looked
