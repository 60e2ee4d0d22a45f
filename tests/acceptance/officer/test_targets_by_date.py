"""A target that changes in the second year: each return is judged by the targets of its own period, for ever."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

import xlkpi
from tests.hosts.functions_in_use import functions_in_use
from xlkpi.catalogue.load import load_terms
from xlkpi.catalogue.terms_in_use import parse_terms, write_terms
from xlkpi.cli import main
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council.targets import read_targets
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.writing.returns.write_return import write_return

TARGETS = """indicator,from_period,red,amber,green,stretch,reference,agreed_by,agreed_on
KPI S3,2026-27 Q4,<70%,70-80%,>80%,97.5%,Variation 4,Ada Bexon,01/09/2026
"""
OAK = Provider("P1", "Oak", lots=("4",))


def returned(period, terms, day):
    """A return of 18 of 20 complaints (90%): Amber by the first targets, Green by those from 2026-27 Q4."""
    figures = {
        indicator.code: Entry(10, 10, "As agreed with the family, we waited.")
        for indicator in terms.in_force(period).indicators.values()
        if indicator.section in ("all", "additional")
    }
    figures["KPI S3"] = Entry(18, 20, "One complaint is still open.")
    return write_return(
        plan_return(terms.in_force(period), OAK, period, filled=Filled(figures, Declaration("A. Person", day)))
    )


@pytest.fixture
def folder(tmp_path):
    """A contract folder with the returns of 2026-27 Q2 and Q4, both built before the target changed."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "xlkpi.toml").write_text("", encoding="utf-8")
    (tmp_path / "register.csv").write_text("provider_id,provider,lots,transport\nP1,Oak,4,no\n", encoding="utf-8")
    for quarter, day in ((2, "2026-10-05"), (4, "2027-04-05")):
        data = returned(Period(2026, quarter), load_terms(), day)
        (tmp_path / "inbox" / f"Q{quarter}.xlsx").write_bytes(data)
    return tmp_path


def rows(folder, period, name):
    master = folder / name
    xlkpi.consolidate(folder / "inbox", master, register=folder / "register.csv", period=period, keep=False, jobs=1)
    book = openpyxl.load_workbook(master, data_only=True)
    header, *data_rows = book["Data"].iter_rows(values_only=True)
    return {row[header.index("indicator")]: dict(zip(header, row, strict=True)) for row in data_rows}, book


