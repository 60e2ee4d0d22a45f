"""Another council's contract is a folder of data: made from the example, built, filled in, checked, consolidated."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

import xlkpi
from tests.hosts.functions_in_use import functions_in_use
from tests.reading.return_edits import type_in
from xlkpi.commands.catalogue import check_catalogue, use_catalogue, write_example
from xlkpi.commands.new import make_contract_folder
from xlkpi.council import find_contract_folder
from xlkpi.council.catalogue_folder import load_catalogue_folder
from xlkpi.errors import SettingsError, UnwritableFile

REGISTER = "provider_id,provider,lots\nB1,Ambridge Care,north;ambridge\nB2,Borchester Homecare,borchester\n"
FIGURES = {  # code: x, y, and what a person finds by hand: the outturn as a share and the colour
    "HC 1": (975, 1000, 0.975, "Green"),
    "HC 2": (49, 50, 0.98, "Red"),
    "HC 3": (4, 1000, 0.004, "Amber"),
    "HC 4": (2, None, 2, "Amber"),
    "HC 5": (171.5, 98, 1.75, "Amber"),
    "HC 6": (44, 8, 5.5, "Red"),
    "HC-INFO.A": (10, 40, 0.25, None),
    "R/1": (3, 100, 0.97, "Amber"),
}
REASON = "Two colleagues waited for their certificates."


@pytest.fixture
def contract(tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_KEY", "off")
    catalogue = write_example(tmp_path / "catalogue")
    folder = make_contract_folder(tmp_path / "homecare", catalogue=catalogue)
    (folder.root / "register.csv").write_text(REGISTER, encoding="utf-8")
    monkeypatch.chdir(folder.root)
    return folder


def built(contract, period):
    result = xlkpi.build_returns(contract.register, period, contract.root / "out", contract=contract)
    return {provider.provider_id: path for provider, path in result.files}


def filled(path, to):
    """Type the figures in."""
    cells = {"Return.declared_by": "A. Person", "Return.declared_on": "05/10/2026"}
    for code, (x, y, _, rag) in FIGURES.items():
        slug = code.replace(" ", "_").replace("-", "_").replace("/", "_")
        cells[f"{slug}.x"] = x
        if y is not None:
            cells[f"{slug}.y"] = y
        if rag in ("Red", "Amber"):
            cells[f"{slug}.comment"] = REASON
        if rag == "Red":
            for part in ("action", "outcomes", "timescale"):
                cells[f"{slug}.{part}"] = "Our care manager will renew every certificate by 31 January 2027."
    to.write_bytes(type_in(path.read_bytes(), cells))


def test_the_example_is_sound_and_makes_a_contract_folder(contract):
    faults, description = check_catalogue(contract.catalogue)
    assert faults == []
    assert description == (
        "Borsetshire County Council, Homecare framework: 9 indicators in 3 sections; versions 2026-27.1."
    )
    assert find_contract_folder(contract.inbox).root == contract.root


def test_a_workbook_asks_for_its_own_districts_and_names_its_own_council(contract):
    paths = built(contract, "2026-27 Q2")
    book = openpyxl.load_workbook(paths["B1"])
    assert book.sheetnames[:3] == ["Start here", "All districts", "Rural districts"]
    assert "City districts" in openpyxl.load_workbook(paths["B2"]).sheetnames
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Borsetshire County Council: Homecare framework" in texts
    assert not [text for text in texts if any(word in text for word in ("KCC", "Kent", "SWIFT", "Liberi", "Lot 1"))]
    assert "Green: from 97.5%\nAmber: 92.5% to below 97.5%\nRed: below 92.5%" in texts
    assert "Green: 100%\nRed: below 100%" in texts
    assert book.properties.creator == "Borsetshire County Council"


def test_a_return_is_checked_and_brought_together(contract):
    filled(built(contract, "2026-27 Q2")["B1"], contract.inbox / "B1.xlsx")
    checked = xlkpi.check_return(contract.inbox / "B1.xlsx", terms=xlkpi_terms(contract))
    assert [finding.message for finding in checked.findings] == []
    results = {entry.code: entry for entry in checked.entries}
    for code, (_, _, outturn, rag) in FIGURES.items():
        assert float(results[code].outturn) == pytest.approx(outturn)
        assert (results[code].rag.value if results[code].rag else None) == rag
    assert (results["HC 1"].gap, results["HC 2"].gap, results["HC 3"].gap) == (0, 1, -4)
    master = contract.root / "master.xlsx"
    written_master = xlkpi.consolidate(
        contract.inbox, master, period="2026-27 Q2", contract=contract, keep=False, jobs=1
    )
    assert [absent.provider.name for absent in written_master.consolidation.missing] == ["Borchester Homecare"]
    book = openpyxl.load_workbook(master, data_only=True)
    header, *rows = book["Data"].iter_rows(values_only=True)
    rags = {row[header.index("indicator")]: row[header.index("rag")] for row in rows}
    assert rags == {code: rag for code, (_, _, _, rag) in FIGURES.items()}
    for name in ("Summary", "About"):
        texts = [str(cell.value) for row in book[name].iter_rows() for cell in row]
        assert any("Where there is no y, x is added up and days are averaged; neither is rated." in t for t in texts)


def xlkpi_terms(contract):
    from xlkpi.council.terms import read_terms

    return read_terms(None, contract.catalogue)[0]


def test_feedback_and_targets_by_date_work_alike(contract, tmp_path):
    (contract.root / "targets.csv").write_text(
        "indicator,from_period,red,amber,green\nHC 3,2026-27 Q2,>0.9%,0.5-0.9%,<0.5%\n", encoding="utf-8"
    )
    filled(built(contract, "2026-27 Q2")["B1"], contract.inbox / "B1.xlsx")
    out = tmp_path / "feedback"
    xlkpi.make_feedback(contract.inbox, out, period="2026-27 Q2", contract=contract, pdf=False)
    (card,) = out.glob("*scorecard*.xlsx")
    texts = [str(cell.value) for row in openpyxl.load_workbook(card).worksheets[0].iter_rows() for cell in row]
    assert "HC 3" in texts
    assert "<0.5%" in texts
    assert "–" in texts
    assert any("–: it has no y to divide by." in text for text in texts)
    (email,) = out.glob("*email*.txt")
    assert email.read_text(encoding="utf-8").rstrip().endswith("Borsetshire County Council")


def test_a_large_amount_has_columns_that_show_it(contract, tmp_path, monkeypatch):
    """Too narrow a column shows ### in every program."""
    monkeypatch.setitem(FIGURES, "HC 5", (1_234_567.5, 98, 12_597.63, "Red"))
    filled(built(contract, "2026-27 Q2")["B1"], contract.inbox / "B1.xlsx")
    master = tmp_path / "master.xlsx"
    xlkpi.consolidate(contract.inbox, master, period="2026-27 Q2", contract=contract, keep=False, jobs=1)
    summary = openpyxl.load_workbook(master)["Summary"]
    assert summary.column_dimensions["B"].width > len("£1,234,567.50") * 0.8
    xlkpi.make_feedback(contract.inbox, tmp_path / "cards", period="2026-27 Q2", contract=contract, pdf=False)
    (card,) = (tmp_path / "cards").glob("*scorecard*.xlsx")
    page = openpyxl.load_workbook(card).worksheets[0]
    widths = {cell.value: page.column_dimensions[cell.column_letter].width for cell in page[7] if cell.value}
    assert widths["Outturn"] > len("£12,597.63") * 0.8
    assert widths["Target"] > len("<=5 days") * 0.8
    assert widths["x to Green"] > len("£1,234,396.01 less") * 0.8


