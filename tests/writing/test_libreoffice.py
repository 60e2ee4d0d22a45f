"""LibreOffice run from outside: whatever it does with one workbook, the others are there, and nothing stays behind."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
import xlsxwriter

from tests.conftest import missing
from tests.judge.libreoffice import MissingTool
from tests.judge.libreoffice_files import find_soffice
from xlkpi.writing.libreoffice import convert
from xlkpi.writing.libreoffice import process as office_process
from xlkpi.writing.libreoffice.convert import print_to_pdf, resave
from xlkpi.writing.libreoffice.process import run_office, scratch_folder

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for soffice")


def workbook(text):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, text)
    return out.getvalue()


def stand_in(tmp_path, body):
    """A program in soffice's place."""
    path = tmp_path / "soffice"
    path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


BOOK = workbook("x")


@pytest.mark.office
def test_each_workbook_gets_its_own_pdf_and_one_that_is_none_does_not_spoil_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(convert, "scratch_folder", lambda: nullcontext(tmp_path))
    try:
        office = find_soffice()
    except MissingTool as problem:
        missing(problem)
        raise
    first, broken, last = print_to_pdf([workbook("one"), b"PK\x03\x04 no workbook", workbook("three")], office)
    assert broken is None
    for data, text in ((first, "one"), (last, "three")):
        printed = pypdf.PdfReader(io.BytesIO(data))
        assert text in printed.pages[0].extract_text()
        about = printed.trailer["/Root"]
        assert (about["/Lang"], about["/MarkInfo"]["/Marked"]) == ("en-GB", True), "a screen reader needs both"
    assert (tmp_path / "profile" / "user").is_dir()
    assert not list(tmp_path.rglob("GraphicsRenderTests.log")), "it did not test how it draws before it began"


def test_nothing_to_print_starts_nothing(tmp_path):
    assert print_to_pdf([], str(tmp_path / "nowhere")) == []


def test_a_program_that_is_not_there_prints_nothing(tmp_path):
    assert print_to_pdf([workbook("x")], str(tmp_path / "nowhere")) == [None]


CUT_OFF = "os.mkdir('out'); open('out/00000.pdf', 'w').write('%PDF-1.4 cut off')"


@POSIX
@pytest.mark.parametrize("body", ["sys.exit(1)", CUT_OFF])
def test_what_was_not_printed_whole_is_not_passed_on(tmp_path, body):
    assert print_to_pdf([workbook("x")], stand_in(tmp_path, body)) == [None]


# A launcher that hangs, and its child, which ignores a polite signal and writes into the profile while it lives.
HANGS = """
import signal
from pathlib import Path
child = os.fork()
if child:
    Path({note!r}).write_text(f"{{child}} {{os.getcwd()}}")
    time.sleep(600)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    Path("profile").mkdir(exist_ok=True)
    Path("profile", str(time.monotonic_ns())).write_text("x")
    time.sleep(0.001)
"""


@POSIX
@pytest.mark.parametrize(
    ("run", "gives"),
    [(lambda office: print_to_pdf([BOOK], office), [None]), (lambda office: resave(BOOK, office), BOOK)],
    ids=["print", "save again"],
)
def test_one_that_hangs_is_ended_with_its_children_and_its_folder_is_gone(run, gives, tmp_path, monkeypatch):
    note = tmp_path / "child"
    monkeypatch.setattr(subprocess.Popen, "wait", out_of_time(note, subprocess.Popen.wait))
    assert run(stand_in(tmp_path, HANGS.format(note=str(note)))) == gives
    child, folder = note.read_text().split()
    assert ended(int(child))
    assert not Path(folder).exists()


@POSIX
def test_a_child_that_outlives_its_launcher_is_ended_too(tmp_path):
    note = tmp_path / "child"
    body = f"child = os.fork()\nif child: open({str(note)!r}, 'w').write(str(child)); sys.exit(0)\ntime.sleep(3600)"
    with scratch_folder() as folder:
        assert run_office([stand_in(tmp_path, body)], folder, 600)
        assert ended(int(note.read_text()))
    assert not folder.exists()


@POSIX
def test_interrupted_it_leaves_nothing_behind(tmp_path, monkeypatch):
    note = tmp_path / "child"
    monkeypatch.setattr(subprocess.Popen, "wait", interrupted(note, subprocess.Popen.wait))
    with pytest.raises(KeyboardInterrupt):
        resave(BOOK, stand_in(tmp_path, HANGS.format(note=str(note))))
    child, folder = note.read_text().split()
    assert ended(int(child))
    assert not Path(folder).exists()


def interrupted(note, wait):
    """A wait that is interrupted once the child is there, and waits as before from then on."""

    def first(process, timeout=None):
        await_child(note)
        subprocess.Popen.wait = wait
        raise KeyboardInterrupt

    return first


def out_of_time(note, wait):
    """A wait whose time is up once the child is there: sooner than the ten minutes it is given."""

    def first(process, timeout=None):
        assert timeout >= convert.START_SECONDS
        await_child(note)
        subprocess.Popen.wait = wait
        raise subprocess.TimeoutExpired(process.args, timeout)

    return first


def await_child(note):
    while not (note.exists() and note.read_text()):
        time.sleep(0.01)


@pytest.mark.parametrize("system", ["win32", "linux"])
def test_each_system_ends_it_in_its_own_way(system, monkeypatch):
    ended_by = []
    process = SimpleNamespace(pid=4711, kill=lambda: None, wait=lambda _: 0, poll=lambda: 0)
    monkeypatch.setattr(office_process.sys, "platform", system)
    monkeypatch.setattr(office_process.subprocess, "run", lambda words, **_: ended_by.append([*map(str, words)][1:]))
    monkeypatch.setattr(office_process.os, "killpg", gone(ended_by), raising=False)
    office_process.end_office(process)
    assert ended_by == [["/F", "/T", "/PID", "4711"]] if system == "win32" else ended_by == [4711]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not say")
def test_one_that_has_ended_is_not_waited_for_until_the_system_has_asked_after_it(monkeypatch):
    signals = []
    monkeypatch.setattr(office_process.os, "killpg", lambda *words: signals.append(words))  # it takes signals still
    child = subprocess.Popen([sys.executable, "-c", "pass"], start_new_session=True)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    office_process.end_office(SimpleNamespace(pid=child.pid, wait=lambda _: 0, poll=lambda: None))
    assert len(signals) == 1
    child.wait()


def gone(ended_by):
    def killpg(group, _):
        ended_by.append(group)
        raise ProcessLookupError

    return killpg


def ended(process):
    """Whether a process is gone, or dead and waiting only for its parent to ask after it."""
    if Path("/proc/self/stat").exists():
        stat = Path(f"/proc/{process}/stat")
        return not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False
