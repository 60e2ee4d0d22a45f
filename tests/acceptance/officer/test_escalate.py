"""Promise: one command says what is open under the contract, and writes the letters; masters alone say the same."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import openpyxl
import pytest

import xlkpi
from tests.acceptance.officer.test_performance import REGISTER, SETTINGS, return_of
from xlkpi.cli.main import main
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.period import Period
from xlkpi.writing.documents.word_document import render_document

AS_OF = "2026-11-24"
THEN, NOW = Period(2025, 4), Period(2026, 2)
PLAN = ActionPlanEntry("Two carers left.", "Recruit two carers.", "Every complaint answered.", "31 March 2027")
COLUMNS = [
    "provider_id", "provider", "indicator", "opened", "run", "returns_missing", "plan", "plan_due", "redated",
    "step_proposed", "paragraph", "by", "last_decision", "chance", "note",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two half-years of P001 (Red twice) and P002 (once); P003 never sent a return."""
    home = tmp_path_factory.mktemp("escalate")
    (home / "register.csv").write_text(REGISTER, encoding="utf-8")
    (home / "xlkpi.toml").write_text(SETTINGS, encoding="utf-8")
    (home / "inbox").mkdir()
    figures = {"P001": ((40, 50), (41, 50)), "P002": ((50, 50), (40, 50))}
    for number, pairs in figures.items():
        for period, pair in zip((THEN, NOW), pairs, strict=True):
            name = {"P001": "Oast House CIC", "P002": "Marsh Lamb"}[number]
            data = return_of(number, name, period, pair, PLAN if pair != (50, 50) else None)
            (home / "inbox" / f"{number} {period}.xlsx").write_bytes(data)
    for period in (THEN, NOW):
        more = {"register": home / "register.csv", "period": period, "as_of": date(2026, 11, 24)}
        xlkpi.consolidate(home / "inbox", home / "masters" / f"{period}.xlsx", **more)
    return home


def escalate(folder, capsys, source, *more):
    status = main(
        [
            "escalate",
            str(folder / source),
            "--register",
            str(folder / "register.csv"),
            "--as-of",
            AS_OF,
            "--json",
            *more,
        ]
    )
    return status, json.loads(capsys.readouterr().out)


def test_what_is_open_and_the_step_for_each(folder, capsys):
    status, document = escalate(folder, capsys, "inbox")
    assert status == 1, "a return is missing"
    rows = {(row["provider_id"], row["indicator"]): row for row in document["open"]}
    assert {key: (row["run"], row["step_proposed"]) for key, row in rows.items()} == {
        ("P001", "KPI S3"): (2, "Formal warning to consider"),
        ("P002", "KPI S3"): (1, "Action plan to be agreed"),
        ("P003", ""): (2, "Formal warning to consider"),
    }
    assert rows["P003", ""]["returns_missing"] == ["2025-26 Q4", "2026-27 Q2"]
    assert rows["P001", "KPI S3"]["by"] == "2026-12-08"
    assert rows["P001", "KPI S3"]["chance"].startswith("One case moves the outturn by 2 points")


@pytest.mark.parametrize("source", ["masters", "masters/2026-27 Q2.xlsx"])
def test_masters_alone_say_the_same(folder, capsys, source):
    assert escalate(folder, capsys, source)[1]["open"] == escalate(folder, capsys, "inbox")[1]["open"]


@pytest.mark.parametrize("period", [THEN, NOW])
def test_the_sheet_says_the_same_in_every_master(folder, capsys, period):
    _, document = escalate(folder, capsys, "inbox")
    header, *rows = openpyxl.load_workbook(folder / "masters" / f"{period}.xlsx")["Open matters"].values
    assert list(header) == COLUMNS
    shown = [{name: value for name, value in zip(header, row, strict=True) if value is not None} for row in rows]
    for row, promised in zip(shown, document["open"], strict=True):
        for name in ("provider_id", "provider", "opened", "run", "step_proposed", "note"):
            assert row[name] == promised[name]
        assert row.get("returns_missing", "") == "; ".join(promised["returns_missing"])


