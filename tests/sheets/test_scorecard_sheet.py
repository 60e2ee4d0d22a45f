"""A scorecard as other programs read it: one upright page, words with fills, nothing run as a formula."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from tests.consolidation.return_builders import CATALOGUE
from tests.feedback.feedback_sample import EARLIER, HALF, LAST, NAMES, everything, first_card, line
from tests.letters.test_emails import GREEN, RATED, empty, large
from xlkpi.sheets.scorecard.plan_scorecard import BUDGET, plan_scorecard
from xlkpi.writing.workbook import render_workbook

FILLS = {"Green": "FFC9E7CB", "Amber": "FFFFE3A1", "Red": "FFF6C0BE"}
HEADERS = ["Indicator", "About", "x", "y", "Outturn", "RAG", "Target", "x to Green", "Last return", "Direction",
           "Trend", "County"]  # fmt: skip


def written(card):
    return render_workbook(plan_scorecard(card))


def opened(card):
    return openpyxl.load_workbook(io.BytesIO(written(card)))


def table(page):
    (codes_shown,) = page.tables.values()
    header, *rows = page[codes_shown.ref]
    return [cell.value for cell in header], {row[0].value: [cell.value for cell in row] for row in rows}


def texts(page):
    return [cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]


@pytest.fixture(scope="module")
def card():
    figures = {**GREEN, "KPI S3": (1, 20), "KPI S4b": (17, 20), "KPI T1": (3, None), "KPI S5": (0, 0)}
    earlier = {period: everything(18, 20) for period in (*EARLIER, HALF)}
    findings = (empty("KPI T1", "G60"), large("KPI S4a"))
    return first_card([figures] * 3, names=NAMES[:3], earlier=earlier, findings=findings)


def test_the_table_holds_what_the_card_says(card):
    header, rows = table(opened(card)["Scorecard"])
    assert header == HEADERS
    assert list(rows) == list(CATALOGUE.indicators)
    assert rows["KPI S3"][2:10] == [1, 20, 0.05, "Red", ">95%", "19 more", 0.9, "↓ worse"]
    assert rows["KPI S4b"][5:8] == ["Amber", ">85%", "1 more"]
    assert rows["KPI S5"][4:6] == [None, "No cases"]
    assert rows["KPI T1"][2:6] == [3, None, None, "Incomplete"]
    assert rows["INFO W1"][5:8] == ["Info", None, None]
    assert (rows["KPI S3"][11], rows["KPI S5"][11]) == (0.05, "too few")


def test_the_county_is_rounded_so_that_x_and_y_cannot_be_worked_out():
    pairs = ((123, 1234), (17, 1301), (88, 997))
    _, rows = table(opened(first_card([everything(*pair) for pair in pairs], names=NAMES[:3]))["Scorecard"])
    assert rows["KPI S3"][11] == round(sum(x for x, _ in pairs) / sum(y for _, y in pairs), 3)


def test_a_rating_is_a_word_and_a_fill(card):
    page = opened(card)["Scorecard"]
    seen = [cell for row in page.iter_rows() for cell in row if cell.value in FILLS]
    assert len(seen) > 20
    assert {cell.value: cell.fill.fgColor.rgb for cell in seen} == FILLS


def test_it_prints_upright_on_one_a4_page_with_no_merged_cells(card):
    page = opened(card)["Scorecard"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight or 1) == (1, 1)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert not page.merged_cells.ranges
    assert next(iter(page.tables.values())).autoFilter is None


def test_the_document_says_what_it_is(card):
    assert opened(card).properties.title == "KPI scorecard 2026-27 Q4: Ash & Elm CIC"


def test_findings_and_steps_stand_below_the_table_with_sheet_and_cell(card):
    lines = texts(opened(card)["Scorecard"])
    assert "All lots, G60: KPI T1 x (G60) is empty. Enter the number of cases; if there were none, enter 0." in lines
    assert (
        lines.index("To fix or explain")
        < lines.index("must fix")
        < lines.index("query")
        < lines.index("What to do next")
    )
    assert "Step 1" in lines


def test_where_nothing_is_to_fix_it_thanks():
    lines = texts(opened(first_card([GREEN] * 4))["Scorecard"])
    assert "Nothing to fix" in lines
    assert f"All {RATED} rated indicators are Green, and there is nothing to fix. Thank you." in lines
    assert "To fix or explain" not in lines


def test_what_does_not_fit_is_counted_and_nothing_grows_beyond_the_page():
    figures = dict.fromkeys(GREEN, (1, 20))
    findings = tuple(empty("KPI S3", f"F{row}") for row in range(8, 48))
    card = first_card([figures] * 3, names=[NAMES[0] * 12, *NAMES[1:3]], findings=findings)
    sheet = plan_scorecard(card).sheets[0]
    shown = sum(cell.value == "must fix" for cell in sheet.cells)
    assert 0 < shown < 40
    assert f"… and {40 - shown} more: see your marked copy" in [cell.value for cell in sheet.cells]
    assert sum(height for _, height in sheet.heights) <= BUDGET


def test_the_trend_is_drawn_from_figures_of_ones_own(card):
    data = written(card)
    page = openpyxl.load_workbook(io.BytesIO(data))["Trend data"]
    header, *rows = page.iter_rows(values_only=True)
    assert header == ("Indicator", *map(str, (*EARLIER, HALF)), "2026-27 Q4")
    assert page.sheet_state == "hidden"
    assert dict(zip((row[0] for row in rows), rows, strict=True))["KPI S3"] == ("KPI S3", 0.9, 0.9, 0.9, 0.05)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        drawn = parts.read("xl/worksheets/sheet1.xml").decode().count("<x14:sparkline>")
    assert drawn == sum(card_line.outturn is not None for card_line in card.lines)


def test_with_one_period_there_is_no_trend():
    assert opened(first_card([GREEN] * 4)).sheetnames == ["Scorecard"]


def test_last_time_says_of_which_period_it_is():
    annual = {"KPI S4a": (1, 2), "KPI S5": (1, 2)}
    earlier = {HALF: everything(18, 20), LAST: annual}
    text = " ".join(texts(opened(first_card([GREEN] * 3, names=NAMES[:3], earlier=earlier))["Scorecard"]))
    assert "Last return: 2026-27 Q2 (KPI S4a, KPI S5: 2025-26 Q4)." in text


@pytest.mark.parametrize("name", ["=1+1", "+SUM(A1)", "-2", "@x", "=HYPERLINK(“http://x”)", "Ash\n=1+1", "\t=2"])
def test_text_that_looks_like_a_formula_stays_text(name, card):
    odd = replace(
        card, provider=name, must_fix=tuple(replace(finding, message=name, sheet="") for finding in card.must_fix)
    )
    book = opened(odd)
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(isinstance(cell.value, str) and cell.value.startswith(name.split()[0]) for cell in cells)


def test_the_reading_in_force_is_told_where_the_schedule_can_be_read_in_two_ways():
    text = " ".join(texts(opened(first_card([GREEN] * 4, as_written=("KPI I4",)))["Scorecard"]))
    assert "Read as KCC reads the Schedule: KPI S2, KPI S4c, KPI S5, KPI S6, KPI E1, KPI T1." in text
    assert "Read as written: KPI I4." in text
    assert "Read as" not in " ".join(texts(opened(replace(first_card([GREEN] * 4), lines=()))["Scorecard"]))


def test_a_very_large_count_is_named_as_such_and_a_large_one_has_room():
    figures = {**GREEN, "KPI S3": (123_456, 123_456), "KPI S4b": (10**18, 10**18)}
    page = opened(first_card([figures] * 4))["Scorecard"]
    _, rows = table(page)
    assert (rows["KPI S3"][2], rows["KPI S4b"][2:4]) == (123_456, ["> 999,999", "> 999,999"])
    assert page.column_dimensions["C"].width >= len("123456")


def test_nothing_due_is_said(card):
    page = opened(replace(card, lines=(), must_fix=(), queries=()))["Scorecard"]
    assert "Nothing was due this period." in texts(page)


def test_the_same_card_gives_the_same_bytes(card):
    assert written(card) == written(card)
    assert line(card, "KPI S3").name in texts(opened(card)["Scorecard"])
