"""The finance officer holds the period's returns against the council's own ledger, at the command line."""

from __future__ import annotations

import hashlib
import json
import shutil

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi as command
from tests.consolidation.return_builders import provider
from tests.finance.ledger_builders import HEADER
from xlkpi.catalogue import load_catalogue
from xlkpi.core.checks import Entry
from xlkpi.core.period import Period
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.writing.returns.write_return import write_return

CLAIMS = {1: (3, 12), 2: (0, 12), 3: (1, 8), 4: (None, None)}
REGISTER = """provider_id,provider,type,lots
P001,Provider 1,SME,1a
P002,Provider 2,large,1a
P003,Provider 3,voluntary,1a
P004,Provider 4,in-house,1a
P005,Provider 5,SME,1a
"""
KEYS = ["period", "rows_read", "rows_used", "rows_set_aside", "providers", "prompt_payment"]
PROVIDER_KEYS = [
    "provider_id",
    "x_return",
    "y_return",
    "x_ledger",
    "y_ledger",
    "late",
    "late_or_disputed",
    "undisputed",
    "on_time_and_undisputed",
    "rag_return",
    "rag_ledger",
    "class",
    "reasons",
]


def run(*words):
    """Status, stdout and stderr of one command."""
    done = command(*words)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Returns of four providers as real workbooks, in which KPI S2 is filled in as CLAIMS says."""
    folder = tmp_path_factory.mktemp("inbox") / "inbox"
    folder.mkdir()
    for number, pair in CLAIMS.items():
        whose = provider(number, f"Provider {number}", ("1a",))
        plan = plan_return(load_catalogue(), whose, Period(2026, 2), filled=Filled({"KPI S2": Entry(*pair)}))
        (folder / f"return {number}.xlsx").write_bytes(write_return(plan))
    return folder


@pytest.fixture
def claimed():
    """What the first provider claims."""
    return CLAIMS[1]


@pytest.fixture
def folder(tmp_path, claimed, inbox):
    """A ledger in which P001's claim is true, with a credit note, a repeat and a row that cannot be used."""
    x, y = claimed
    rows = [HEADER]
    for number in range(y):
        dispute = "12/05/2026,wrong rate,20/05/2026" if number < x else ",,"
        paid = "14/05/2026" if number >= x else "28/05/2026"
        day = 11 if number == y - 1 else 3
        rows.append(f"P001,INV-{number},01/05/2026,10/05/2026,{day:02d}/05/2026,£10.00,{dispute},{paid}")
    rows += ["P001,CR-1,01/05/2026,10/05/2026,03/05/2026,-£5.00,,,,", rows[-1], "", "P0O2,INV-9,,,03/05/2026,,,,,"]
    (tmp_path / "ledger.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    shutil.copytree(inbox, tmp_path / "inbox")
    return tmp_path


def finance(folder, *more):
    usual = {"--ledger": "ledger.csv", "--out": "finance.xlsx", "--register": "register.csv"}
    words = [word for option, name in usual.items() if option not in more for word in (option, folder / name)]
    status, printed, on_stderr = run("finance", folder / "inbox", *words, *more)
    return status, printed, on_stderr, folder / "finance.xlsx"


def test_the_json_document_is_as_promised(folder, claimed):
    status, printed, _, _ = finance(folder, "--json")
    document = json.loads(printed)
    assert status == 1  # one row must be fixed
    assert list(document) == KEYS
    assert all(list(provider_record) == PROVIDER_KEYS for provider_record in document["providers"])
    assert document["period"] == "2026-27 Q2"
    y = claimed[1]
    assert (document["rows_read"], document["rows_used"], document["rows_set_aside"]) == (y + 3, y + 1, 2)
    mine = next(
        provider_record for provider_record in document["providers"] if provider_record["provider_id"] == "P001"
    )
    assert (mine["x_return"], mine["y_return"], mine["x_ledger"], mine["y_ledger"]) == (*claimed, *claimed)
    assert (mine["class"], mine["reasons"], mine["late"]) == ("Agreed", [], 1)
    assert mine["undisputed"] == pytest.approx((y - claimed[0]) / y)
    assert mine["on_time_and_undisputed"] == pytest.approx((y - claimed[0] - 1) / y)
    paid = document["prompt_payment"]
    assert paid == {"within_14_days": y - claimed[0], "paid": y, "share": pytest.approx((y - claimed[0]) / y)}


def test_every_provider_of_the_register_has_a_line(folder):
    _, printed, _, _ = finance(folder, "--json")
    results = {
        provider_record["provider_id"]: provider_record["class"] for provider_record in json.loads(printed)["providers"]
    }
    assert results == {
        "P001": "Agreed",
        "P002": "No ledger rows",
        "P003": "No ledger rows",
        "P004": "No return",
        "P005": "No return",
    }


def test_the_summary_says_what_a_person_wants_to_know_first(folder, claimed):
    _, printed, on_stderr, out = finance(folder)
    y = claimed[1]
    assert f"Ledger rows: {y + 3} read = {y + 1} used + 2 set aside" in printed
    assert "KPI S2: " in printed
    assert "1 Agreed" in printed
    assert "(target 90%)" in printed
    assert out.exists()
    assert "Traceback" not in on_stderr


def test_the_workbook_says_whose_row_it_may_be_and_uses_it_for_nobody(folder):
    *_, out = finance(folder)
    book = openpyxl.load_workbook(out)
    texts = [row[4].value for row in book["Findings"].iter_rows(min_row=2) if row[5].value == "LEDGER_PROVIDER"]
    assert len(texts) == 1
    assert "“P0O2” is not a known provider; it looks like P002" in texts[0]
    assert [row[1].value for row in book["Set aside"].iter_rows(min_row=2)] == ["P001", "P0O2"]


def test_inputs_are_never_changed_and_the_same_input_gives_the_same_bytes(folder):
    before = {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "ledger.csv", *(folder / "inbox").iterdir())
    }
    first = finance(folder)[3].read_bytes()
    assert finance(folder)[3].read_bytes() == first
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in before} == before


