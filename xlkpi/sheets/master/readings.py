"""Readings: where the Schedule can be read in two ways, which reading is in force, and what depends on it."""

from __future__ import annotations

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.mixed_readings import ReadingUse, TwoResults, count_reading_uses, two_results
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.assess import Assessment
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.layout.wording import reading_words
from xlkpi.sheets.outturn_values import figure_value, outturn_value
from xlkpi.writing.workbook import Cell, Column, Sheet, Table, Value

READINGS = "Readings"
WIDTHS = (11, 34, 34, 50, 14, 16, 13, 12, 13, 12)
COLUMNS_AFTER_WRITTEN = (
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
    """Plan the indicators with two readings from A1, and below them every entry that the two rate differently."""
    differing = two_results(result.rows, catalogue)
    uses = count_reading_uses(result, catalogue, differing)
    written = Column(f"as written in the {catalogue.words.document}", WIDTHS[1])
    columns = (Column("indicator", WIDTHS[0], "code"), written, *COLUMNS_AFTER_WRITTEN)
    readings = Table("KPI_Readings", columns, [_use_values(use) for use in uses])
    heading = len(uses) + 3
    results = Table(
        "KPI_TwoResults",
        RESULT_COLUMNS,
        [_result_values(entry, catalogue.indicators[entry.row.indicator]) for entry in differing],
        row=heading + 2,
        empty="No entry is rated differently.",
        empty_at=1,
    )
    cells = (
        Cell(heading, 1, "Entries whose RAG depends on the reading", "heading"),
        Cell(heading + 1, 1, "The RAG in force is the one in Data and on Summary; this table shows both.", "note"),
    )
    return Sheet(READINGS, (readings, results), cells, widths=WIDTHS, freeze=(0, 1))


def _use_values(use: ReadingUse) -> tuple[Value, ...]:
    return (
        use.indicator.code,
        *reading_words(use.indicator),
        use.indicator.why,
        use.in_force.value if use.in_force else "mixed: see returns",
        f"{use.effective} effective, {use.as_written} as written",
        use.rated_differently,
    )


def _result_values(entry: TwoResults, indicator: Indicator) -> tuple[Value, ...]:
    row = entry.row
    identity = (row.indicator, row.provider, row.provider_id, row.file)
    figures = (figure_value(indicator.effective, row.x_in_force), row.y_in_force)
    as_written, effective = _rated(entry.as_written, indicator.written), _rated(entry.effective, indicator.effective)
    return (*identity, *figures, *as_written, *effective)


def _rated(assessed: Assessment, definition: Definition) -> tuple[Value, ...]:
    return outturn_value(definition, assessed.outturn), assessed.rag.value if assessed.rag else assessed.state.value