# --- faults ---

FAULTS = [
    (lambda data: data.update(indicater=[]), "“indicater” is not known. Did you mean indicators?"),
    (lambda data: data.update(version="x"), "version is “x”. Write “2026-27.1”, as the file is called."),
    (lambda data: data["indicators"][0].update(gren="1"), "indicators, entry 1 (HC 1): “gren” is not known. Did you"),
    (lambda data: data["indicators"][0].update(section="al"), "HC 1 names the section al, which does not exist."),
    (lambda data: data["indicators"][0].update(amber="92-97%"), "HC 1: two bands contain 92%"),
    (lambda data: data["indicators"][0].update(amber="93% to below 97.5%"), "HC 1: Red leaves outturns between it and"),
    (lambda data: data["indicators"][0].update(green="lots"), "HC 1: green is “lots”. Write a band as"),
    (lambda data: data["indicators"][1].update(frequency="weekly"), "HC 2: weekly is not a frequency."),
    (
        lambda data: data["indicators"][1].update(code="HC 1"),
        "indicators, entry 2 (HC 1): the code is that of",
    ),
    (lambda data: data["indicators"][1].update(code="HC_1"), "HC_1 and HC 1 differ only in signs"),
    (
        lambda data: data["same_y"][0].update(indicators=["HC 1", "HC 9"]),
        "same_y, entry 1: “HC 9” is not an",
    ),
    (lambda data: data.pop("x_sums"), "x_sums is missing. Write [] where no entries depend on each other."),
    (lambda data: data.update(sections=[]), "sections is missing. Write a list with one table per entry."),
    (lambda data: data["sections"][0].pop("lots"), "sections, entry 1 (all): lots is missing."),
]


