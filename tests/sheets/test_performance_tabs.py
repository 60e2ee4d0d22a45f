"""The sheets in a workbook: as LibreOffice and openpyxl find them, and as they look on paper."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest

from tests.consolidation.return_builders import CATALOGUE, council_of
from tests.performance.two_years import COUNCIL, NOW, PERIODS, county, history, people, together
from xlkpi.catalogue.ladder import load_ladder
from xlkpi.catalogue.load import load_catalogue
from xlkpi.consolidation.series import build_series
from xlkpi.core.vocabulary import Rag
from xlkpi.council import Settings
from xlkpi.council.terms import read_terms
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.sheets.master import escalation, open_matters
from xlkpi.sheets.master.performance_tabs import list_performance_rules, plan_performance_tabs
from xlkpi.sheets.master.trend_charts import plan_trend_charts
from xlkpi.writing.workbook import WorkbookPlan, render_workbook

NAMES = ["Open matters", "Action plans", "Escalation", "Monitoring", "Trends", "Trend charts"]
TABLES = NAMES[:5]
RATED = [code for code, indicator in CATALOGUE.indicators.items() if indicator.is_kpi]
ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "Err:")


def written(path, result, known=(), inbox="inbox"):
    council = council_of(known or None, settings=Settings(contacts=COUNCIL))
    matters = derive_open_matters(result.record, council, result.as_of)
    sheets = plan_performance_tabs(result, council, matters, inbox=inbox)
    path.write_bytes(render_workbook(WorkbookPlan("KPI master", result.as_of, sheets)))
    return path


@pytest.fixture(scope="module")
def everything():
    return county()


@pytest.fixture(scope="module")
def book(tmp_path_factory, everything):
    return written(tmp_path_factory.mktemp("sheets") / "master.xlsx", *everything)


@pytest.fixture(scope="module")
def loaded(book):
    return openpyxl.load_workbook(book)


def test_the_sheets_stand_in_their_order(loaded):
    assert loaded.sheetnames == NAMES


@pytest.mark.parametrize("name", TABLES)
def test_a_table_sheet_is_one_table_from_a1_with_nothing_merged(loaded, name):
    sheet = loaded[name]
    (table,) = sheet.tables.values()
    assert table.ref == sheet.dimensions
    assert table.ref.startswith("A1:")
    assert not sheet.merged_cells.ranges
    assert sheet.freeze_panes.endswith("2")
    assert sheet.print_title_rows == "$1:$1"
    headers = [cell.value for cell in sheet[1]]
    assert len(set(headers)) == len(headers)


def test_action_plans_carries_the_columns_of_appendix_a(loaded):
    headers = [cell.value for cell in loaded["Action plans"][1]]
    start = headers.index("KPI")
    appendix = ["KPI", "Current performance level", "Date", "RAG", "Issue / reason identified", "Action to be taken"]
    assert headers[start : start + 8] == [*appendix, "Expected outcomes", "Timescale"]


def test_a_plan_links_to_the_cell_in_the_providers_file(book):
    with zipfile.ZipFile(book) as parts:
        relations = parts.read("xl/worksheets/_rels/sheet2.xml.rels").decode()
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    targets = re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"|TargetMode="External"[^>]*', relations)
    assert any(target.startswith("inbox/") and target.endswith(".xlsx") for target in targets)
    assert re.search(r"Action plan(?:'|&apos;|&#39;)!F\d+", sheet + relations)


def test_without_an_inbox_there_is_no_link(tmp_path, everything):
    path = written(tmp_path / "m.xlsx", *everything, inbox=None)
    with zipfile.ZipFile(path) as parts:
        assert "External" not in "".join(
            parts.read(part).decode() for part in parts.namelist() if part.endswith(".rels")
        )


def test_every_kpi_has_a_chart_with_the_edges_of_its_bands(book):
    with zipfile.ZipFile(book) as parts:
        charts = [parts.read(part).decode() for part in parts.namelist() if re.match(r"xl/charts/chart\d+\.xml", part)]
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert len(charts) == len(RATED)
    for code in RATED:
        (mine,) = [chart for chart in charts if f"{code}: " in chart]
        names = re.findall(r"<c:tx>.*?<c:v>(.*?)</c:v>", mine, re.DOTALL)
        assert names[-3:] == ["County", "Edge of Green", "Edge of Red"]
        assert mine.count("<a:prstDash") >= 2
    assert drawing.count('descr="Line chart of the county, ') == len(charts)


def test_charts_are_drawn_from_the_pooled_figures(loaded, everything):
    result, _ = everything
    sheet = loaded["Trend charts"]
    lines = {}
    for row in sheet.iter_rows(values_only=True):
        if row[0] in RATED and row[1] in ("outturn", "Green", "Red"):
            lines.setdefault((row[0], row[1]), [value for value in row[2:] if value is not None])
    for code in RATED:
        rows = [row for row in (*result.earlier, *result.rows) if row.indicator == code]
        pooled = []
        for period in PERIODS:
            x, y = (sum(getattr(row, which) for row in rows if row.period == period) for which in "xy")
            if y:
                pooled.append((y - x if code == "KPI S2" else x) / y)
        assert lines[code, "outturn"] == pytest.approx(pooled, abs=1e-12)
        assert len(set(lines[code, "Green"])) == len(set(lines[code, "Red"])) == 1


def test_the_lines_of_a_target_step_where_it_changes(tmp_path):
    targets = tmp_path / "targets.csv"
    targets.write_text(
        "indicator,from_period,red,amber,green,agreed_by,agreed_on\n"
        "KPI S3,2026-27 Q1,<70%,70-80%,>80%,Ada Bexon,01/03/2026\n",
        encoding="utf-8",
    )
    council = replace(council_of(), terms=read_terms(targets)[0])
    figures = (18, 20)
    result = history({period: {"KPI S3": figures, "KPI S2": figures} for period in PERIODS})
    sheet = plan_trend_charts(result, council.catalogue, build_series(result, council.terms))
    values = {(cell.row, cell.col): cell.value for cell in sheet.cells}
    lines = {}
    for chart in sheet.charts:
        runs = (chart.categories, *(line.values for line in chart.lines))
        lines[chart.title.partition(":")[0]] = [_shown(values, run) for run in runs]
    periods, outturn, green, red = lines["KPI S3"]
    assert periods == ["2024-25\nQ4", "2025-26\nQ2", "2025-26\nQ4", "2026-27\nQ2"]
    assert outturn == [Fraction(9, 10)] * 4
    assert green == [*[Fraction(95, 100)] * 3, Fraction(80, 100)], "each period has its own target"
    assert red == [*[Fraction(85, 100)] * 3, Fraction(70, 100)]
    assert all(len(set(edge)) == 1 for edge in lines["KPI S2"][2:]), "the target of another KPI is level"


def _shown(values, run):
    (row, first), (_, last) = run.first, run.last
    return [values[row, col] for col in range(first, last + 1)]


def test_every_provider_has_a_small_chart_for_each_kpi_with_two_figures(book, everything):
    result, _ = everything
    seen = {}
    for row in (*result.earlier, *result.rows):
        if row.rag:
            seen[row.provider_id, row.indicator] = seen.get((row.provider_id, row.indicator), 0) + 1
    with zipfile.ZipFile(book) as parts:
        sheet = parts.read("xl/worksheets/sheet6.xml").decode()
    places = re.findall(r"<xm:sqref>(.*?)</xm:sqref>", sheet)
    assert len(places) == len(set(places)) == sum(1 for count in seen.values() if count > 1)


@pytest.fixture(scope="module")
def in_libreoffice(calc_of_module, book):
    """The workbook, opened once: the first test looks at it, the second leaves nothing but the charts."""
    return calc_of_module(book)


@pytest.mark.office
def test_libreoffice_opens_every_sheet_without_an_error(in_libreoffice):
    values = in_libreoffice
    assert list(values.sheet_names) == NAMES
    for name in NAMES:
        rows = values.values(name, "A1:W400")
        texts = [value for row in rows for value in row if isinstance(value, str)]
        assert len(texts) > 100
        assert not [text for text in texts if text.startswith(ERRORS)]
    assert values.sheet("Trend charts").DrawPage.getCount() == len(RATED)
    assert values.get("Trends", "C2") == "County"
    assert values.get("Escalation", "A2") == "Formal warning to consider"


@pytest.mark.office
def test_it_prints_without_cutting_a_chart_in_two(in_libreoffice, tmp_path):
    """The charts draw what is on their own sheet, so the others, which print as tables, need not be printed."""
    from pypdf import PdfReader

    printed = in_libreoffice
    for name in TABLES:
        printed.document.Sheets.removeByName(name)
    pdf = printed.save(tmp_path / "m.pdf", "calc_pdf_Export")
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    assert all(f" {NAMES[-1]} Page " in text for text in pages)
    for code in RATED:
        holding = [text for text in pages if re.search(rf"{code}: .*?%? ?(?:Green|Amber|Red)", text)]
        assert len(holding) == 1, code


def test_without_history_one_line_says_what_to_do(tmp_path):
    result = history({NOW: {"KPI S3": (80, 100)}})
    path = written(tmp_path / "m.xlsx", result)
    sheet = openpyxl.load_workbook(path)["Trend charts"]
    assert "--previous" in sheet["A3"].value
    assert sheet.max_row == 3
    texts = [cell.value for cell in openpyxl.load_workbook(path)["Trends"][2] if cell.value]
    assert texts == [sheet["A3"].value]


def test_a_folder_without_returns_gives_empty_tables_that_say_so(tmp_path):
    path = written(tmp_path / "m.xlsx", together([], known=None, period=None))
    book = openpyxl.load_workbook(path)
    details = {name: [cell.value for cell in book[name][2] if cell.value] for name in TABLES}
    assert details["Open matters"] == ["Nothing is open."]
    assert details["Action plans"] == ["No KPI is Red, and no action plan was returned."]
    assert details["Escalation"] == ["No step is proposed."]


def test_the_same_consolidation_gives_the_same_bytes(tmp_path, everything, book):
    assert written(tmp_path / "m.xlsx", *county()).read_bytes() == book.read_bytes()


def test_about_tells_the_deadlines_of_the_day(everything):
    result, _ = everything
    details = dict(list_performance_rules(result.as_of, load_catalogue(), load_ladder()))
    assert "8 December 2026" in details["Deadlines"]
    assert list(details) == [
        "Direction",
        "Open matters",
        "Escalation",
        "Deadlines",
        "Clause 48",
        "Year 1",
        "Monitoring",
    ]


def test_a_provider_of_the_register_alone_has_no_line_in_trends(everything):
    result, _ = everything
    assert {person.name for person in people()} >= {row.provider for row in result.rows}
    assert any(row.rag is Rag.RED for row in result.rows)


def test_no_step_of_the_ladder_is_cut_off_in_its_column():
    longest = max(len(rung.step) for rung in load_ladder().rungs)
    columns = {column.header: column.width for column in (*open_matters.COLUMNS, *escalation.COLUMNS)}
    assert longest <= min(columns["step_proposed"], columns["step"])
