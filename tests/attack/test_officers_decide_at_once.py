"""Two officers decide at the same time, or while the list is open elsewhere: no decision is ever lost."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from datetime import date

import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.house.project_files import ROOT
from xlkpi.commands.decide import LONGEST_REASON, NotADecision, decide
from xlkpi.council.decisions import read_decisions
from xlkpi.errors import UnwritableFile
from xlkpi.writing.append import append_locked

EACH = 10
OFFICER = """
import sys, time
from xlkpi.commands.decide import decide
folder, who, begin = sys.argv[1:]
time.sleep(max(0, float(begin) - time.time()))
for number in range(%d):
    decide("use", folder=folder, file="a.xlsx", why=f"{who} {number}", by=who)
"""


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"a")
    return folder


@pytest.fixture
def listed(inbox):
    return inbox.parent / "inbox decisions.csv"


def start(inbox, who, begin):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", OFFICER % EACH, str(inbox), who, str(begin)], env=environment)


def reasons(path):
    return [decision.why for decision in read_decisions([path]).decisions]


def test_of_two_officers_with_ten_decisions_each_twenty_are_kept(inbox, listed):
    begin = time.time() + 3
    officers = [start(inbox, who, begin) for who in ("Ann", "Raj")]
    assert [officer.wait(120) for officer in officers] == [0, 0]
    assert sorted(reasons(listed)) == sorted(f"{who} {number}" for who in ("Ann", "Raj") for number in range(EACH))
    assert [path.name for path in inbox.parent.iterdir() if path != inbox] == [listed.name]  # no lock is left behind


def test_an_officers_program_that_is_killed_keeps_nobody_waiting(inbox, listed):
    for after in (0.0, 0.3, 0.6):
        officer = start(inbox, "Ann", time.time())
        time.sleep(after)
        officer.kill()
        officer.wait()
        before = reasons(listed) if listed.exists() else []
        decide("use", folder=inbox, file="a.xlsx", why="Raj", by="Raj")
        assert reasons(listed) == [*before, "Raj"]


def test_what_is_there_is_never_written_again(inbox, listed):
    decide("use", folder=inbox, file="a.xlsx", why="first", by="Ann")
    before, place = listed.read_bytes(), listed.stat().st_ino
    decide("set aside", folder=inbox, file="a.xlsx", why="second", by="Raj")
    assert listed.read_bytes().startswith(before)
    assert listed.stat().st_ino == place


@pytest.mark.skipif(os.name == "nt", reason="there the system itself refuses to open it")
def test_while_somebody_else_writes_it_waits_and_then_says_so(tmp_path):
    path = tmp_path / "list.csv"

    def meanwhile(_before):
        with pytest.raises(UnwritableFile, match=r"list.csv was not written \(somebody else is writing to it\)"):
            append_locked(path, lambda _: b"lost", seconds=0.1)
        return b"kept"

    append_locked(path, meanwhile)
    assert path.read_bytes() == b"kept"


def test_a_list_that_is_open_in_excel_gives_a_message_and_status_4(inbox, listed, monkeypatch, capsys):
    from xlkpi.cli import main

    def refuse(path, *_arguments, **_more):
        raise PermissionError(13, "Permission denied", str(path))

    decide("use", folder=inbox, file="a.xlsx", why="first", by="Ann")
    monkeypatch.setattr("xlkpi.writing.append.Path.open", refuse)
    monkeypatch.setattr("xlkpi.commands.decide.file_digest", lambda _: "0" * 64)
    assert main(["decide", str(inbox), "a.xlsx", "--use", "--why", "y"]) == 4
    assert capsys.readouterr().err == (
        "xlkpi: inbox decisions.csv was not written (permission denied)."
        " Close it if it is open, or name another folder.\n"
    )


def test_of_a_row_that_does_not_fit_on_the_disk_nothing_stays(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_bytes(b"before\r\n")

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlkpi.writing.append.os.fsync", full)
    with pytest.raises(UnwritableFile, match="no space left on device"):
        append_locked(path, lambda _: b"after\r\n")
    assert path.read_bytes() == b"before\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_list_that_excel_saved_in_its_own_way_gets_rows_in_that_way(inbox, listed, encoding):
    text = "why;who;when;decision;file\r\ncafé;Ann;02/11/2026;use;a.xlsx\r\n"
    listed.write_bytes(text.encode(encoding))
    decide("set aside", folder=inbox, file="a.xlsx", why="sent; twice", by="Zoë", on=date(2026, 11, 3))
    assert reasons(listed) == ["café", "sent; twice"]
    rows = list(csv.reader(listed.read_text(encoding=encoding).splitlines(), delimiter=";"))
    assert rows[-1] == ["sent; twice", "Zoë", "2026-11-03", "set aside", "a.xlsx"]


def test_a_row_that_would_be_read_as_part_of_the_one_above_is_not_added(inbox, listed):
    listed.write_text('file,sha256,decision,who,when,why\r\na.xlsx,,use,Ann,2/11/2026,"cut o', encoding="utf-8")
    before = listed.read_bytes()
    with pytest.raises(UnwritableFile, match="a quotation mark in it is never closed"):
        decide("use", folder=inbox, file="a.xlsx", why="y", by="Raj")
    assert listed.read_bytes() == before


def test_a_workbook_is_not_added_to(inbox, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0].append(["file", "sha256", "decision", "who", "when", "why"])
    path = tmp_path / "decisions.xlsx"
    book.save(path)
    before = path.read_bytes()
    done = xlkpi("decide", inbox, "a.xlsx", "--use", "--why", "y", "--decisions", path)
    assert done.returncode == 4
    assert "it is a workbook, and decisions are added to a CSV" in done.stderr
    assert path.read_bytes() == before


def test_a_list_whose_first_decision_was_cut_off_is_one_without_decisions(inbox, listed):
    listed.write_bytes(b"")
    assert read_decisions([listed]).decisions == ()
    decide("use", folder=inbox, file="a.xlsx", why="y", by="Raj")
    assert reasons(listed) == ["y"]


def test_a_reason_as_long_as_a_book_is_refused(inbox, listed):
    with pytest.raises(NotADecision, match=r"--why is 200,000 characters long. Shorten it to 2,000."):
        decide("use", folder=inbox, file="a.xlsx", why="y" * 200_000)
    decide("use", folder=inbox, file="a.xlsx", why="y" * LONGEST_REASON)
    assert reasons(listed) == ["y" * LONGEST_REASON]
