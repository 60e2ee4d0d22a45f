"""A scorecard fits one A4 page and can be read on it, as LibreOffice prints it."""

from __future__ import annotations

import io

import pypdf
import pytest

from tests.feedback.feedback_sample import EARLIER, NAMES, everything, first_card
from tests.letters.test_emails import GREEN, empty
from xlkpi.sheets.scorecard.plan_scorecard import plan_scorecard
from xlkpi.writing.workbook import render_workbook

A4 = (595, 842)
SMALLEST = 8.0
LONG = "Beacon Hill and Saltmarsh Association for People with Learning Disabilities and Their Families in East Kent"


def pages(office, tmp_path, card):
    source, pdf = tmp_path / "card.xlsx", tmp_path / "card.pdf"
    source.write_bytes(render_workbook(plan_scorecard(card)))
    book = office.open(source)
    book.save(pdf, "calc_pdf_Export")
    book.close()
    return pypdf.PdfReader(io.BytesIO(pdf.read_bytes())).pages


def sizes(page):
    """Each text of the page with the size it is printed at: its font's, scaled as text and page are."""
    codes_shown = []

    def visit(text, page_matrix, text_matrix, _font, size):
        if text.strip():
            codes_shown.append((abs(size * text_matrix[3] * page_matrix[3]), text.strip()))

    page.extract_text(visitor_text=visit)
    return codes_shown


@pytest.fixture(scope="module")
def fullest():
    """All lots at Q4, a long name, three periods, reds, and more findings than have room."""
    earlier = {period: everything(118, 120) for period in EARLIER}
    findings = tuple(empty("KPI S3", f"F{row}") for row in range(8, 48))
    figures = dict.fromkeys(GREEN, (11118, 12120))
    return first_card([figures] * 3, names=[LONG, *NAMES[1:3]], earlier=earlier, findings=findings)


@pytest.mark.office
def test_the_fullest_scorecard_fits_one_a4_page_and_stays_readable(office, tmp_path, fullest):
    (page,) = pages(office, tmp_path, fullest)
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    small = [(size, text) for size, text in sizes(page) if size < SMALLEST]
    assert sizes(page)
    assert small == []


@pytest.mark.office
def test_every_indicator_every_figure_and_every_step_is_on_the_page(office, tmp_path, fullest):
    (page,) = pages(office, tmp_path, fullest)
    message = " ".join(page.extract_text().split())
    for line in fullest.lines:
        assert line.indicator.code in message
        assert line.name in message
    for text in ("11118", "12120", "91.73%", "more: see your marked copy", "Step 1", "Families in East Kent (P001)"):
        assert text.replace(",", "") in message.replace(",", "")


@pytest.mark.office
def test_the_shortest_scorecard_is_one_page_too(office, tmp_path):
    figures = {"KPI S1": (0, 20)}
    (page,) = pages(office, tmp_path, first_card([figures] * 4))
    assert "KPI scorecard 2026-27 Q4" in page.extract_text()
