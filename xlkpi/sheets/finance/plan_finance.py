"""A finance check as the plan of a workbook."""

from __future__ import annotations

from xlkpi.finance.result import FinanceCheck
from xlkpi.sheets.finance.cross_check import plan_cross_check
from xlkpi.sheets.finance.disputes_and_payment import disputes_sheet, payment_sheet
from xlkpi.sheets.finance.lists import (
    aside_sheet,
    differences_sheet,
    findings_sheet,
    fits,
    invoice_cells,
    invoices_sheet,
)
from xlkpi.sheets.finance.overview import TERMS, plan_overview
from xlkpi.sheets.finance.s2_check import plan_s2_check
from xlkpi.writing.workbook import WorkbookPlan


def plan_finance(check: FinanceCheck) -> WorkbookPlan:
    """The sheets in order. The document counts as made on the last day that KPI S2 counts.

    Where the ledger is short enough, the workbook carries its invoices and every figure of S2 check is a formula
    over them; else the figures are values, and Overview says so.
    """
    live = fits(check)
    sheets = [
        plan_overview(check, live=live),
        plan_s2_check(check, invoice_cells(check), TERMS) if live else plan_s2_check(check),
        differences_sheet(check),
        disputes_sheet(check),
        payment_sheet(check),
        plan_cross_check(check.cross),
        findings_sheet(check),
        aside_sheet(check),
    ]
    if live:
        sheets.append(invoices_sheet(check))
    return WorkbookPlan(f"Finance check {check.period}", check.span.end, tuple(sheets))
