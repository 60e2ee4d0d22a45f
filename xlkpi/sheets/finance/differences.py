"""Differences: for each provider who does not agree, the invoices behind the difference."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.finance.check_result import FinanceCheck
from xlkpi.finance.difference_invoices import DifferenceInvoice, list_difference_invoices
from xlkpi.sheets.finance.invoices import INVOICE_COLUMNS, dates_and_amount
from xlkpi.sheets.finance.names_and_columns import DIFFERENCES
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

DIFFERENCE_COLUMNS = (
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("class", 26, "word"),
    Column("reason", 18, "text"),
    Column("explains", 10, "line"),
    Column("what it is", 28, "text"),
    *INVOICE_COLUMNS[:1],
    *INVOICE_COLUMNS[2:3],
    *INVOICE_COLUMNS[4:],
)


def plan_differences(check: FinanceCheck) -> Sheet:
    """Plan one row per invoice: those that explain a difference, those that might, and other disputed ones."""
    places = check.ledger.places
    rows = [_values(invoice, places.label(invoice.line)) for invoice in list_difference_invoices(check)]
    table = Table("KPI_Differences", DIFFERENCE_COLUMNS, rows, empty="No differences.", empty_at=1)
    return Sheet(DIFFERENCES, (table,), freeze=(1, 2), paper=replace(REPEAT_HEADER, a3=True))


def _values(invoice: DifferenceInvoice, line: int | str) -> list[Value]:
    comparison, row = invoice.comparison, invoice.row
    return [
        comparison.provider_id,
        comparison.provider,
        comparison.agreement.value,
        invoice.reason,
        invoice.explains,
        invoice.description,
        line,
        row.invoice_no,
        *dates_and_amount(row),
    ]
