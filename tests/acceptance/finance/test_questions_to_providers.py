"""Promise: until figures are agreed the provider is asked, invoice by invoice or by both sides' counts, and answers."""

from __future__ import annotations

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.corpus.many_returns import filled, providers
from tests.finance.ledger_builders import HEADER
from tests.reading.return_edits import type_in

(WHO,) = providers(1)
ID = WHO.provider_id
Q2, Q3 = "2026-27 Q2", "2026-27 Q3"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A contract folder: the return says 1 disputed of 3; the ledger has 4 of 8."""
    root = tmp_path / "day services"
    assert xlkpi("new", root).returncode == 0
    register = f"provider_id,provider,lots,transport\n{ID},{WHO.name},{';'.join(WHO.lots)},{WHO.transport}\n"
    (root / "register.csv").write_text(register, encoding="utf-8")
    (root / "inbox" / "q2.xlsx").write_bytes(filled(WHO, 1, pair=(1, 3))[0])
    rows = [HEADER]
    for number in range(8):
        dispute = "12/08/2026,wrong rate,20/08/2026" if number < 4 else ",,"
        rows.append(f"{ID},INV-{number},01/08/2026,10/08/2026,03/08/2026,£10.00,{dispute},28/08/2026")
    (root / "ledger" / "ledger.csv").write_text("\n".join(rows), encoding="utf-8")
    extract = f"provider_id,period,indicator,x,y\n{ID},{Q2},KPI S1,20,30\n"
    (root / "extract" / "extract.csv").write_text(extract, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


def run(*words):
    done = xlkpi(*words)
    assert done.returncode in (0, 1), done.stderr
    return done


def master(root, period):
    run("consolidate", "--period", period, "--as-of", "2027-02-01")
    return openpyxl.load_workbook(root / "out" / period / f"KCC master {period}.xlsx")


def questions(book):
    if "Questions" not in book.sheetnames:
        return []
    header, *rows = book["Questions"].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_it_is_asked_in_the_feedback_answered_in_the_next_return_and_shown_in_the_master(folder):
    asked = {row["indicator"]: row for row in questions(master(folder, Q2))}
    about_invoices, counts = asked["KPI S2"], asked["KPI S1"]
    assert "You returned x = 1 and y = 3. The Council's ledger has x = 4 and y = 8." in about_invoices["question"]
    assert "Of each of these invoices, say whether" in about_invoices["question"]
    assert {f"INV-{number}" in about_invoices["question"] for number in range(4)} == {True}
    assert (about_invoices["state"], counts["about"], counts["state"]) == ("Asked", "Both sides' counts", "Asked")
    assert "The Council's case system has x = 20 and y = 30." in counts["question"]

    run("feedback", "--period", Q2, "--without-pdf")
    (email,) = (folder / "out" / Q2 / "feedback").rglob("*.txt")
    text = email.read_text(encoding="utf-8")
    assert "To answer, so that we can agree the figures:" in text
    assert "INV-1" in text
    assert "nothing to fix" not in text.casefold()

    run("build", "--period", Q3)
    (returned,) = (folder / "out" / Q3 / "returns").glob("*.xlsx")
    book = openpyxl.load_workbook(returned)
    texts = [str(cell.value) for row in book["Questions"].iter_rows() for cell in row if cell.value]
    assert any("INV-0" in text for text in texts)
    content = type_in(returned.read_bytes(), {"Question_1.answer": "We withdrew that dispute in September"})
    (folder / "inbox" / "q3.xlsx").write_bytes(content)
    answered = [row for row in questions(master(folder, Q3)) if row["state"] == "Answered"]
    assert [row["answer"] for row in answered] == ["We withdrew that dispute in September"]
    assert (answered[0]["file"], answered[0]["asked about"]) == ("q3.xlsx", Q2)
    assert [row["state"] for row in questions(master(folder, Q2))].count("Answered") == 1


def test_once_the_figures_are_agreed_nothing_more_is_asked(folder):
    for code, value in (("KPI S2", "x=4; y=8"), ("KPI S1", "x=2; y=3")):
        about = ("--provider", ID, "--period", Q2, "--indicator", code, "--value", value)
        run("decide", "agree figures", *about, "--why", "Both sides looked at the invoices")
    assert [row for row in questions(master(folder, Q2)) if row["state"] == "Asked"] == []
    run("feedback", "--period", Q2, "--without-pdf")
    (email,) = (folder / "out" / Q2 / "feedback").rglob("*.txt")
    assert "To answer" not in email.read_text(encoding="utf-8")
