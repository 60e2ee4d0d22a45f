"""Invoices: one row per invoice, credit note or invoice sent again, in the order of the ledger."""

from __future__ import annotations

import math
from typing import Any

from xlkpi.council.lists.parse_values import day_from_ordinal
from xlkpi.finance.check_result import FinanceCheck
from xlkpi.finance.invoice import iterate_rows
from xlkpi.sheets.finance.names_and_columns import INVOICES, InvoiceCells, ranges
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

MOST_INVOICES = 60_000
MOST_WORK = 3_000_000
"""Invoices times providers: beyond it, people would have to wait for the formulas to recalculate."""

INVOICE_COLUMNS = (
    Column("line", 8, "whole"),
    Column("provider_id", 12, "code"),
    Column("invoice_no", 18, "line"),
    Column("counts as", 18, "line"),
    Column("invoice_date", 13, "day"),
    Column("due_date", 12, "day"),
    Column("received_date", 13, "day"),
    Column("amount", 12, "money"),
    Column("disputed_date", 13, "day"),
    Column("dispute_reason", 30, "line"),
    Column("resolved_date", 13, "day"),
    Column("paid_date", 12, "day"),
    Column("lines", 8, "whole"),
)


def can_be_live(check: FinanceCheck) -> bool:
    """Decide whether the workbook can contain the invoices, and formulas over them that recalculate quickly."""
    count = len(check.marked)
    return count <= MOST_INVOICES and count * len(check.lines) <= MOST_WORK


def find_invoice_cells(check: FinanceCheck) -> InvoiceCells:
    """Find the cells of the columns of invoices, for formulas."""
    last = max(2, len(check.marked) + 1)
    return InvoiceCells(
        last, **ranges(INVOICES, 2, last, provider=2, kind=4, due=6, received=7, disputed=9, resolved=11, paid=12)
    )


def plan_invoices(check: FinanceCheck) -> Sheet:
    """Plan one row per invoice, credit note or invoice sent again, each with its first line and how many it is on."""
    rows = [
        [
            check.ledger.places.label(int(row.line)),
            str(row.provider_id),
            row.invoice_no,
            str(row.kind),
            *dates_and_amount(row),
        ]
        for row in iterate_rows(check.marked)
    ]
    table = Table("KPI_Invoices", INVOICE_COLUMNS, rows, empty="No invoices.", empty_at=2)
    return Sheet(INVOICES, (table,), freeze=(1, 3), paper=REPEAT_HEADER)


def dates_and_amount(row: Any) -> list[Value]:
    """List a row's values from ``invoice_date`` on; the amount in pounds, the sum of its lines."""
    return [
        day_from_ordinal(row.invoice_date),
        day_from_ordinal(row.due_date),
        day_from_ordinal(row.received_date),
        None if math.isnan(row.amount) else row.amount / 100,
        day_from_ordinal(row.disputed_date),
        str(row.dispute_reason),
        day_from_ordinal(row.resolved_date),
        day_from_ordinal(row.paid_date),
        int(row.lines),
    ]
