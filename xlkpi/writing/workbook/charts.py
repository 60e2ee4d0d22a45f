"""Charts that can be read without seeing colour: numbers in areas, dashes and markers on lines, words in the legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xlkpi.layout.styles import GREY_INK, INK, LINE, NAVY, WHITE
from xlkpi.ooxml.addresses import cell_address
from xlkpi.writing.workbook.chart_model import (
    BarChart,
    BarSeries,
    CellRun,
    Chart,
    ChartLine,
    ColumnChart,
    ColumnSeries,
    LineChart,
    Sparkline,
)
from xlkpi.writing.workbook.chart_values import ChartValues
from xlkpi.writing.xlsxwriter_strict import check_status

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as Drawing
    from xlsxwriter.worksheet import Worksheet

_FONT = {"name": "Calibri", "size": 9, "color": INK}
_SMALL = {**_FONT, "size": 8.5}
_GRID = {"visible": True, "line": {"color": LINE, "width": 0.5}}
_QUIET_LINE = {"color": LINE, "width": 0.75}


def insert_chart(book: Workbook, out: Worksheet, sheet: str, chart: Chart, values: ChartValues) -> None:
    """Put a chart on a sheet, with the text that a screen reader reads; it moves with the cells and keeps its size."""
    if isinstance(chart, BarChart):
        drawing = _bars(book, sheet, chart, values)
    elif isinstance(chart, LineChart):
        drawing = _lines(book, sheet, chart, values)
    else:
        drawing = _columns(book, sheet, chart, values)
    small = isinstance(chart, LineChart) and chart.small
    font = {**_FONT, "size": 9 if small else 11, "color": NAVY}
    drawing.set_title({"name": chart.title, "overlay": False, "name_font": font})
    drawing.set_chartarea({"border": {"color": GREY_INK, "width": 0.5}})
    drawing.show_hidden_data()
    drawing.show_blanks_as("gap")
    width, height = chart.size
    drawing.set_size({"width": width, "height": height})
    row, col = chart.at
    # three pixels down: on the very edge of a row, the frame would print on the page before too
    placed = {"description": chart.description, "object_position": 2, "y_offset": 3}
    check_status(out.insert_chart(row - 1, col - 1, drawing, placed))


def insert_sparklines(out: Worksheet, sheet: str, lines: Sequence[Sparkline]) -> None:
    """Put small charts into cells; Excel, and LibreOffice from 7.4 on, draw them.

    Those of one kind and scale make one group: XlsxWriter works out 36 styles for each, and a grid has hundreds.
    """
    groups: dict[tuple[bool, float | None, float | None], list[Sparkline]] = {}
    for line in lines:
        groups.setdefault((line.line, line.low, line.high), []).append(line)
    for members in groups.values():
        _insert_group(out, sheet, members)


def _insert_group(out: Worksheet, sheet: str, members: Sequence[Sparkline]) -> None:
    line = members[0]
    options: dict[str, object] = {
        "location": [cell_address(member.row, member.col) for member in members],
        "range": [_range(sheet, member.values) for member in members],
        "last_point": True,
        "series_color": "#5B7DB1",
        "last_color": "#C2570C",
        "show_hidden": True,
        **({"markers": True, "markers_color": "#5B7DB1", "weight": 1.5} if line.line else {"type": "column"}),
    }
    options |= {name: value for name, value in (("min", line.low), ("max", line.high)) if value is not None}
    check_status(out.add_sparkline(line.row - 1, line.col - 1, options))


def _range(sheet: str, values: CellRun) -> str:
    """A run of cells as a formula names it."""
    from xlsxwriter.utility import quote_sheetname, xl_range_abs  # noqa: PLC0415 - loaded with XlsxWriter anyway

    first, last = values.first, values.last
    cells = xl_range_abs(first[0] - 1, first[1] - 1, last[0] - 1, last[1] - 1)
    return f"{quote_sheetname(values.sheet or sheet)}!{cells}"


def _bars(book: Workbook, sheet: str, bars: BarChart, values: ChartValues) -> Drawing:
    """A block's first row on top; parts of 0 show no number."""
    drawing = book.add_chart({"type": "bar", "subtype": "stacked"})
    for series in bars.series:
        drawing.add_series(_bar_series(sheet, bars, series, values))
    drawing.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"none": True}, "major_tick_mark": "none"})
    drawing.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    drawing.set_legend({"position": "bottom", "font": _FONT})
    return drawing


