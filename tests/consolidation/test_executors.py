"""Nothing is lost with a worker: a killed one's files are read again, and a file that kills is a finding."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.consolidation.return_builders import rubbish
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.errors import MissingPart, UnreadableFile

FILES = 40


def kill_once(path):
    """Ends its process at the first file of this name, once."""
    flag = path.parent.parent / "killed"
    if path.name == "7" and not flag.exists():
        flag.write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    return rubbish(path)


def kill_always(path):
    if path.name in ("7", "30"):
        os._exit(9)
    return rubbish(path)


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(FILES):
        (folder / str(number)).write_text("x")
    return folder


def test_one_process_tells_of_its_progress_while_it_reads(inbox):
    read, texts = [], []

    def check(path):
        read.append(path)
        return rubbish(path)

    read_all(find_sources(inbox), ReadOptions(check, 1, progress=lambda done, _of: texts.append((done, len(read)))))
    assert [done for done, _ in texts] == list(range(1, FILES + 1))
    assert texts[0][1] < FILES / 2


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_worker_killed_halfway_loses_nothing(inbox, jobs):
    sources = find_sources(inbox)
    results = read_all(sources, ReadOptions(kill_once, jobs))
    assert (inbox.parent / "killed").exists()
    assert [result.file for result in results] == [source.place for source in sources]
    assert list(results) == [rubbish(source.place) for source in sources]


def test_a_file_that_ends_every_worker_is_named_and_the_others_are_read(inbox):
    sources, texts = find_sources(inbox), []
    results = read_all(sources, ReadOptions(kill_always, 2, progress=lambda done, _of: texts.append(done)))
    killers = [result for result in results if "ends the program" in result.findings[0].message]
    assert [Path(killer.file).name for killer in killers] == ["30", "7"]
    assert all(killer.unreadable for killer in killers)
    assert texts == list(range(1, FILES + 1))


def test_workers_end_with_the_process_that_started_them(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, time
            from xlkpi.consolidation.executors import local_pool
            with local_pool(2) as pool:
                list(pool.map(time.sleep, [0.01] * 4))
                print(*(worker.pid for worker in pool._processes.values()), flush=True)
                time.sleep(3600)
            """
        )
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as run:
        pids = [int(pid) for pid in run.stdout.readline().split()]
        assert pids
        run.kill()
    deadline = time.monotonic() + 600
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in pids if alive(pid)]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class TestAnAddress:
    """Inboxes that fsspec opens: here a place in memory, elsewhere a store such as S3."""

    @pytest.fixture
    def memory(self):
        fsspec = pytest.importorskip("fsspec")
        store = fsspec.filesystem("memory")
        for name in ("in/b.xlsx", "in/a/x.xlsx", "other/c.xlsx"):
            store.pipe(f"/{name}", name.encode())
        yield "memory://in"
        store.rm("/in", recursive=True)

    def test_every_file_is_found_by_its_path_from_there(self, memory):
        assert [source.name for source in find_sources(memory)] == ["a/x.xlsx", "b.xlsx"]

    def test_files_are_read_where_they_lie(self, memory):
        def check(_place, *, data):
            return rubbish(data.decode())

        read = read_all(find_sources(memory), ReadOptions(check, 1))
        assert [read_file.file for read_file in read] == ["memory:///in/a/x.xlsx", "memory:///in/b.xlsx"]
        assert [read_file.sha256 for read_file in read] == [
            rubbish(name).sha256 for name in ("in/a/x.xlsx", "in/b.xlsx")
        ]

    @pytest.mark.usefixtures("memory")
    def test_a_place_that_is_not_there_is_named(self):
        with pytest.raises(UnreadableFile, match="nowhere does not exist"):
            find_sources("memory://nowhere")

    def test_a_file_that_goes_away_meanwhile_is_a_finding(self, memory):
        sources = find_sources(memory)
        import fsspec

        fsspec.filesystem("memory").rm("/in/b.xlsx")
        _, gone = read_all(sources, ReadOptions(lambda _place, data: rubbish(data.decode()), 1))
        assert "does not exist" in gone.findings[0].message

    def test_a_kind_of_address_nobody_knows_is_said(self):
        pytest.importorskip("fsspec")
        with pytest.raises(UnreadableFile, match="xyz"):
            find_sources("xyz://in")

    def test_without_the_library_it_says_what_to_install(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "fsspec", None)
        with pytest.raises(MissingPart, match=r"xlkpi\[cluster\]"):
            find_sources("s3://in")