@pytest.mark.parametrize(("plant", "says"), FAULTS)
def test_every_fault_is_named_by_its_place(tmp_path, plant, says):
    folder = write_example(tmp_path / "catalogue")
    file = folder / "2026-27.1.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    plant(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    faults, description = check_catalogue(folder)
    assert description == ""
    assert any(fault.startswith(f"2026-27.1.json: {says}") for fault in faults), faults
    with pytest.raises(SettingsError, match=r"2026-27\.1\.json"):
        make_contract_folder(tmp_path / "new", catalogue=folder)


def test_a_file_that_is_no_json_and_words_that_are_missing_are_named(tmp_path):
    folder = write_example(tmp_path / "catalogue")
    (folder / "2026-27.1.json").write_text('{"version": }', encoding="utf-8")
    (folder / "contract.json").write_text('{"council": "", "contract": "Homecare", "shrt": "us"}', encoding="utf-8")
    assert check_catalogue(folder)[0] == [
        "contract.json: “shrt” is not known. Did you mean short?",
        "contract.json: council is missing. Enter it as text in quotation marks.",
        "2026-27.1.json: line 1, column 13: here is something that does not follow. Look for a comma, a quotation mark"
        " or a bracket that is missing.",
    ]
    for file in folder.glob("*.json"):
        file.unlink()
    assert check_catalogue(folder)[0] == [
        "contract.json is missing. It says what the contract and the Council are called.",
        "no version of the catalogue is here. Add a file such as 2027-28.1.json.",
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_indicators_may_be_a_list_in_a_spreadsheet(tmp_path, ending):
    folder = write_example(tmp_path / "catalogue")
    file = folder / "2026-27.1.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    wanted = load_catalogue_folder(folder).in_force().indicators
    indicators = data.pop("indicators")
    file.write_text(json.dumps(data), encoding="utf-8")
    columns = ["code", "section", "description", "x", "y", "red", "amber", "green", "frequency", "measured", "why"]
    columns.append("outturn")
    rows = [[*columns, "effective_outturn"]]
    for row in indicators:
        rows.append([*(row.get(column, "") for column in columns), row.get("effective", {}).get("outturn", "")])
    listed = folder / f"2026-27.1 indicators.{ending}"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(listed)
    else:
        with listed.open("w", newline="", encoding="utf-8") as target:
            csv.writer(target).writerows(rows)
    assert check_catalogue(folder)[0] == []
    assert load_catalogue_folder(folder).in_force().indicators == wanted
    file.write_text(json.dumps({**data, "indicators": indicators}), encoding="utf-8")
    (fault,) = check_catalogue(folder)[0]
    assert fault == f"2026-27.1.json: indicators are here and in {listed.name}. Delete them in one of the two."


def test_an_example_is_never_written_over_something(tmp_path):
    write_example(tmp_path / "catalogue")
    with pytest.raises(UnwritableFile):
        write_example(tmp_path / "catalogue")


def test_the_functions_of_a_pc_judge_by_the_contract_that_was_chosen(contract, tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_TERMS", str(tmp_path / "mine" / "terms.json"))
    assert use_catalogue(contract.root) == tmp_path / "mine" / "terms.json"
    with functions_in_use() as call:
        assert call["KPI_RAG"]("HC 1", 975, 1000) == "Green"
        assert call["KPI_RAG"]("HC 1", 974, 1000) == "Amber"
        assert call["KPI_ABOUT"]("R/1", "reading").startswith("As the Council reads it: outturn (y − x)/y")
