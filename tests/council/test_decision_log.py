"""The log of decisions: written by the command, by hand, and in Excel; the lists of the first version too."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from xlkpi.catalogue import load_catalogue
from xlkpi.core.period import Period
from xlkpi.council.decisions import Decision, DecisionKind, parse_counts, read_decisions
from xlkpi.council.decisions.add_row import added_decision
from xlkpi.council.decisions.log_row import LOG_COLUMNS
from xlkpi.errors import RegisterError, UnwritableFile
from xlkpi.writing.file_names import list_beside

HEADER = "decided_on,decided_by,decision,provider_id,period,indicator,file,value,why\n"
FILES_HEADER = "file,sha256,decision,who,when,why\n"
S2_HEADER = "provider_id,period,agreed_x,agreed_y,who,when,why\n"
SHA = "0a" * 32
NOT_APPLIED = "is empty. A decision without a name and a reason is not applied."
Q2, DAY = Period(2026, 2), date(2026, 11, 2)


def read(tmp_path, text, name="decisions.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    log = read_decisions([path], load_catalogue())
    return log.decisions, [fault.message for fault in log.faults]


def decision_on(kind, row=2, list_name="decisions.csv", **about):
    return Decision(kind, "Jane Roe", DAY, "agreed", row=row, list_name=list_name, **about)


def test_the_log_has_the_columns_that_other_programs_rely_on():
    assert ",".join(LOG_COLUMNS) + "\n" == HEADER
    words = (
        "use, set aside, received on, lock, reopen, agree figures, plan agreed, plan delivered, plan failed, "
        "plan not proportionate, warning sent, step declined, minutes sent, minutes agreed, contacts accepted, close"
    )
    assert ", ".join(kind.value for kind in DecisionKind) == words


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        ("use,,,,a\\b.xlsx,", decision_on(DecisionKind.USE, file="a/b.xlsx")),
        (f"Set-Aside,,,,a.xlsx,{SHA}", decision_on(DecisionKind.SET_ASIDE, file="a.xlsx", value=SHA)),
        ("received on,,,,a.xlsx,14/10/2026", decision_on(DecisionKind.RECEIVED_ON, file="a.xlsx", value="2026-10-14")),
        ("lock,,2026-27 Q2,,,", decision_on(DecisionKind.LOCK, period=Q2)),
        (
            "agree figures,P001,2026/27 Q2,kpi s2,,x = 2; Y=6",
            decision_on(
                DecisionKind.AGREE_FIGURES, provider_id="P001", period=Q2, indicator="KPI S2", value="x=2; y=6"
            ),
        ),
        ("plan_failed,P001,,KPI S4a,,", decision_on(DecisionKind.PLAN_FAILED, provider_id="P001", indicator="KPI S4a")),
        (
            "warning sent,P001,,,,3 Nov 2026",
            decision_on(DecisionKind.WARNING_SENT, provider_id="P001", value="2026-11-03"),
        ),
        ("minutes sent,,,,,", decision_on(DecisionKind.MINUTES_SENT)),
        ("close,P001,,KPI X9,,", decision_on(DecisionKind.CLOSE, provider_id="P001", indicator="KPI X9")),
    ],
)
def test_a_row_is_a_decision(tmp_path, row, decision):
    assert read(tmp_path, f"{HEADER}2/11/2026,Jane Roe,{row},agreed\n\n") == ((decision,), [])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("keep,,,,a,", "Row 2, decision (C2) says “keep”. Write one of: use, set aside, received on, lock, reopen, "),
        ("agree figure,P1,,,,", "Row 2, decision (C2) says “agree figure”. Did you mean agree figures?"),
        (",,,,a,", "Row 2, decision (C2) is empty. Write one of: use, "),
        ("use,,,,,", "Row 2, file (G2) is empty. Name the file."),
        ("received on,,,,a.xlsx,", "Row 2, value (H2) is empty. Enter the day, day/month/year."),
        ("received on,,,,a.xlsx,soon", "Row 2, value (H2) says “soon”, which is not a date. Write day/month/year."),
        ("lock,,,,,", "Row 2, period (E2) is empty. Enter the reporting period, such as 2026-27 Q2."),
        ("reopen,,2026,,,", "Row 2, period (E2) says “2026”, which is not a reporting period. Write it as 2026-27 Q2."),
        (
            "agree figures,,2026-27 Q2,KPI S2,,x=1; y=2",
            "Row 2, provider_id (D2) is empty. Enter the provider's number.",
        ),
        (
            "agree figures,P001,2026-27 Q2,KPI S2,,2 of 6",
            "Row 2, value (H2) says “2 of 6”. Enter the figures that were agreed, such as x=2; y=6.",
        ),
        (
            "agree figures,P001,2026-27 Q2,KPI S2,,",
            "Row 2, value (H2) is empty. Enter the figures that were agreed, such as x=2; y=6.",
        ),
        ("plan agreed,P001,,,,", "Row 2, indicator (F2) is empty. Enter the indicator's code."),
        ("warning sent,P001,,,,", "Row 2, value (H2) is empty. Enter the day, day/month/year."),
    ],
)
def test_a_row_that_is_not_applied_says_why_and_the_others_are(tmp_path, row, message):
    decisions, faults = read(tmp_path, f"{HEADER}2/11/2026,J,{row},y\n2/11/2026,Jane Roe,use,,,,b.xlsx,,agreed\n")
    assert len(faults) == 1
    assert faults[0].startswith(message)
    assert [decision.file for decision in decisions] == ["b.xlsx"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
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
def test_a_list_of_the_first_version_is_named_by_its_own_columns(tmp_path, row, message):
    decisions, faults = read(tmp_path, f"{FILES_HEADER}{row}\nb.xlsx,,use,Jane Roe,2/11/2026,agreed\n")
    assert faults == [message]
    assert decisions == (decision_on(DecisionKind.USE, row=3, file="b.xlsx"),)


def test_columns_may_be_in_any_order_and_sha256_may_be_left_out(tmp_path):
    decisions, _ = read(tmp_path, f"why;who;when;decision;file\nagreed;Jane Roe;{DAY};use;a.xlsx\n")
    assert decisions == (decision_on(DecisionKind.USE, file="a.xlsx"),)


def test_a_list_of_agreed_s2_figures_is_read_as_the_same_decisions(tmp_path):
    decisions, faults = read(tmp_path, f"{S2_HEADER}P001,2026-27 Q2,4,12,Jane Roe,2/11/2026,agreed\n")
    about = {"provider_id": "P001", "period": Q2, "indicator": "KPI S2", "value": "x=4; y=12"}
    assert (decisions, faults) == ((decision_on(DecisionKind.AGREE_FIGURES, **about),), [])
    assert decisions[0].counts == (4, 12)
    _, faults = read(tmp_path, f"{S2_HEADER}P001,2026-27 Q2,four,12,Jane Roe,2/11/2026,agreed\n")
    assert faults == ["Row 2, agreed_x (C2) says “four”. Enter a whole number of 0 or more."]


def test_several_lists_are_one_log_in_the_order_of_the_decisions(tmp_path):
    first, second, third = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.xlsx"
    first.write_text(f"{HEADER}3/11/2026,Ann,lock,,2026-27 Q2,,,,final\n", encoding="utf-8")
    second.write_text(f"{S2_HEADER}P001,2026-27 Q2,4,12,,2/11/2026,why\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEADER.strip().split(","))
    book.worksheets[0].append([date(2026, 11, 3), "Raj", "reopen", None, "2026-27 Q2", None, None, None, "late return"])
    book.save(third)
    log = read_decisions([first, second, third])
    assert [(decision.kind.value, decision.decided_by) for decision in log.decisions] == [
        ("lock", "Ann"),
        ("reopen", "Raj"),
    ]
    assert [(fault.list_name, fault.row) for fault in log.faults] == [("b.csv", 2)]
    assert (log.path, log.name) == (first, "a.csv")
    assert log.of(DecisionKind.LOCK, period=Period(2026, 1)) == ()
    assert [decision.row for decision in log.of(DecisionKind.LOCK, DecisionKind.REOPEN, period=Q2)] == [2, 2]


def test_decisions_are_found_by_what_they_are_about(tmp_path):
    about = ("P001,2026-27 Q1,KPI S1", "p001,2026-27 Q2,KPI S2", "P002,,KPI S1")
    rows = "".join(f"2/11/2026,J,plan failed,{each},,,y\n" for each in about)
    path = tmp_path / "decisions.csv"
    path.write_text(f"{HEADER}{rows}", encoding="utf-8")
    log = read_decisions([path])
    assert [decision.row for decision in log.of(DecisionKind.PLAN_FAILED, provider_id="P001")] == [2, 3]
    assert [decision.row for decision in log.of(DecisionKind.PLAN_FAILED, indicator="KPI S1")] == [2, 4]
    assert [decision.row for decision in log.of(DecisionKind.PLAN_FAILED, period=Q2)] == [3]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("x=2; y=6", (2, 6)),
        (" X = 2 , y=6 ", (2, 6)),
        ("x 2 y 6", (2, 6)),
        ("x=12", (12, None)),
        ("x = £1250.50", (Fraction(2501, 2), None)),
        ("x=31; y=12", (31, 12)),
        ("x=1.234", None),
        ("2; 6", None),
        ("x=-2; y=6", None),
        ("", None),
    ],
)
def test_agreed_counts_are_read_as_people_write_them(text, counts):
    assert parse_counts(text) == counts


def test_only_agreed_figures_have_counts_and_only_days_are_days():
    assert decision_on(DecisionKind.CLOSE, value="x=2; y=6").counts is None
    assert decision_on(DecisionKind.WARNING_SENT, value="2026-11-03").day == date(2026, 11, 3)
    assert decision_on(DecisionKind.CLOSE, value="soon").day is None


def test_a_list_without_its_columns_is_refused(tmp_path):
    with pytest.raises(RegisterError, match="no columns decision, decided_by"):
        read(tmp_path, "file,when,why\n")


def test_an_empty_list_and_no_list_have_no_decisions(tmp_path):
    assert read(tmp_path, "") == ((), [])
    assert read_decisions([]).name == ""


def test_rows_are_added_at_the_end_of_whatever_is_there(tmp_path):
    filled_return = decision_on(DecisionKind.USE, file='a, "b".xlsx', value=SHA)
    path = tmp_path / "decisions.csv"
    first = added_decision(path, b"", filled_return).rstrip(b"\r\n")
    path.write_bytes(first)
    both = first + added_decision(path, first, filled_return)
    rows = list(csv.reader(both.decode("utf-8-sig").splitlines(keepends=True)))
    assert ",".join(rows[0]) + "\n" == HEADER
    assert rows[1] == rows[2] == ["2026-11-02", "Jane Roe", "use", "", "", "", 'a, "b".xlsx', SHA, "agreed"]
    path.write_bytes(both)
    assert [decision.value for decision in read_decisions([path]).decisions] == [SHA, SHA]


def test_a_list_of_the_first_version_gets_rows_in_its_form_or_none_at_all(tmp_path):
    path = tmp_path / "inbox decisions.csv"
    path.write_text(FILES_HEADER, encoding="utf-8")
    added = added_decision(path, path.read_bytes(), decision_on(DecisionKind.USE, file="a.xlsx", value=SHA))
    assert added.decode() == f"a.xlsx,{SHA},use,Jane Roe,2026-11-02,agreed\r\n"
    with pytest.raises(UnwritableFile, match=r"it has no column for period\). Add period to its header"):
        added_decision(path, path.read_bytes(), decision_on(DecisionKind.LOCK, period=Q2))


def test_the_list_is_beside_the_inbox_under_its_name_however_that_is_named(tmp_path, monkeypatch):
    from pathlib import Path

    monkeypatch.chdir(tmp_path)
    for named in (tmp_path / "Q2", Path("Q2"), Path("Q2/sub/.."), Path("./Q2/")):
        assert list_beside(named, "decisions.csv") == tmp_path / "Q2 decisions.csv"


def test_a_reason_that_would_run_in_a_spreadsheet_is_guarded_and_read_as_it_was(tmp_path):
    decision = Decision(DecisionKind.USE, "@Jane", DAY, "=1+1", file="=1.xlsx", value=SHA, row=2, list_name="d.csv")
    path = tmp_path / "d.csv"
    path.write_bytes(added_decision(path, b"", decision))
    _, row = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert [row[6], row[1], row[8]] == ["'=1.xlsx", "'@Jane", "'=1+1"]
    assert read_decisions([path]).decisions == (decision,)
