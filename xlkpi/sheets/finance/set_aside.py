"""Set aside: every row of the ledger that is not used, with its line and why."""

from __future__ import annotations

from xlkpi.finance.check_result import FinanceCheck
from xlkpi.sheets.finance.names_and_columns import SET_ASIDE
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

ASIDE_COLUMNS = (
    Column("line", 9, "whole"),
    Column("provider", 26, "line"),
    Column("invoice_no", 20, "line"),
    Column("why", 110, "text"),
)


def plan_set_aside(check: FinanceCheck) -> Sheet:
    """Plan one row per row that is not used; a last one counts those too many to list."""
    places = check.ledger.places
    rows: list[list[Value]] = [
        [places.label(row.line), row.provider, row.invoice_no, row.why] for row in check.ledger.set_aside
    ]
    more = check.ledger.rows_set_aside - sum(row.rows for row in check.ledger.set_aside)
    if more > 0:
        rows.append([None, "", "", f"… and {more:,} more rows. Fix the cause of those above and run again."])
    table = Table("KPI_SetAside", ASIDE_COLUMNS, rows, empty="Every row is used.", empty_at=3)
    return Sheet(SET_ASIDE, (table,), freeze=(1, 1), paper=REPEAT_HEADER)
