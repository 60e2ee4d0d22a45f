"""Cross-check: the fourteen indicators that the Council counts too, by return and by case system."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlkpi.sheets.finance.names_and_columns import CROSS
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

if TYPE_CHECKING:  # as in s2
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
    Column("agreed x", 9, "whole"),
    Column("agreed y", 9, "whole"),
    Column("agreed by", 16, "line"),
    Column("agreed on", 12, "day"),
    Column("why agreed", 26, "text"),
    Column("RAG in force", 12, "word"),
)


def plan_cross_check(check: CrossCheck | None) -> Sheet:
    """Plan one row per indicator and provider, from A1, including those that could not be checked."""
    rows = [_values(line) for line in check.lines] if check else []
    empty = "Nothing to compare." if check else "Not known: no extract was given (--extract)."
    table = Table("KPI_Cross", CROSS_COLUMNS, rows, empty=empty, empty_at=1)
    return Sheet(CROSS, (table,), freeze=(1, 3), paper=replace(REPEAT_HEADER, a3=True))


def _values(line: CrossComparison) -> list[Value]:
    by_return, by_case_system = line.by_return(), line.by_case_system()
    returned, counted, agreed = line.returned, line.counted, line.agreed
    return [
        line.provider_id,
        line.provider,
        line.indicator.code,
        returned.x,
        returned.y,
        counted.x,
        counted.y,
        line.x_difference,
        line.y_difference,
        by_return.outturn,
        by_case_system.outturn,
        by_return.state.value if returned.known else "",
        by_case_system.state.value if counted.known else "",
        line.agreement.value,
        line.worse.value if line.is_comparable else "",
        *((agreed.x, agreed.y, agreed.by, agreed.on, agreed.why) if agreed else (None, None, "", None, "")),
        _in_force(line),
    ]


def _in_force(line: CrossComparison) -> str:
    """Give the state of the figures that count: the agreed ones, or the return's."""
    if line.agreed:
        return str(line.agreed.assessment.state.value)
    return str(line.by_return().state.value) if line.returned.known else ""
