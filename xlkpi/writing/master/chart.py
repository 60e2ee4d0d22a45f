"""Stacked bars that can be told apart without seeing colour: a number in each part, a word in the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.layout.styles import GREY_INK, INK, NAVY, WHITE
from xlkpi.writing.master.model import Bars, Series
from xlkpi.writing.strict import done

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_FONT = {"name": "Calibri", "size": 9, "color": INK}


def insert_bars(book: Workbook, sheet: Worksheet, name: str, bars: Bars) -> None:
    """Put a chart of stacked bars on a sheet, the block's first row on top; parts of 0 show no number."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for series in bars.series:
        chart.add_series(_series(name, bars, series))
    chart.set_title({"name": bars.title, "overlay": False, "name_font": {**_FONT, "size": 11, "color": NAVY}})
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_chartarea({"border": {"color": GREY_INK, "width": 0.5}})
    width, height = bars.size
    chart.set_size({"width": width, "height": height})
    row, col = bars.at
    placed = {"description": bars.description, "object_position": 2}
    done(sheet.insert_chart(row - 1, col - 1, chart, placed))


def _series(sheet: str, bars: Bars, series: Series) -> dict[str, object]:
    first, last = bars.header, bars.last - 1  # counted from 0, the first row below the header
    return {
        "name": [sheet, bars.header - 1, series.col - 1],
        "categories": [sheet, first, bars.col - 1, last, bars.col - 1],
        "values": [sheet, first, series.col - 1, last, series.col - 1],
        "fill": {"color": series.colour},
        "border": {"color": WHITE, "width": 0.75},
        "gap": 45,
        "data_labels": {"value": True, "num_format": "0;;", "font": {**_FONT, "bold": True, "color": series.ink}},
    }
