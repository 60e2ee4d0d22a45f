"""The charts and sparklines of a master: what they draw, what a screen reader says, what LibreOffice shows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import pairwise
from math import isnan

import pytest
from lxml import etree

from tests.evidence import some
from tests.sheets.test_master import contrast
from tests.writing.chart_sample import PERIODS, SHARES, book, lines
from xlkpi.errors import PlanError
from xlkpi.writing.workbook import palette, render_workbook
from xlkpi.writing.workbook.chart_model import CellRun, Sparkline

GAPS = [[None if share is None else float(share) for share in shares] for shares in SHARES.values()]


@pytest.fixture(scope="module")
def data():
    return render_workbook(book())


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return etree.fromstring(parts.read(name))


def cached(element):
    """The values a chart carries, by their place; None where it carries none."""
    count = int(element.find(".//{*}ptCount").get("val"))
    points = {int(point.get("idx")): point.findtext("{*}v") for point in element.findall(".//{*}pt")}
    return [points.get(place) for place in range(count)]


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_a_chart_carries_the_numbers_of_its_cells_and_no_number_for_a_gap(data, number):
    chart = part(data, f"xl/charts/chart{number}.xml")
    numbers = [cached(series.find("{*}val")) for series in chart.findall(".//{*}ser")]
    assert [[None if value is None else float(value) for value in values] for values in numbers] == GAPS
    assert all(cached(series.find("{*}cat")) == list(PERIODS) for series in some(chart.findall(".//{*}ser")))
    blanks = chart.find(".//{*}dispBlanksAs")
    assert blanks is None or blanks.get("val") == "gap"
    assert chart.find(".//{*}plotVisOnly") is None  # hidden columns are drawn too


def test_bars_carry_names_and_numbers_of_their_block(data):
    chart = part(data, "xl/charts/chart1.xml")
    assert [cached(series.find("{*}tx")) for series in chart.findall(".//{*}ser")] == [["Green"], ["Red"]]
    assert [cached(series.find("{*}val")) for series in chart.findall(".//{*}ser")] == [["7", "2"], ["0", "1"]]


def test_lines_differ_by_dash_and_marker_and_run_from_0_to_100_percent(data):
    chart = part(data, "xl/charts/chart2.xml")
    dashes = [series.find(".//{*}ln/{*}prstDash") for series in chart.findall(".//{*}ser")]
    assert len({None if dash is None else dash.get("val") for dash in dashes}) == len(SHARES)
    markers = {symbol.get("val") for symbol in chart.findall(".//{*}marker/{*}symbol")}
    assert len(markers) == len(SHARES)
    scaling = chart.find(".//{*}valAx/{*}scaling")
    assert [scaling.find(f"{{*}}{end}").get("val") for end in ("min", "max")] == ["0", "1"]


@pytest.mark.parametrize(("low", "step"), [(0, "0.5"), (0.75, "0.05"), (0.9, "0.05"), (0.6, "0.2"), (0.7, "0.15")])
def test_a_small_chart_has_few_lines_at_whole_percents(low, step):
    sheets = book().sheets
    small_chart = replace(sheets[1], charts=(replace(lines((5, 1), small=True), low=low),))
    chart = part(render_workbook(replace(book(), sheets=(sheets[0], small_chart))), "xl/charts/chart1.xml")
    assert float(chart.find(".//{*}valAx/{*}majorUnit").get("val")) == pytest.approx(float(step))


def test_every_chart_tells_a_screen_reader_what_it_shows(data):
    texts = [shape.get("descr") for shape in part(data, "xl/drawings/drawing1.xml").findall(".//{*}cNvPr")]
    assert texts == ["Lot 3 has 1 Red.", *["KPI S1 rises to 96%."] * 2, *["Two indicators."] * 2]


def test_sparklines_draw_the_cells_beside_them(data):
    groups = part(data, "xl/worksheets/sheet1.xml").findall(".//{*}sparklineGroup")
    results = {group.findtext(".//{*}sqref"): (group.findtext(".//{*}f"), group.get("type")) for group in groups}
    assert results == {"B2": ("Trends!C2:F2", "column"), "B3": ("Trends!C3:F3", None)}


def test_sparklines_of_one_kind_and_scale_are_one_group():
    trends, charts = book().sheets
    highs = {2: 1.0, 3: 0.5, 4: 1.0}
    spark = tuple(Sparkline(row, 2, CellRun((row, 3), (row, 6)), high=high) for row, high in highs.items())
    data = render_workbook(replace(book(), sheets=(replace(trends, sparklines=spark), charts)))
    groups = part(data, "xl/worksheets/sheet1.xml").findall(".//{*}sparklineGroup")
    cells = {float(group.get("manualMax")): [each.text for each in group.findall(".//{*}sqref")] for group in groups}
    assert cells == {1.0: ["B2", "B4"], 0.5: ["B3"]}


def test_a_chart_keeps_its_size_on_tall_rows_and_wide_columns():
    sheets = book().sheets
    tall = replace(sheets[1], charts=(lines((2, 2)),), heights=((2, 60.0), (3, 60.0)), widths=(5.0, 40.0, 40.0))
    data = render_workbook(replace(book(), sheets=(sheets[0], tall)))
    anchor = part(data, "xl/drawings/drawing1.xml").find("{*}twoCellAnchor")
    first, last = anchor.find("{*}from"), anchor.find("{*}to")
    assert (first.findtext("{*}row"), first.findtext("{*}col")) == ("1", "1")
    # 280 pixels: two rows of 80 and part of the sixth of 21; 480 pixels: a column of 285 and part of the next
    assert (last.findtext("{*}row"), last.findtext("{*}col")) == ("8", "2")


def lightness(colour):
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_areas_side_by_side_differ_in_grey_and_their_numbers_stand_out():
    for name in (palette.AREAS, (palette.GREEN, palette.AMBER, palette.RED, palette.NO_RAG)):
        assert all(contrast(ink, colour) >= 4.5 for colour, ink in name)
        greys = [lightness(colour) for colour, _ in name]
        assert all(abs(lighter_grey - other) >= 25 for lighter_grey, other in pairwise(greys))
    assert len({dash for _, dash, _ in palette.LINES}) == len({marker for *_, marker in palette.LINES}) == 4
    assert all(contrast(colour, "#FFFFFF") >= 3 for colour, *_ in palette.LINES)


def test_a_chart_of_a_sheet_that_is_not_there_is_a_fault_of_the_plan():
    plan = book()
    trends, charts = plan.sheets
    with pytest.raises(PlanError, match="draws cells of Trends"):
        render_workbook(replace(plan, sheets=(replace(charts, charts=(lines((9, 1)),)),)))
    assert trends.name == "Trends"


@pytest.fixture(scope="module")
def path(data, tmp_path_factory):
    file = tmp_path_factory.mktemp("drawn") / "drawn.xlsx"
    file.write_bytes(data)
    return file


@pytest.mark.office
def test_libreoffice_draws_every_chart_from_the_cells(calc, path):
    charts = calc(path).sheet("Charts").Charts
    assert charts.Count == 5
    kinds = []
    for number in range(charts.Count):
        (system,) = charts.getByIndex(number).EmbeddedObject.FirstDiagram.CoordinateSystems
        (kind,) = system.ChartTypes
        kinds.append(kind.ChartType.rsplit(".", 1)[1])
        series = [sequence for series_item in kind.DataSeries for sequence in series_item.DataSequences]
        assert len(series) == 2
        if number:
            shown = [
                [None if isnan(value) else value for value in series_item.Values.NumericalData]
                for series_item in series
            ]
            assert shown == GAPS
    assert sorted(kinds) == ["ColumnChartType"] * 3 + ["LineChartType"] * 2


@pytest.mark.office
def test_libreoffice_keeps_the_sparklines_when_it_saves(calc, path, tmp_path):
    again = calc(path).save(tmp_path / "again.xlsx", "Calc MS Excel 2007 XML")
    groups = part(again.read_bytes(), "xl/worksheets/sheet1.xml").findall(".//{*}sparkline")
    assert sorted(group.findtext("{*}sqref") for group in groups) == ["B2", "B3"]


@pytest.mark.office
def test_a_group_begins_with_a_strong_line_and_a_hidden_column_is_hidden(calc, path):
    book_ = calc(path)
    sheet = book_.sheet("Trends")
    assert not sheet.Columns.getByIndex(6).IsVisible
    assert sheet.ConditionalFormats.getConditionalFormats()[0].Range.RangeAddressesAsString.endswith("A2:G3")
