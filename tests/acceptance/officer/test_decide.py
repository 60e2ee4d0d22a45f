"""Promise: whatever officers decide is one row of the log, applied by the next master and shown with who, when, why."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.corpus.many_returns import filled, providers
from xlkpi.cli.main import main
from xlkpi.council.decisions import DecisionKind, read_decisions
from xlkpi.council.decisions.log_row import LOG_COLUMNS

WHO = providers(3)
NAMED, AS_OF = ("--period", "2026-27 Q2"), ("--as-of", "2026-12-24")
REGISTER = "provider_id,provider,lots,transport\n" + "".join(
    f"{who.provider_id},{who.name},{';'.join(who.lots)},{who.transport}\n" for who in WHO
)
FIRST = WHO[0].provider_id
AGREE = ("agree figures", *NAMED, "--indicator", "KPI S2")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A contract folder with three returns of Q2; commands run in it."""
    root = tmp_path / "day services"
    assert xlkpi("new", root).returncode == 0
    (root / "register.csv").write_text(REGISTER, encoding="utf-8")
    for number, who in enumerate(WHO):
        (root / "inbox" / f"{number}.xlsx").write_bytes(filled(who, 1)[0])
    monkeypatch.chdir(root)
    return root


def decide(*words):
    done = xlkpi("decide", *words)
    assert done.returncode == 0, done.stderr
    return done


def master(root):
    done = xlkpi("consolidate", *NAMED, *AS_OF)
    assert done.returncode in (0, 1), done.stderr
    return openpyxl.load_workbook(root / "out" / "2026-27 Q2" / "KCC master 2026-27 Q2.xlsx"), done


def records(book, sheet):
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def logged(root):
    return logged_in(root / "decisions.csv")


def logged_in(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_agreed_figures_are_one_row_and_in_force_in_the_next_master(folder):
    before = (folder / "decisions.csv").read_bytes()
    done = decide(
        "agree figures", "--provider", FIRST, *NAMED, "--indicator", "kpi s2", "--value", "X=9, y=20", "--why",
        "Seen the invoices", "--by", "Jane Roe",
    )  # fmt: skip
    assert f"{FIRST}, 2026-27 Q2, kpi s2: agree figures, decided by Jane Roe" in done.stdout
    assert (folder / "decisions.csv").read_bytes().startswith(before)
    (row,) = logged(folder)
    assert list(row) == list(LOG_COLUMNS)
    assert row == {
        "decided_on": date.today().isoformat(), "decided_by": "Jane Roe", "decision": "agree figures",  # noqa: DTZ011
        "provider_id": FIRST, "period": "2026-27 Q2", "indicator": "kpi s2", "file": "", "value": "x=9; y=20",
        "why": "Seen the invoices",
    }  # fmt: skip
    book, _ = master(folder)
    entry = next(row for row in records(book, "Data") if (row["provider_id"], row["indicator"]) == (FIRST, "KPI S2"))
    assert (entry["agreed_x"], entry["agreed_y"], entry["agreed_by"], entry["rag_in_force"]) == (
        9,
        20,
        "Jane Roe",
        "Red",
    )
    (shown,) = records(book, "Decisions")
    assert (shown["decided_by"], shown["decision"], shown["why"]) == ("Jane Roe", "agree figures", "Seen the invoices")


def test_a_locked_period_is_final_until_it_is_reopened(folder):
    text = decide("lock", *NAMED, "--why", "Reported to the board").stdout
    assert "Returns that are final: 3." in text
    new, _ = filled(WHO[0], 2)
    (folder / "inbox" / "later.xlsx").write_bytes(new)
    book, done = master(folder)
    assert "Final: since " in done.stdout
    assert book["Summary"]["A1"].value == "KPI master 2026-27 Q2, Final"
    files = {row["file"]: row for row in records(book, "Files")}
    assert (files["0.xlsx"]["status"], files["later.xlsx"]["status"]) == ("used", "set aside")
    assert "xlkpi decide reopen" in files["later.xlsx"]["why"] + files["later.xlsx"]["what to do"]
    decide("reopen", *NAMED, "--provider", FIRST, "--why", "Ann Reed asked to correct it")
    decide("use", "--file", "later.xlsx", "--why", "The corrected one")
    book, _ = master(folder)
    files = {row["file"]: row for row in records(book, "Files")}
    assert (files["0.xlsx"]["status"], files["later.xlsx"]["status"]) == ("superseded", "used")
    changes = records(book, "What changed")
    assert ("File", "later.xlsx", "set aside", "used") in {
        (row["what"], row["file"], row["before"], row["now"]) for row in changes
    }
    assert any(row["what"] == "Figures" and row["provider_id"] == FIRST for row in changes)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("agree figure", "--why", "y"), "The kind says “agree figure”. Did you mean agree figures?"),
        (("--why", "y"), "The kind is empty. Write one of: use, set aside, "),
        (("lock", "--why", "y"), "--period is empty. Enter the reporting period, such as 2026-27 Q2."),
        (("warning sent", "--provider", "P001", "--why", "y"), "--value is empty. Enter the day, day/month/year."),
        (("received on", "--file", "0.xlsx", "--value", "soon", "--why", "y"), "--value says “soon”, which is not"),
        ((*AGREE, "--provider", "P001", "--value", "2 of 6", "--why", "y"), "--value says “2 of 6”. Enter the figures"),
        (("plan agreed", "--provider", "P001", "--why", "y"), "--indicator is empty. Enter the indicator's code."),
        (("close", "--provider", "P001"), "--why is empty. Give the reason"),
        (("lock", "--period", "2026", "--why", "y"), "--period says “2026”, which is not a reporting period."),
    ],
)  # fmt: skip
def test_what_a_decision_lacks_is_said_and_nothing_is_written(folder, words, says):
    before = (folder / "decisions.csv").read_bytes()
    done = xlkpi("decide", *words)
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr
    assert (folder / "decisions.csv").read_bytes() == before


