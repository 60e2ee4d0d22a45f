"""The columns about figures that officers agreed, on the invoice check and on Cross-check."""

from __future__ import annotations

from xlkpi.core.indicator import Definition
from xlkpi.core.records import AgreedFigures
from xlkpi.sheets.outturn_values import figure_value
from xlkpi.writing.workbook import Column, PlainValue

AGREED_COLUMNS = (
    Column("agreed x", 9, "whole"),
    Column("agreed y", 9, "whole"),
    Column("agreed by", 16, "line"),
    Column("agreed on", 12, "day"),
    Column("why agreed", 26, "text"),
    Column("RAG in force", 12, "word"),
)


def agreed_values(definition: Definition, agreed: AgreedFigures | None, returned: str) -> tuple[PlainValue, ...]:
    """Give the values of these columns; the state in force is ``returned``, the return's, where nothing was agreed."""
    if agreed is None:
        return None, None, "", None, "", returned
    x, state = figure_value(definition, agreed.x), agreed.assessment.state.value
    return x, agreed.y, agreed.by, agreed.on, agreed.why, state
