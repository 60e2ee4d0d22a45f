"""The list of decisions beside the inbox: written by the command, by hand, and in Excel."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from xlkpi.core.records import FileAction, FileDecision
from xlkpi.council.file_decisions import added_decision, read_file_decisions
from xlkpi.errors import RegisterError
from xlkpi.writing.file_names import list_beside

HEADER = "file,sha256,decision,who,when,why\n"
SHA = "0a" * 32
NOT_APPLIED = "is empty. A decision without a name and a reason is not applied."


def read(tmp_path, text):
    path = tmp_path / "inbox decisions.csv"
    path.write_text(text, encoding="utf-8")
    listed = read_file_decisions(path)
    return listed.decisions, listed.faults


def test_a_row_is_a_decision(tmp_path):
    decisions, faults = read(tmp_path, f"{HEADER}a\\b.xlsx,{SHA.upper()},Set-Aside,Jane Roe,2/11/2026,Sent twice\n\n")
    assert decisions == (
        FileDecision("a/b.xlsx", SHA, FileAction.SET_ASIDE, "Jane Roe", date(2026, 11, 2), "Sent twice", 2),
    )
    assert faults == ()


def test_columns_may_stand_in_any_order_and_sha256_may_be_left_out(tmp_path):
    decisions, _ = read(tmp_path, "why;who;when;decision;file\nagreed;J R;2026-11-02;use;a.xlsx\n")
    assert decisions == (FileDecision("a.xlsx", "", FileAction.USE, "J R", date(2026, 11, 2), "agreed", 2),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (f"a,{SHA},keep,J,2/11/2026,y", "Row 2, decision (C2) says “keep”. Write use or set aside."),
        (f"a,{SHA},,J,2/11/2026,y", "Row 2, decision (C2) is empty. Write use or set aside."),
        (f"a,{SHA},use,,2/11/2026,y", f"Row 2, who (D2) {NOT_APPLIED}"),
        (f"a,{SHA},use,J,,y", "Row 2, when (E2) is empty. Enter the day it was decided, day/month/year."),
        (f"a,{SHA},use,J,soon,y", "Row 2, when (E2) says “soon”, which is not a date. Write day/month/year."),
        (f"a,{SHA},use,J,2/11/2026,", f"Row 2, why (F2) {NOT_APPLIED}"),
        (
            "a,12,use,J,2/11/2026,y",
            "Row 2, sha256 (B2) is not a sha256. Copy it from the sheet Files, or leave it empty.",
        ),
        (",,use,J,2/11/2026,y", "Row 2, file (A2) is empty. Name the file."),
    ],
)
def test_a_row_that_is_not_applied_says_why_and_the_others_are(tmp_path, row, message):
    decisions, faults = read(tmp_path, f"{HEADER}{row}\nb.xlsx,,use,Jane Roe,2/11/2026,agreed\n")
    assert [fault.message for fault in faults] == [message]
    assert [one.file for one in decisions] == ["b.xlsx"]


def test_a_list_without_its_columns_is_refused(tmp_path):
    with pytest.raises(RegisterError, match="no columns decision, who"):
        read(tmp_path, "file,when,why\n")


def test_rows_are_added_at_the_end_of_whatever_stands_there(tmp_path):
    one = FileDecision('a, "b".xlsx', SHA, FileAction.USE, "Jane Roe", date(2026, 11, 2), "agreed\nby telephone", 0)
    path = tmp_path / "inbox decisions.csv"
    first = added_decision(path, b"", one).rstrip(b"\r\n")
    path.write_bytes(first)
    both = first + added_decision(path, first, one)
    rows = list(csv.reader(both.decode("utf-8-sig").splitlines(keepends=True)))
    assert rows[0] == ["file", "sha256", "decision", "who", "when", "why"]
    assert rows[1] == rows[2] == ['a, "b".xlsx', SHA, "use", "Jane Roe", "02/11/2026", "agreed\nby telephone"]
    assert len(rows) == 3


def test_the_list_stands_beside_the_inbox_under_its_name_however_that_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for named in (tmp_path / "Q2", Path("Q2"), Path("Q2/sub/.."), Path("./Q2/")):
        assert list_beside(named, "decisions.csv") == tmp_path / "Q2 decisions.csv"


def test_a_reason_that_would_run_in_a_spreadsheet_is_guarded_and_read_as_it_was(tmp_path):
    one = FileDecision("=1.xlsx", SHA, FileAction.USE, "@Jane", date(2026, 11, 2), "=1+1", 2)
    path = tmp_path / "inbox decisions.csv"
    path.write_bytes(added_decision(path, b"", one))
    _, row = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert [row[0], row[3], row[5]] == ["'=1.xlsx", "'@Jane", "'=1+1"]
    assert read_file_decisions(path).decisions == (one,)
