"""Printing to PDF: many workbooks in one go, and whatever LibreOffice does, the others are there and nothing hangs."""

from __future__ import annotations

import io
import os
import sys
import time

import pypdf
import pytest
import xlsxwriter

from tests.conftest import missing
from tests.judge.libreoffice import MissingTool
from tests.judge.libreoffice_files import find_soffice
from xlkpi.writing.libreoffice import pdf
from xlkpi.writing.libreoffice.pdf import printed

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


@pytest.mark.office
def test_each_workbook_gets_its_own_pdf_and_one_that_is_none_does_not_spoil_the_others():
    try:
        office = find_soffice()
    except MissingTool as problem:
        missing(problem)
        raise
    first, broken, last = printed([workbook("one"), b"PK\x03\x04 no workbook", workbook("three")], office)
    assert broken is None
    for data, text in ((first, "one"), (last, "three")):
        assert text in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_nothing_to_print_starts_nothing(tmp_path):
    assert printed([], str(tmp_path / "nowhere")) == []


def test_a_program_that_is_not_there_prints_nothing(tmp_path):
    assert printed([workbook("x")], str(tmp_path / "nowhere")) == [None]


CUT_OFF = "os.mkdir('out'); open('out/00000.pdf', 'w').write('%PDF-1.4 cut off')"


@POSIX
@pytest.mark.parametrize("body", ["sys.exit(1)", CUT_OFF])
def test_what_was_not_printed_whole_is_not_passed_on(tmp_path, body):
    assert printed([workbook("x")], stand_in(tmp_path, body)) == [None]


@POSIX
def test_one_that_hangs_is_ended_with_all_it_has_started(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "START_SECONDS", 10)  # enough for a slow machine to start the stand-in
    monkeypatch.setattr(pdf, "SECONDS_A_FILE", 0)
    note = tmp_path / "child"
    body = f"child = os.fork()\nif child: open({str(note)!r}, 'w').write(str(child))\ntime.sleep(3600)"
    assert printed([workbook("x")], stand_in(tmp_path, body)) == [None]
    child = int(note.read_text())
    for _ in range(6000):
        if ended(child):
            break
        time.sleep(0.1)
    assert ended(child)


def ended(process):
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:  # noqa: PTH123 - no file on a disk
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return not os.path.exists("/proc") and not _alive(process)  # noqa: PTH110 - as above


def _alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
