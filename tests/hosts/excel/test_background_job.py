"""A job of the menu that takes long does not keep Excel waiting: a job that is made up, and an Excel of paper."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from tests.hosts.excel.test_host import Paper
from xlkpi.hosts import opened_copies
from xlkpi.hosts.excel import background_job, server
from xlkpi.hosts.excel import host as excel_host
from xlkpi.hosts.excel.background_job import BackgroundJob, console_python
from xlkpi.hosts.excel.dialogs import WindowsDialogs
from xlkpi.hosts.excel.host import ExcelHost
from xlkpi.hosts.macros import macro_of, run
from xlkpi.hosts.protocol import Outcome
from xlkpi.writing.vba.udf_sources import source_text

pytestmark = pytest.mark.skipif(os.name != "posix", reason="its made-up Python is a script")

# In place of `python -I -m xlkpi.hosts.jobs JOB`: it does what the file `orders` says, line by line.
MADE_UP = """#!{python} -IS
import json, pathlib, sys, time
here = pathlib.Path(__file__).parent
(here / "asked").write_text(json.dumps([sys.argv[1:], json.load(sys.stdin)]))
for order in (here / "orders").read_text().splitlines():
    word, _, rest = order.partition(" ")
    if word == "wait":
        while not (here / rest).exists():
            time.sleep(0.005)
    elif word == "fail":
        sys.exit("made-up failure")
    else:
        sys.stdout.write(rest.replace("|", chr(10)))
        sys.stdout.flush()
"""
PROGRESS = 'say {"progress": ["Reading returns", %d, 500]}|'
OUTCOME = 'say {"outcome": ["Master: made", ["/made/master.xlsx"], true]}|'


@pytest.fixture
def long_job(tmp_path, monkeypatch):
    """`long_job(*orders)` prepares what the next job does; its folder is where it looks for what it waits for."""
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))
    monkeypatch.setattr(server, "_jobs", [])
    monkeypatch.setattr(background_job.tempfile, "tempdir", str(tmp_path))
    program = tmp_path / "python"
    program.write_text(MADE_UP.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(background_job, "console_python", lambda: str(program))

    def prepare(*orders):
        (tmp_path / "orders").write_text("\n".join(orders), encoding="utf-8")
        return tmp_path

    return prepare


def until(condition):
    """Wait for another process: only one that hangs takes so long."""
    end = time.monotonic() + 900
    while not (value := condition()):
        assert time.monotonic() < end
        time.sleep(0.005)
    return value


def start(app, macro="consolidate"):
    """A macro as the ribbon starts it on Windows, with its answers known."""
    known = {"folder": "/in box", "out": "/made/master.xlsx", "indicator": "KPI S2"}
    return run(macro_of(macro), ExcelHost(app, server._start), known)


def test_excel_gets_an_answer_at_once_while_the_job_goes_on(long_job):
    folder = long_job(PROGRESS % 1, "wait go", PROGRESS % 400, OUTCOME)
    app = Paper()
    begun = time.monotonic()
    assert start(app).running
    assert server.follow_job() == "running"
    assert time.monotonic() - begun < 600  # the job itself never ends before it is let go
    assert (app.told, app.opened) == ([], [])
    until(lambda: server.follow_job() and app.bars[-1:] == ["KPI: Reading returns, 1 of 500"])
    (folder / "go").touch()
    until(lambda: server.follow_job() == "")
    assert app.told == [("Consolidate folder", "Master: made")]
    assert app.opened == ["/made/master.xlsx"]
    assert app.bars[-1] is False
    asked, answers = json.loads((folder / "asked").read_text(encoding="utf-8"))
    assert asked == ["-I", "-m", "xlkpi.hosts.jobs", "consolidate"]
    assert answers == {"folder": "/in box", "out": "/made/master.xlsx"}
    assert not list(folder.glob(f"{background_job.FOLDER}*"))
    assert server.follow_job() == ""  # asked once more, it does nothing


def test_a_second_command_is_refused_until_the_first_has_ended(long_job):
    folder = long_job("wait go", OUTCOME)
    app = Paper()
    start(app)
    assert not start(app).done
    assert app.told == [("Consolidate folder", server.STILL_RUNNING.format("Consolidate folder"))]
    assert start(app, "explain").done  # what needs no job is not kept waiting
    (folder / "go").touch()
    until(lambda: server.follow_job() == "")
    assert app.told[-1] == ("Consolidate folder", "Master: made")


def test_a_job_that_ends_without_an_outcome_is_logged_and_said(long_job):
    folder = long_job(PROGRESS % 1, "fail")
    app = Paper()
    start(app)
    until(lambda: server.follow_job() == "")
    ((title, message),) = app.told
    assert (title, str(folder / "xlkpi.log") in message) == ("Consolidate folder", True)
    assert "made-up failure" in (folder / "xlkpi.log").read_text(encoding="utf-8")


def test_half_a_line_and_lines_of_others_do_no_harm(long_job):
    folder = long_job('say {"progress": ["Reading', "wait go", 'say  returns", 2, 9]}|not ours|[1]|', OUTCOME)
    job = BackgroundJob("consolidate", {})
    until(lambda: job.look() is None and job._lines.stat().st_size)
    assert job.progress is None
    (folder / "go").touch()
    assert until(job.look) == Outcome("Master: made", ("/made/master.xlsx",))
    assert job.progress == ("Reading returns", 2, 9)


def test_a_job_that_cannot_be_started_is_logged_and_said(long_job, monkeypatch, tmp_path):
    long_job()
    monkeypatch.setattr(background_job, "console_python", lambda: str(tmp_path / "no such python"))
    app = Paper()
    assert not start(app).done
    assert "did not finish" in app.told[0][1]
    assert server.follow_job() == ""


def test_on_windows_the_ribbon_starts_a_job_beside_and_on_a_mac_it_does_it(long_job, monkeypatch):
    long_job(OUTCOME)
    app = Paper(path="/tmp/x.xlsx")
    monkeypatch.setattr(server, "_application", lambda: app)
    monkeypatch.setattr(server, "_do", lambda *_asked: Outcome("done here"))
    monkeypatch.setattr(excel_host, "dialogs_for", lambda app, _system: WindowsDialogs(app.api))
    for system, expected_texts in (("win32", []), ("darwin", [("Check this return", "done here")])):
        monkeypatch.setattr(server.sys, "platform", system)
        app.told.clear()
        server.run_macro("check")
        assert app.told == expected_texts
    until(lambda: server.follow_job() == "")


def test_the_python_with_a_console_is_taken_where_it_is(tmp_path):
    windowless = tmp_path / "pythonw.exe"
    windowless.touch()
    assert console_python(str(windowless)) == str(windowless)
    (tmp_path / "python.exe").touch()
    assert console_python(str(windowless)) == str(tmp_path / "python.exe")
    assert Path(console_python()).is_file()


def test_what_a_job_leaves_behind_goes_with_the_copies_of_an_earlier_day(tmp_path, monkeypatch):
    monkeypatch.setattr(opened_copies.tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{background_job.FOLDER}x"
    left.mkdir()
    os.utime(left, (0, 0))
    opened_copies.delete_old_copies()
    assert not left.exists()


def test_visual_basic_asks_again_by_names_that_exist():
    text = source_text("excel", "addin/KpiRun.bas")
    assert f'XLPy.Module("{server.__name__}"), "{server.follow_job.__name__}"' in text
    assert "'!FollowJob\"" in text
    assert text.count("Public Sub FollowJob()") == 1
    following = text[text.index("Public Sub RunKpi") : text.index("failed:")]
    assert following.index("RunPython") < following.index("FollowJob")