def test_a_header_said_once_is_remembered(folder):
    text = (folder / "ledger.csv").read_text(encoding="utf-8").replace("provider_id", "Creditor ref", 1)
    (folder / "ledger.csv").write_text(text, encoding="utf-8")
    status, _, on_stderr, out = finance(folder)
    assert status == 3
    assert '--columns "provider_id=Its header"' in on_stderr
    assert not out.exists()
    assert finance(folder, "--columns", "provider_id=Creditor ref")[0] == 1
    assert (folder / "xlkpi-ledger.toml").read_text(encoding="utf-8") == '[columns]\nprovider_id = "Creditor ref"\n'
    assert finance(folder)[0] == 1


def test_what_is_said_of_a_missing_header_works(folder):
    extract = folder / "extract.csv"
    extract.write_text("provider_id,period,indicator,amount,y\nP001,2026-27 Q2,KPI S1,40,41\n", encoding="utf-8")
    status, _, on_stderr, out = finance(folder, "--extract", extract)
    assert (status, '--columns "x=Its header"' in on_stderr, out.exists()) == (3, True, False)
    document = json.loads(finance(folder, "--extract", extract, "--columns", "x=amount", "--json")[1])
    assert document["rows_used"]  # the ledger has a column of that name too: it stays the ledger's own
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["Cross-check"].iter_rows(min_row=2)]
    assert any(row[0] == "P001" and row[2] == "KPI S1" and row[5:7] == [40, 41] for row in rows)
    (folder / "inbox S2 decisions.csv").write_text("provider_id,period,agreed_x\n", encoding="utf-8")
    status, _, on_stderr, _ = finance(folder)
    assert (status, "Rename its columns to these names, or name another file." in on_stderr) == (3, True)


