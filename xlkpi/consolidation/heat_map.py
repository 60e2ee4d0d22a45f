"""The heat map: provider by indicator, one word per cell."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation, ProviderLine
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period, is_due, must_be_returned
from xlkpi.core.vocabulary import Reading, State

MISSING, NOT_ASKED, INFO = "Missing", "Not asked", "Info"


@dataclass(frozen=True)
class HeatCell:
    """A word and, for an entry, its place among the rows (from 0). No word: the section is not held."""

    word: str
    row: int | None = None


@dataclass(frozen=True)
class HeatRow:
    """One provider's cells, one for each column."""

    provider_id: str
    provider: str
    missing: bool
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatMap:
    """Columns are indicators in the Schedule's order, rows are providers by name."""

    indicators: tuple[Indicator, ...]
    lines: tuple[HeatRow, ...]


def heat_map(result: Consolidation, catalogue: Catalogue) -> HeatMap:
    """Map every provider who is expected or has returned against every indicator that is due or was returned."""
    if result.period is None:
        return HeatMap((), ())
    places = {(row.provider_id, row.indicator): place for place, row in enumerate(result.rows)}
    returned = {row.indicator for row in result.rows}
    columns = tuple(
        indicator
        for code, indicator in catalogue.indicators.items()
        if code in returned or is_due(indicator, result.period, result.readings[code])
    )
    lines = []
    for line in result.lines:
        cells = tuple(_cell(result, line, indicator, places, result.period) for indicator in columns)
        lines.append(HeatRow(line.provider_id, line.provider, line.asked is None, cells))
    return HeatMap(columns, tuple(lines))


def _cell(
    result: Consolidation,
    line: ProviderLine,
    indicator: Indicator,
    places: dict[tuple[str, str], int],
    period: Period,
) -> HeatCell:
    place = places.get((line.provider_id, indicator.code))
    if place is not None:
        state = result.rows[place].state_in_force
        return HeatCell(INFO if state is State.INFORMATION else str(state.value), place)
    return HeatCell(_word_without_row(line, indicator, period, result.readings[indicator.code]))


def _word_without_row(line: ProviderLine, indicator: Indicator, period: Period, usual: Reading) -> str:
    if line.asked is None:
        required = indicator.section in line.held and must_be_returned(indicator, period, usual)
        return MISSING if required else ""
    if indicator.section not in line.asked:
        return NOT_ASKED if indicator.section in line.held else ""
    reading = Reading.AS_WRITTEN if indicator.code in line.as_written else Reading.EFFECTIVE
    state = State.NOT_ENTERED if is_due(indicator, period, reading) else State.NOT_DUE
    return str(state.value)
