"""Where to look first, on Summary: the providers and the indicators with most Red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.consolidation.county_totals import size_words
from xlkpi.consolidation.ranking import RankedIndicator, RankedProvider, worst_indicators, worst_providers
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet
from xlkpi.writing.workbook import Cell, Value

PROVIDERS_COL, KPIS_COL = 1, 9
PROVIDER_HEADER = ("Providers", "Red", "Amber", "Green", "Better", "Worse")
KPI_HEADER = ("KPI", "Red", "Amber", "Green", "County", "RAG", "Went", "Note", "What it measures")
PROVIDER_STYLES = ("name", *("small whole",) * 5)
KPI_STYLES = (
    "code", "small whole", "small whole", "small whole", "small share", "heat", "small word", "small text", "small"
)  # fmt: skip


def plan_priorities(result: Consolidation, paths: SeriesSet, row: int, last_col: int) -> tuple[list[Cell], int]:
    """Both blocks from ``row`` on, side by side and as wide as ``last_col``, and the row after them."""
    providers, indicators = worst_providers(result, paths), worst_indicators(result, paths)
    if not providers:
        return [], row
    cells = [Cell(row, PROVIDERS_COL, "Where to look first", "heading")]
    cells += _block(row + 1, PROVIDERS_COL, PROVIDER_HEADER, [_provider(one) for one in providers], PROVIDER_STYLES)
    cells += _block(row + 1, KPIS_COL, KPI_HEADER, [_indicator(one) for one in indicators], KPI_STYLES)
    end = KPIS_COL + len(KPI_HEADER)
    cells += [Cell(row + 1, col, None, "header open") for col in range(end, last_col + 1)]
    return cells, row + 3 + max(len(providers), len(indicators))


def _block(
    row: int, col: int, header: Sequence[str], rows: Sequence[Sequence[Value]], styles: Sequence[str]
) -> Iterator[Cell]:
    for at, text in enumerate(header):
        style = "header open" if styles[at] in ("name", "small") else "header centre"
        yield Cell(row, col + at, text, style)
    for number, values in enumerate(rows, start=row + 1):
        for at, (value, style) in enumerate(zip(values, styles, strict=True)):
            yield Cell(number, col + at, value, style)


def _provider(one: RankedProvider) -> tuple[Value, ...]:
    return (one.provider, one.red, one.amber, one.green, one.better, one.worse)


def _indicator(one: RankedIndicator) -> tuple[Value, ...]:
    county = one.county.assessed if one.county else None
    outturn = county.outturn if county else None
    word = str(county.state.value) if county else ""
    went = one.direction.value if one.direction else ""
    about = " ".join(one.indicator.description.split())
    note = size_words(one.county.y if one.county else None, uneven=one.uneven)
    return (one.indicator.code, one.red, one.amber, one.green, outturn, word, went, note, about)
