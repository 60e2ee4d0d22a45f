"""Cross-check: the indicators that the Council counts too, by return and by case system."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlkpi.sheets.finance.agreed_columns import AGREED_COLUMNS, agreed_values
from xlkpi.sheets.finance.names_and_columns import CROSS
from xlkpi.sheets.outturn_values import figure_value, outturn_value
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

if TYPE_CHECKING:  # as in invoice_check
    from xlkpi.finance.cross_check import CrossCheck, CrossComparison

CROSS_COLUMNS = (
    Column("provider_id", 11, "code"),
    Column("provider", 28, "text"),
    Column("indicator", 11, "code"),
    Column("x return", 9, "whole"),
    Column("y return", 9, "whole"),
    Column("x case system", 9, "whole"),
    Column("y case system", 9, "whole"),
    Column("x difference", 11, "gap"),
    Column("y difference", 11, "gap"),
    Column("outturn return", 11, "share"),
    Column("outturn case system", 13, "share"),
    Column("RAG return", 13, "word"),
    Column("RAG case system", 13, "word"),
    Column("class", 18, "word"),
    Column("which is worse", 14, "line"),
    *AGREED_COLUMNS,
)


def plan_cross_check(check: CrossCheck | None) -> Sheet:
    """Plan one row per indicator and provider, from A1, including those that could not be checked."""
    rows = [_values(line) for line in check.lines] if check else []
    empty = "Nothing to compare." if check else "Not known: no extract was given (--extract)."
    table = Table("KPI_Cross", CROSS_COLUMNS, rows, empty=empty, empty_at=1)
    return Sheet(CROSS, (table,), freeze=(1, 3), paper=replace(REPEAT_HEADER, a3=True))


def _values(line: CrossComparison) -> list[Value]:
    definition = line.indicator.read(line.reading)
    by_return, by_case_system = line.by_return(), line.by_case_system()
    returned, counted = line.returned, line.counted
    returned_state = by_return.state.value if returned.known else ""
    return [
        line.provider_id,
        line.provider,
        line.indicator.code,
        figure_value(definition, returned.x),
        returned.y,
        figure_value(definition, counted.x),
        counted.y,
        figure_value(definition, line.x_difference),
        line.y_difference,
        outturn_value(definition, by_return.outturn),
        outturn_value(definition, by_case_system.outturn),
        returned_state,
        by_case_system.state.value if counted.known else "",
        line.agreement.value,
        line.worse.value if line.is_comparable else "",
        *agreed_values(definition, line.agreed, returned_state),
    ]
