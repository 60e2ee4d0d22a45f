"""Two councils with contracts of their own go a whole way with the real commands, and no code knows them."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date

import openpyxl
import pytest

from tests.acceptance.officer.contract_figures import EXAMPLES, HOMECARE, WASTE, read_table, rows_of
from tests.house.project_files import ROOT
from tests.judge.packages.package import parts_of
from tests.reading.return_edits import type_in
from xlkpi.cli.main import main

PERIODS = {
    "homecare": ["2026-27 M04", "2026-27 M05", "2026-27 M06", "2026-27 M07"],
    "waste": ["2025-26 T1", "2025-26 T2", "2025-26 T3", "2026-27 T1"],
}
TABLES = {"homecare": read_table(HOMECARE), "waste": read_table(WASTE)}
ABOUT = {
    "homecare": ("HC-02", "The specification contradicts itself here."),
    "waste": ("W3", "Average gate fee per tonne"),
}
STEPS = {
    "homecare": {
        ("Return outstanding", "H04", "Returns"),
        ("Action plan to be agreed", "H02", "HC-05"),
        ("Action plan to be agreed", "H03", "HC-02, HC-03, HC-04"),
        ("Reasons given: plan if proportionate", "H01", "HC-05"),
        ("Reasons given: plan if proportionate", "H03", "R/1"),
        ("Reasons given: plan if proportionate", "H04", "HC-01"),
    },
    "waste": {
        ("Return overdue", "W03", "Returns"),
        ("Recovery plan to be agreed", "W02", "W4"),
        ("Recovery plan to be agreed", "W03", "W2"),
    },
}
"""What each contract's own ladder proposes on the day of its last master."""
FOREIGN = re.compile(
    r"\b(?:Kent|KCC|SWIFT|Liberi|quarters?|quarterly)\b|\bKPI[ _][A-Z]\d|\bINFO [A-Z]\d|\bClause 48\b"
    r"|\b(?:the Schedule|Appendix A|Day Services|transport)\b",
    re.IGNORECASE,
)
"""Words of the contract that comes with xlkpi; no file made for another contract has one."""


def fill(path, to, rows, declared):
    """Type in figures, reasons and plans."""
    cells = {"Return.declared_by": "A. Person", "Return.declared_on": declared}
    for row in rows:
        slug = re.sub(r"[^A-Za-z0-9.]", "_", row["indicator"])
        for part in ("x", "y"):
            if row[part]:
                cells[f"{slug}.{part}"] = float(row[part]) if "." in row[part] else int(row[part])
        for part, column in (("comment", "reason"), *((p, p) for p in ("action", "outcomes", "timescale"))):
            if row[column]:
                cells[f"{slug}.{part}"] = row[column]
    to.write_bytes(type_in(path.read_bytes(), cells))


@pytest.fixture(scope="module", params=sorted(PERIODS))
def story(request, tmp_path_factory):
    """A contract folder after four periods, and what the commands printed."""
    example = request.param
    root = tmp_path_factory.mktemp("contracts") / example
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLKPI_KEY", "off")
        assert main(["new", str(root), "--catalogue", str(EXAMPLES / example / "catalogue")]) == 0
        for name in ("register.csv", "xlkpi.toml", "decisions.csv"):
            shutil.copy(EXAMPLES / example / name, root / name)
        patch.chdir(root)
        figures = rows_of(example)
        for period in PERIODS[example]:
            assert main(["build", "--period", period]) == 0
            for path in sorted((root / "out" / period / "returns").glob("*.xlsx")):
                provider_id = path.name.partition(" - ")[2].partition(" ")[0]
                if (period, provider_id) in figures:
                    fill(path, root / "inbox" / path.name, figures[period, provider_id], date(2026, 11, 6))
            assert main(["consolidate", "--period", period, "--no-cache"]) in (0, 1)
    return example, root


def master_of(root, period):
    (path,) = (root / "out" / period).glob("*master*.xlsx")
    return openpyxl.load_workbook(path, read_only=True, data_only=True)


def run(capsys, *words):
    capsys.readouterr()
    status = main(list(words))
    return status, capsys.readouterr().out


@pytest.fixture
def inside(story, monkeypatch):
    example, root = story
    monkeypatch.setenv("XLKPI_KEY", "off")
    monkeypatch.chdir(root)
    return example, root