def test_every_kind_can_be_recorded(folder):
    day = "14/10/2026"
    values = {"agree figures": "x=1; y=2", "received on": day, "warning sent": day}
    for kind in DecisionKind:
        value = ("--value", values[kind.value]) if kind.value in values else ()
        about = ("--provider", FIRST, *NAMED, "--indicator", "KPI S2", "--file", "0.xlsx")
        decide(*kind.value.split(), *about, *value, "--why", "agreed")
    log = read_decisions([folder / "decisions.csv"])
    assert [decision.kind for decision in log.decisions] == list(DecisionKind)
    assert log.faults == ()


def test_outside_a_contract_folder_the_inbox_or_the_log_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = xlkpi("decide", "lock", *NAMED, "--why", "y")
    assert (done.returncode, "Name the inbox with --folder, or the log with --decisions." in done.stderr) == (2, True)
    (tmp_path / "returns").mkdir()
    decide("lock", *NAMED, "--why", "y", "--folder", "returns")
    decide("lock", *NAMED, "--why", "y", "--decisions", "log.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.csv", "returns", "returns decisions.csv"]


def test_the_workbook_has_lists_to_choose_from_and_is_read_as_the_log(folder):
    done = xlkpi("decide", "--workbook", "decisions.xlsx")
    assert "decisions.csv, which commands add to, is read too" in done.stderr
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook("decisions.xlsx")
    sheet, lists = book["Decisions"], book["Lists"]
    assert [cell.value for cell in sheet[1]] == list(LOG_COLUMNS)
    rules = {str(rule.sqref).partition("2:")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert set(rules) == {"A", "C", "D", "E", "F"}
    choices = [cell.value for cell in lists["A"]][1:17]
    assert choices == [kind.value for kind in DecisionKind]
    assert [lists.cell(row, 2).value for row in (2, 3, 4)] == [who.provider_id for who in WHO]
    assert rules["D"] == "Lists!$B$2:$B$4"
    row = (date(2026, 11, 2), "Jane Roe", "agree figures", FIRST, "2026-27 Q2", "KPI S2", None, "x=9; y=20", "seen")
    for col, value in enumerate(row, start=1):
        sheet.cell(2, col, value)
    book.save("decisions.xlsx")
    (folder / "decisions.csv").unlink()
    log = read_decisions([folder / "decisions.xlsx"])
    assert [(decision.kind, decision.value) for decision in log.decisions] == [
        (DecisionKind.AGREE_FIGURES, "x=9; y=20")
    ]
    assert log.faults == ()
    filled_in, _ = master(folder)
    assert [row["agreed_x"] for row in records(filled_in, "Data") if row["agreed_x"] is not None] == [9]
    done = xlkpi("decide", "--workbook", "decisions.xlsx")
    assert (done.returncode, "decisions.xlsx" in done.stderr) == (4, True)


def test_the_command_adds_to_the_csv_beside_a_workbook_and_both_are_one_log(folder):
    xlkpi("decide", "--workbook", "decisions.xlsx")
    book = openpyxl.load_workbook("decisions.xlsx")
    row = (date(2026, 10, 20), "Jo", "close", FIRST, None, "KPI S1", None, None, "in Excel")
    for column, value in enumerate(row, start=1):
        book["Decisions"].cell(2, column, value)
    book.save("decisions.xlsx")
    decide("close", "--provider", FIRST, "--indicator", "KPI S3", "--why", "by command")
    header, *lines = (folder / "decisions.csv").read_text("utf-8-sig").splitlines()
    csv_copy = f"{date(2026, 10, 20).isoformat()},Jo,close,{FIRST},,KPI S1,,,in Excel"
    (folder / "decisions.csv").write_text("\n".join([header, csv_copy, *lines]) + "\n", encoding="utf-8")
    shown = records(master(folder)[0], "Decisions")
    assert sorted(row["why"] for row in shown) == ["by command", "in Excel"]


def test_a_row_about_nothing_is_a_finding_with_the_nearest_match(folder):
    done = xlkpi("decide", *AGREE, "--provider", FIRST[:-1] + "x", "--value", "x=1; y=2", "--why", "y")
    assert done.returncode == 1
    assert f"The provider “{FIRST[:-1]}x” is not in the register. Did you mean {FIRST[:-1]}" in done.stderr
    assert "The row was written. Correct it in decisions.csv" in done.stderr
    decide("received on", "--file", "00.xlsx", "--value", (date(2026, 10, 1) + timedelta(1)).isoformat(), "--why", "y")
    book, _ = master(folder)
    results = {row["code"]: row for row in records(book, "Findings") if row["code"].startswith("DECISION")}
    assert set(results) == {"DECISION_NO_PROVIDER", "DECISION_NO_FILE"}
    assert "it looks like" in results["DECISION_NO_PROVIDER"]["message"]
    assert "it looks like 0.xlsx" in results["DECISION_NO_FILE"]["message"]
    assert {row["file"] for row in results.values()} == {"decisions.csv"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("close", "--provider", FIRST, "--indicator", "KPI S22"),
            "“KPI S22” is not an indicator. Did you mean KPI S2?",
        ),
        (("lock", "--period", "2098-99 Q1"), "2098-99 Q1 begins on 1 April 2098. Did you mean an earlier period?"),
        (
            ("close", "--provider", "P090", "--period", "2026-27 Q1"),
            "The contract of P090 starts on 1 July 2026, so nothing is due for 2026-27 Q1. Check the period.",
        ),
        (("close", "--provider", "Zebra"), "The provider “Zebra” is not in the register. Add it to the register, or"),
        (("close", "--provider", FIRST.lower(), "--indicator", "kpi s2", *NAMED), ""),
    ],
)
def test_what_the_lists_at_hand_do_not_know_is_said_at_once(tmp_path, capsys, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "returns").mkdir()
    text = "provider_id,provider,lots,contract_start\n" + f"{FIRST},Ash,1a,\nP090,Beech,1a,01/07/2026\n"
    (tmp_path / "register.csv").write_text(text, encoding="utf-8")
    status = main(["decide", *words, "--why", "agreed", "--folder", "returns"])
    assert status == bool(says)
    assert says in capsys.readouterr().err
    assert len(logged_in(tmp_path / "returns decisions.csv")) == 1
