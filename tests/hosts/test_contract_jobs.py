"""The menu's jobs in a contract folder: what a master by menu has, without a question."""

from __future__ import annotations

import json

import openpyxl
import pytest

from tests.corpus.many_returns import filled, providers
from xlkpi.core.period import QUARTERS, Period, PeriodScheme
from xlkpi.hosts import contract_jobs
from xlkpi.hosts.jobs import run_job

NOW = Period(2026, 2)
WHO = providers(2)


def here(job, **answers):
    return run_job(job, {name: str(answer) for name, answer in answers.items()}, lambda *_: None)


@pytest.fixture(scope="module")
def contract(tmp_path_factory):
    """A contract folder made by the menu: a return of this period and one of an earlier, a ledger and an extract."""
    root = tmp_path_factory.mktemp("menu") / "contract"
    outcome = here("new", folder=root)
    assert (outcome.done, outcome.opens) == (True, (str(root),))
    rows = (f"{who.provider_id},{who.name},{';'.join(who.lots)},{who.transport}" for who in WHO)
    (root / "register.csv").write_text("\n".join(("provider_id,provider,lots,transport", *rows, "")), encoding="utf-8")
    for name, period in (("now", NOW), ("before", Period(2025, 4))):
        data, _ = filled(WHO[0], 1, period)
        (root / "inbox" / f"{name}.xlsx").write_bytes(data)
    header = "provider_id,invoice_no,due_date,received_date,disputed_date,paid_date"
    invoice = f"{WHO[0].provider_id},1,10/08/2026,03/08/2026,,20/08/2026"
    (root / "ledger" / "invoices.csv").write_text(f"{header}\n{invoice}\n", encoding="utf-8")
    count = f"{WHO[0].provider_id},2026-27 Q2,KPI S1,1,9"
    (root / "extract" / "counts.csv").write_text(f"provider_id,period,indicator,x,y\n{count}\n", encoding="utf-8")
    return root


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """Let the jobs run in the period after the one that is collected."""
    assert QUARTERS.last_ended(NOW.back(-1).start) == NOW
    monkeypatch.setattr(PeriodScheme, "last_ended", lambda _scheme, _day: NOW)


def test_a_master_by_menu_has_history_ledger_and_extract(contract):
    outcome = here("consolidate", folder=contract)
    master = contract / "out" / "2026-27 Q2" / "KCC master 2026-27 Q2.xlsx"
    assert outcome.opens == (str(master),)
    assert f"Missing: {WHO[1].provider_id} (by register.csv)." in outcome.message
    book = openpyxl.load_workbook(master, read_only=True)
    shown = {name: str(list(book[name].iter_rows(values_only=True))) for name in ("Trends", "S2 check", "Cross-check")}
    assert "2025-26 Q4" in shown["Trends"]
    assert WHO[0].provider_id in shown["S2 check"]
    assert "KPI S1" in shown["Cross-check"]


def test_build_has_the_last_figures(contract):
    outcome = here("build", folder=contract, period="2026-27 Q2")
    out = contract / "out" / "2026-27 Q2" / "returns"
    assert outcome.opens == (str(out),)
    (file,) = out.glob(f"*{WHO[0].provider_id}*.xlsx")
    assert "2025-26 Q4" in str([list(sheet.values) for sheet in openpyxl.load_workbook(file)])


def test_finance_and_feedback_go_into_the_folder_of_the_period(contract, monkeypatch):
    monkeypatch.setattr("xlkpi.commands.feedback_files.find_office", lambda: "")
    out = contract / "out" / "2026-27 Q2"
    assert here("finance", folder=contract).opens == (str(out / "Finance check 2026-27 Q2.xlsx"),)
    outcome = here("feedback", folder=contract)
    assert outcome.opens == (str(out / "feedback"),)
    assert "1 scorecard and 1 reminder written to" in outcome.message


def test_status_shows_the_first_things_to_do(contract, monkeypatch):
    monkeypatch.setattr(contract_jobs, "SHOWN_TASKS", 1)
    outcome = here("status", folder=contract)
    first, _, task, more, *_ = outcome.message.splitlines()
    assert "to do, " in first
    assert " · " in task
    assert more.startswith("and ")


def test_escalate_says_what_is_open_and_opens_letters_where_there_are_any(contract):
    outcome = here("escalate", folder=contract)
    letters = contract / "out" / "2026-27 Q2" / "letters"
    first, *_ = outcome.message.splitlines()
    assert " open. " in first
    assert first.endswith(f" written to {letters}.")
    assert outcome.opens == ((str(letters),) if letters.is_dir() else ())


def test_decide_writes_what_the_row_names(contract):
    row = json.dumps(["2026-27 Q2", WHO[0].provider_id, "some text", "KPI S2", "now.xlsx", "not a file.xlsx"])
    outcome = here("decide", folder=contract, row=row, kind="agree figures", value="x=1; y=9", why="seen together")
    assert outcome.message.startswith(f"agree figures: {WHO[0].provider_id}, 2026-27 Q2, KPI S2, now.xlsx.")
    log = (contract / "decisions.csv").read_text("utf-8")
    assert f"agree figures,{WHO[0].provider_id},2026-27 Q2,KPI S2" in log
    assert "x=1; y=9" in log
    outcome = here("decide", folder=contract, row="[]", kind="agree figures", value="x=1; y=9", why="seen together")
    assert (outcome.done, (contract / "decisions.csv").read_text("utf-8")) == (False, log)


@pytest.mark.parametrize("kind", ["close", "step declined", "Plan-agreed"])
def test_a_decision_about_an_open_matter_is_not_about_the_period_in_which_it_opened(contract, kind):
    opened = json.dumps([WHO[0].provider_id, WHO[0].name, "KPI S1", "2025-26 Q4", "2", "", "now.xlsx"])
    outcome = here("decide", folder=contract, row=opened, kind=kind, why="agreed")
    assert outcome.message.splitlines()[0].endswith(f": {WHO[0].provider_id}, KPI S1.")


def test_a_file_attached_to_an_email_can_be_decided_about(contract):
    (contract / "inbox" / "from Ann.eml").write_bytes(b"")
    row = json.dumps(["from Ann.eml/return.xlsx", "used", WHO[0].provider_id])
    outcome = here("decide", folder=contract, row=row, kind="received on", value="05/10/2026", why="by email")
    assert outcome.message.startswith(f"received on: {WHO[0].provider_id}, from Ann.eml/return.xlsx.")
    (contract / "inbox" / "from Ann.eml").unlink()


def test_faults_are_listed_under_the_name_of_their_list(contract):
    log = contract / "decisions.csv"
    before = log.read_bytes()
    log.write_text(log.read_text("utf-8-sig") + "2026-11-02,Jo,clse,P1,,,,,typing error\n", encoding="utf-8")
    message = here("status", folder=contract).message
    log.write_bytes(before)
    assert "In decisions.csv:\nRow " in message
    assert "In the register:" not in message


def test_status_elsewhere_says_what_a_contract_folder_is(tmp_path):
    outcome = here("status", folder=tmp_path)
    assert (outcome.done, "xlkpi new FOLDER" in outcome.message) == (False, True)