def test_letters_are_word_documents_of_plain_text_and_the_same_every_time(folder, capsys):
    first, second = folder / "letters", folder / "letters again"
    _, document = escalate(folder, capsys, "inbox", "--out", str(first))
    escalate(folder, capsys, "inbox", "--out", str(second))
    names = [step["letter"] for step in document["steps"]]
    assert names == [
        "KPI formal warning 2026-27 Q2 - P003 Deal Harbour.docx",
        "KPI formal warning 2026-27 Q2 - P001 Oast House CIC.docx",
        "KPI action plan 2026-27 Q2 - P002 Marsh Lamb.docx",
    ] or sorted(names) == sorted(path.name for path in first.iterdir())
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()
    with zipfile.ZipFile(first / "KPI formal warning 2026-27 Q2 - P001 Oast House CIC.docx") as parts:
        assert sorted(parts.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels",
            "word/document.xml", "word/styles.xml",
        ]  # fmt: skip
        document_part = parts.read("word/document.xml").decode()
    text = "\n".join(ET.fromstring(document_part).itertext())
    assert "Formal warning: KPI S3, 2026-27 Q2" in text
    assert "To: Bea Stone, Director, Oast House CIC" in text
    assert not {"fldSimple", "instrText", "hyperlink"} & set(document_part.split(":"))


def test_without_json_each_step_is_one_line(folder, capsys):
    main(["escalate", str(folder / "inbox"), "--register", str(folder / "register.csv"), "--as-of", AS_OF])
    out, err = capsys.readouterr()
    assert "Formal warning to consider\tP001 Oast House CIC\tKPI S3\tby 08/12/2026\t" in out.splitlines()
    assert "3 open on 24/11/2026, 3 steps proposed." in err


def test_in_a_contract_folder_it_needs_no_arguments_and_the_log_moves_it_on(folder, capsys, monkeypatch):
    log = "decided_on,decided_by,decision,provider_id,period,indicator,file,value,why\n"
    sent = "2026-11-25,Ada Bexon,warning sent,P001,,,,2026-11-26,a second Red\n"
    (folder / "decisions.csv").write_text(log + sent, encoding="utf-8")
    monkeypatch.chdir(folder / "inbox")
    assert main(["escalate", "--as-of", "2026-12-20"]) == 1
    out, err = capsys.readouterr()
    letter = "KPI intensive intervention 2026-27 Q2 - P001 Oast House CIC.docx"
    assert out.splitlines()[0] == f"Intensive intervention to consider\tP001 Oast House CIC\tKPI S3\t\t{letter}"
    assert (folder / "out" / "2026-27 Q2" / "letters" / letter).is_file()
    assert "Period: 2026-27 Q2, the latest that has ended." in err


def test_the_letters_of_a_contract_folder_can_be_the_councils_own(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    assert main(["escalate", "--templates"]) == 0
    names = sorted(path.name for path in (folder / "templates").iterdir())
    assert "Formal warning.docx" in names
    assert len(names) == 6
    own = folder / "templates" / "Formal warning.docx"
    own.write_bytes(render_document("Own", ("Own {{colour}}", "{{council}}", "{{body}}"), date(2026, 11, 24)))
    (folder / "templates" / "Action plan.docx").rename(folder / "templates" / "Acton plan.docx")
    (folder / "templates" / "2025").mkdir()
    old = render_document("Old", ("Old", "{{body}}"), date(2025, 11, 24))
    (folder / "templates" / "2025" / "formal warning.docx").write_bytes(old)
    capsys.readouterr()
    main(["escalate", "--as-of", AS_OF, "--out", str(folder / "own letters")])
    err = capsys.readouterr().err
    assert "templates: Formal warning.docx has {{colour}}, which is not a placeholder. Did you mean {{council}}?" in err
    both = "Formal warning.docx and 2025/formal warning.docx are for the same letter: the first is used."
    assert f"templates: {both} Delete the other." in err
    assert "templates: Acton plan.docx is not the name of a letter. Did you mean Action plan.docx?" in err
    warning = (folder / "own letters" / "KPI formal warning 2026-27 Q2 - P003 Deal Harbour.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(warning)) as parts:
        text = "".join(ET.fromstring(parts.read("word/document.xml")).itertext())
    assert text.startswith("Own {{colour}}Kent County CouncilThis is a formal warning under paragraph 11.0")
    assert main(["escalate", "--templates"]) == 0
    assert capsys.readouterr().out.splitlines() == [str(folder / "templates" / "Action plan.docx")]
