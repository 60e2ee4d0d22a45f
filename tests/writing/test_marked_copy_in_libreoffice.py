"""The annotated copy as LibreOffice opens it, and of a file that LibreOffice saved."""

from __future__ import annotations

import openpyxl
import pytest

from tests.writing import marked_copy_sources as sources
from tests.writing.test_marked_copy import FILLS, MARKS, REMARKS, annotated
from xlkpi.writing.marked_copy.annotate import Remark, annotate

pytestmark = pytest.mark.office
CELLS = "A1:L25"


@pytest.fixture(
    scope="module", params=["XlsxWriter", "openpyxl", "XlsxWriter strict", "openpyxl prefixed", "LibreOffice"]
)
def pair(request, calc_of_module, tmp_path_factory):
    """A source and its annotated copy, both open."""
    writer, _, spelling = request.param.partition(" ")
    folder = tmp_path_factory.mktemp("pair")
    source, copy = folder / "source.xlsx", folder / "copy.xlsx"
    if writer == "LibreOffice":
        first = folder / "first.xlsx"
        first.write_bytes(sources.by_xlsxwriter())
        calc_of_module(first).save(source)
    else:
        change = sources.SPELLINGS[spelling or "as written"]
        source.write_bytes(sources.respell(sources.WRITERS[writer](), change))
    copy.write_bytes(annotated(source.read_bytes()))
    return calc_of_module(source), calc_of_module(copy)


def test_libreoffice_shows_the_marks_and_the_same_figures(pair):
    source, copy = pair
    odd = "It's odd"
    assert copy.sheet_names == (*source.sheet_names, "Findings")
    for name in ("Cover", "All lots", "It's odd"):
        assert copy.values(name, CELLS) == source.values(name, CELLS)
        for cell in ("F7", "F8", "H7"):
            assert copy.locked(name, cell) == source.locked(name, cell)
            assert copy.validation(name, cell) == source.validation(name, cell)
            assert copy.text(name, cell) == source.text(name, cell)
    assert copy.formula("All lots", "H7") == source.formula("All lots", "H7") == "=F7/G7"
    assert copy.get("All lots", "H7") == 24
    marked = {"F7": FILLS["must fix"], "F8": FILLS["note"], "E7": FILLS["query"]}
    assert {cell: f"FF{copy.fill('All lots', cell)}" for cell in marked} == marked
    assert copy.fill("All lots", "G8") == source.fill("All lots", "G8")
    assert f"FF{copy.fill(odd, 'B11')}" == FILLS["query"]


def test_libreoffice_lists_the_findings_with_links_that_lead_there(pair):
    _, book = pair
    rows = book.values("Findings", "A1:F20")
    header = next(number for number, row in enumerate(rows) if row[0] == "No.")
    listed = rows[header + 1 : header + 1 + len(REMARKS)]
    assert [row[5] for row in listed] == [remark.message for remark in REMARKS]
    fields = [book.cell("Findings", f"E{header + 2 + at}").getTextFields() for at in range(len(REMARKS))]
    urls = [field.getByIndex(0).URL if field.getCount() else "" for field in fields]
    assert urls[0].replace("$", "") in {"#'All lots'.F7", "#'All lots'!F7", "#All lots.F7", "#All lots!F7"}
    assert urls[1].startswith("#")
    assert urls[2:] == ["", ""]


def test_libreoffice_can_save_the_copy_and_it_is_still_marked(pair, tmp_path):
    again = pair[1].save(tmp_path / "again.xlsx")
    book = openpyxl.load_workbook(again)
    assert book["All lots"]["F7"].fill.fgColor.rgb == FILLS["must fix"]
    assert book["All lots"]["F7"].border.left.style == "medium"
    assert book.active.title == "Findings"


def test_text_reads_as_it_was_said(calc, tmp_path):
    texts = ["=1+1", "a _x0041_ b", "two\nlines", "<&>\"'", "é ü 中文 £"]
    rows = [Remark("note", "", "", "", text) for text in texts]
    path = tmp_path / "copy.xlsx"
    path.write_bytes(annotate(sources.by_openpyxl(), MARKS, rows, title="=1+1"))
    book = calc(path)
    assert book.get("Findings", "A1") == "=1+1"
    last = 4 + len(texts)
    assert [row[0] for row in book.values("Findings", f"F{last - len(texts) + 1}:F{last}")] == texts


def test_the_list_prints_on_one_page_across(office, tmp_path):
    path = tmp_path / "copy.xlsx"
    path.write_bytes(annotated(sources.by_openpyxl()))
    pages = office.render(path, tmp_path / "print")
    assert len(pages) == 3  # All lots, It's odd, Findings; the cover is empty


def test_every_row_is_high_enough_for_its_text(calc, tmp_path):
    """The judge is the height LibreOffice itself would choose."""
    words = ["short", "KPI W2 y is 41 and INFO W1 y is 38.", "MUST BE CORRECTED BEFORE WEDNESDAY"]
    words += ["i.i.i l'l'l", "WWW@%"]
    texts = [" ".join([word] * times) for word in words for times in (1, 4, 9, 20)]
    texts += ["one\ntwo\n\nfour", "unbroken" * 40, "中文字" * 60]
    name = "A sheet of thirty-one characters"
    rows = [Remark("query", "KPI S4a", name, "F7, G7, H7", text) for text in texts]
    path = tmp_path / "copy.xlsx"
    path.write_bytes(annotate(sources.by_openpyxl(), [], rows, title="t"))
    sheet = calc(path).sheet("Findings")
    listed = [sheet.Rows.getByIndex(3 + at) for at in range(len(texts))]
    given = [row.Height for row in listed]
    for row in listed:
        row.OptimalHeight = True
    wanted = [row.Height for row in listed]
    assert [text for text, has, needs in zip(texts, given, wanted, strict=True) if has < needs] == []
    assert sum(given) < 1.9 * sum(wanted)