def test_the_cross_check_lists_what_should_have_been_checked(folder):
    extract = folder / "extract.csv"
    extract.write_text("provider_id,period,indicator,x,y\nP001,2026-27 Q2,KPI S1,40,41\n", encoding="utf-8")
    _, printed, _, out = finance(folder, "--extract", str(extract))
    assert "Cross-check: " in printed
    assert "Not checked" in printed
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["Cross-check"].iter_rows(min_row=2)]
    assert any(row[0] == "P001" and row[2] == "KPI S1" and row[5:7] == [40, 41] for row in rows)
    assert any(row[13] == "Not checked" for row in rows)


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        (("--period", "2026"), 2, "not a reporting period"),
        (("--period", ""), 2, "not a reporting period"),
        (("--columns", "supplier=x"), 2, "Write column=header"),
        (("--extract", "nowhere.csv"), 3, "does not exist"),
        (("--settings", "ledger.csv"), 3, "cannot be read"),
    ],
)
def test_what_is_asked_wrongly_is_said_and_nothing_is_written(folder, monkeypatch, more, status, says):
    monkeypatch.chdir(folder)
    finished, _, on_stderr, out = finance(folder, *more)
    assert (finished, says in on_stderr) == (status, True)
    assert not out.exists()


@pytest.mark.parametrize("read", ["--ledger", "--register", "--extract", "--settings"])
def test_no_file_that_is_read_is_written_over(folder, read):
    before = finance(folder)[3].read_bytes()
    status, _, on_stderr, out = finance(folder, read, folder / "finance.xlsx")
    assert (status, out.read_bytes() == before) == (4, True)
    assert "finance.xlsx was not written (it is one of the files to read). Name another file" in on_stderr


def test_the_workbook_may_lie_in_the_inbox_and_a_return_is_never_written_over(folder):
    ours, theirs = folder / "inbox" / "finance.xlsx", folder / "inbox" / "return 1.xlsx"
    before = theirs.read_bytes()
    assert [finance(folder, "--out", ours)[0] for _ in range(2)] == [1, 1]
    status, _, on_stderr, _ = finance(folder, "--out", theirs)
    assert (status, "it is a file of the inbox" in on_stderr, theirs.read_bytes() == before) == (4, True, True)


@pytest.mark.parametrize("name", ["finance", "ledger.csv"])
def test_the_workbook_is_named_so_that_excel_opens_it(folder, name):
    before = (folder / "ledger.csv").read_bytes()
    status, _, on_stderr, _ = finance(folder, "--out", folder / name)
    assert (status, f"“{name}” does not end in .xlsx" in on_stderr) == (2, True)
    assert (folder / "ledger.csv").read_bytes() == before


def test_an_inbox_that_tells_no_period_is_usage(folder):
    shutil.rmtree(folder / "inbox")
    (folder / "inbox").mkdir()
    status, _, on_stderr, out = finance(folder)
    message = "xlkpi: No file is a return, so the period is not known. Name it, such as 2026-27 Q2."
    assert (status, on_stderr.strip()) == (2, message)
    assert not out.exists()
    assert finance(folder, "--period", "2026-27 Q2")[0] == 1


def test_a_ledger_that_cannot_be_read_is_status_3(folder):
    (folder / "ledger.csv").write_bytes(b"%PDF-1.7 a scan of invoices")
    assert finance(folder)[0] == 3


def test_python_calls_the_same_check(folder, claimed):
    import xlkpi

    finance_result = xlkpi.finance_check(
        folder / "inbox", folder / "ledger.csv", folder / "p.xlsx", register=folder / "register.csv", keep=False
    )
    mine = next(line for line in finance_result.check.lines if line.provider_id == "P001")
    assert (mine.ledger.disputed, mine.ledger.submitted) == claimed
    assert finance_result.path.exists()