def _bar_series(sheet: str, bars: BarChart, series: BarSeries, values: ChartValues) -> dict[str, object]:
    name, first, last = (bars.header, series.col), bars.header + 1, bars.last
    data = _data(
        sheet, CellRun((first, bars.col), (last, bars.col)), CellRun((first, series.col), (last, series.col)), values
    )
    return {
        "name": [sheet, name[0] - 1, name[1] - 1],
        "name_data": values.texts(CellRun(name, name), sheet),
        **data,
        "gap": 45,
        **_area(series.colour, series.ink, "0;;"),
    }


def _area(colour: str, ink: str, numbers: str) -> dict[str, object]:
    return {
        "fill": {"color": colour},
        "border": {"color": WHITE, "width": 0.75},
        "data_labels": {"value": True, "num_format": numbers, "font": {**_FONT, "bold": True, "color": ink}},
    }


def _lines(book: Workbook, sheet: str, lines: LineChart, values: ChartValues) -> Drawing:
    drawing = book.add_chart({"type": "line"})
    font = _SMALL if lines.small else _FONT
    for line in lines.lines:
        data = _data(sheet, lines.categories, line.values, values)
        drawing.add_series({"name": line.name, **data, **_stroke(line, small=lines.small)})
    drawing.set_x_axis({"num_font": font, "line": _QUIET_LINE, "major_tick_mark": "none", "text_axis": True})
    scale = {name: value for name, value in (("min", lines.low), ("max", lines.high)) if value is not None}
    if lines.small and lines.low is not None and lines.high is not None:
        scale["major_unit"] = _step(lines.low, lines.high)
    axis = {"num_font": font, "num_format": lines.numbers, "line": {"none": True}, "major_tick_mark": "none"}
    drawing.set_y_axis({**axis, "major_gridlines": _GRID, **scale})
    drawing.set_legend({"position": "bottom", "font": font} if lines.legend else {"none": True})
    return drawing


def _step(low: float, high: float) -> float:
    """The distance of the few lines that a small chart's axis has: whole percents where that goes."""
    steps = [(high - low) / parts for parts in (2, 3, 4, 5)]
    return next((step for step in steps if abs(100 * step - round(100 * step)) < 1e-9), steps[0])


def _stroke(line: ChartLine, *, small: bool) -> dict[str, object]:
    width = min(line.width, 1.75) if small else line.width
    drawn = {"line": {"color": line.colour, "width": width, "dash_type": line.dash}}
    if line.marker == "none":
        return {**drawn, "marker": {"type": "none"}}
    looks = {"fill": {"color": line.colour}, "border": {"color": line.colour}}
    return {**drawn, "marker": {"type": line.marker, "size": 4 if small else 6, **looks}}


def _columns(book: Workbook, sheet: str, columns: ColumnChart, values: ChartValues) -> Drawing:
    drawing = book.add_chart({"type": "column", "subtype": "stacked"} if columns.stacked else {"type": "column"})
    for part in columns.parts:
        drawing.add_series(_column_series(sheet, columns, part, values))
    drawing.set_x_axis({"num_font": _FONT, "line": _QUIET_LINE, "major_tick_mark": "none"})
    drawing.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    drawing.set_legend({"position": "bottom", "font": _FONT} if columns.legend else {"none": True})
    return drawing


def _column_series(sheet: str, columns: ColumnChart, part: ColumnSeries, values: ChartValues) -> dict[str, object]:
    drawn = _area(part.colour, part.ink if columns.stacked else INK, columns.numbers)
    return {"name": part.name, **_data(sheet, columns.categories, part.values, values), "gap": 60, **drawn}


def _data(sheet: str, categories: CellRun, drawn: CellRun, values: ChartValues) -> dict[str, Sequence[object]]:
    """Where categories and numbers are, and their content: XlsxWriter, given no cells, cannot know."""
    return {
        "categories": _cells(sheet, categories),
        "categories_data": values.texts(categories, sheet),
        "values": _cells(sheet, drawn),
        "values_data": values.numbers(drawn, sheet),
    }


def _cells(sheet: str, run: CellRun) -> list[object]:
    """A run as XlsxWriter takes it: the sheet, then rows and columns counted from 0."""
    return [run.sheet or sheet, run.first[0] - 1, run.first[1] - 1, run.last[0] - 1, run.last[1] - 1]
