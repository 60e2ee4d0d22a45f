"""The master as LibreOffice opens, shows and prints it."""

from __future__ import annotations

import pytest

from tests.consolidation.county_sample import county
from tests.consolidation.return_builders import CATALOGUE, together
from xlkpi.sheets.master.write_master import write_master

pytestmark = pytest.mark.office
SHEETS = ("Summary", "Data", "Findings", "Files", "Missing", "Readings", "About")


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("master") / "master.xlsx"
    files, register = county()
    result = together(files, register=register)
    write_master(result, path, catalogue=CATALOGUE)
    return path, result


def test_libreoffice_opens_every_sheet_with_the_same_figures(calc, master):
    path, result = master
    book = calc(path)
    assert book.sheet_names == SHEETS
    rows = book.values("Data", f"B2:H{len(result.rows) + 1}")
    for shown, row in zip(rows, result.rows, strict=True):
        assert shown[:4] == (row.provider_id, row.provider, row.section, row.indicator)
        assert shown[4:6] == tuple("" if count is None else count for count in (row.x, row.y))
        assert shown[6] == ("" if row.outturn is None else pytest.approx(float(row.outturn)))


def test_a_share_reads_as_a_percentage_and_a_word_has_its_fill(calc, master):
    path, result = master
    book = calc(path)
    place = next(n for n, row in enumerate(result.rows, start=2) if row.rag and row.outturn)
    row = result.rows[place - 2]
    assert book.text("Data", f"H{place}") == f"{float(row.outturn):.2%}"
    fills = {"Green": "C9E7CB", "Amber": "FFE3A1", "Red": "F6C0BE"}
    assert book.fill("Data", f"J{place}") == fills[row.rag.value]


def test_the_chart_is_there_and_reads_its_numbers_from_the_sheet(calc, master):
    charts = calc(master[0]).sheet("Summary").Charts
    assert charts.Count == 1
    diagram = charts.getByIndex(0).EmbeddedObject.FirstDiagram
    (system,) = diagram.CoordinateSystems
    (kind,) = system.ChartTypes
    labels = [series.DataSequences[0].Label.Data for series in kind.DataSeries]
    assert labels == [("Green",), ("Amber",), ("Red",), ("No RAG",)]


def test_it_prints_every_sheet_one_page_across(office, master, tmp_path):
    pages = office.render(master[0], tmp_path, dpi=30)
    assert 8 <= len(pages) <= 16
