"""Promise: a share that has missed an edge is never shown as that edge, on screen or on paper."""

from __future__ import annotations

import pytest

from tests.conftest import missing
from tests.judge.libreoffice import MissingTool
from tests.judge.real_returns import EVERYTHING, saved, scratch
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled

SHOWN = {
    (89_996, 100_000): "89.99600%",
    (90_004, 100_000): "90.00400%",
    (90_000, 100_000): "90.00%",
    (8_999_999, 9_999_999): "<90.00%",
    (8_999_992, 9_999_991): ">90.00%",
    (2, 3): "66.67%",
}


@pytest.mark.office
def test_it_shows_more_decimals_or_says_under_and_over(calc, tmp_path):
    try:
        from pypdf import PdfReader
    except ImportError:
        missing(MissingTool("pypdf is not installed; pip install pypdf"))
    codes = ("KPI S1", "KPI S3", "KPI W1", "KPI W2", "KPI I1", "KPI I2")
    plan = ActionPlanEntry("Staff left", "Recruit two", "Full team", "March")
    entries = {code: Entry(*pair, "why", plan) for code, pair in zip(codes, SHOWN, strict=True)}
    filled = Filled(entries, Declaration("Ann Example", 46490))
    book = calc(saved(tmp_path / "return.xlsx", scratch(EVERYTHING, "2026-27 Q4", filled=filled)))
    for code, (x, y) in zip(codes, SHOWN, strict=True):
        share = book.get(*book.named(f"{code.replace(' ', '_')}.outturn"))
        assert share == pytest.approx(x / y, abs=1e-12), "the cell contains the fraction"
    pdf = book.save(tmp_path / "return.pdf", "calc_pdf_Export")
    words = [word for page in PdfReader(pdf).pages for word in page.extract_text().split()]
    for pair, text in SHOWN.items():
        assert text in words, (pair, [word for word in words if "%" in word])
    assert words.count("90.00%") <= 2, "90% itself alone, on its sheet and in the plan"
