"""Where to look first, on Summary: the providers and the indicators with most Red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.consolidation.ranking import RankedIndicator, RankedProvider
from xlkpi.sheets.outturn_values import outturn_value
from xlkpi.writing.workbook import Cell, Value

PROVIDERS_COL, KPIS_COL = 1, 9
PROVIDER_HEADER = ("Providers", "Red", "Amber", "Green", "Better", "Worse")
KPI_HEADER = ("KPI", "Red", "Amber", "Green", "{area}", "RAG", "Direction", "Note", "What it measures")
PROVIDER_STYLES = ("name", *("small whole",) * 5)
KPI_STYLES = (
    "code", "small whole", "small whole", "small whole", "small share", "heat", "small word", "small text", "small"
)  # fmt: skip


def plan_priorities(
    providers: Sequence[RankedProvider], indicators: Sequence[RankedIndicator], area: str, row: int, last_col: int
) -> tuple[list[Cell], int]:
    """Plan both blocks from ``row`` on, side by side and as wide as ``last_col``; return the row after them too.

    ``area`` heads the outturns of all providers together.
    """
    if not providers:
        return [], row
    cells = [Cell(row, PROVIDERS_COL, "Where to look first", "heading")]
    provider_rows = [_provider_values(ranked) for ranked in providers]
    cells += _block(row + 1, PROVIDERS_COL, PROVIDER_HEADER, provider_rows, PROVIDER_STYLES)
    header = [text.format(area=area) for text in KPI_HEADER]
    cells += _block(row + 1, KPIS_COL, header, [_indicator_values(ranked) for ranked in indicators], KPI_STYLES)
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


def _provider_values(ranked: RankedProvider) -> tuple[Value, ...]:
    return (ranked.provider, ranked.red, ranked.amber, ranked.green, ranked.better, ranked.worse)


def _indicator_values(ranked: RankedIndicator) -> tuple[Value, ...]:
    county = ranked.county.assessed if ranked.county else None
    return (
        ranked.indicator.code,
        ranked.red,
        ranked.amber,
        ranked.green,
        outturn_value(ranked.indicator.effective, county.outturn) if county else None,
        str(county.state.value) if county else "",
        ranked.direction.value if ranked.direction else "",
        ranked.size_note,
        " ".join(ranked.indicator.description.split()),
    )