def test_every_entry_of_four_periods_is_what_a_person_finds_by_hand(story):
    example, root = story
    results = {}
    for period in PERIODS[example]:
        header, *rows = master_of(root, period)["Data"].iter_rows(values_only=True)
        for row in rows:
            cells = dict(zip(header, row, strict=True))
            results[period, cells["provider_id"], cells["indicator"]] = (cells["outturn"], cells["rag"])
    wanted = TABLES[example]
    assert set(results) == set(wanted)
    for place, (outturn, rag) in wanted.items():
        assert (pytest.approx(outturn), rag) == results[place], place


def test_the_commands_of_a_contract_folder_run(inside, capsys):
    example, root = inside
    last = PERIODS[example][-1]
    assert run(capsys, "check", "--period", last)[0] in (0, 1)
    code, sentence = ABOUT[example]
    assert sentence in run(capsys, "explain", code)[1]
    assert run(capsys, "feedback", "--period", last, "--without-pdf")[0] in (0, 1)
    cards = list((root / "out" / last / "feedback").glob("KPI scorecard*.xlsx"))
    assert len(cards) == len([place for place in rows_of(example) if place[0] == last])
    (reminder,) = (root / "out" / last / "feedback").glob("KPI reminder*.txt")
    assert reminder.read_text(encoding="utf-8").splitlines()[-1] in (
        "Borsetshire County Council",
        "Loamshire Waste Authority",
    )
    assert run(capsys, "status")[0] in (0, 1)
    assert run(capsys, "catalogue", "check", str(root / "catalogue"))[0] == 0


def test_the_ladder_is_the_contracts_own(inside):
    example, root = inside
    header, *rows = master_of(root, PERIODS[example][-1])["Escalation"].iter_rows(values_only=True)
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    assert {(c["step"], c["provider_id"], ", ".join(c["indicator"].split("\n"))) for c in cells} == STEPS[example]


def test_a_letter_says_what_the_contract_says(inside, capsys):
    example, _ = inside
    assert run(capsys, "escalate")[0] in (0, 1)
    letters = {
        "homecare": "Section 9 of the specification says",
        "waste": "Clause 9.1 of the Output Specification says",
    }
    (letter,) = (inside[1] / "out").glob("*/letters/*return outstanding*.docx")
    assert letters[example] in parts_of(letter.read_bytes())["word/document.xml"].decode()


def texts_of(path):
    """Every part of a file as text, without its tags where a person reads it."""
    if not zipfile.is_zipfile(path):
        yield path.name, path.read_text(encoding="utf-8-sig", errors="replace")
        return
    for name, content in parts_of(path.read_bytes()).items():
        yield f"{path.name}, {name}", re.sub("<[^>]*>", " ", content.decode("utf-8", "replace"))


def test_no_file_made_has_a_word_of_the_contract_that_comes_with_xlkpi(inside, capsys):
    example, root = inside
    run(capsys, "feedback", "--period", PERIODS[example][-1], "--without-pdf")
    run(capsys, "escalate")
    paths = [path for path in (root / "out").rglob("*") if path.is_file()] + [root / "README.txt", root / "xlkpi.toml"]
    foreign = {
        f"{place}: {match[0]}" for path in paths for place, text in texts_of(path) for match in FOREIGN.finditer(text)
    }
    assert len(paths) > 15
    assert not foreign
    assert not [path.name for path in paths if FOREIGN.search(path.name)]


def test_finance_says_that_the_contract_counts_no_invoices(inside, capsys):
    example, root = inside
    (root / "ledger" / "ledger.csv").write_text("provider_id,invoice_no\n", encoding="utf-8")
    assert main(["finance", "--period", PERIODS[example][-1]]) == 2
    assert "The contract has no indicator that counts invoices" in capsys.readouterr().err
    sheet = master_of(root, PERIODS[example][-1])["Invoice check"]
    texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("has no indicator that counts invoices" in text for text in texts)


def test_the_returns_of_the_examples_are_what_their_figures_make(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    from example_contracts import example_returns

    parts = {name: parts_of(content) for name, content in example_returns(ROOT).items()}
    before = {
        path.relative_to(ROOT).as_posix(): parts_of(path.read_bytes()) for path in EXAMPLES.glob("*/inbox/*/*.xlsx")
    }
    assert parts == before, "run python scripts/regenerate.py --only examples"
