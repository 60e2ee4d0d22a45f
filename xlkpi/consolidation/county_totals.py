"""The whole county: pooled outturns and RAG counts, never a mean of percentages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.catalogue import Catalogue
from xlkpi.core.assess import WITH_OUTTURN, Assessment, assess_indicator
from xlkpi.core.cell_count import Figure
from xlkpi.core.indicator import Indicator
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import OutturnRule, Rag, Reading, State

SMALL_Y = 30
SMALL, UNEVEN = "small", "uneven"
NO_Y_RULE = "Where there is no y, x is added up and days are averaged; neither is rated."
SMALL_RULE = f"{SMALL}: y is below {SMALL_Y}, so a single case moves the outturn by several percent."
UNEVEN_RULE = (
    f"{UNEVEN}: one of the two periods has less than half the returns, or less than half the y, of the other, so do "
    "not read a trend from Previous and Direction."
)
"""What `IndicatorSeries.uneven` looks for, in words."""

POOLED = WITH_OUTTURN | {State.NO_CASES}


def size_words(y: Figure | None, *, uneven: bool) -> str:
    """Describe the size of a pool, alone and against that of the period before; empty where there is nothing to say."""
    words = ((0 < (y or 0) < SMALL_Y, SMALL), (uneven, UNEVEN))
    return ", ".join(word for applies, word in words if applies)


@dataclass(frozen=True)
class Pooled:
    """An indicator over all providers: Σx, Σy, the result, and from how many returns."""

    indicator: Indicator
    x: Figure
    y: Figure
    assessed: Assessment
    reading: Reading
    providers: int


def pooled_outturns(rows: Iterable[DataRow], indicators: Sequence[Indicator]) -> tuple[Pooled, ...]:
    """Pool each indicator: Σx and Σy over the entries whose figures can be used, *No cases* among them.

    Entries to check, half entered or empty are left out. The reading is the rows' own, or effective if mixed.
    """
    by_code: dict[str, list[DataRow]] = {indicator.code: [] for indicator in indicators}
    for row in rows:
        if row.indicator in by_code and row.state_in_force in POOLED:
            by_code[row.indicator].append(row)
    return tuple(_pooled(indicator, by_code[indicator.code]) for indicator in indicators)


def _pooled(indicator: Indicator, rows: Sequence[DataRow]) -> Pooled:
    readings = {row.reading for row in rows}
    reading = readings.pop() if len(readings) == 1 else Reading.EFFECTIVE
    x, y = sum(row.x_in_force or 0 for row in rows), sum(row.y_in_force or 0 for row in rows)
    counts = (x, y) if rows else (None, None)
    assessed = assess_pool(indicator, *counts, reading=reading, returns=len(rows))
    return Pooled(indicator, x, y, assessed, reading, len(rows))


def assess_pool(
    indicator: Indicator, x: Figure | None, y: Figure | None, *, reading: Reading, returns: int
) -> Assessment:
    """Assess Σx and Σy of several returns. What has no y is added up, days are averaged; neither is rated.

    A target of £500 or of 3 complaints is one provider's: the county's total says nothing of it.
    """
    definition = indicator.read(reading)
    if definition.has_y or x is None:
        return assess_indicator(indicator, x, y, reading=reading)
    total = Fraction(x)
    outturn = total / returns if definition.outturn is OutturnRule.DAYS else total
    return Assessment(State.INFORMATION, outturn, None, "")


@dataclass(frozen=True)
class SectionRag:
    """How the KPI entries of one section were rated; ``unrated`` counts those without a RAG."""

    title: str
    green: int
    amber: int
    red: int
    unrated: int


def rag_by_section(rows: Iterable[DataRow], catalogue: Catalogue) -> tuple[SectionRag, ...]:
    """Count the RAG by section in the Schedule's order; INFO and sections with no KPI entry aren't counted."""
    counts: dict[str, Counter[Rag | None]] = {section.title: Counter() for section in catalogue.sections}
    for row in rows:
        if catalogue.indicators[row.indicator].is_kpi:
            counts[row.section][row.rag_in_force] += 1
    return tuple(
        SectionRag(title, rags[Rag.GREEN], rags[Rag.AMBER], rags[Rag.RED], rags[None])
        for title, rags in counts.items()
        if rags
    )


def total_of_sections(sections: Iterable[SectionRag]) -> SectionRag:
    """Add up the counts of all sections."""
    counts = [(section.green, section.amber, section.red, section.unrated) for section in sections]
    green, amber, red, unrated = (sum(column) for column in zip(*counts, strict=True))
    return SectionRag("All", green, amber, red, unrated)
