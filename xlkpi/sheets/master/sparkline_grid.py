"""Provider by KPI: small columns in each cell, and below it the latest result as a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xlkpi.consolidation.series import IndicatorSeries
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.sheets.master.chart_data import ChartDataArea, by_periods, outturns
from xlkpi.writing.workbook.chart_model import CellRun, Sparkline
from xlkpi.writing.workbook.model import Cell

SPARK_KEY = (
    "Two rows a provider: its outturns over the due periods, and below them the latest result. One scale a KPI, from "
    "just below the lowest. A single figure isn’t drawn; an empty grey cell: the provider does not report it."
)
Drawn = Sequence[tuple[str, str, Sequence[tuple[IndicatorSeries, tuple[Period, ...]]]]]
Scale = tuple[Fraction, Fraction]


def plan_sparkline_grid(
    drawn: Drawn, indicators: Sequence[Indicator], scales: Mapping[str, Scale], behind: ChartDataArea, row: int
) -> tuple[list[Cell], tuple[Sparkline, ...]]:
    """Header and two rows a provider below ``row``; the figures are added to ``behind``."""
    runs = _figures(drawn, behind)
    cells = [Cell(row + 2, 1, "Provider", "header")]
    cells += [
        Cell(row + 2, col, one.code.replace(" ", "\n"), "header centre") for col, one in enumerate(indicators, start=2)
    ]
    lines = []
    for number, (who, name, paths) in enumerate(drawn):
        at = row + 3 + 2 * number
        cells += [Cell(at, 1, name, "name"), Cell(at + 1, 1, who, "quiet")]
        mine = {path.indicator.code: path for path, _ in paths}
        for col, indicator in enumerate(indicators, start=2):
            path = mine.get(indicator.code)
            cells.append(Cell(at, col, None, "line" if path else "heat none"))
            cells.append(Cell(at + 1, col, path.points[-1].assessed.state.value if path else None, "heat"))
            run = runs.get((who, indicator.code))
            if run:
                lines.append(_line(at, col, run, scales[indicator.code]))
    return cells, tuple(lines)


def _line(row: int, col: int, run: CellRun, scale: Scale) -> Sparkline:
    """Columns from a little below the lowest of all, so that the lowest can be seen too."""
    low, high = scale
    room = (high - low) / 5 or Fraction(1, 100)
    return Sparkline(row, col, run, float(low - room), float(high + room / 5))


def _figures(drawn: Drawn, behind: ChartDataArea) -> dict[tuple[str, str], CellRun]:
    """The cells of each line to be drawn: of every path with two outturns or more."""
    worth = [one for _, _, paths in drawn for one in paths if sum(v is not None for v in outturns(*one)) > 1]
    names = {who: name for who, name, _ in drawn}
    runs: dict[tuple[str, str], CellRun] = {}
    if not worth:
        return runs
    behind.title("Figures behind the providers’ lines")
    for periods, paths in by_periods(worth):
        behind.header(("Provider", "indicator"), periods)
        for path in paths:
            key = path.provider_id, path.indicator.code
            label = f"{names[path.provider_id]} ({path.provider_id})", path.indicator.code.replace("KPI ", "")
            runs[key] = behind.line(label, outturns(path, periods))
        behind.row += 1
    return runs
