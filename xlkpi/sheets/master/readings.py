"""Readings: where the Schedule can be read in two ways, which reading is in force, and what depends on it."""

from __future__ import annotations

from collections import Counter

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.mixed_readings import TwoResults, two_results
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.assess import Assessment
from xlkpi.core.vocabulary import Reading
from xlkpi.layout.wording import reading_words
from xlkpi.writing.workbook import Cell, Column, Sheet, Table, Value

READINGS = "Readings"
WIDTHS = (11, 34, 34, 50, 14, 16, 13, 12, 13, 12)
READING_COLUMNS = (
    Column("indicator", WIDTHS[0], "code"),
    Column("as written in the Schedule", WIDTHS[1]),
    Column("effective reading", WIDTHS[2]),
    Column("why they differ", WIDTHS[3]),
    Column("in force here", WIDTHS[4]),
    Column("returns under each", WIDTHS[5]),
    Column("rated differently", WIDTHS[6], "whole"),
)
RESULT_COLUMNS = (
    Column("indicator", WIDTHS[0], "code"),
    Column("provider", WIDTHS[1], "text"),
    Column("provider_id", WIDTHS[2], "line"),
    Column("file", WIDTHS[3], "text"),
    Column("x", WIDTHS[4], "whole"),
    Column("y", WIDTHS[5], "whole"),
    Column("outturn as written", WIDTHS[6], "share"),
    Column("RAG as written", WIDTHS[7], "word"),
    Column("outturn effective", WIDTHS[8], "share"),
    Column("RAG effective", WIDTHS[9], "word"),
)


def plan_readings(result: Consolidation, catalogue: Catalogue) -> Sheet:
    """The indicators with two readings from A1, and below them every entry that the two rate differently."""
    results = two_results(result.rows, catalogue)
    readings = _readings_table(result, catalogue, results)
    heading = len(readings.rows) + 3
    table = Table(
        "KPI_TwoResults",
        RESULT_COLUMNS,
        [_result_values(one) for one in results],
        row=heading + 2,
        empty="No entry is rated differently.",
        empty_at=1,
    )
    cells = (
        Cell(heading, 1, "Entries whose RAG depends on the reading", "heading"),
        Cell(heading + 1, 1, "The RAG in force is the one in Data and on Summary; this table shows both.", "note"),
    )
    return Sheet(READINGS, (readings, table), cells, widths=WIDTHS, freeze=(0, 1))


def _readings_table(result: Consolidation, catalogue: Catalogue, results: tuple[TwoResults, ...]) -> Table:
    differing = Counter(one.row.indicator for one in results)
    counts = Counter((row.indicator, row.reading) for row in result.rows)
    rows = []
    for code, indicator in catalogue.indicators.items():
        if indicator.why:
            written, effective = counts[code, Reading.AS_WRITTEN], counts[code, Reading.EFFECTIVE]
            rows.append(
                (
                    code,
                    *reading_words(indicator),
                    indicator.why,
                    "mixed: see returns" if code in result.mixed else result.readings[code].value,
                    f"{effective} effective, {written} as written",
                    differing[code],
                )
            )
    return Table("KPI_Readings", READING_COLUMNS, rows)


def _result_values(one: TwoResults) -> tuple[Value, ...]:
    row = one.row
    return (row.indicator, row.provider, row.provider_id, row.file, row.x, row.y, *_both(one))


def _both(one: TwoResults) -> tuple[Value, ...]:
    return (*_rated(one.as_written), *_rated(one.effective))


def _rated(assessed: Assessment) -> tuple[Value, ...]:
    return assessed.outturn, assessed.rag.value if assessed.rag else assessed.state.value
