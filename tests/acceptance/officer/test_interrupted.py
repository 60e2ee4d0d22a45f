"""Whatever stops a consolidation, the old master is untouched or the new one is whole, and it says what happened."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.acceptance.officer.officer_command import RUN

ROOT = Path(__file__).parents[3]
OLD = b"the old master"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Enough files that reading and writing take a moment."""
    folder = tmp_path_factory.mktemp("many") / "inbox"
    for copy in range(3):
        shutil.copytree(ROOT / "workbooks/inbox", folder / str(copy))
    return folder


def heed_sigint():
    """Take Ctrl+C as a program does that somebody starts: whatever runs in the background is started deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(inbox, master, preexec_fn=heed_sigint):
    command = [sys.executable, "-c", RUN, "consolidate", str(inbox), "--out", str(master), "--no-cache", "--jobs", "2"]
    command.append("--overwrite")  # the file there is not a master
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=preexec_fn)  # noqa: PLW1509 - we have no threads


def left_beside(master):
    return sorted(path.name for path in master.parent.iterdir() if path != master)


STOPS = ((signal.SIGINT, 130), (signal.SIGTERM, 143))


@pytest.mark.parametrize(
    ("sent", "status", "after"),
    [(*STOPS[number % 2], after) for number, after in enumerate((0.0, 0.0, 0.2, 0.4, 0.7, 1.0, 1.3, 1.7))],
)
def test_stopped_at_any_moment(inbox, tmp_path, sent, status, after):
    master = tmp_path / "master.xlsx"
    master.write_bytes(OLD)
    run = start(inbox, master)
    time.sleep(after)
    run.send_signal(sent)
    _, on_stderr = run.communicate(timeout=1800)
    if master.read_bytes() == OLD:
        assert run.returncode in (status, -sent)  # before our own first line runs, the system's word is the last
        assert (
            run.returncode == -sent
            or "Existing files were not changed" in on_stderr
            or "KeyboardInterrupt" in on_stderr
        )
    else:
        assert whole(master)
    assert left_beside(master) == []


@pytest.mark.parametrize("after", [0.3, 0.8, 1.3])
def test_killed_at_any_moment(inbox, tmp_path, after):
    master = tmp_path / "master.xlsx"
    master.write_bytes(OLD)
    run = start(inbox, master)
    time.sleep(after)
    run.kill()
    run.communicate(timeout=1800)
    assert master.read_bytes() == OLD or whole(master)


def whole(master):
    with zipfile.ZipFile(master) as package:
        return package.testzip() is None and "xl/workbook.xml" in package.namelist()


def test_a_full_disk(inbox, tmp_path):
    master = tmp_path / "master.xlsx"
    master.write_bytes(OLD)
    few = tmp_path / "few"
    few.mkdir()
    for path in sorted((inbox / "0").glob("KPI return *.xlsx"))[:3]:
        shutil.copy(path, few)
    run = start(few, master, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)))
    _, on_stderr = run.communicate(timeout=1800)
    assert run.returncode == 4
    assert "master.xlsx was not written" in on_stderr
    assert master.read_bytes() == OLD
    assert left_beside(master) == ["few"]


def test_a_target_that_cannot_be_written_is_said_before_anything_is_read(inbox, tmp_path):
    (tmp_path / "master.xlsx").mkdir()
    run = start(inbox, tmp_path / "master.xlsx")
    _, on_stderr = run.communicate(timeout=1800)
    assert run.returncode == 4
    assert on_stderr.startswith("xlkpi: master.xlsx was not written (is a directory). Close it if it is open")
