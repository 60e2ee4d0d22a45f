"""Provider by KPI: small columns in each cell, and below it the latest result as a word."""

from __future__ import annotations

from xlkpi.performance.trend_charts import TrendCharts, group_by_periods
from xlkpi.sheets.master.chart_data import ChartDataArea
from xlkpi.sheets.outturn_values import outturn_values
from xlkpi.writing.workbook.chart_model import CellRun, Sparkline
from xlkpi.writing.workbook.workbook_plan import Cell

SPARK_KEY = (
    "Two rows per provider: its outturns over the due periods, and below them the latest result. One scale per KPI, "
    "from just below the lowest. A single figure is not drawn. An empty grey cell: the provider does not report it."
)


def plan_sparkline_grid(charts: TrendCharts, area: ChartDataArea, row: int) -> tuple[list[Cell], tuple[Sparkline, ...]]:
    """Plan a header and two rows per provider below ``row``; the figures are added to ``area``."""
    runs = _add_figures(charts, area)
    scales = {indicator.code: charts.scale_of(indicator.code) for indicator in charts.indicators}
    cells = [Cell(row + 2, 1, "Provider", "header")]
    for col, indicator in enumerate(charts.indicators, start=2):
        cells.append(Cell(row + 2, col, indicator.code.replace(" ", "\n"), "header centre"))
    sparklines = []
    for number, (provider_id, name) in enumerate(charts.providers):
        top = row + 3 + 2 * number
        cells += [Cell(top, 1, name, "name"), Cell(top + 1, 1, provider_id, "quiet")]
        charted = {line.code: line for line in charts.of_provider(provider_id)}
        for col, indicator in enumerate(charts.indicators, start=2):
            line = charted.get(indicator.code)
            cells.append(Cell(top, col, None, "line" if line else "heat none"))
            cells.append(Cell(top + 1, col, line.latest.assessed.state.value if line else None, "heat"))
            run = runs.get((provider_id, indicator.code))
            if run:
                low, high = scales[indicator.code]
                sparklines.append(Sparkline(top, col, run, float(low), float(high)))
    return cells, tuple(sparklines)


def _add_figures(charts: TrendCharts, area: ChartDataArea) -> dict[tuple[str, str], CellRun]:
    """Add the figures of each line to be drawn; return their cells by provider and indicator."""
    names = dict(charts.providers)
    lines = [line for provider_id in names for line in charts.of_provider(provider_id) if line.is_line]
    runs: dict[tuple[str, str], CellRun] = {}
    if not lines:
        return runs
    area.title("Figures behind the providers’ lines")
    for periods, group in group_by_periods(lines):
        area.header(("Provider", "indicator"), periods)
        for line in group:
            provider_id = line.series.provider_id
            label = f"{names[provider_id]} ({provider_id})", line.code.replace("KPI ", "")
            runs[provider_id, line.code] = area.line(label, outturn_values(line.definition, line.outturns))
        area.row += 1
    return runs