def test_a_master_made_before_and_after_the_change_judges_each_period_by_its_own_targets(folder):
    before, _ = rows(folder, "2026-27 Q4", "before.xlsx")
    assert (before["KPI S3"]["rag"], before["KPI S3"]["target"], before["KPI S3"]["stretch"]) == ("Amber", ">95%", None)
    (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
    earlier, _ = rows(folder, "2026-27 Q2", "q2.xlsx")
    assert (earlier["KPI S3"]["rag"], earlier["KPI S3"]["target"]) == ("Amber", ">95%")
    now, book = rows(folder, "2026-27 Q4", "q4.xlsx")
    s3 = now["KPI S3"]
    assert (s3["rag"], s3["target"], s3["gap"], s3["stretch"]) == ("Green", ">80%", 0, "97.5%")
    trends = [row for row in book["Trends"].iter_rows(values_only=True) if "KPI S3" in row and "P1" in row]
    assert [("Amber" in row, "Green" in row) for row in trends] == [(True, False), (False, True)]
    same = next(row for row in trends if "2026-27 Q4" in row)
    assert "Same" in same, "90% as before: another target is no better figure"


def test_the_next_workbook_shows_the_target_the_change_and_the_stretch(folder, tmp_path):
    (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
    for period, green in (("2026-27 Q2", 95), ("2026-27 Q4", 80)):
        ((_, path),) = xlkpi.build_returns(folder / "register.csv", period, tmp_path / period).files
        book = openpyxl.load_workbook(path)
        row = next(cell.row for cell in book["All lots"]["A"] if cell.value == "KPI S3")
        texts = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value]
        assert f">{green}*G{row}" in book["All lots"][f"I{row}"].value
        changed = period == "2026-27 Q4"
        assert any("Stretch target: 97.5% (not rated)" in text for text in texts) is changed
        assert ("Targets that changed" in texts) is changed
        assert ("From 2026-27 Q4: Red <70%, Amber 70-80%, Green >80%; stretch target 97.5%" in texts) is changed
        assert ("Variation 4. Agreed by Ada Bexon on 1 September 2026" in texts) is changed


def test_a_check_in_the_contract_folder_uses_its_targets(folder, tmp_path, monkeypatch):
    from xlkpi.commands.check import CheckRequest, check_files
    from xlkpi.council import terms_near

    (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
    terms_near.cache_clear()
    inside = check_files(CheckRequest((str(folder / "inbox" / "Q4.xlsx"),))).returns[0]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert {entry.code: entry.rag.value for entry in inside.entries if entry.rag}["KPI S3"] == "Green"
    (note,) = [finding for finding in inside.findings if finding.code.name == "TARGETS_CHANGED"]
    assert note.message == (
        "KPI S3: the workbook shows the targets before they changed. It was judged by the targets that are in force for"
        " 2026-27 Q4."
    )
    terms = terms_near(folder)
    rebuilt = xlkpi.check_return("new.xlsx", data=returned(Period(2026, 4), terms, "2027-04-05"), terms=terms)
    assert "TARGETS_CHANGED" not in {finding.code.name for finding in rebuilt.findings}


def test_a_fault_in_the_list_is_a_finding_of_the_master(folder):
    (folder / "targets.csv").write_text(TARGETS.replace(">80%", ">=80%"), encoding="utf-8")
    data_rows, book = rows(folder, "2026-27 Q4", "q4.xlsx")
    assert data_rows["KPI S3"]["target"] == ">95%"
    texts = [str(cell) for row in book["Findings"].iter_rows(values_only=True) for cell in row]
    assert any("A change of a target is not in force. Row 2, amber (D2) shares an outturn" in text for text in texts)


def test_a_fault_in_the_list_is_said_by_every_command_that_uses_it(folder, monkeypatch, capsys):
    """Workbooks with the targets of before would go out in silence."""
    monkeypatch.setenv("XLKPI_KEY", "off")
    monkeypatch.setenv("XLKPI_TERMS", str(folder / "terms.json"))
    monkeypatch.chdir(folder)
    (folder / "targets.csv").write_text(TARGETS.replace(">80%", ">=80%"), encoding="utf-8")
    commands = ("build", "check", "feedback --without-pdf", "escalate", "status")
    for words in (*(f"{command} --period 2026-27_Q4" for command in commands), "catalogue use ."):
        status = main([word.replace("_", " ") for word in words.split()])
        messages = capsys.readouterr().err
        assert "must fix: targets.csv: Row 2, amber (D2) shares an outturn with Green." in messages, words
        assert status == 1


def test_feedback_shows_the_target_of_the_period_and_the_stretch(folder, tmp_path):
    (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
    out = tmp_path / "feedback"
    xlkpi.make_feedback(folder / "inbox", out, register=folder / "register.csv", period="2026-27 Q4", pdf=False)
    (card,) = out.glob("KPI scorecard*.xlsx")
    texts = [str(cell.value) for row in openpyxl.load_workbook(card).worksheets[0].iter_rows() for cell in row]
    assert ">80%" in texts
    assert "Stretch target, which is never rated: KPI S3 97.5%." in texts


def test_the_functions_judge_by_the_targets_of_a_period(folder):
    (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
    changes = read_targets(folder / "targets.csv", load_terms()).changes
    terms = parse_terms(write_terms((), changes))
    with functions_in_use(terms) as call:
        assert call["KPI_RAG"]("KPI S3", 18, 20, None, "2026-27 Q3") == "Amber"
        assert call["KPI_RAG"]("KPI S3", 18, 20, None, "2026-27 Q4") == call["KPI_RAG"]("KPI S3", 18, 20) == "Green"
        assert call["KPI_RAG"]("KPI S3", 18, 20, "as written", [["2026-27 Q3"], ["2026-27 Q4"]]) == [
            ["Amber"],
            ["Green"],
        ]
        assert call["KPI_GAP"]("KPI S3", 15, 20, None, "2026-27 Q4") == 2
        assert call["KPI_ABOUT"]("KPI S3", "green", None, "2026-27 Q3") == ">95%"
        assert call["KPI_ABOUT"]("KPI S3", "stretch") == "97.5%"


def test_the_example_in_the_manual_is_read(tmp_path):
    manual = (Path(__file__).parents[3] / "docs" / "officer.md").read_text(encoding="utf-8")
    listed = manual.split("indicator,from_period", 1)[1].split("```", 1)[0]
    path = tmp_path / "targets.csv"
    path.write_text(f"indicator,from_period{listed}", encoding="utf-8")
    document = read_targets(path, load_terms())
    assert (document.faults, len(document.changes)) == ((), len(list(csv.reader(listed.splitlines()))) - 1)
