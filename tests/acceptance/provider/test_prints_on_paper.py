"""Promise: printed on A4, each sheet fits the width of its page, and every page repeats the headings."""

from __future__ import annotations

import pytest

from tests.acceptance.provider.provider_workbooks import KINDS, built, hidden_columns, opened, parts, visible
from tests.conftest import missing
from tests.evidence import some
from tests.judge.libreoffice import MissingTool
from tests.judge.real_returns import saved

A4_POINTS = (595, 842)


@pytest.mark.parametrize("kind", KINDS)
def test_each_sheet_fits_its_page_and_repeats_its_header(kind):
    for sheet in visible(opened(built(kind))):
        setup = sheet.page_setup
        assert int(setup.paperSize) == 9, "A4"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert int(setup.fitToWidth if setup.fitToWidth is not None else 1) == 1
        assert sheet.print_area
        if sheet.auto_filter.ref:
            assert sheet.print_title_rows == "$5:$5"
            assert int(setup.fitToHeight) == 0, "as many pages down as it needs"
            assert setup.orientation == "landscape"


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_says_which_it_is_of_which_file(kind):
    for name, data in parts(built(kind)).items():
        if name.startswith("xl/worksheets/sheet"):
            assert b"<oddFooter>&amp;L&amp;F&amp;C&amp;A&amp;RPage &amp;P of &amp;N</oddFooter>" in data, name


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_printed_leaves_nothing_out_but_the_workings(kind):
    """Every visible cell that holds something lies within the print area."""
    for sheet in visible(opened(built(kind))):
        area = sheet.print_area.rpartition("!")[2].replace("$", "")
        printed = {cell.coordinate for row in sheet[area] for cell in row}
        hidden = hidden_columns(sheet)
        for row in sheet:
            for cell in row:
                if cell.value not in (None, "") and cell.column_letter not in hidden:
                    assert cell.coordinate in printed, (sheet.title, cell.coordinate)


@pytest.mark.office
@pytest.mark.parametrize("kind", ["everything, Q4", "one lot, Q1"])
def test_libreoffice_prints_it_one_page_wide_with_headings_on_every_page(kind, calc, tmp_path):
    try:
        import pypdf
    except ImportError:
        missing(MissingTool("pypdf is not installed; pip install pypdf"))
    book = calc(saved(tmp_path / "return.xlsx", built(kind)))
    pages = pypdf.PdfReader(book.save(tmp_path / "return.pdf", "calc_pdf_Export")).pages
    texts = [page.extract_text() for page in pages]
    for page, text in zip(pages, texts, strict=True):
        assert sorted(map(round, (page.mediabox.width, page.mediabox.height))) == pytest.approx(A4_POINTS, abs=1)
        assert f"of {len(pages)}" in text
    for sheet in visible(opened(built(kind)))[1:-1]:
        of_sheet = [text for text in texts if sheet.title in text.splitlines()[-3:] or text.count(sheet.title)]
        assert of_sheet
    sections = some(text for text in texts if "What is measured" in text)
    assert all("How often" in text for text in sections), "the last column stands on the same page as the first"
    codes = {line.split(" (")[0] for text in texts for line in text.splitlines()}
    assert "KPI S1" in " ".join(codes)
