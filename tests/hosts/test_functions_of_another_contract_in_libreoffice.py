"""The functions in a real LibreOffice judge by another council's contract, once `xlkpi catalogue use` has chosen it."""

from __future__ import annotations

import pytest

from tests.acceptance.officer.contract_figures import EXAMPLES, HOMECARE, WASTE, read_table, rows_of
from tests.hosts.conftest import office_with_extension
from xlkpi.commands.catalogue import use_catalogue

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office of another contract")]
EXPECTED = {"homecare": read_table(HOMECARE), "waste": read_table(WASTE)}


@pytest.fixture(params=sorted(EXPECTED))
def judged_by(request, tmp_path, monkeypatch):
    """The contract, and an office of a computer on which somebody chose it."""
    monkeypatch.setenv("XLKPI_TERMS", str(tmp_path / "terms.json"))
    use_catalogue(EXAMPLES / request.param / "catalogue")
    office = office_with_extension(tmp_path, XLKPI_TERMS=str(tmp_path / "terms.json"))
    yield request.param, office.ensure()
    office.stop()
    assert not (tmp_path / "xlkpi.log").exists()


def test_every_figure_of_the_example_has_its_outturn_and_colour(judged_by):
    example, office = judged_by
    rows = [row for entries in rows_of(example).values() for row in entries]
    cells = [[row["indicator"], float(row["x"]), float(row["y"]) if row["y"] else "", row["period"]] for row in rows]
    book = office.open()
    try:
        book.cell(0, f"A1:D{len(cells)}").setDataArray(cells)
        for name, column in (("KPI_OUTTURN", "E"), ("KPI_RAG", "F")):
            formulas = [[f"={name}(A{n};B{n};C{n};;D{n})"] for n in range(1, len(cells) + 1)]
            book.cell(0, f"{column}1:{column}{len(cells)}").setFormulaArray(formulas)
        shown_cells = book.cell(0, f"E1:F{len(cells)}").getDataArray()
    finally:
        book.close()
    wanted = EXPECTED[example]
    for row, (outturn, word) in zip(rows, shown_cells, strict=True):
        share, colour = wanted[row["period"], row["provider_id"], row["indicator"]]
        assert (outturn, word) == (pytest.approx(share), colour or "Information"), row
